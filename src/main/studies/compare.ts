/** Strategies side by side: the same users and the same seeds, figures with their confidence. */
import { STORM_FIGURES } from "../../shared/storm-figures.ts";
import type { SignallingSummary } from "../../shared/storm.ts";

/** One figure over seeds; null where no seed has it, the half width also with one seed. */
export interface Estimate {
  mean: number | null;
  /** half width of the 95 % confidence interval of the mean (Student's t) */
  ci95: number | null;
  /** seeds that have the figure */
  seeds: number;
}

export interface StrategyFigures {
  strategy: string;
  figures: Record<string, Estimate>;
}

/** Quantile 0.975 of Student's t: exact up to 5 degrees of freedom, above by Abramowitz & Stegun 26.7.5 (to 1e-3). */
export function studentT(degrees: number): number {
  const few = [12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582];
  if (degrees <= few.length) return few[degrees - 1];
  const z = 1.959_963_985;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3 + g4 / degrees ** 4;
}

export function estimate(values: readonly (number | null)[]): Estimate {
  const known = values.filter((value) => value !== null);
  const seeds = known.length;
  if (seeds === 0) return { mean: null, ci95: null, seeds };
  const mean = known.reduce((a, b) => a + b, 0) / seeds;
  if (seeds === 1) return { mean, ci95: null, seeds };
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seeds - 1);
  return { mean, ci95: studentT(seeds - 1) * Math.sqrt(variance / seeds), seeds };
}

/** Every figure of one strategy over its seeds. */
export function figuresOf(summaries: readonly SignallingSummary[]): StrategyFigures {
  const figures = STORM_FIGURES.map(({ key, of }) => [key, estimate(summaries.map(of))]);
  return { strategy: summaries[0].strategy, figures: Object.fromEntries(figures) };
}
