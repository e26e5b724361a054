import type { Random } from "../math/random.ts";

/** Units in each of the two hidden layers (Dahouda et al. 2023 §3.5); the training is written out for 4. */
export const HIDDEN = 4;

/** F → 4 → 4 → 1 with ReLU, ReLU, sigmoid. */
export interface Network {
  width: number;
  /** hidden 1 [feature × 4] and its biases, hidden 2 [4 × 4] and its biases, output [4] and its bias */
  parameters: Float64Array;
}

/** Where each part of `parameters` begins. */
export function layout(width: number) {
  const bias1 = width * HIDDEN;
  const weight2 = bias1 + HIDDEN;
  const bias2 = weight2 + HIDDEN * HIDDEN;
  const weight3 = bias2 + HIDDEN;
  const bias3 = weight3 + HIDDEN;
  return { bias1, weight2, bias2, weight3, bias3, count: bias3 + 1 };
}

/** Weights from a normal distribution, biases 0. */
export function makeNetwork(width: number, random: Random, deviation: number): Network {
  const { bias1, weight2, bias2, weight3, bias3, count } = layout(width);
  const parameters = new Float64Array(count);
  const fill = (from: number, to: number) => {
    for (let i = from; i < to; i++) parameters[i] = deviation * random.normal();
  };
  fill(0, bias1);
  fill(weight2, bias2);
  fill(weight3, bias3);
  return { width, parameters };
}
