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
  figure("collisionsExpected", "… in closed form", "%", 3, (s) => percent(s.access?.expectedShare ?? null)),
  figure("accessMs", "random access, mean", "ms", 1, (s) => s.access?.meanMs ?? null),
  figure("accessExpectedMs", "… in closed form", "ms", 1, (s) => s.access?.expectedMs ?? null),
  figure("longestQueue", "longest queue of a gNB", "", 0, (s) => s.longestQueue),
  figure("drops", "messages dropped", "", 0, (s) => s.drops),
  figure("changesPerS", "cell changes, mean of all cells", "1/s", 2, (s) => s.changes?.meanPerS ?? null),
  figure("contourPerS", "fewest inside −3 dB contours", "1/s", 2, (s) => s.changes?.atContourPerS ?? null),
  figure("leastPerS", "fewest of any strategy", "1/s", 2, (s) => s.changes?.leastPerS ?? null),
];

/** Handovers that did not end well. */
export const failures = (summary: SignallingSummary): number =>
  summary.procedures - (summary.outcomes.success ?? 0);

/** What the rates of cell changes count, for a reader; empty in a run of an earlier version. */
export function changesWords({ changes }: SignallingSummary): string {
  if (!changes) return "";
  const ues = changes.ues.toLocaleString("en-US");
  return `Cell changes: handovers and reselections a second. Fewest: what geometry alone asks for, counted with ${ues} ${changes.ues === 1 ? "UE" : "UEs"} over the whole run, so that each stays inside the −3 dB contour of its cell wherever it is inside one (hysteresis may stay longer), and so that each still hears its cell in the main lobe, below which no strategy comes. Leaving into no cell is no change.`;
}
