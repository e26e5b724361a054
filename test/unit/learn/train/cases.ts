import { Random } from "../../../../src/main/math/random.ts";
import type { Layer, Network } from "../../../../src/main/learn/train/network.ts";
import type { Samples } from "../../../../src/main/learn/train/samples.ts";

const random = new Random(11, "train-cases");

/** Random samples that fit a network with `outputs` units or classes at its end. */
export function samplesFor(network: Network, outputs: number, rows: number): Samples {
  const { steps, features } = network.input;
  const x = Float32Array.from({ length: rows * steps * features }, () => random.normal());
  if (network.loss === "cross-entropy")
    return { x, rows, y: Int32Array.from({ length: rows }, () => random.below(outputs)) };
  const y = Float32Array.from({ length: rows * outputs }, () =>
    network.loss === "mse" ? random.normal() : random.below(2),
  );
  return { x, rows, y };
}

export const lstm = (units: number, bidirectional: boolean, sequences: boolean): Layer => ({
  kind: "lstm",
  units,
  bidirectional,
  sequences,
});
export const dense = (
  units: number,
  activation: "linear" | "relu" | "tanh" | "sigmoid" = "linear",
): Layer => ({ kind: "dense", units, activation });

interface Case {
  title: string;
  outputs: number;
  network: Network;
}

/** Every kind of layer in every place, with every loss. */
export const CASES: Case[] = [
  {
    title: "dense layers with ReLU, tanh and sigmoid, binary cross-entropy",
    outputs: 1,
    network: {
      input: { steps: 1, features: 4 },
      layers: [dense(5, "relu"), dense(4, "tanh"), dense(3, "sigmoid"), dense(1)],
      loss: "bce",
    },
  },
  {
    title: "one LSTM, squared error",
    outputs: 2,
    network: { input: { steps: 4, features: 3 }, layers: [lstm(5, false, false), dense(2)], loss: "mse" },
  },
  {
    title: "one LSTM over a single step, cross-entropy",
    outputs: 3,
    network: {
      input: { steps: 1, features: 3 },
      layers: [lstm(4, false, false), dense(3)],
      loss: "cross-entropy",
    },
  },
  {
    title: "a bidirectional LSTM, cross-entropy",
    outputs: 4,
    network: {
      input: { steps: 5, features: 3 },
      layers: [lstm(3, true, false), dense(4)],
      loss: "cross-entropy",
    },
  },
  {
    title: "two bidirectional LSTMs with a dense layer between and dense layers after them, squared error",
    outputs: 3,
    network: {
      input: { steps: 3, features: 2 },
      layers: [lstm(3, true, true), dense(4, "tanh"), lstm(2, true, false), dense(4, "relu"), dense(3)],
      loss: "mse",
    },
  },
  {
    title: "an LSTM on an LSTM, binary cross-entropy with two outputs",
    outputs: 2,
    network: {
      input: { steps: 4, features: 2 },
      layers: [lstm(3, false, true), lstm(4, false, false), dense(2)],
      loss: "bce",
    },
  },
];
