import type { Rule } from "../../hetnet/decision.ts";

/** 0 … 3 dB: the paper's range (its text doubles the digit). */
export const DELTAS = Array.from({ length: 13 }, (_, i) => i / 4);
/** of the paper's Figure 10 */
export const CHOSEN_DELTA = 2.5;
export const soft = (deltaDb: number): Rule => ({ kind: "soft", deltaDb });
export const hysteresis = (deltaDb: number, reports: number): Rule => ({
  kind: "hysteresis",
  deltaDb,
  reports,
});

export const SCHEMES: readonly Scheme[] = [
  { name: "soft", rule: soft },
  { name: "hysteresis N = 2", rule: (deltaDb: number) => hysteresis(deltaDb, 2) },
  { name: "hysteresis N = 3", rule: (deltaDb: number) => hysteresis(deltaDb, 3) },
];

/** (10) as a guard that waits, beside its forecast form. */
export const WAITING = [2, 3].map((reports) => ({
  name: `waiting ${reports} reports`,
  rule: (deltaDb: number): Rule => ({ kind: "dwell", deltaDb, reports }),
}));

export interface Scheme {
  name: string;
  rule: (deltaDb: number) => Rule;
}

/** Handovers [scheme][δ][path], path 0 being the one like the paper's. */
export type Counts = number[][][];
