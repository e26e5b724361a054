import { forecastRunTrials } from "./forecast/trials.ts";
import { ownModelTrials } from "./own-model/trials.ts";
import { paperATrials } from "./paper-a/trials.ts";
import { paperBTrials } from "./paper-b/trials.ts";
import { paperCTrials } from "./paper-c/trials.ts";
import { trainTrials } from "./train/trials.ts";

/** Every kind of trial by name: `(ask, bench) => answer`, the answer made of plain values and typed arrays. */
export const TRIALS = {
  ...paperATrials,
  ...paperBTrials,
  ...paperCTrials,
  ...forecastRunTrials,
  ...trainTrials,
  ...ownModelTrials,
};
export type Trials = typeof TRIALS;
