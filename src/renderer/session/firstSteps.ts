import { createStore } from "zustand/vanilla";
import { clock, pause, seek } from "./clock.ts";
import { draft, planInput } from "./draft.ts";
import { startPlan } from "./job.ts";
import { layout, showPanel } from "./layout.ts";
import { recall, remember } from "./memory.ts";
import { openRun, runs } from "./runs.ts";
import { openPlan, selectCell, view } from "./view.ts";

export const STEPS = ["open", "peak", "cell", "compare"] as const;
export type Step = (typeof STEPS)[number];

/** What a newcomer has tried; null once dismissed, for good. */
export const firstSteps = createStore<{ done: readonly Step[] | null }>(() => ({ done: [] }));

const NAME = "first-steps";
const DISMISSED = "dismissed";

const keep = (done: readonly Step[] | null) => {
  remember(NAME, done === null ? DISMISSED : done.join(" "));
  firstSteps.setState({ done });
};

export const dismissSteps = () => keep(null);
export const beginSteps = () => keep([]);

const peakOf = () => runs.getState().current?.record.summary?.handovers ?? null;

/** A scrub is seldom exact to the second. */
const NEAR_S = 2;

function isDone(step: Step): boolean {
  const { current } = runs.getState();
  if (!current) return false;
  const peak = peakOf();
  if (step === "open") return true;
  if (step === "peak") return peak !== null && Math.abs(clock.getState().timeS - peak.peakAtS) <= NEAR_S;
  if (step === "cell") return view.getState().cell !== null;
  return layout.getState().shown.includes("compare");
}

/** Ticks off what is tried, by whichever way. */
export function followSteps(): () => void {
  const kept = recall(NAME);
  firstSteps.setState({
    done: kept === DISMISSED ? null : STEPS.filter((step) => kept?.split(" ").includes(step)),
  });
  const check = () => {
    const { done } = firstSteps.getState();
    if (done === null || done.length === STEPS.length) return;
    const now = STEPS.filter((step) => done.includes(step) || isDone(step));
    if (now.length > done.length) keep(now);
  };
  const stops = [runs, view, clock, layout].map((store) => store.subscribe(check));
  return () => {
    for (const stop of stops) stop();
  };
}

/** Does a step for the newcomer. */
export function takeStep(step: Step): void {
  const peak = peakOf();
  if (step === "open") openSomething();
  else if (step === "peak" && peak) {
    pause();
    seek(peak.peakAtS);
  } else if (step === "cell" && peak) selectCell(peak.peakCell);
  else if (step === "compare") showPanel("compare");
}

/** The newest run that is kept, or a plan of the chosen sample. */
function openSomething(): void {
  const kept = runs.getState().list?.find((r) => r.status === "finished");
  const input = planInput(draft.getState());
  if (kept) void openRun(kept.run);
  else if ("missing" in input) openPlan();
  else void startPlan(input);
}
