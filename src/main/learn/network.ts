import type { Random } from "../math/random.ts";
import { sigmoid } from "./training.ts";

/** Units in each of the two hidden layers (Dahouda et al. 2023 §3.5); the first layer is written out for 4. */
export const HIDDEN = 4;

/** F → 4 → 4 → 1 with ReLU, ReLU, sigmoid. */
export interface Network {
  width: number;
  /** hidden 1 [feature × 4] and its biases, hidden 2 [4 × 4] and its biases, output [4] and its bias */
  parameters: Float64Array;
  /** like `parameters`; sums over the rows of a batch */
  gradient: Float64Array;
  /** [unit] activations of the row in hand */
  first: Float64Array;
  second: Float64Array;
  /** binary cross-entropy and right answers, summed since they were last cleared */
  loss: number;
  hits: number;
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
  return {
    width,
    parameters,
    gradient: new Float64Array(count),
    first: new Float64Array(HIDDEN),
    second: new Float64Array(HIDDEN),
    loss: 0,
    hits: 0,
  };
}

/** Adds the rows order[from…to) of `z` [row × feature] to the gradient, the loss and the hits. */
export function learnRows(
  network: Network,
  z: Float32Array,
  y: Uint8Array,
  order: Uint32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const row = order[i];
    const at = row * network.width;
    const score = forward(network, z, at);
    network.loss += crossEntropy(score, y[row]);
    if (score > 0 === (y[row] === 1)) network.hits++;
    backward(network, z, at, sigmoid(score) - y[row]);
  }
}

/** −log of the probability of the truth, from the log odds of class 1. */
function crossEntropy(score: number, truth: number): number {
  const away = truth === 1 ? -score : score;
  return (away > 0 ? away : 0) + Math.log1p(Math.exp(-Math.abs(away)));
}

/** Mean binary cross-entropy and accuracy over the rows of `z` [row × feature]; the network learns nothing. */
export function measureRows(network: Network, z: Float32Array, y: Uint8Array, rows: number) {
  let loss = 0;
  let hits = 0;
  for (let row = 0; row < rows; row++) {
    const score = forward(network, z, row * network.width);
    loss += crossEntropy(score, y[row]);
    if (score > 0 === (y[row] === 1)) hits++;
  }
  return { loss: loss / rows, accuracy: hits / rows };
}

/** Log odds of the row at `at`; leaves its activations. */
function forward({ width, parameters, first, second }: Network, z: Float32Array, at: number): number {
  const bias1 = width * HIDDEN;
  let s0 = parameters[bias1];
  let s1 = parameters[bias1 + 1];
  let s2 = parameters[bias1 + 2];
  let s3 = parameters[bias1 + 3];
  for (let f = 0, w = 0; f < width; f++, w += HIDDEN) {
    const value = z[at + f];
    s0 += value * parameters[w];
    s1 += value * parameters[w + 1];
    s2 += value * parameters[w + 2];
    s3 += value * parameters[w + 3];
  }
  first[0] = s0 > 0 ? s0 : 0;
  first[1] = s1 > 0 ? s1 : 0;
  first[2] = s2 > 0 ? s2 : 0;
  first[3] = s3 > 0 ? s3 : 0;
  const weight2 = bias1 + HIDDEN;
  const bias2 = weight2 + HIDDEN * HIDDEN;
  const weight3 = bias2 + HIDDEN;
  let score = parameters[weight3 + HIDDEN];
  for (let j = 0; j < HIDDEN; j++) {
    let sum = parameters[bias2 + j];
    for (let k = 0; k < HIDDEN; k++) sum += first[k] * parameters[weight2 + k * HIDDEN + j];
    second[j] = sum > 0 ? sum : 0;
    score += second[j] * parameters[weight3 + j];
  }
  return score;
}

/** Adds the derivative of the loss, `error` being its derivative by the log odds. */
function backward(network: Network, z: Float32Array, at: number, error: number): void {
  const { width, parameters, gradient, first, second } = network;
  const bias1 = width * HIDDEN;
  const weight2 = bias1 + HIDDEN;
  const bias2 = weight2 + HIDDEN * HIDDEN;
  const weight3 = bias2 + HIDDEN;
  gradient[weight3 + HIDDEN] += error;
  let d0 = 0;
  let d1 = 0;
  let d2 = 0;
  let d3 = 0;
  for (let j = 0; j < HIDDEN; j++) {
    if (second[j] === 0) continue;
    gradient[weight3 + j] += error * second[j];
    const delta = error * parameters[weight3 + j];
    gradient[bias2 + j] += delta;
    const w = weight2 + j;
    for (let k = 0; k < HIDDEN; k++) gradient[w + k * HIDDEN] += delta * first[k];
    d0 += delta * parameters[w];
    d1 += delta * parameters[w + HIDDEN];
    d2 += delta * parameters[w + 2 * HIDDEN];
    d3 += delta * parameters[w + 3 * HIDDEN];
  }
  if (first[0] === 0) d0 = 0;
  if (first[1] === 0) d1 = 0;
  if (first[2] === 0) d2 = 0;
  if (first[3] === 0) d3 = 0;
  gradient[bias1] += d0;
  gradient[bias1 + 1] += d1;
  gradient[bias1 + 2] += d2;
  gradient[bias1 + 3] += d3;
  for (let f = 0, w = 0; f < width; f++, w += HIDDEN) {
    const value = z[at + f];
    gradient[w] += value * d0;
    gradient[w + 1] += value * d1;
    gradient[w + 2] += value * d2;
    gradient[w + 3] += value * d3;
  }
}
