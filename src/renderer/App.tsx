import { useEffect } from "react";
import { useStore } from "zustand";
import { Globe } from "./globe/Globe.tsx";
import { CellPanel } from "./panels/CellPanel.tsx";
import { useMedia } from "./panels/hooks.ts";
import { JobPanel } from "./panels/JobPanel.tsx";
import { MapControls } from "./panels/MapControls.tsx";
import { RunMessage } from "./panels/RunMessage.tsx";
import { RunList } from "./panels/RunList.tsx";
import { ScenarioPanel } from "./panels/ScenarioPanel.tsx";
import { StormPanel } from "./panels/StormPanel.tsx";
import { SummaryPanel } from "./panels/SummaryPanel.tsx";
import { TimeBar } from "./panels/TimeBar.tsx";
import { TopBar } from "./panels/TopBar.tsx";
import { startSession } from "./session/start.ts";
import { openFinding, openPlan, view } from "./session/view.ts";
import type { Finding } from "./session/view.ts";
import { Tabs } from "./widgets/Tabs.tsx";

export function App() {
  useEffect(startSession, []);
  const narrow = useMedia("(max-width: 1199px)");
  return (
    <div className={narrow ? "app narrow" : "app"}>
      <TopBar />
      {!narrow && (
        <aside className="side left" aria-label="Plan">
          <Plan />
        </aside>
      )}
      <main className="stage">
        <Globe />
        <MapControls />
        <RunMessage />
      </main>
      <Findings withPlan={narrow} />
      <TimeBar />
    </div>
  );
}

function Plan() {
  return (
    <div className="panel-body">
      <JobPanel />
      <ScenarioPanel />
      <RunList />
    </div>
  );
}

/** Findings of the run and of the chosen cell; on a narrow window the plan is a third tab. */
function Findings({ withPlan }: { withPlan: boolean }) {
  const { cell, finding, planOpen } = useStore(view);
  const tabs = [
    { key: "run", title: "Run", content: <SummaryPanel /> },
    { key: "cell", title: cell === null ? "Cell" : `Cell ${cell}`, content: <CellPanel /> },
    { key: "storm", title: "Storm", content: <StormPanel /> },
  ];
  if (withPlan) tabs.unshift({ key: "plan", title: "Plan", content: <Plan /> });
  return (
    <aside className="side right" aria-label="Findings">
      <Tabs
        label="Findings"
        tabs={tabs}
        value={withPlan && planOpen ? "plan" : finding}
        onChange={(key) => (key === "plan" ? openPlan() : openFinding(key as Finding))}
      />
    </aside>
  );
}
