import { Random } from "../math/random.ts";
import { sampleRows } from "./split.ts";

export interface Silhouette {
  /** −1 … 1; mean of (b − a)/max(a, b), where a and b are the mean distances to the own and to the nearest other cluster */
  mean: number;
  /** rows that it was taken from */
  sample: number;
}

/**
 * Silhouette (Rousseeuw 1987) among a seeded sample of the rows, all distances within the sample, as scikit-learn's
 * `sample_size` has it. A row alone in its cluster counts 0; with fewer than two clusters the mean is 0.
 * @param points [row × dim]; @param labels [row]
 */
export function silhouette(
  points: Float64Array,
  rows: number,
  dim: number,
  labels: ArrayLike<number>,
  seed: number,
  sample = 2000,
): Silhouette {
  const chosen = sampleRows(rows, sample, new Random(seed, "silhouette"));
  let k = 0;
  for (const row of chosen) k = Math.max(k, labels[row] + 1);
  const counts = new Float64Array(k);
  for (const row of chosen) counts[labels[row]]++;
  const sums = new Float64Array(k);
  let total = 0;
  for (const row of chosen) {
    sums.fill(0);
    for (const other of chosen) {
      let square = 0;
      for (let d = 0; d < dim; d++) square += (points[row * dim + d] - points[other * dim + d]) ** 2;
      sums[labels[other]] += Math.sqrt(square);
    }
    total += score(sums, counts, labels[row]);
  }
  return { mean: total / chosen.length, sample: chosen.length };
}

function score(sums: Float64Array, counts: Float64Array, own: number): number {
  if (counts[own] < 2) return 0;
  const inside = sums[own] / (counts[own] - 1);
  let outside = Infinity;
  for (let c = 0; c < counts.length; c++)
    if (c !== own && counts[c] > 0) outside = Math.min(outside, sums[c] / counts[c]);
  const most = Math.max(inside, outside);
  return outside === Infinity || most === 0 ? 0 : (outside - inside) / most;
}
