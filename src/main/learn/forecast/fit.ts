import type { LibraryCard } from "../../../shared/study.ts";
import type { Network } from "../train/network.ts";
import { outputName } from "../train/export.ts";
import { planNetwork } from "../train/network.ts";
import { arima } from "./arima.ts";
import type { Order } from "./arima-fit.ts";
import { boostedTrees, type TreeSettings } from "./boosted.ts";
import { forecastErrors, type ForecastErrors } from "./errors.ts";
import { persistence, type FitOptions, type Forecaster } from "./forecaster.ts";
import { NETWORK_DEFAULTS, networkForecaster, type Learns, type NetworkSettings } from "./network.ts";
import { splitWindows, type SplitOptions } from "./split.ts";
import { withFeatures, type Tracks } from "./tracks.ts";
import { makeWindows, takeRows, type Windows } from "./windows.ts";

export const FORECASTERS = ["persistence", "arima", "boosted", "lstm", "bilstm"] as const;
export type ForecasterKind = (typeof FORECASTERS)[number];

export interface ForecastSettings {
  /** W */
  steps: number;
  /** H */
  ahead: number;
  /** same instants for every W and H up to these */
  room?: { steps: number; ahead: number };
  /** the window holds the target only, or every feature */
  inputs: "target" | "all";
  split: Omit<SplitOptions, "seed">;
  /** networks and trees: levels, or changes from the last sample; the latter when absent */
  learns?: Learns;
  /** at most so many training rows, and a quarter as many for validation, taken evenly; all when absent */
  mostRows?: number;
  seed: number;
  network?: Partial<Omit<NetworkSettings, "kind" | "learns">>;
  trees?: Omit<TreeSettings, "learns">;
  order?: Order;
}

export const TREE_DEFAULTS: Omit<TreeSettings, "learns"> = {
  rounds: 120,
  depth: 5,
  rate: 0.1,
  subsample: 0.8,
};
export const ORDER: Order = { p: 2, d: 1, q: 1 };

export type Hooks = Pick<FitOptions, "clock" | "shouldStop" | "onEpoch" | "resume">;

export interface FittedForecaster {
  forecaster: Forecaster;
  /** rows that were learnt from, by which the epoch was chosen, and of the test */
  train: Windows;
  validation: Windows;
  test: Windows;
  /** [row × H] of the test */
  forecast: Float32Array<ArrayBuffer>;
  errors: ForecastErrors;
  fitS: number;
  predictS: number;
  /** where it is one graph */
  model?: { onnx: Uint8Array<ArrayBuffer>; network: Network; card: LibraryCard };
}

export function makeForecaster(kind: ForecasterKind, settings: ForecastSettings): Forecaster {
  const { learns = "change" } = settings;
  if (kind === "persistence") return persistence();
  if (kind === "arima") return arima(settings.order ?? ORDER);
  if (kind === "boosted") return boostedTrees({ ...(settings.trees ?? TREE_DEFAULTS), learns });
  return networkForecaster({ ...NETWORK_DEFAULTS, ...settings.network, learns, kind });
}

/** Windows, split, training and test of one forecaster. The same settings give the same model and forecasts. */
export async function fitForecaster(
  kind: ForecasterKind,
  data: Tracks,
  settings: ForecastSettings,
  hooks: Hooks,
): Promise<FittedForecaster> {
  const tracks = settings.inputs === "all" ? data : withFeatures(data, [data.target]);
  const split = splitWindows(makeWindows(tracks, settings), { ...settings.split, seed: settings.seed });
  const train = thinned(split.train, settings.mostRows);
  const validation = thinned(split.validation, settings.mostRows && Math.ceil(settings.mostRows / 4));
  const { test } = split;
  const forecaster = makeForecaster(kind, settings);
  const began = hooks.clock();
  await forecaster.fit(train, { ...hooks, seed: settings.seed, validation });
  const fitted = hooks.clock();
  const forecast = await forecaster.predict(test);
  return {
    forecaster,
    train,
    validation,
    test,
    forecast,
    errors: forecastErrors(test, forecast),
    fitS: fitted - began,
    predictS: hooks.clock() - fitted,
    model: forecaster.model && withCard(forecaster.model(), forecaster.name, train, settings),
  };
}

function thinned(windows: Windows, most = Infinity): Windows {
  if (windows.rows <= most) return windows;
  return takeRows(
    windows,
    Uint32Array.from({ length: most }, (_, i) => Math.floor((i * windows.rows) / most)),
  );
}

function withCard(
  model: { onnx: Uint8Array<ArrayBuffer>; network: Network },
  name: string,
  { tracks, steps, ahead }: Windows,
  settings: ForecastSettings,
) {
  const { name: target, unit } = tracks.features[tracks.target];
  const recursive = settings.network?.ahead === "recursive";
  const card: LibraryCard = {
    title: `${name}: ${target} ${recursive ? "1 step" : `1…${ahead} steps`} ahead from ${steps}`,
    task: "forecaster",
    features: tracks.features,
    steps,
    input: "x",
    output: outputName(planNetwork(model.network)),
    threshold: null,
    notes: [
      `Input: raw samples, oldest first. Output: ${recursive ? "every feature of the next sample" : `${target} [${unit}], one column a step`}.`,
      `Trained on ${tracks.nodes.join(", ")}.`,
    ],
  };
  return { ...model, card };
}
