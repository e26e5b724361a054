import { BadInput } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";

/**
 * Splits rows 0…rows−1 by a seeded permutation into disjoint, ascending sets. As in scikit-learn the test set
 * takes the rounded-up share; neither set is ever empty.
 */
export function split(
  rows: number,
  testShare: number,
  seed: number,
): { train: Uint32Array<ArrayBuffer>; test: Uint32Array<ArrayBuffer> } {
  if (rows < 2) {
    throw new BadInput([
      { field: "rows", reason: `${rows} cannot be split in two`, remedy: "Give at least 2 UEs" },
    ]);
  }
  const order = new Random(seed, "split").permutation(rows);
  const held = Math.min(rows - 1, Math.max(1, Math.ceil(rows * testShare)));
  return { train: order.slice(held).sort(), test: order.slice(0, held).sort() };
}

/** `count` of the `rows` rows, seeded, ascending; all of them where there are not more. */
export function sampleRows(rows: number, count: number, random: Random): Uint32Array<ArrayBuffer> {
  return random.permutation(rows).slice(0, count).sort();
}
