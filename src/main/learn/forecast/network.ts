import { fitScale, standardise, type Scale } from "../scale.ts";
import { inferenceGraph, outputName } from "../train/export.ts";
import { planNetwork, type Layer, type Network } from "../train/network.ts";
import { predictNetwork } from "../train/predict.ts";
import type { Samples } from "../train/samples.ts";
import { trainNetwork } from "../train/train.ts";
import { foldScales } from "./folded.ts";
import type { FitOptions, Forecaster } from "./forecaster.ts";
import { recurse } from "./recursive.ts";
import { besideLast, ontoLast, shiftByLast } from "./relative.ts";
import { nextSamples, type Windows } from "./windows.ts";

/** Changes start from persistence, levels from the mean. */
export type Learns = "level" | "change";

export interface NetworkSettings {
  /** lstm: one layer and one dense. bilstm: two bidirectional layers, dense with ReLU, dropout, dense. */
  kind: "lstm" | "bilstm";
  /** units of each LSTM layer and direction */
  hidden: number;
  /** bilstm only: units of the dense layer between, and share that is dropped behind it */
  dense: number;
  dropout: number;
  /** most epochs; or as many as show so many rows in all, whatever the number of training rows */
  epochs: number | { visits: number };
  batch: number;
  /** of Adam; falls by half a cosine */
  rate: number;
  /** share of the epochs without a lower validation loss after which training ends */
  patienceShare: number;
  /** of the gradient's norm */
  clipNorm: number;
  /**
   * direct: H outputs at once. recursive: every feature of the next sample, fed back H − 1 times, so that a window is always
   * made of whole samples.
   */
  ahead: "direct" | "recursive";
  /**
   * What is learnt: the values themselves, or how far they are from the window's last sample, from a window that holds the
   * differences from that sample too.
   */
  learns: Learns;
  threads?: number;
}

export const NETWORK_DEFAULTS: NetworkSettings = {
  kind: "lstm",
  hidden: 64,
  dense: 32,
  dropout: 0.1,
  epochs: 30,
  batch: 64,
  rate: 3e-3,
  patienceShare: 1 / 2,
  clipNorm: 1,
  ahead: "direct",
  learns: "change",
};

export interface NetworkForecaster extends Forecaster {
  model(): { onnx: Uint8Array<ArrayBuffer>; network: Network };
}

export function layersOf({ kind, hidden, dense, dropout }: NetworkSettings, outputs: number): Layer[] {
  const lstm = (bidirectional: boolean, sequences: boolean): Layer => ({
    kind: "lstm",
    units: hidden,
    bidirectional,
    sequences,
  });
  const last: Layer = { kind: "dense", units: outputs, activation: "linear" };
  if (kind === "lstm") return [lstm(false, false), last];
  return [
    lstm(true, true),
    lstm(true, false),
    { kind: "dense", units: dense, activation: "relu" },
    { kind: "dropout", rate: dropout },
    last,
  ];
}

/** Recurrent networks (paper B, IV-B), by mean squared error on standardised values. */
export function networkForecaster(settings: NetworkSettings): NetworkForecaster {
  const { kind, ahead: way } = settings;
  let fitted: ReturnType<NetworkForecaster["model"]> | null = null;
  const ready = () => {
    if (!fitted) throw new Error("a forecaster must be fitted before it is asked");
    return fitted;
  };
  return {
    name: `${kind === "lstm" ? "LSTM" : "BiLSTM"}${way === "recursive" ? ", recursive" : ""}`,
    async fit(train, options) {
      fitted = await fitNetwork(settings, train, options);
    },
    async predict(windows) {
      const { network, onnx } = ready();
      const { steps, ahead, rows, tracks } = windows;
      const one = (x: Float32Array) => predictNetwork(network, onnx, x, rows);
      if (way === "direct") return one(windows.x);
      return recurse(one, windows.x, { rows, steps, ahead, features: tracks.features.length }, tracks.target);
    },
    model: ready,
  };
}

/** The network that is trained on windows of so many features. */
export function networkOf(
  settings: NetworkSettings,
  steps: number,
  features: number,
  outputs: number,
): Network {
  const width = settings.learns === "level" ? features : 2 * features;
  return { input: { steps, features: width }, layers: layersOf(settings, outputs), loss: "mse" };
}

async function fitNetwork(settings: NetworkSettings, train: Windows, options: FitOptions) {
  const { batch, rate, patienceShare, clipNorm, threads } = settings;
  const epochs = epochsOf(settings, train.rows);
  const { seed, clock, shouldStop, onEpoch, resume, validation } = options;
  const data = dataOf(settings, train);
  const { steps } = train;
  const features = train.tracks.features.length;
  const network = networkOf(settings, steps, features, data.width);
  const width = network.input.features;
  const scales = {
    x: fitScale(data.x, train.rows * steps, width),
    y: outputScale(settings, data),
  };
  const samples = standardSamples(data, scales);
  const held = validation && standardSamples(dataOf(settings, validation), scales);
  const { weights } = await trainNetwork(
    network,
    { ...samples, validation: held },
    {
      seed,
      epochs,
      batch,
      optimiser: { kind: "adam", rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      schedule: { kind: "cosine" },
      clipNorm,
      patience: held && Math.ceil(epochs * patienceShare),
      clock,
      shouldStop,
      onEpoch,
      resume,
      threads,
    },
  );
  const plan = planNetwork(network);
  const plain = inferenceGraph(plan, foldScales(plan, weights, scales.x, scales.y));
  const added = settings.ahead === "direct" ? [train.tracks.target] : [...train.tracks.features.keys()];
  const onnx =
    settings.learns === "level" ? plain : ontoLast(plain, { steps, features }, added, outputName(plan));
  return { network: { ...network, input: { steps, features } }, onnx };
}

const epochsOf = ({ epochs }: NetworkSettings, rows: number) =>
  typeof epochs === "number" ? epochs : Math.max(1, Math.round(epochs.visits / rows));

interface Raw {
  x: Float32Array;
  y: Float32Array;
  rows: number;
  width: number;
}

function dataOf({ ahead: way, learns }: NetworkSettings, windows: Windows): Raw {
  const { x, rows, steps, ahead, tracks } = windows;
  const features = tracks.features.length;
  const shape = { rows, steps, features };
  const width = way === "direct" ? ahead : features;
  const y = way === "direct" ? windows.y : nextSamples(windows);
  if (learns === "level") return { x, y, rows, width };
  if (way === "direct")
    return { x: besideLast(x, shape), y: shiftByLast(y, x, shape, tracks.target, -1), rows, width };
  for (let row = 0; row < rows; row++)
    for (let f = 0; f < features; f++) y[row * features + f] -= x[((row + 1) * steps - 1) * features + f];
  return { x: besideLast(x, shape), y, rows, width };
}

/** Steps ahead share one scale, so that a decibel counts alike in each; fed-back features have one each. */
function outputScale({ ahead: way }: NetworkSettings, { y, rows, width }: Raw): Scale {
  if (way === "recursive") return fitScale(y, rows, width);
  const { mean, factor } = fitScale(y, y.length, 1);
  const same = (value: number) => new Float64Array(width).fill(value);
  return { mean: same(mean[0]), factor: same(factor[0]) };
}

function standardSamples({ x, y, rows }: Raw, scales: { x: Scale; y: Scale }): Samples {
  const samples = x.length / scales.x.mean.length;
  return { x: standardise(x, samples, scales.x), y: standardise(y, rows, scales.y), rows };
}
