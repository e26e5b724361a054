import type { SignallingSummary } from "./storm.ts";

/** One figure of a strategy: the same in the summary of a run, in comparisons and in sweeps. */
export interface StormFigure {
  key: string;
  title: string;
  unit: string;
  /** digits after the point */
  digits: number;
  /** null where it is a ratio over nothing, or does not belong to the strategy */
  of(summary: SignallingSummary): number | null;
}

const figure = (
  key: string,
  title: string,
  unit: string,
  digits: number,
  of: StormFigure["of"],
): StormFigure => ({ key, title, unit, digits, of });

const percent = (share: number | null) => (share === null ? null : 100 * share);
const outcome = (name: string, title: string) => figure(name, title, "", 0, (s) => s.outcomes[name] ?? 0);

export const STORM_FIGURES: readonly StormFigure[] = [
  figure("handovers", "handovers begun", "", 0, (s) => s.procedures),
  figure("success", "of these successful", "%", 2, (s) => percent(s.successShare)),
  outcome("too-late", "too late"),
  outcome("too-early", "too early"),
  outcome("wrong-cell", "to a wrong cell"),
  outcome("refused", "refused"),
  outcome("rach-failure", "random access failed"),
  outcome("t304-expiry", "T304 expired"),
  outcome("radio-link-failure", "radio-link failure"),
  outcome("overload", "overload"),
  figure("pingPongs", "ping-pongs", "", 0, (s) => s.pingPongs),
  figure("reselections", "reselections", "", 0, (s) => s.reselections),
  figure("downMeanMs", "interruption down, mean", "ms", 1, (s) => s.interruptionDownMs.mean),
  figure("downP95Ms", "interruption down, 95 %", "ms", 1, (s) => s.interruptionDownMs.p95),
  figure("upMeanMs", "interruption up, mean", "ms", 1, (s) => s.interruptionUpMs.mean),
  figure("upP95Ms", "interruption up, 95 %", "ms", 1, (s) => s.interruptionUpMs.p95),
  figure("messages", "messages", "", 0, (s) => s.messages),
  figure("bytes", "bytes", "", 0, (s) => s.bytes),
  figure("commands", "commands to UEs", "", 0, (s) => s.commands),
  figure("peakPerS", "peak of a cell, in and out", "1/s", 0, (s) => s.peakPerS),
  figure("peakBound", "lowest possible such peak", "1/s", 0, (s) => s.peakBound),
  figure("p99PerS", "99 % of the busy seconds", "1/s", 0, (s) => s.p99PerS),
  figure("collisions", "preambles that collide", "%", 3, (s) => percent(s.collisionShare)),
  figure("longestQueue", "longest queue of a gNB", "", 0, (s) => s.longestQueue),
  figure("drops", "messages dropped", "", 0, (s) => s.drops),
  figure("unavoidablePerS", "unavoidable without gaps, all cells", "1/s", 1, (s) => s.unavoidablePerS),
];

/** Handovers that did not end well. */
export const failures = (summary: SignallingSummary): number =>
  summary.procedures - (summary.outcomes.success ?? 0);
