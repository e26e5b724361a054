import { Cancelled } from "../../shared/errors.ts";
import { modelBytes, node, weights } from "./graph.ts";
import { fitScale, standardise, type Scale } from "./scale.ts";
import { sigmoid, type Trained, type TrainInput, type TrainOptions } from "./training.ts";

export interface Logistic {
  scale: Scale;
  /** [feature + 1] weights of the standardised features, then the intercept */
  weight: Float64Array;
  iterations: number;
}

/** Inverse strength of the L2 penalty, scikit-learn's default; the intercept is not penalised. */
const C = 1;
/** One row in so many makes the first fit. */
const STRIDE = 8;
const MAX_ITERATIONS = 100;
/** Loss a row; a Newton step that gains less is followed by one that gains next to nothing. */
const SMALLEST_GAIN = 1e-9;
const SMALLEST_STEP = 1e-8;
/** Rows with less curvature are left out of the Hessian: that bends the way to the optimum, not the optimum. */
const FLAT = 1e-5;

/**
 * Logistic regression on standardised features: minimises Σ log(1 + e^(−±z)) + |w|²/2C. Many rows start from the
 * fit of a few, which saves most of the steps over all of them.
 */
export function fitLogistic({ x, y, rows, features }: TrainInput, shouldStop?: () => boolean): Logistic {
  const scale = fitScale(x, rows, features.length);
  const weight = new Float64Array(features.length + 1);
  if (rows >= STRIDE * STRIDE * features.length) {
    const few = Uint32Array.from({ length: Math.floor(rows / STRIDE) }, (_, i) => i * STRIDE);
    const truth = Uint8Array.from(few, (row) => y[row]);
    const bothClasses = truth.includes(0) && truth.includes(1);
    if (bothClasses) descend(standardise(x, rows, scale, few), truth, weight, shouldStop);
  }
  const iterations = descend(standardise(x, rows, scale), y, weight, shouldStop);
  return { scale, weight, iterations };
}

/** Newton's steps, that is iteratively reweighted least squares, halved while they would climb; returns how many. */
function descend(z: Float32Array, y: Uint8Array, weight: Float64Array, shouldStop?: () => boolean): number {
  const rows = y.length;
  const size = weight.length;
  const trial = new Float64Array(size);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let loss = lossOf(z, y, weight);
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    if (shouldStop?.()) throw new Cancelled();
    derivatives(z, y, weight, gradient, hessian);
    solve(hessian, gradient, size);
    let share = 2;
    let next = Infinity;
    while (next > loss && share > SMALLEST_STEP) {
      share /= 2;
      for (let a = 0; a < size; a++) trial[a] = weight[a] - share * gradient[a];
      next = lossOf(z, y, trial);
    }
    const gain = loss - next;
    if (gain > 0) {
      weight.set(trial);
      loss = next;
    }
    if (gain < SMALLEST_GAIN * rows) return iteration;
  }
  return MAX_ITERATIONS;
}

/** log(1 + e^z), safe for large z of either sign. */
const softplus = (z: number) => (z > 0 ? z : 0) + Math.log1p(Math.exp(-Math.abs(z)));

function lossOf(z: Float32Array, y: Uint8Array, weight: Float64Array): number {
  const width = weight.length - 1;
  let loss = 0;
  for (let i = 0; i < y.length; i++) {
    let score = weight[width];
    for (let f = 0; f < width; f++) score += weight[f] * z[i * width + f];
    loss += softplus(y[i] === 1 ? -score : score);
  }
  for (let f = 0; f < width; f++) loss += (weight[f] * weight[f]) / (2 * C);
  return loss;
}

/** Gradient and the Hessian's lower triangle, row-major. */
function derivatives(
  z: Float32Array,
  y: Uint8Array,
  weight: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const size = weight.length;
  const width = size - 1;
  const row = new Float64Array(size);
  row[width] = 1;
  gradient.fill(0);
  hessian.fill(0);
  for (let i = 0; i < y.length; i++) {
    let score = weight[width];
    for (let f = 0; f < width; f++) {
      row[f] = z[i * width + f];
      score += weight[f] * row[f];
    }
    const p = sigmoid(score);
    const error = p - y[i];
    const curve = p * (1 - p);
    for (let a = 0; a < size; a++) gradient[a] += error * row[a];
    if (curve < FLAT) continue;
    for (let a = 0; a < size; a++) {
      const v = curve * row[a];
      const at = a * size;
      for (let b = 0; b <= a; b++) hessian[at + b] += v * row[b];
    }
  }
  for (let f = 0; f < width; f++) {
    gradient[f] += weight[f] / C;
    hessian[f * size + f] += 1 / C;
  }
}

/** Solves A·x = b by Cholesky; A's lower triangle [n × n] is overwritten, x replaces b. */
function solve(a: Float64Array, b: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      const factor = a[j * n + k];
      for (let i = j; i < n; i++) a[i * n + j] -= a[i * n + k] * factor;
    }
    // Saturated answers leave no curvature for the intercept: keep the pivot off zero.
    const pivot = Math.sqrt(Math.max(a[j * n + j], 1e-12));
    for (let i = j; i < n; i++) a[i * n + j] /= pivot;
    a[j * n + j] = pivot;
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

/** (x − mean) · (factor·weight) + intercept, then the sigmoid. */
export function logisticGraph({ scale, weight }: Logistic): Uint8Array {
  const width = scale.mean.length;
  return modelBytes(
    "logistic",
    width,
    [
      node("Sub", ["x", "mean"], "centred"),
      node("Gemm", ["centred", "weight", "intercept"], "score"),
      node("Sigmoid", ["score"], "probability"),
    ],
    [
      weights("mean", [width], scale.mean),
      weights(
        "weight",
        [width, 1],
        scale.factor.map((factor, f) => factor * weight[f]),
      ),
      weights("intercept", [1], [weight[width]]),
    ],
  );
}

export function trainLogistic(input: TrainInput, options: TrainOptions): Trained {
  const model = fitLogistic(input, options.shouldStop);
  return {
    onnx: logisticGraph(model),
    trainRows: input.rows,
    hyperparameters: { penalty: "L2", C, iterations: model.iterations },
    notes: [],
  };
}
