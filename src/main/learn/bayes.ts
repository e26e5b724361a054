import { Cancelled } from "../../shared/errors.ts";
import { modelBytes, node, scaleWeights, standardised, weights } from "./graph.ts";
import { fitScale, standardise, type Scale } from "./scale.ts";
import type { Trained, TrainInput, TrainOptions } from "./training.ts";

/** Added to every variance as a share of the greatest, as scikit-learn does. */
const VAR_SMOOTHING = 1e-9;

export interface Bayes {
  scale: Scale;
  /** [class] share of the rows */
  prior: Float64Array;
  /** [class × feature] mean, standardised */
  mean: Float64Array;
  /** [class × feature] one over the standard deviation, standardised; 0 where the feature is constant */
  precision: Float64Array;
}

/**
 * Gaussian naive Bayes. The smoothing is that of standardised features, whose greatest variance is 1, so that the
 * model does not depend on units; on raw columns it would drown every column of small numbers.
 */
export function fitBayes({ x, y, rows, features }: TrainInput): Bayes {
  const width = features.length;
  const scale = fitScale(x, rows, width);
  const z = standardise(x, rows, scale);
  const count = new Float64Array(2);
  const mean = new Float64Array(2 * width);
  const square = new Float64Array(2 * width);
  for (let i = 0; i < rows; i++) {
    const at = y[i] * width;
    count[y[i]]++;
    for (let f = 0; f < width; f++) mean[at + f] += z[i * width + f];
  }
  for (let j = 0; j < mean.length; j++) mean[j] /= count[j < width ? 0 : 1];
  for (let i = 0; i < rows; i++) {
    const at = y[i] * width;
    for (let f = 0; f < width; f++) square[at + f] += (z[i * width + f] - mean[at + f]) ** 2;
  }
  const precision = square.map((s, j) => {
    if (scale.factor[j % width] === 0) return 0;
    return 1 / Math.sqrt(s / count[j < width ? 0 : 1] + VAR_SMOOTHING);
  });
  return { scale, prior: count.map((n) => n / rows), mean, precision };
}

/** log of the ratio of priors and of the Gaussians' heights: the part of the log odds that no feature changes. */
export function bayesConstant({ prior, precision }: Bayes): number {
  const width = precision.length / 2;
  let constant = Math.log(prior[1] / prior[0]);
  for (let f = 0; f < width; f++) {
    if (precision[f] > 0) constant += Math.log(precision[width + f] / precision[f]);
  }
  return constant;
}

const squaredDeviation = (c: number) => [
  node("Sub", ["z", `mean${c}`], `offset${c}`),
  node("Mul", [`offset${c}`, `precision${c}`], `deviation${c}`),
  node("Mul", [`deviation${c}`, `deviation${c}`], `square${c}`),
];

/**
 * Log odds = constant + (Σ d₀² − Σ d₁²)/2 with d = (z − class mean)·precision: squares of differences keep in float32
 * what expanded squares would lose.
 */
export function bayesGraph(model: Bayes): Uint8Array {
  const { scale } = model;
  const width = scale.mean.length;
  const part = (values: Float64Array, c: number) => values.subarray(c * width, (c + 1) * width);
  return modelBytes(
    "bayes",
    width,
    [
      ...standardised(),
      ...squaredDeviation(0),
      ...squaredDeviation(1),
      node("Sub", ["square0", "square1"], "difference"),
      node("Gemm", ["difference", "halves", "constant"], "score"),
      node("Sigmoid", ["score"], "probability"),
    ],
    [
      ...scaleWeights(scale),
      weights("mean0", [width], part(model.mean, 0)),
      weights("mean1", [width], part(model.mean, 1)),
      weights("precision0", [width], part(model.precision, 0)),
      weights("precision1", [width], part(model.precision, 1)),
      weights("halves", [width, 1], new Float32Array(width).fill(0.5)),
      weights("constant", [1], [bayesConstant(model)]),
    ],
  );
}

export function trainBayes(input: TrainInput, options: TrainOptions): Trained {
  if (options.shouldStop?.()) throw new Cancelled();
  return {
    onnx: bayesGraph(fitBayes(input)),
    trainRows: input.rows,
    hyperparameters: { varSmoothing: VAR_SMOOTHING },
    notes: ["Takes the features of one class as independent, which columns of one link budget are not."],
  };
}
