import { useEffect } from "react";
import { useStore } from "zustand";
import { Globe } from "./globe/Globe.tsx";
import { CellPanel } from "./panels/CellPanel.tsx";
import { CommandPalette } from "./panels/CommandPalette.tsx";
import { FirstSteps } from "./panels/FirstSteps.tsx";
import { useMedia } from "./panels/hooks.ts";
import { JobPanel } from "./panels/JobPanel.tsx";
import { LearnPanel } from "./panels/LearnPanel.tsx";
import { Log } from "./panels/Log.tsx";
import { MapControls } from "./panels/MapControls.tsx";
import { RunMessage } from "./panels/RunMessage.tsx";
import { RunList } from "./panels/RunList.tsx";
import { ScenarioPanel } from "./panels/ScenarioPanel.tsx";
import { Shortcuts } from "./panels/Shortcuts.tsx";
import { StormPanel } from "./panels/StormPanel.tsx";
import { SummaryPanel } from "./panels/SummaryPanel.tsx";
import { TimeBar } from "./panels/TimeBar.tsx";
import { Toasts } from "./panels/Toasts.tsx";
import { TopBar } from "./panels/TopBar.tsx";
import { closeSheet, listenToSheets, sheets } from "./session/commands.ts";
import { followSteps } from "./session/firstSteps.ts";
import { keepLog } from "./session/listen.ts";
import { startSession } from "./session/start.ts";
import { openFinding, openPlan, view } from "./session/view.ts";
import type { Finding } from "./session/view.ts";
import { Tabs } from "./widgets/Tabs.tsx";

export function App() {
  useEffect(keepLog, []);
  useEffect(followSteps, []);
  useEffect(listenToSheets, []);
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
        <Log />
        <Toasts />
      </main>
      <Findings withPlan={narrow} />
      <TimeBar />
      <Sheets />
    </div>
  );
}

function Sheets() {
  const open = useStore(sheets, (s) => s.open);
  if (open === "commands") return <CommandPalette onClose={() => closeSheet("commands")} />;
  if (open === "shortcuts") return <Shortcuts onClose={() => closeSheet("shortcuts")} />;
  return null;
}

function Plan() {
  return (
    <div className="panel-body">
      <JobPanel />
      <FirstSteps />
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
    { key: "learn", title: "Learn", content: <LearnPanel /> },
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
