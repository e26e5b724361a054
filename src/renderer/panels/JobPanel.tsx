import { CircleStop, RotateCw, X } from "lucide-react";
import { useStore } from "zustand";
import { cancel, job, resumeRun, unwatch } from "../session/job.ts";
import type { Job } from "../session/job.ts";
import { isResumable, runs } from "../session/runs.ts";
import { Button } from "../widgets/Button.tsx";
import { Progress } from "../widgets/Progress.tsx";
import { duration } from "./format.ts";
import { Failure } from "./Problems.tsx";

/** The plan under way: stage, percent, time left, cancel. */
export function JobPanel() {
  const now = useStore(job, (s) => s.job);
  if (!now) return null;
  const over = now.state === "failed" || now.state === "cancelled";
  return (
    <section className="section job" aria-labelledby="job-title">
      <div className="section-head">
        <h2 id="job-title">{TITLES[now.state]}</h2>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label={over ? "Close" : "Stop watching; the plan goes on"}
          onClick={unwatch}
        />
      </div>
      {!over && <Going now={now} what="Plan" onCancel={() => void cancel()} />}
      {now.state === "cancelled" && <p className="hint">What was planned is kept.</p>}
      {now.warnings.map((w) => (
        <p key={w} className="warning">
          {w}
        </p>
      ))}
      {now.error && (
        <Failure title={over ? "The plan did not finish" : "The plan was not cancelled"} error={now.error} />
      )}
      {over && now.run !== null && <Resume run={now.run} />}
    </section>
  );
}

function Resume({ run }: { run: string }) {
  const can = useStore(runs, (s) => s.list?.some((r) => r.run === run && isResumable(r)));
  if (!can) return null;
  return (
    <Button icon={<RotateCw size={14} aria-hidden="true" />} onClick={() => void resumeRun(run)}>
      Resume the plan
    </Button>
  );
}

const TITLES: Record<Job["state"], string> = {
  starting: "Planning",
  running: "Planning",
  cancelling: "Cancelling",
  cancelled: "Cancelled",
  failed: "Failed",
};

/** Stage, percent, time left, cancel. */
export function Going({ now, what, onCancel }: { now: Job; what: string; onCancel: () => void }) {
  return (
    <>
      <Progress label={`${what}: ${now.stage}`} fraction={now.fraction} />
      <p className="job-line">
        <span>{now.stage}</span>
        <b>{Math.round(100 * now.fraction)} %</b>
        <span className="quiet">{now.etaS === null ? "–" : `≈ ${duration(now.etaS)} left`}</span>
      </p>
      {now.detail && <p className="quiet">{now.detail}</p>}
      <Button
        icon={<CircleStop size={14} aria-hidden="true" />}
        disabled={now.id === null || now.state === "cancelling"}
        onClick={onCancel}
      >
        Cancel
      </Button>
    </>
  );
}
