import { useEffect } from "react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { askForStorm, storms } from "../session/storm.ts";
import type { Overlay, Storm } from "../session/storm.ts";
import { Failure } from "./Problems.tsx";

interface Props {
  /** said while no run is open */
  empty: string;
  children: (run: LoadedRun, storm: Storm, overlay: Overlay | null) => ReactNode;
}

/** What needs the signalling of the open run, or why it is not there. */
export function WithStorm({ empty, children }: Props) {
  const run = useStore(runs, (s) => s.current);
  const { storm, overlay, error } = useStore(storms);
  useEffect(askForStorm, [run]);
  if (!run) return <p className="empty">{empty}</p>;
  if (error)
    return (
      <div className="panel-body">
        <section className="section">
          <Failure title="No signalling" error={error} />
        </section>
      </div>
    );
  if (storm?.run !== run.record.run) return <p className="empty">Loading …</p>;
  return storm.summary ? children(run, storm, overlay) : <NoSignalling run={run} />;
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
