import { Cancelled } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";
import type { Predictor } from "./inference.ts";
import { sampleRows } from "./split.ts";

/**
 * Permutation importance (Breiman 2001): by how much the accuracy falls when one column is shuffled, by feature.
 * `x` [row × feature] are held-out rows, of which at most `sample` are used. Columns that say the same thing share
 * their importance, since either can stand in for the other.
 */
export async function permutationImportance(
  predictor: Predictor,
  x: Float32Array,
  y: Uint8Array,
  rows: number,
  features: string[],
  seed: number,
  sample = 2000,
  shouldStop?: () => boolean,
): Promise<Record<string, number>> {
  const width = features.length;
  const random = new Random(seed, "importance");
  const chosen = sampleRows(rows, sample, random.at(0));
  const part = new Float32Array(chosen.length * width);
  const truth = Uint8Array.from(chosen, (row) => y[row]);
  chosen.forEach((row, i) => part.set(x.subarray(row * width, (row + 1) * width), i * width));

  const accuracy = async () => hitShare(truth, await predictor.probability(part, chosen.length, width));
  const full = await accuracy();
  const importance: Record<string, number> = {};
  const column = new Float32Array(chosen.length);
  for (let f = 0; f < width; f++) {
    if (shouldStop?.()) throw new Cancelled();
    const order = random.at(f + 1).permutation(chosen.length);
    for (let i = 0; i < column.length; i++) column[i] = part[i * width + f];
    for (let i = 0; i < column.length; i++) part[i * width + f] = column[order[i]];
    // One column at a time on purpose: `part` is shared.
    // oxlint-disable-next-line no-await-in-loop
    importance[features[f]] = full - (await accuracy());
    for (let i = 0; i < column.length; i++) part[i * width + f] = column[i];
  }
  return importance;
}

function hitShare(truth: Uint8Array, probability: Float32Array): number {
  let hits = 0;
  for (let i = 0; i < truth.length; i++) if (probability[i] > 0.5 === (truth[i] === 1)) hits++;
  return hits / truth.length;
}
