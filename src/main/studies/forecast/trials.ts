import { fitForecaster } from "../../learn/forecast/fit.ts";
import type { Tracks } from "../../learn/forecast/tracks.ts";
import type { ForecasterModel } from "../../../shared/study.ts";
import { spent, type Bench } from "../bench.ts";

export interface ForecastAsk {
  /** hash of the shared columns `values` and `firstStep` */
  data: string;
  model: ForecasterModel;
  window: number;
  horizon: number;
  seed: number;
  epochs: number;
  mostRows: number;
}

/** Each UE is a path, its serving beam the one node: RSRP and SINR as it measured them. */
export const runTracks = ({
  values,
  firstStep,
}: {
  values: Float32Array;
  firstStep: Uint32Array;
}): Tracks => ({
  features: [
    { name: "RSRP", unit: "dBm" },
    { name: "SINR", unit: "dB" },
  ],
  target: 1,
  nodes: ["serving beam"],
  values,
  firstStep,
});

export const forecastRunTrials = {
  /** One forecaster on the SINR of a run's UEs; tested on UEs that it has not seen. */
  forecastRun: async (ask: ForecastAsk, bench: Bench) => {
    const tracks = runTracks(bench.columns(ask.data) as Parameters<typeof runTracks>[0]);
    const before = bench.energy();
    const history: { loss: number; validationLoss: number | null }[] = [];
    const fitted = await fitForecaster(
      ask.model,
      tracks,
      {
        steps: ask.window,
        ahead: ask.horizon,
        inputs: ask.model === "arima" || ask.model === "persistence" ? "target" : "all",
        split: { kind: "path" },
        mostRows: ask.mostRows,
        seed: ask.seed,
        network: { epochs: ask.epochs },
      },
      {
        clock: bench.clock,
        shouldStop: bench.shouldStop,
        onEpoch: ({ loss, validationLoss, epoch, epochs, etaS }) => {
          history.push({ loss, validationLoss });
          bench.epoch({ label: ask.model, epoch, epochs, loss, validationLoss, accuracy: null, etaS });
        },
      },
    );
    const { test, forecast, train, errors, fitS, predictS, model } = fitted;
    const first = test.path[0];
    const rows = [...test.path.keys()].filter((row) => test.path[row] === first);
    const shown = rows.map((row) => ({
      step: test.at[row],
      truth: [...test.y.subarray(row * ask.horizon, (row + 1) * ask.horizon)],
      forecast: [...forecast.subarray(row * ask.horizon, (row + 1) * ask.horizon)],
    }));
    return {
      errors,
      fitS,
      predictS,
      history,
      path: first,
      shown,
      trainRows: train.rows,
      testRows: test.rows,
      energy: spent(before, bench.energy()),
      onnx: model?.onnx ?? null,
      card: model?.card ?? null,
    };
  },
};
