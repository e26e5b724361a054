import type { Hyper } from "./classifier.ts";
import type { WindowSettings } from "./windows.ts";

export interface WorldAsk {
  kind: "terrestrial" | "satellite";
  seed: number;
  ues: number;
  seconds: number;
  periodS: number;
}

/** Sizes of the study; `quick` has the same shapes on less data. */
export interface Sizes {
  world: Omit<WorldAsk, "kind" | "seed">;
  satellite: Omit<WorldAsk, "kind" | "seed">;
  window: WindowSettings;
  /** measurements from one window of a UE to the next */
  stride: number;
  /** what is not swept */
  base: Hyper;
  share: number;
  /** trainings of each point of a sweep, from other initial weights and batch orders */
  repeats: number;
  batches: number[];
  epochs: number[];
  shares: number[];
  hiddens: number[];
  /** epochs of the sweep of hidden sizes, and measurements between two of its windows: the widest take long */
  hiddenEpochs: number;
  hiddenStride: number;
  rates: number[];
  /** the search, on a part of the data */
  tune: {
    share: number;
    stride: number;
    epochs: number[];
    levels: number;
    coarse: number;
    hidden: [number, number];
  };
}

const PERIOD_S = 0.2;
const RATES = [0.001, 0.003, 0.01, 0.03, 0.1];
const BATCHES = [5, 10, 20, 50, 100, 200, 300];
const EPOCHS = [5, 10, 20, 50, 100, 150, 200];
const SHARES = [0.5, 0.6, 0.7, 0.8, 0.9];

export const FULL: Sizes = {
  world: { ues: 160, seconds: 100, periodS: PERIOD_S },
  satellite: { ues: 120, seconds: 60, periodS: PERIOD_S },
  window: { steps: 10, ahead: 5 },
  stride: 10,
  base: { hidden: 64, batch: 50, rate: 0.003, epochs: 20, optimiser: "adam" },
  share: 0.7,
  repeats: 2,
  batches: BATCHES,
  epochs: EPOCHS,
  shares: SHARES,
  hiddens: [64, 128, 256, 512, 768, 1024],
  hiddenEpochs: 10,
  hiddenStride: 20,
  rates: RATES,
  tune: { share: 0.3, stride: 20, epochs: [5, 10, 20], levels: 2, coarse: 2, hidden: [64, 512] },
};

export const QUICK: Sizes = {
  ...FULL,
  world: { ues: 80, seconds: 60, periodS: PERIOD_S },
  satellite: { ues: 80, seconds: 40, periodS: PERIOD_S },
  base: { ...FULL.base, rate: 0.01, epochs: 15 },
  repeats: 1,
  hiddens: [64, 128, 256, 512, 1024],
  hiddenEpochs: 5,
  tune: { share: 0.3, stride: 10, epochs: [5, 10, 20], levels: 1, coarse: 1, hidden: [32, 128] },
};
