import { RotateCw } from "lucide-react";
import { useStore } from "zustand";
import type { RunRecord } from "../../shared/run.ts";
import { isUnderWay, job, resumeRun, watchUnderWay } from "../session/job.ts";
import { isResumable, openRun, runs } from "../session/runs.ts";
import { Button } from "../widgets/Button.tsx";
import { percent, utcDate, utcTime, whole } from "./format.ts";

/** Every run that is kept, newest first. */
export function RunList() {
  const list = useStore(runs, (s) => s.list);
  return (
    <div className="section">
      <h2 className="hidden">Runs</h2>
      {list === null && <p className="hint">Reading …</p>}
      {list?.length === 0 && <p className="hint">No run yet. Choose a sample scenario and press Plan.</p>}
      <ul className="runs">
        {list?.map((r) => (
          <Run key={r.run} record={r} />
        ))}
      </ul>
    </div>
  );
}

function Run({ record }: { record: RunRecord }) {
  const shown = useStore(runs, (s) => s.current?.record.run === record.run);
  const watched = useStore(job, (s) => isUnderWay(s.job));
  const done = record.stepsTotal > 0 ? record.stepsDone / record.stepsTotal : 0;
  return (
    <li className={shown ? "shown" : undefined}>
      <button
        type="button"
        className="run"
        aria-current={shown}
        disabled={record.stepsDone === 0}
        onClick={() => void openRun(record.run)}
      >
        <span className="run-title">{record.title || record.scenario}</span>
        <span className="quiet">
          {utcDate(record.createdMs)} {utcTime(record.createdMs).slice(0, 8)} · {whole(record.ues)} UEs
        </span>
        {record.status !== "finished" && (
          <span className={`status ${record.status}`}>
            {record.status}, {percent(done, 0)}
          </span>
        )}
      </button>
      {isResumable(record) && (
        <Button
          icon={<RotateCw size={13} aria-hidden="true" />}
          disabled={watched}
          onClick={() => void resumeRun(record.run)}
        >
          Resume
        </Button>
      )}
      {record.status === "running" && !watched && (
        <Button onClick={() => void watchUnderWay(record.run)}>Watch</Button>
      )}
    </li>
  );
}
