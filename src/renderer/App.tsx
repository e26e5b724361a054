import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Globe } from "./globe/Globe.tsx";
import { CellPanel } from "./panels/CellPanel.tsx";
import { useMedia } from "./panels/hooks.ts";
import { JobPanel } from "./panels/JobPanel.tsx";
import { MapControls } from "./panels/MapControls.tsx";
import { RunMessage } from "./panels/RunMessage.tsx";
import { RunList } from "./panels/RunList.tsx";
import { ScenarioPanel } from "./panels/ScenarioPanel.tsx";
import { SummaryPanel } from "./panels/SummaryPanel.tsx";
import { TimeBar } from "./panels/TimeBar.tsx";
import { TopBar } from "./panels/TopBar.tsx";
import { job } from "./session/job.ts";
import { runs } from "./session/runs.ts";
import { startSession } from "./session/start.ts";
import { view } from "./session/view.ts";
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

type Tab = "plan" | "run" | "cell";

/** Findings of the run and of the chosen cell; on a narrow window the plan is a third tab. */
function Findings({ withPlan }: { withPlan: boolean }) {
  const [tab, setTab] = useState<Tab>("plan");
  const cell = useStore(view, (s) => s.cell);
  const planning = useStore(job, (s) => s.job !== null);
  const run = useStore(runs, (s) => s.current?.record.run);
  useEffect(() => {
    if (run) setTab("run");
  }, [run]);
  useEffect(() => {
    if (cell !== null) setTab("cell");
  }, [cell, run]);
  useEffect(() => {
    if (planning && withPlan) setTab("plan");
  }, [planning, withPlan]);
  const findings = [
    { key: "run", title: "Run", content: <SummaryPanel /> },
    { key: "cell", title: cell === null ? "Cell" : `Cell ${cell}`, content: <CellPanel /> },
  ] as const;
  const tabs = withPlan
    ? [{ key: "plan" as const, title: "Plan", content: <Plan /> }, ...findings]
    : findings;
  return (
    <aside className="side right" aria-label="Findings">
      <Tabs<Tab> label="Findings" tabs={tabs} value={tab} onChange={setTab} />
    </aside>
  );
}
