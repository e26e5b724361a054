import { X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import type { KeptStudy } from "../../shared/study.ts";
import { isUnderWay } from "../session/job.ts";
import {
  cancelStudy,
  openStudy,
  refreshStudies,
  startStudy,
  studies,
  unwatchStudy,
} from "../session/studies.ts";
import type { StudyJob } from "../session/studies.ts";
import { Button } from "../widgets/Button.tsx";
import { duration, utcDate, utcTime } from "./format.ts";
import { Going } from "./JobPanel.tsx";
import { Library } from "./Library.tsx";
import { LiveTraining } from "./LiveTraining.tsx";
import { Failure } from "./Problems.tsx";
import { Report } from "./Report.tsx";
import { StudyForm } from "./StudyForm.tsx";

/** Studies and models: what was learned, and what is being learned now. */
export function LearnPanel() {
  const { open, error } = useStore(studies);
  useEffect(() => void refreshStudies(), []);
  if (open?.report) return <Report study={open.study} report={open.report} />;
  if (open) return <p className="empty">Loading …</p>;
  return (
    <div className="panel-body" data-testid="learn">
      {error && (
        <section className="section">
          <Failure title="Studies cannot be read" error={error} />
        </section>
      )}
      <Watched />
      <StudyForm />
      <StudyList />
      <Library />
    </div>
  );
}

const TITLES: Record<StudyJob["state"], string> = {
  starting: "Starting",
  running: "Under way",
  cancelling: "Cancelling",
  cancelled: "Cancelled",
  failed: "Failed",
};

/** The study under way, with the curves of what trains now. */
function Watched() {
  const job = useStore(studies, (s) => s.job);
  if (!job) return null;
  const over = job.state === "failed" || job.state === "cancelled";
  return (
    <section className="section job" aria-labelledby="study-job-title" data-testid="study-job">
      <div className="section-head">
        <h2 id="study-job-title">
          {job.title} <span className="quiet">{TITLES[job.state]}</span>
        </h2>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label={over ? "Close" : "Stop watching; the study goes on"}
          onClick={unwatchStudy}
        />
      </div>
      {!over && <Going now={job} what="Study" onCancel={() => void cancelStudy()} />}
      {job.state === "cancelled" && (
        <p className="hint">What was done is kept: started again with the same settings, it goes on.</p>
      )}
      {job.warnings.map((warning) => (
        <p key={warning} className="warning">
          {warning}
        </p>
      ))}
      {job.error && (
        <Failure
          title={over ? "The study did not finish" : "The study was not cancelled"}
          error={job.error}
        />
      )}
      {!over && <LiveTraining epochs={job.epochs} />}
    </section>
  );
}

function StudyList() {
  const list = useStore(studies, (s) => s.list);
  if (!list) return null;
  return (
    <section className="section" aria-labelledby="studies-title">
      <h2 id="studies-title">Studies</h2>
      {list.length === 0 ? (
        <p className="hint">
          None yet. Each keeps its report here, and what it had done when it was stopped.
        </p>
      ) : (
        <ul className="runs">
          {list.map((study) => (
            <Row key={study.study} study={study} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ study: kept }: { study: KeptStudy }) {
  const { study, title, quick, seed, status, createdMs, seconds, trialsDone } = kept;
  const finished = status === "finished";
  return (
    <li>
      <button
        type="button"
        className="run"
        disabled={!finished}
        title={finished ? "Open its report" : "It has no report yet"}
        onClick={() => void openStudy(study)}
      >
        <span className="run-title">
          {title} {!finished && <span className={`status ${status}`}>{status}</span>}
        </span>
        <span className="quiet">
          {study}, {quick ? "quick" : "full"}, seed {seed}, {utcDate(createdMs)}{" "}
          {utcTime(createdMs).slice(0, 5)}, {finished ? duration(seconds) : `${trialsDone} trials kept`}
        </span>
      </button>
      {!finished && status !== "running" && <GoOn kept={kept} />}
    </li>
  );
}

/** Papers are asked for with nothing but size and seed, so that the same can be asked again. */
function GoOn({ kept: { kind, title, quick, seed } }: { kept: KeptStudy }) {
  const busy = useStore(studies, (s) => isUnderWay(s.job));
  if (kind !== "paper-a" && kind !== "paper-b" && kind !== "paper-c") return null;
  return (
    <Button disabled={busy} onClick={() => void startStudy({ title, ask: { kind }, quick, seed })}>
      Go on
    </Button>
  );
}
