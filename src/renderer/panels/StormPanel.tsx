import { useEffect } from "react";
import { useStore } from "zustand";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { askForStorm, storms } from "../session/storm.ts";
import { view } from "../session/view.ts";
import { Compare } from "./Compare.tsx";
import { Ledger } from "./Ledger.tsx";
import { Failure } from "./Problems.tsx";
import { Procedures } from "./Procedures.tsx";
import { Strategies } from "./Strategies.tsx";
import { StormMap } from "./StormMap.tsx";
import { StormTotals } from "./StormTotals.tsx";

/** The signalling storm of the run: where and when it hurts, and what became of each handover. */
export function StormPanel() {
  const run = useStore(runs, (s) => s.current);
  const { storm, overlay, error } = useStore(storms);
  const cell = useStore(view, (s) => s.cell);
  useEffect(askForStorm, [run]);
  if (!run) return <p className="empty">Open a run: its signalling appears here.</p>;
  if (error)
    return (
      <div className="panel-body">
        <section className="section">
          <Failure title="No signalling" error={error} />
        </section>
      </div>
    );
  if (storm?.run !== run.record.run) return <p className="empty">Loading …</p>;
  if (!storm.summary) return <NoSignalling run={run} />;
  return (
    <div className="panel-body" data-testid="storm">
      <StormMap run={run} storm={storm} />
      {cell === null ? (
        <StormTotals run={run} storm={storm} />
      ) : (
        <Ledger run={run} storm={storm} cell={cell} />
      )}
      {overlay && <Strategies overlay={overlay} worst={storm.summary.peakCell} />}
      <Procedures run={run} storm={storm} cell={cell} />
      <Compare run={run} storm={storm} />
    </div>
  );
}

function NoSignalling({ run }: { run: LoadedRun }) {
  return (
    <p className="empty">
      {run.record.status === "finished"
        ? "This run was planned before Beamwalk counted signalling. Plan its scenario again to see its storm."
        : `This run is ${run.record.status}. Its signalling is counted after the last step.`}
    </p>
  );
}
