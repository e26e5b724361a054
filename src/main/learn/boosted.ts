import { Cancelled } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";
import { BINS, binColumns } from "./bins.ts";
import { kernelMemory } from "./boosted-kernel.ts";
import { emptyEnsemble, growBoosted, type BoostGrower, type Ensemble } from "./boosted-growth.ts";
import { modelBytes, node } from "./graph.ts";
import { treeEnsemble } from "./tree-graph.ts";
import { sigmoid, type Trained, type TrainInput, type TrainOptions } from "./training.ts";

export interface BoostOptions {
  loss: "logistic" | "squared";
  rounds: number;
  /** levels of splits in a tree */
  depth: number;
  /** every leaf is shortened to this share */
  rate: number;
  /** L2 penalty on leaves; 1 when absent */
  lambda?: number;
  /** least sum of second derivatives on either side of a split; 1 when absent */
  minChildWeight?: number;
  /** share of the rows that each tree sees; 1 when absent */
  subsample?: number;
  /** share of the features that each tree sees; 1 when absent */
  columnSample?: number;
  /** at most 256, the default */
  bins?: number;
  seed: number;
  onProgress?: (fraction: number) => void;
  shouldStop?: () => boolean;
}

export interface BoostedTrees extends Ensemble {
  loss: BoostOptions["loss"];
  features: number;
  /** score before the first tree: log odds of class 1, or the mean */
  base: number;
}

/**
 * Gradient-boosted trees on binned columns with second-order statistics (Chen and Guestrin 2016; xgboost's `hist`).
 * Values must be finite: no direction is learned for absent ones.
 * @param x [row × feature]; @param y [row] 0 or 1 for the logistic loss
 */
export function trainBoosted(
  x: Float32Array,
  y: Float32Array,
  rows: number,
  features: number,
  options: BoostOptions,
): BoostedTrees {
  if (rows < 1 || x.length < rows * features || y.length < rows)
    throw new Error("boosting needs every value");
  const { loss, rounds, depth, seed, subsample = 1, columnSample = 1 } = options;
  const base = baseScore(y, rows, loss);
  const score = new Float32Array(rows).fill(base);
  const grower = makeGrower(x, rows, features, score, options);
  const random = new Random(seed, "boosted");
  for (let round = 0; round < rounds; round++) {
    if (options.shouldStop?.()) throw new Cancelled();
    random.at(round);
    if (loss === "logistic") logisticSlope(grower.kernel.slope, score, y);
    else squaredSlope(grower.kernel.slope, score, y);
    if (subsample < 1) leaveOut(grower.kernel.slope, subsample, random);
    if (columnSample < 1) {
      const count = Math.max(1, Math.round(columnSample * features));
      grower.chosen = Uint16Array.from(random.permutation(features).subarray(0, count)).sort();
    }
    growBoosted(grower, depth);
    options.onProgress?.((round + 1) / rounds);
  }
  return { ...grower.ensemble, loss, features, base };
}

function makeGrower(
  x: Float32Array,
  rows: number,
  width: number,
  score: Float32Array,
  options: BoostOptions,
): BoostGrower {
  const bins = binColumns(x, rows, width, options.seed, options.bins);
  const kernel = kernelMemory(rows, width, Math.max(1, options.depth));
  for (let f = 0; f < width; f++) {
    for (let i = 0; i < rows; i++) kernel.byRow[i * width + f] = bins.bin[f * rows + i];
  }
  return {
    bins,
    rows,
    kernel,
    spare: new Uint32Array(rows),
    chosen: Uint16Array.from({ length: width }, (_, f) => f),
    ensemble: emptyEnsemble(),
    score,
    rate: options.rate,
    lambda: options.lambda ?? 1,
    minChildWeight: options.minChildWeight ?? 1,
    split: -1,
    gain: 0,
  };
}

/** The best constant: log odds of class 1, held off infinity, or the mean. */
function baseScore(y: Float32Array, rows: number, loss: BoostOptions["loss"]): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += y[i];
  const mean = sum / rows;
  if (loss === "squared") return Math.fround(mean);
  const share = Math.min(1 - 1e-6, Math.max(1e-6, mean));
  return Math.fround(Math.log(share / (1 - share)));
}

