import { Random } from "../math/random.ts";
import { int, modelBytes, node, scaleWeights, standardised, weights } from "./graph.ts";
import { fitScale, standardise, type Scale } from "./scale.ts";
import { solveSvm } from "./smo.ts";
import type { Trained, TrainInput, TrainOptions } from "./training.ts";

export interface Svm {
  scale: Scale;
  gamma: number;
  /** [support vector × feature], standardised */
  vectors: Float32Array;
  /** [support vector] */
  coefficient: Float64Array;
  rho: number;
  trainRows: number;
  iterations: number;
}

const C = 1;

/** RBF support vector machine on a seeded sample; gamma = 1/features is scikit-learn's "scale" on standardised data. */
export function fitSvm(
  input: TrainInput,
  options: Pick<TrainOptions, "seed" | "svmRows" | "shouldStop">,
): Svm {
  const { x, rows, features } = input;
  const width = features.length;
  const chosen = sampleBothClasses(input, options.svmRows, options.seed);
  const scale = fitScale(x, rows, width, chosen);
  const z = standardise(x, rows, scale, chosen);
  const gamma = 1 / width;
  const truth = Uint8Array.from(chosen, (row) => input.y[row]);
  const solution = solveSvm(z, truth, width, C, gamma, options.shouldStop);
  const vectors = new Float32Array(solution.rows.length * width);
  solution.rows.forEach((row, s) => vectors.set(z.subarray(row * width, (row + 1) * width), s * width));
  const { coefficient, rho, iterations } = solution;
  return { scale, gamma, vectors, coefficient, rho, iterations, trainRows: chosen.length };
}

/** At most `count` rows, ascending, with the classes' shares kept and at least one row of each. */
function sampleBothClasses({ y, rows }: TrainInput, count: number, seed: number): Uint32Array<ArrayBuffer> {
  const order = new Random(seed, "svm-sample").permutation(rows);
  if (count >= rows) return order.sort();
  let ones = 0;
  for (let i = 0; i < rows; i++) ones += y[i];
  const wanted = Math.min(count - 1, Math.max(1, Math.round((count * ones) / rows)));
  const left = [count - wanted, wanted];
  return order.filter((row) => left[y[row]]-- > 0).sort();
}

/**
 * −γ|z − s|² for all rows and support vectors is one product, [z, |z|², 1] · [2γs; −γ; −γ|s|²]; then exp, the
 * weighted sum, and the sigmoid. Plain products use the machine's vector units, which onnxruntime's own SVM
 * operation does not.
 */
export function svmGraph({ scale, gamma, vectors, coefficient, rho }: Svm): Uint8Array {
  const width = scale.mean.length;
  const count = coefficient.length;
  const inner = new Float64Array((width + 1) * count);
  const own = new Float64Array(count);
  for (let s = 0; s < count; s++) {
    for (let f = 0; f < width; f++) {
      const value = vectors[s * width + f];
      inner[f * count + s] = 2 * gamma * value;
      own[s] -= gamma * value * value;
    }
    inner[width * count + s] = -gamma;
  }
  return modelBytes(
    "svm",
    width,
    [
      ...standardised(),
      node("Mul", ["z", "z"], "squares"),
      node("MatMul", ["squares", "ones"], "norm"),
      node("Concat", ["z", "norm"], "joined", [int("axis", 1)]),
      node("Gemm", ["joined", "inner", "own"], "exponent"),
      node("Exp", ["exponent"], "kernel"),
      node("Gemm", ["kernel", "coefficient", "offset"], "decision"),
      node("Sigmoid", ["decision"], "probability"),
    ],
    [
      ...scaleWeights(scale),
      weights("ones", [width, 1], new Float32Array(width).fill(1)),
      weights("inner", [width + 1, count], inner),
      weights("own", [count], own),
      weights("coefficient", [count, 1], coefficient),
      weights("offset", [1], [-rho]),
    ],
  );
}

export function trainSvm(input: TrainInput, options: TrainOptions): Trained {
  const model = fitSvm(input, options);
  return {
    onnx: svmGraph(model),
    trainRows: model.trainRows,
    hyperparameters: {
      kernel: "RBF",
      C,
      gamma: model.gamma,
      supportVectors: model.coefficient.length,
      iterations: model.iterations,
    },
    notes: [
      `Trained on a sample of ${model.trainRows} rows.`,
      "The probability is the sigmoid of the decision value: it ranks, but is not calibrated.",
    ],
  };
}
