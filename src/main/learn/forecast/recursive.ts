/**
 * Forecasts the target [row × H] with a model of the next sample [row × feature]: each answer moves into the window behind
 * the others, whose oldest sample falls out.
 */
export async function recurse(
  next: (x: Float32Array) => Promise<Float32Array>,
  x: Float32Array,
  { rows, steps, ahead, features }: { rows: number; steps: number; ahead: number; features: number },
  target: number,
): Promise<Float32Array<ArrayBuffer>> {
  const window = x.slice();
  const width = steps * features;
  const out = new Float32Array(rows * ahead);
  for (let h = 0; h < ahead; h++) {
    // oxlint-disable-next-line no-await-in-loop
    const sample = await next(window);
    for (let row = 0; row < rows; row++) {
      out[row * ahead + h] = sample[row * features + target];
      window.copyWithin(row * width, row * width + features, (row + 1) * width);
      for (let f = 0; f < features; f++)
        window[(row + 1) * width - features + f] = sample[row * features + f];
    }
  }
  return out;
}
