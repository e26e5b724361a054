import { Random } from "../math/random.ts";
import { sampleRows } from "./split.ts";

/** Columns cut into at most 256 bins: a value is in bin b when it is above cut b − 1 and at most cut b. */
export interface Bins {
  /** [feature × row] */
  bin: Uint8Array;
  /** [feature] ascending cuts, float32 numbers */
  cuts: Float32Array[];
}

export const BINS = 256;
/** Quantiles are taken from a sample of this size: their error is then far below one bin. */
const SAMPLE_ROWS = 20_000;

/** Bins the columns of `x` [row × feature] at the quantiles of a seeded sample. */
export function binColumns(
  x: Float32Array,
  rows: number,
  width: number,
  seed: number,
  most: number = BINS,
): Bins {
  const chosen = sampleRows(rows, SAMPLE_ROWS, new Random(seed, "forest-bins"));
  const bin = new Uint8Array(width * rows);
  const cuts: Float32Array[] = [];
  const values = new Float32Array(chosen.length);
  const column = new Float32Array(rows);
  for (let f = 0; f < width; f++) {
    for (let i = 0; i < rows; i++) column[i] = x[i * width + f];
    for (let i = 0; i < chosen.length; i++) values[i] = column[chosen[i]];
    cuts.push(quantileCuts(values.sort(), most));
    assign(bin.subarray(f * rows, (f + 1) * rows), column, cuts[f]);
  }
  return { bin, cuts };
}

/** Cuts half-way between neighbouring distinct values; every gap where there are fewer values than bins. */
function quantileCuts(sorted: Float32Array, bins: number): Float32Array<ArrayBuffer> {
  const gaps: number[] = [];
  for (let i = 1; i < sorted.length; i++) if (sorted[i] > sorted[i - 1]) gaps.push(i);
  const cut = (i: number) => {
    const middle = Math.fround(sorted[i - 1] + (sorted[i] - sorted[i - 1]) / 2);
    return middle < sorted[i] ? middle : sorted[i - 1];
  };
  if (gaps.length < bins) return Float32Array.from(gaps, cut);
  const cuts: number[] = [];
  let next = 0;
  for (let b = 1; b < bins; b++) {
    while (next < gaps.length && gaps[next] < (b * sorted.length) / bins) next++;
    if (next === gaps.length) break;
    cuts.push(cut(gaps[next++]));
  }
  return Float32Array.from(cuts);
}

const SLOTS = 2048;

/** Bin of every value. A table over even slots of the range says where the search in `cuts` starts. */
function assign(out: Uint8Array, column: Float32Array, cuts: Float32Array): void {
  if (cuts.length === 0) return;
  const low = cuts[0];
  const perUnit = SLOTS / (cuts[cuts.length - 1] - low || 1);
  const start = new Uint8Array(SLOTS + 1);
  for (let slot = 0, b = 0; slot <= SLOTS; slot++) {
    while (b < cuts.length - 1 && cuts[b] < low + (slot - 1) / perUnit) b++;
    start[slot] = b;
  }
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    const slot = (value - low) * perUnit;
    let b = slot > 0 ? start[slot < SLOTS ? Math.floor(slot) : SLOTS] : 0;
    while (b < cuts.length && value > cuts[b]) b++;
    out[i] = b;
  }
}