/** Derivatives of log(1 + e^(∓score)). */
function logisticSlope(slope: Float32Array, score: Float32Array, y: Float32Array): void {
  for (let i = 0; i < score.length; i++) {
    const p = sigmoid(score[i]);
    slope[2 * i] = p - y[i];
    slope[2 * i + 1] = Math.max(p * (1 - p), 1e-16);
  }
}

/** Derivatives of (score − y)²/2. */
function squaredSlope(slope: Float32Array, score: Float32Array, y: Float32Array): void {
  for (let i = 0; i < score.length; i++) {
    slope[2 * i] = score[i] - y[i];
    slope[2 * i + 1] = 1;
  }
}

/** Rows are drawn one by one; those left out weigh nothing but still receive the tree's answer. */
function leaveOut(slope: Float32Array, share: number, random: Random): void {
  const limit = share * 2 ** 32;
  for (let i = 0; i < slope.length; i += 2) {
    if (random.bits() < limit) continue;
    slope[i] = 0;
    slope[i + 1] = 0;
  }
}

/** [row] probability of class 1, or the value. */
export function predictBoosted(
  model: BoostedTrees,
  x: Float32Array,
  rows: number,
): Float32Array<ArrayBuffer> {
  const feature = Int32Array.from(model.feature);
  const threshold = Float32Array.from(model.threshold);
  const value = Float32Array.from(model.value);
  const left = Uint32Array.from(model.left);
  const right = Uint32Array.from(model.right);
  const out = new Float32Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = i * model.features;
    let score = model.base;
    for (const root of model.root) {
      let n = root;
      while (feature[n] >= 0) n = x[at + feature[n]] <= threshold[n] ? left[n] : right[n];
      score += value[n];
    }
    out[i] = model.loss === "logistic" ? sigmoid(score) : score;
  }
  return out;
}

/** ONNX with input `x` [N × F] and output `probability`, or `value` for the squared loss, [N × 1]. */
export function boostedOnnx(model: BoostedTrees): Uint8Array {
  const trees = model.root.map((root, t) => {
    const end = model.root[t + 1] ?? model.feature.length;
    const shift = (at: number) => Math.max(0, at - root);
    return {
      feature: model.feature.slice(root, end),
      threshold: model.threshold.slice(root, end),
      left: model.left.slice(root, end).map(shift),
      right: model.right.slice(root, end).map(shift),
      value: model.value.slice(root, end),
    };
  });
  if (model.loss === "squared")
    return modelBytes("boosted", model.features, [treeEnsemble(trees, "value", model.base)], [], "value");
  const nodes = [treeEnsemble(trees, "score", model.base), node("Sigmoid", ["score"], "probability")];
  return modelBytes("boosted", model.features, nodes, []);
}

/** Share of the trees' gain that each feature brought, by feature. */
export function boostedImportance(model: BoostedTrees): Float64Array<ArrayBuffer> {
  const gain = new Float64Array(model.features);
  model.feature.forEach((feature, n) => {
    if (feature >= 0) gain[feature] += model.gain[n];
  });
  const total = gain.reduce((sum, value) => sum + value, 0);
  return total > 0 ? gain.map((value) => value / total) : gain;
}

/** xgboost's defaults, but with a rate at which 100 rounds suffice. */
const CLASSIFIER = { rounds: 100, depth: 6, rate: 0.1, lambda: 1, minChildWeight: 1 } as const;

export function trainBoostedClassifier(input: TrainInput, options: TrainOptions): Trained {
  const { x, y, rows, features } = input;
  const { seed, onProgress, shouldStop } = options;
  const settings = { ...CLASSIFIER, loss: "logistic", seed, onProgress, shouldStop } as const;
  const model = trainBoosted(x, Float32Array.from(y), rows, features.length, settings);
  const gain = boostedImportance(model);
  return {
    onnx: boostedOnnx(model),
    trainRows: rows,
    hyperparameters: { ...CLASSIFIER, bins: BINS, nodes: model.feature.length },
    gain: Object.fromEntries(features.map((name, f) => [name, gain[f]])),
    notes: [],
  };
}
