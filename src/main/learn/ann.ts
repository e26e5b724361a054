import { Cancelled } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";
import { modelBytes, node, weights } from "./graph.ts";
import { ADAM } from "./network-kernel.ts";
import { startTraining, type NetworkTraining } from "./network-training.ts";
import { HIDDEN, layout, makeNetwork, type Network } from "./network.ts";
import { fitScale, standardise, type Scale } from "./scale.ts";
import type { Epochs, Trained, TrainInput, TrainOptions } from "./training.ts";

export interface Ann {
  scale: Scale;
  network: Network;
  /** as Keras prints them */
  epochs: Epochs;
}

const BATCH = 32;
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
  const random = new Random(seed, "ann");
  const network = makeNetwork(features.length, random.at(0), INITIAL_DEVIATION);
  const parts = [{ x, y, rows }, ...(validation ? [validation] : [])].map((part) => ({
    ...part,
    z: standardise(part.x, part.rows, scale),
  }));
  const training = startTraining(network, parts);
  const order = training.order.subarray(0, rows);
  const epochs: Epochs = { loss: [], accuracy: [] };
  if (validation) Object.assign(epochs, { validationLoss: [], validationAccuracy: [] });
  for (let epoch = 1; epoch <= annEpochs; epoch++) {
    if (shouldStop?.()) throw new Cancelled();
    shuffle(order, random.at(epoch));
    for (let from = 0; from < rows; from += BATCH) {
      const to = Math.min(from + BATCH, rows);
      training.learn(from, to);
      training.step(to - from);
    }
    const { loss, hits } = training.totals();
    epochs.loss.push(loss / rows);
    epochs.accuracy.push(hits / rows);
    if (validation) {
      const held = measure(training, rows, rows + validation.rows);
      epochs.validationLoss!.push(held.loss);
      epochs.validationAccuracy!.push(held.accuracy);
    }
    onEpoch?.(epoch, epochs);
    onProgress?.(epoch / annEpochs);
  }
  network.parameters.set(training.parameters);
  return { scale, network, epochs };
}

/** Mean binary cross-entropy and accuracy over rows; what they would have taught is forgotten. */
function measure(training: NetworkTraining, from: number, to: number) {
  training.learn(from, to);
  training.gradient.fill(0);
  const { loss, hits } = training.totals();
  return { loss: loss / (to - from), accuracy: hits / (to - from) };
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
