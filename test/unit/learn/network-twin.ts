import { HIDDEN, layout, type Network } from "../../../src/main/learn/network.ts";
import { sigmoid } from "../../../src/main/learn/training.ts";

/** The network learned row by row, one number at a time. */
export interface Twin extends Network {
  /** like `parameters`; sums over rows */
  gradient: Float64Array;
  loss: number;
  hits: number;
}

export const twinOf = ({ width, parameters }: Network): Twin => ({
  width,
  parameters: parameters.slice(),
  gradient: new Float64Array(parameters.length),
  loss: 0,
  hits: 0,
});

/** Adds the rows order[from…to) of `z` [row × feature] to the gradient, the loss and the hits. */
export function learnRows(
  twin: Twin,
  z: Float32Array,
  y: Uint8Array,
  order: Uint32Array,
  from: number,
  to: number,
): void {
  for (const row of order.subarray(from, to)) {
    learnRow(twin, [...z.subarray(row * twin.width, (row + 1) * twin.width)], y[row]);
  }
}

function learnRow(twin: Twin, input: number[], truth: number): void {
  const { width, parameters, gradient } = twin;
  const { bias1, weight2, bias2, weight3, bias3 } = layout(width);
  const first = activations(parameters, input, 0, bias1);
  const second = activations(parameters, first, weight2, bias2);
  const score = second.reduce((sum, value, j) => sum + value * parameters[weight3 + j], parameters[bias3]);
  const away = truth === 1 ? -score : score;
  twin.loss += Math.max(away, 0) + Math.log1p(Math.exp(-Math.abs(away)));
  if (score > 0 === (truth === 1)) twin.hits++;
  const error = sigmoid(score) - truth;
  gradient[bias3] += error;
  second.forEach((value, j) => (gradient[weight3 + j] += error * value));
  const delta2 = second.map((value, j) => (value > 0 ? error * parameters[weight3 + j] : 0));
  const delta1 = first.map((value, k) =>
    value > 0 ? delta2.reduce((sum, d, j) => sum + d * parameters[weight2 + k * HIDDEN + j], 0) : 0,
  );
  addLayer(gradient, first, delta2, weight2, bias2);
  addLayer(gradient, input, delta1, 0, bias1);
}

const activations = (p: Float64Array, input: number[], weight: number, bias: number) =>
  Array.from({ length: HIDDEN }, (_, j) =>
    Math.max(
      0,
      input.reduce((sum, value, i) => sum + value * p[weight + i * HIDDEN + j], p[bias + j]),
    ),
  );

function addLayer(gradient: Float64Array, input: number[], delta: number[], weight: number, bias: number) {
  delta.forEach((d, j) => {
    gradient[bias + j] += d;
    input.forEach((value, i) => (gradient[weight + i * HIDDEN + j] += d * value));
  });
}
