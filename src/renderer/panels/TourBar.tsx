import { ChevronLeft, ChevronRight, Maximize, Pause, Play, X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { clock } from "../session/clock.ts";
import { isUnderWay, job } from "../session/job.ts";
import { runs } from "../session/runs.ts";
import type { Tour } from "../session/tour-list.ts";
import {
  AUTO_S,
  endTour,
  goToStep,
  nextStep,
  planTour,
  previousStep,
  toggleAuto,
  tour,
} from "../session/tours.ts";
import { Button } from "../widgets/Button.tsx";
import { utcDate, utcTime } from "./format.ts";

/** The open tour under the globe: caption, the way on, full screen. */
export function TourBar() {
  const { open, missing } = useStore(tour);
  if (!open) return null;
  return (
    <section className="tour-bar" aria-label={`Tour: ${open.title}`} data-testid="tour">
      {missing ? <Missing open={open} /> : <Player open={open} />}
    </section>
  );
}

const icon = { size: 16, "aria-hidden": true } as const;

const Leave = () => (
  <Button kind="quiet" icon={<X {...icon} />} label="End the tour" onClick={() => void leave()} />
);

async function leave(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  endTour();
}

function Missing({ open }: { open: Tour }) {
  const plan = useStore(job, (s) => s.job);
  const error = useStore(tour, (s) => s.error);
  const busy = isUnderWay(plan);
  return (
    <>
      <div className="tour-head">
        <h2>{open.title}</h2>
        <Leave />
      </div>
      <p>
        This tour leads through a run of the scenario {open.scenario}, and none is kept yet.
        {busy && ` Planning: ${plan!.stage} ${Math.round(100 * plan!.fraction)} %. The tour begins then.`}
      </p>
      {error && (
        <p className="bad" role="alert">
          {error.message}
        </p>
      )}
      <div className="button-row">
        <Button kind="primary" disabled={busy} onClick={() => void planTour()}>
          Plan it now
        </Button>
      </div>
    </>
  );
}

function Player({ open }: { open: Tour }) {
  const { step, auto } = useStore(tour);
  const opening = useStore(runs, (s) => s.opening);
  const now = open.steps[step]!;
  const last = step + 1 === open.steps.length;
  useEffect(() => {
    if (!auto || opening !== null) return;
    const timer = setTimeout(() => goToStep(step + 1), 1000 * AUTO_S);
    return () => clearTimeout(timer);
  }, [auto, step, opening]);
  return (
    <>
      <div className="tour-head">
        <h2>{now.title}</h2>
        <Clock />
        <Leave />
      </div>
      <p className="tour-caption" aria-live="polite">
        {now.caption}
      </p>
      <div className="button-row">
        <Button icon={<ChevronLeft {...icon} />} disabled={step === 0} onClick={previousStep}>
          Back
        </Button>
        <Button kind="primary" icon={<ChevronRight {...icon} />} disabled={last} onClick={nextStep}>
          Next
        </Button>
        <Button
          icon={auto ? <Pause {...icon} /> : <Play {...icon} />}
          pressed={auto}
          disabled={last && !auto}
          title={`Goes on by itself every ${AUTO_S} s`}
          onClick={toggleAuto}
        >
          Auto
        </Button>
        <span className="quiet">
          {step + 1} of {open.steps.length}
        </span>
        <Button kind="quiet" icon={<Maximize {...icon} />} label="Full screen" onClick={switchFullScreen} />
      </div>
    </>
  );
}

function Clock() {
  const timeS = useStore(clock, (s) => s.timeS);
  const startMs = useStore(runs, (s) => s.current?.record.startMs ?? 0);
  const at = startMs + 1000 * timeS;
  return (
    <time dateTime={new Date(at).toISOString()}>
      {utcTime(at)} <span className="quiet">{utcDate(at)} UTC</span>
    </time>
  );
}

/** The globe with the tour's bar fills the screen; where that is refused it stays as it is. */
function switchFullScreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.querySelector(".stage")?.requestFullscreen();
  change?.catch(() => {});
}
