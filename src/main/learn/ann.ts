import { Cancelled } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";
import { modelBytes, node, weights } from "./graph.ts";
import { HIDDEN, layout, learnRows, makeNetwork, measureRows, type Network } from "./network.ts";
import { fitScale, standardise, type Scale } from "./scale.ts";
import type { Epochs, Trained, TrainInput, TrainOptions } from "./training.ts";

export interface Ann {
  scale: Scale;
  network: Network;
  /** as Keras prints them */
  epochs: Epochs;
}

const BATCH = 32;
/** Kingma and Ba 2015; epsilon as in Keras. */
const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
/** Standard deviation of Keras' RandomNormal. */
const INITIAL_DEVIATION = 0.05;

type AnnOptions = Pick<
  TrainOptions,
  "seed" | "annEpochs" | "validation" | "onProgress" | "onEpoch" | "shouldStop"
>;

/** Trains the network on standardised features with Adam, in batches of 32 of a new random order each epoch. */
export function fitAnn({ x, y, rows, features }: TrainInput, options: AnnOptions): Ann {
  const { seed, annEpochs, validation, onProgress, onEpoch, shouldStop } = options;
  const scale = fitScale(x, rows, features.length);
  const z = standardise(x, rows, scale);
  const random = new Random(seed, "ann");
  const network = makeNetwork(features.length, random.at(0), INITIAL_DEVIATION);
  const step = adam(network);
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  const epochs: Epochs = { loss: [], accuracy: [] };
  const held = validation ? standardise(validation.x, validation.rows, scale) : null;
  if (validation) Object.assign(epochs, { validationLoss: [], validationAccuracy: [] });
  for (let epoch = 1; epoch <= annEpochs; epoch++) {
    if (shouldStop?.()) throw new Cancelled();
    shuffle(order, random.at(epoch));
    network.loss = 0;
    network.hits = 0;
    for (let from = 0; from < rows; from += BATCH) {
      const to = Math.min(from + BATCH, rows);
      learnRows(network, z, y, order, from, to);
      step(to - from);
    }
    epochs.loss.push(network.loss / rows);
    epochs.accuracy.push(network.hits / rows);
    if (validation && held) {
      const { loss, accuracy } = measureRows(network, held, validation.y, validation.rows);
      epochs.validationLoss!.push(loss);
      epochs.validationAccuracy!.push(accuracy);
    }
    onEpoch?.(epoch, epochs);
    onProgress?.(epoch / annEpochs);
  }
  return { scale, network, epochs };
}

/** Fisher–Yates on 32-bit draws; the bias is below rows/2³². */
function shuffle(order: Uint32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor((random.bits() / 2 ** 32) * (i + 1));
    const swap = order[i];
    order[i] = order[j];
    order[j] = swap;
  }
}

/** One step on the mean of a batch's gradient, which it clears. */
function adam({ parameters, gradient }: Network): (batch: number) => void {
  const { rate, beta1, beta2, epsilon } = ADAM;
  const mean = new Float64Array(parameters.length);
  const square = new Float64Array(parameters.length);
  let left1 = 1;
  let left2 = 1;
  return (batch) => {
    left1 *= beta1;
    left2 *= beta2;
    const pace = (rate * Math.sqrt(1 - left2)) / (1 - left1);
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i] / batch;
      mean[i] += (1 - beta1) * (g - mean[i]);
      square[i] += (1 - beta2) * (g * g - square[i]);
      parameters[i] -= (pace * mean[i]) / (Math.sqrt(square[i]) + epsilon);
      gradient[i] = 0;
    }
  };
}

export function annGraph({ scale, network }: Pick<Ann, "scale" | "network">): Uint8Array {
  const { width, parameters } = network;
  const { bias1, weight2, bias2, weight3, bias3, count } = layout(width);
  const folded = parameters.slice(0, bias1).map((w, i) => w * scale.factor[Math.floor(i / HIDDEN)]);
  return modelBytes(
    "ann",
    width,
    [
      node("Sub", ["x", "mean"], "centred"),
      node("Gemm", ["centred", "weight1", "bias1"], "sum1"),
      node("Relu", ["sum1"], "hidden1"),
      node("Gemm", ["hidden1", "weight2", "bias2"], "sum2"),
      node("Relu", ["sum2"], "hidden2"),
      node("Gemm", ["hidden2", "weight3", "bias3"], "score"),
      node("Sigmoid", ["score"], "probability"),
    ],
    [
      weights("mean", [width], scale.mean),
      weights("weight1", [width, HIDDEN], folded),
      weights("bias1", [HIDDEN], parameters.subarray(bias1, weight2)),
      weights("weight2", [HIDDEN, HIDDEN], parameters.subarray(weight2, bias2)),
      weights("bias2", [HIDDEN], parameters.subarray(bias2, weight3)),
      weights("weight3", [HIDDEN, 1], parameters.subarray(weight3, bias3)),
      weights("bias3", [1], parameters.subarray(bias3, count)),
    ],
  );
}

export function trainAnn(input: TrainInput, options: TrainOptions): Trained {
  const model = fitAnn(input, options);
  return {
    onnx: annGraph(model),
    epochs: model.epochs,
    trainRows: input.rows,
    hyperparameters: {
      layers: `${input.features.length}-${HIDDEN}-${HIDDEN}-1`,
      epochs: options.annEpochs,
      batch: BATCH,
      optimiser: "Adam",
      learningRate: ADAM.rate,
      initialDeviation: INITIAL_DEVIATION,
    },
    notes: [],
  };
}
