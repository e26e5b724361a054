import { deviation, mean } from "../../math/statistics.ts";

/** A smaller share of the lesser figure is no difference. */
const LEAST = 0.01;

/** Whether [seed] a is above b: with every seed, in the mean only, or not. */
export function above(a: readonly number[], b: readonly number[]): "yes" | "in part" | "no" {
  const over = a.map((value, seed) => value - (1 + LEAST) * b[seed]);
  if (over.every((value) => value > 0)) return "yes";
  return mean(over) > 0 ? "in part" : "no";
}

export const shown = (values: readonly number[], digits = 2) =>
  `${mean(values).toFixed(digits)} ± ${deviation(values).toFixed(digits)}`;
