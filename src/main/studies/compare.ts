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
  /** of a share: that interval, cut off at 0 and 100 % */
  between?: [low: number, high: number];
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

/** The same of percentages, none of which is below 0 or above 100. */
export function shareEstimate(values: readonly (number | null)[]): Estimate {
  const whole = estimate(values);
  const { mean, ci95 } = whole;
  if (mean === null || ci95 === null) return whole;
  return { ...whole, between: [Math.max(0, mean - ci95), Math.min(100, mean + ci95)] };
}

/** Every figure of one strategy over its seeds. */
export function figuresOf(summaries: readonly SignallingSummary[]): StrategyFigures {
  const figures = STORM_FIGURES.map(({ key, unit, of }) => [
    key,
    (unit === "%" ? shareEstimate : estimate)(summaries.map(of)),
  ]);
  return { strategy: summaries[0].strategy, figures: Object.fromEntries(figures) };
}

/** Triggers that TR 38.821 §7.3.2.2.2 studies and RRC does not have. */
const STUDIED = ["elevation", "timing-advance"];
export const isStudied = (strategy: string): boolean => STUDIED.includes(strategy);

const FROM_A3 = ["a3", "group", "flattened", "flattened-forecast", "flattened-ready"];

/**
 * Groups of strategies with the same handovers. Taken from their figures: all of them, the mean interruptions and the messages
 * to the last digit, are those of the other on every seed, and there are handovers.
 */
export function sameHandovers(all: readonly (readonly SignallingSummary[])[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const summaries of all) {
    if (!summaries.some(({ procedures }) => procedures > 0)) continue;
    const figures = JSON.stringify(
      summaries.map((summary) => ({ ...summary, strategy: null, peakBound: null })),
    );
    groups.set(figures, [...(groups.get(figures) ?? []), summaries[0].strategy]);
  }
  return [...groups.values()].filter((names) => names.length > 1);
}

/** What is to be known of the strategies compared, in words. */
export function comparisonNotes(all: readonly (readonly SignallingSummary[])[]): string[] {
  const names = all.map((summaries) => summaries[0].strategy);
  const notes = sameHandovers(all).map((same) => {
    const why = same.some(isStudied)
      ? ": between beams of one satellite elevation and timing advance tell nothing, and d1 decides"
      : same.every((name) => FROM_A3.includes(name))
        ? ": none of a3's handovers was moved"
        : "";
    return `${same.join(", ")}: the same, handover for handover, on every seed${why}`;
  });
  if (all.flat().some(({ collisionShare }) => collisionShare)) notes.push(IN_CLOSED_FORM);
  const moved = names.filter((name) => name !== "a3" && FROM_A3.includes(name));
  if (moved.length > 0) notes.push(MOVED);
  return notes;
}

const IN_CLOSED_FORM =
  "… in closed form: all preambles by contention and spread evenly over each second, 1 − exp(−λ/M). Ordinary handovers have preambles of their own while these last; conditional ones that the same measurement fulfils meet in one occasion and collide more often";

const MOVED =
  "group and flattened move the handovers of a3; flattened knows the links as they turn out, which no network does: what can be gained at most. What a network can know, flattened-forecast has from orbits, beams and places, and flattened-ready, this program's own strategy, moves by that forecast only whom the classifier calls ready at the mark, up to the predicted leave";
