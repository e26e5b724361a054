/** Standardisation z = (x − mean)·factor, per feature. A constant feature has factor 0: it says nothing. */
export interface Scale {
  /** [feature], float32 numbers, so that a graph subtracts exactly the same */
  mean: Float64Array;
  /** [feature] one over the standard deviation, or 0 */
  factor: Float64Array;
}

/** Means and standard deviations of `x` [row × feature] over the listed rows (all when absent), in two passes. */
export function fitScale(x: Float32Array, rows: number, width: number, chosen?: Uint32Array): Scale {
  const count = chosen ? chosen.length : rows;
  const first = chosen ? chosen[0] : 0;
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  // Differences from the first row make a constant feature exactly constant.
  const base = Float64Array.from(x.subarray(first * width, (first + 1) * width));
  for (let i = 0; i < count; i++) {
    const at = (chosen ? chosen[i] : i) * width;
    for (let f = 0; f < width; f++) mean[f] += x[at + f] - base[f];
  }
  for (let f = 0; f < width; f++) mean[f] = Math.fround(base[f] + mean[f] / count);
  for (let i = 0; i < count; i++) {
    const at = (chosen ? chosen[i] : i) * width;
    for (let f = 0; f < width; f++) square[f] += (x[at + f] - mean[f]) ** 2;
  }
  return { mean, factor: square.map((s) => (s > 0 ? 1 / Math.sqrt(s / count) : 0)) };
}

/** Standardised rows [row × feature]. */
export function standardise(
  x: Float32Array,
  rows: number,
  { mean, factor }: Scale,
  chosen?: Uint32Array,
): Float32Array<ArrayBuffer> {
  const width = mean.length;
  const count = chosen ? chosen.length : rows;
  const z = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const at = (chosen ? chosen[i] : i) * width;
    for (let f = 0; f < width; f++) z[i * width + f] = (x[at + f] - mean[f]) * factor[f];
  }
  return z;
}
