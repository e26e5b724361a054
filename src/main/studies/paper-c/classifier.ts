import { inferenceGraph } from "../../learn/train/export.ts";
import { planNetwork, type Network } from "../../learn/train/network.ts";
import type { Optimiser } from "../../learn/train/optimiser.ts";
import type { Options } from "../../learn/train/options.ts";
import { predictNetwork } from "../../learn/train/predict.ts";
import { trainNetwork } from "../../learn/train/train.ts";
import type { Energy } from "../../../shared/study.ts";
import { spent, type Bench } from "../bench.ts";
import type { WindowSettings, Windows } from "./windows.ts";

/** What the paper turns: one LSTM layer, and softmax over the cells. */
export interface Hyper {
  hidden: number;
  batch: number;
  rate: number;
  epochs: number;
  optimiser: "adam" | "sgd";
}

export interface Learned {
  onnx: Uint8Array<ArrayBuffer>;
  /** at the epochs that were asked for, and at the last */
  marks: Mark[];
  training: Energy | null;
  evaluation: Energy | null;
}

export interface Mark {
  epoch: number;
  /** share of windows of unseen UEs whose best cell is foretold */
  accuracy: number;
  /** energy of the training up to here */
  joules: number | null;
  loss: number;
}

export const networkOf = ({ steps }: WindowSettings, classes: number, hidden: number): Network => ({
  input: { steps, features: classes },
  layers: [
    { kind: "lstm", units: hidden, bidirectional: false, sequences: false },
    { kind: "dense", units: classes, activation: "linear" },
  ],
  loss: "cross-entropy",
});

/** Momentum 0.9 and Adam's β as PyTorch has them by default or in its examples. */
const optimiserOf = ({ optimiser, rate }: Hyper): Optimiser =>
  optimiser === "adam"
    ? { kind: "adam", rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    : { kind: "sgd", rate, momentum: 0.9 };

/** Norm to which a batch's gradient is cut, so that high rates do not end in infinities. */
const CLIP_NORM = 1;

/**
 * Trains and evaluates one classifier. Accuracies at earlier epochs come from the weights of then, evaluated after the
 * training, so that its energy is its own.
 */
export async function learn(
  network: Network,
  train: Windows,
  test: Windows,
  hyper: Hyper,
  {
    seed,
    epochs = [],
    label,
    threads,
  }: { seed: number; epochs?: readonly number[]; label: string; threads?: number },
  bench: Bench,
): Promise<Learned> {
  const options: Options = {
    seed,
    epochs: hyper.epochs,
    batch: hyper.batch,
    optimiser: optimiserOf(hyper),
    clipNorm: CLIP_NORM,
    clock: bench.clock,
    shouldStop: bench.shouldStop,
    threads,
  };
  const kept: {
    epoch: number;
    joules: number | null;
    loss: number;
    checkpoint: Uint8Array<ArrayBuffer> | null;
  }[] = [];
  const before = bench.energy();
  const trained = await trainNetwork(network, train, {
    ...options,
    onEpoch: (progress) => {
      const { checkpoint, ...point } = progress;
      bench.epoch({ label, ...point });
      const { epoch, loss } = progress;
      const last = epoch === hyper.epochs;
      if (!last && !epochs.includes(epoch)) return;
      const joules = spent(before, bench.energy())?.joules ?? null;
      kept.push({ epoch, joules, loss, checkpoint: last ? null : checkpoint() });
    },
  });
  const after = bench.energy();
  const last = await accuracyOf(network, trained.onnx, test, bench);
  const evaluated = bench.energy();
  const marks: Mark[] = [];
  for (const { epoch, joules, loss, checkpoint } of kept) {
    const onnx = checkpoint && earlier(network, checkpoint);
    // oxlint-disable-next-line no-await-in-loop
    marks.push({ epoch, joules, loss, accuracy: onnx ? await accuracyOf(network, onnx, test, bench) : last });
  }
  return { onnx: trained.onnx, marks, training: spent(before, after), evaluation: spent(after, evaluated) };
}

/** The model as it stood at a checkpoint: its weights are the first vector behind the header (see `writeCheckpoint`). */
function earlier(network: Network, checkpoint: Uint8Array<ArrayBuffer>) {
  const plan = planNetwork(network);
  const header = new DataView(checkpoint.buffer).getUint32(0, true);
  return inferenceGraph(plan, new Float32Array(checkpoint.buffer, 4 + Math.ceil(header / 4) * 4, plan.size));
}

async function accuracyOf(network: Network, onnx: Uint8Array, test: Windows, bench: Bench): Promise<number> {
  const p = await predictNetwork(network, onnx, test.x, test.rows, { shouldStop: bench.shouldStop });
  const classes = network.input.features;
  let right = 0;
  for (let row = 0; row < test.rows; row++) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (p[row * classes + k] > p[row * classes + best]) best = k;
    if (best === test.y[row]) right++;
  }
  return right / test.rows;
}
