import { clock, stopAt } from "./clock.ts";
import type { Direction } from "./clock.ts";
import { runs } from "./runs.ts";

/** A second with more handovers than any other near it. */
export interface Peak {
  second: number;
  count: number;
  /** 1: the highest */
  rank: number;
}

const MOST_PEAKS = 6;
/** Peaks stand this share of the run apart at least. */
const APART = 1 / 32;

/** The highest of the seconds that nothing within `apart` seconds exceeds, in order of time. */
export function separatedPeaks(perSecond: ArrayLike<number>, apart: number, most = MOST_PEAKS): Peak[] {
  const found: { second: number; count: number }[] = [];
  for (let s = 0; s < perSecond.length; s++)
    if (perSecond[s]! > 0 && isHighest(perSecond, s, apart)) found.push({ second: s, count: perSecond[s]! });
  return found
    .toSorted((a, b) => b.count - a.count || a.second - b.second)
    .slice(0, most)
    .map((peak, i) => ({ ...peak, rank: i + 1 }))
    .toSorted((a, b) => a.second - b.second);
}

/** Of equal seconds the first is the peak. */
function isHighest(perSecond: ArrayLike<number>, second: number, apart: number): boolean {
  const to = Math.min(perSecond.length - 1, second + apart);
  for (let s = Math.max(0, second - apart); s <= to; s++) {
    if (perSecond[s]! > perSecond[second]!) return false;
    if (s < second && perSecond[s] === perSecond[second]) return false;
  }
  return true;
}

/** The seconds that a run shows. */
export const shownSeconds = (density: Uint32Array, endS: number) => density.subarray(0, Math.ceil(endS) || 1);

export const peaksOfRun = (density: Uint32Array, endS: number) =>
  separatedPeaks(shownSeconds(density, endS), Math.max(1, Math.round(endS * APART)));

/** The peak after (before) a time; past the last the first again. */
export function nextPeak(peaks: readonly Peak[], timeS: number, direction: Direction): Peak | undefined {
  return direction > 0
    ? (peaks.find(({ second }) => second > timeS) ?? peaks[0])
    : (peaks.findLast(({ second }) => second < timeS) ?? peaks.at(-1));
}

export function goToPeak(direction: Direction): void {
  const run = runs.getState().current;
  if (!run) return;
  const peak = nextPeak(peaksOfRun(run.density, run.endS), clock.getState().timeS, direction);
  if (peak) stopAt(peak.second);
}
