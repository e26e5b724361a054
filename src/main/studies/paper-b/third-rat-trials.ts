import { emptyOutlook } from "../../hetnet/outlook.ts";
import { fitForecaster } from "../../learn/forecast/fit.ts";
import { makeWindows } from "../../learn/forecast/windows.ts";
import type { Bench } from "../bench.ts";
import { hetnetTracks } from "./forecast-tracks.ts";
import { scatter, type SteeringAnswer } from "./steering-trials.ts";
import { WINDOW } from "./steering-world.ts";
import { BEAM_HORIZON, trainingWithBeams, unseenWithBeams } from "./third-rat.ts";

export const thirdRatTrials = {
  /** LSTM of the beams: one layer, trained on other passes. */
  beamForecast: async (
    { seed, paths, quick }: { seed: number; paths: number; quick: boolean },
    bench: Bench,
  ): Promise<Omit<SteeringAnswer, "onnx">> => {
    const training = bench.memo(`beams-training ${seed}`, () => trainingWithBeams(seed));
    const unseen = bench.memo(`beams-unseen ${seed} ${paths}`, () => unseenWithBeams(seed, paths));
    const shape = { steps: WINDOW.cellular, ahead: BEAM_HORIZON };
    const fitted = await fitForecaster(
      "lstm",
      hetnetTracks(training, "satellite"),
      {
        ...shape,
        inputs: "all",
        split: { kind: "path" },
        seed,
        mostRows: quick ? 4000 : undefined,
        network: quick
          ? { hidden: 32, epochs: { visits: 200_000 } }
          : { hidden: 48, epochs: { visits: 300_000 } },
      },
      {
        clock: () => bench.clock(),
        shouldStop: () => bench.shouldStop(),
        onEpoch: ({ epoch, epochs, loss, validationLoss, accuracy, etaS }) =>
          bench.epoch({ label: "LSTM, beams", epoch, epochs, loss, validationLoss, accuracy, etaS }),
      },
    );
    const windows = makeWindows(hetnetTracks(unseen, "satellite"), shape);
    const { sinrDb } = emptyOutlook(unseen, BEAM_HORIZON);
    scatter(sinrDb, unseen, "satellite", windows, await fitted.forecaster.predict(windows));
    return { sinrDb, rows: fitted.train.rows, fitS: fitted.fitS };
  },
};
