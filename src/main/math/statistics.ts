import { fromDb, toDb } from "./decibel.ts";

/** Statistics of levels in dB; all but `dbOfMeanLinear` are taken over the dB values. */
export interface SummaryDb {
  /** values that are numbers */
  count: number;
  meanOfDb: number;
  /** level of the mean power; never below `meanOfDb` */
  dbOfMeanLinear: number;
  p5: number;
  median: number;
  p95: number;
  min: number;
  max: number;
}

/**
 * Summary of levels [dB]. NaN means no value and is left out; −∞ means no power: it counts as zero in the mean power and
 * makes the mean of the dB −∞. Without any value all figures but the count are NaN.
 */
export function summaryDb(valuesDb: ArrayLike<number>): SummaryDb {
  const sorted = Float64Array.from(valuesDb)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const count = sorted.length;
  let sum = 0;
  let power = 0;
  for (const value of sorted) {
    sum += value;
    power += fromDb(value);
  }
  return {
    count,
    meanOfDb: sum / count,
    dbOfMeanLinear: toDb(power / count),
    p5: percentile(sorted, 5),
    median: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    min: percentile(sorted, 0),
    max: percentile(sorted, 100),
  };
}

/**
 * Percentile of values that rise, by linear interpolation between the order statistics at (n − 1)·p/100 (NumPy's default,
 * definition 7 of Hyndman and Fan); NaN without values.
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  if (sorted.length === 0) return NaN;
  const place = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(place);
  const share = place - below;
  const low = sorted[below];
  if (share === 0 || low === sorted[below + 1]) return low;
  return low * (1 - share) + sorted[below + 1] * share;
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation of a sample; 0 of a single value. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}
