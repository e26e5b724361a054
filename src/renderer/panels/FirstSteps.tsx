import { Circle, CircleCheck, X } from "lucide-react";
import { useStore } from "zustand";
import { dismissSteps, firstSteps, STEPS, takeStep } from "../session/firstSteps.ts";
import type { Step } from "../session/firstSteps.ts";
import { isUnderWay, job } from "../session/job.ts";
import { runs } from "../session/runs.ts";
import { Button } from "../widgets/Button.tsx";

const TITLES: Record<Step, string> = {
  open: "Open a run, or plan the sample",
  peak: "Scrub to the peak of the handovers",
  cell: "Open the cell with that peak",
  compare: "Compare the strategies in its storm",
};

/** What to try first; each is ticked off however it is done. */
export function FirstSteps() {
  const done = useStore(firstSteps, (s) => s.done);
  const summary = useStore(runs, (s) => s.current?.record.summary ?? null);
  const busy = useStore(job, (s) => isUnderWay(s.job));
  if (done === null) return null;
  const next = STEPS.find((step) => !done.includes(step));
  const isReady = (step: Step) =>
    step === "open" ? !busy : summary !== null && (step === "compare" || summary.handovers.total > 0);
  return (
    <section className="section first-steps" aria-labelledby="steps-title" data-testid="first-steps">
      <div className="section-head">
        <h2 id="steps-title">
          First steps{" "}
          <span className="quiet">
            {done.length} of {STEPS.length} done
          </span>
        </h2>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Dismiss the first steps"
          onClick={dismissSteps}
        />
      </div>
      <ol>
        {STEPS.map((step) => {
          const ticked = done.includes(step);
          const Icon = ticked ? CircleCheck : Circle;
          return (
            <li key={step} className={ticked ? "done" : step === next ? "next" : undefined}>
              <Icon size={14} aria-hidden="true" />
              <Button kind="quiet" disabled={!isReady(step)} onClick={() => takeStep(step)}>
                {TITLES[step]}
              </Button>
              {ticked && <span className="hidden">done</span>}
            </li>
          );
        })}
      </ol>
      {next === undefined && (
        <p className="hint">All done. Ctrl K finds everything else, ? lists the keys.</p>
      )}
    </section>
  );
}
