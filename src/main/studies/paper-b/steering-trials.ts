import { emptyOutlook } from "../../hetnet/outlook.ts";
import type { HetnetSeries, Rat } from "../../hetnet/series.ts";
import { fitForecaster, type ForecastSettings } from "../../learn/forecast/fit.ts";
import { makeWindows, type Windows } from "../../learn/forecast/windows.ts";
import type { Bench } from "../bench.ts";
import { hetnetTracks } from "./forecast-tracks.ts";
import { HORIZON, trainingSeries, unseenSeries, windowOf } from "./steering-world.ts";

export interface SteeringAsk {
  seed: number;
  rat: "cellular" | "wifi";
  kind: "network" | "boosted";
  /** unseen random paths that are forecast */
  paths: number;
  quick: boolean;
}

/** Forecasts of one kind of node on unseen paths, and the model behind them. */
export interface SteeringAnswer {
  /** an Outlook's `sinrDb` over the unseen series; NaN for other kinds of nodes */
  sinrDb: Float32Array;
  /** rows that were learnt from */
  rows: number;
  fitS: number;
  /** null for trees */
  onnx: Uint8Array | null;
}

/** Effort: units of a layer and rows shown to the network in all. */
const NETWORK = {
  cellular: {
    quick: { hidden: 24, epochs: { visits: 120_000 } },
    full: { hidden: 40, epochs: { visits: 120_000 } },
  },
  wifi: {
    quick: { hidden: 32, epochs: { visits: 200_000 } },
    full: { hidden: 48, epochs: { visits: 200_000 } },
  },
};

/** Direct multi-step forecasters of the paper's shapes: two bidirectional layers for base stations, one for access points. */
export function steeringSettings(rat: SteeringAsk["rat"], seed: number, quick: boolean): ForecastSettings {
  return {
    steps: windowOf(rat),
    ahead: HORIZON,
    inputs: "all",
    split: { kind: "path" },
    seed,
    mostRows: quick ? 4000 : undefined,
    network: NETWORK[rat][quick ? "quick" : "full"],
    trees: { rounds: quick ? 40 : 120, depth: 5, rate: quick ? 0.2 : 0.1, subsample: 0.8 },
  };
}

/** Writes forecasts [row × horizon] of windows into the places of their nodes. */
export function scatter(
  sinrDb: Float32Array,
  series: HetnetSeries,
  rat: Rat,
  { rows, path, node, at, ahead }: Windows,
  forecast: Float32Array,
): void {
  const nodes = series.nodes.flatMap((one, i) => (one.rat === rat ? [i] : []));
  for (let row = 0; row < rows; row++) {
    const into = (series.firstStep[path[row]] + at[row]) * series.nodes.length + nodes[node[row]];
    for (let h = 0; h < ahead; h++) sinrDb[into * ahead + h] = forecast[row * ahead + h];
  }
}

export const steeringTrials = {
  steeringForecast: async (ask: SteeringAsk, bench: Bench): Promise<SteeringAnswer> => {
    const { seed, rat, kind, paths, quick } = ask;
    const training = bench.memo(`steering-training ${seed}`, () => trainingSeries(seed));
    const unseen = bench.memo(`steering-unseen ${seed} ${paths}`, () => unseenSeries(seed, paths));
    const label = kind === "boosted" ? "boosted trees" : rat === "wifi" ? "LSTM" : "BiLSTM";
    const settings = steeringSettings(rat, seed, quick);
    const fitted = await fitForecaster(
      kind === "boosted" ? "boosted" : rat === "wifi" ? "lstm" : "bilstm",
      hetnetTracks(training, rat),
      settings,
      {
        clock: () => bench.clock(),
        shouldStop: () => bench.shouldStop(),
        onEpoch: ({ epoch, epochs, loss, validationLoss, accuracy, etaS }) =>
          bench.epoch({ label: `${label}, steering`, epoch, epochs, loss, validationLoss, accuracy, etaS }),
      },
    );
    const windows = makeWindows(hetnetTracks(unseen, rat), settings);
    const { sinrDb } = emptyOutlook(unseen, HORIZON);
    scatter(sinrDb, unseen, rat, windows, await fitted.forecaster.predict(windows));
    return { sinrDb, rows: fitted.train.rows, fitS: fitted.fitS, onnx: fitted.model?.onnx ?? null };
  },
};
