import { describe, expect, it } from "vitest";
import { forecastErrors } from "../../../../src/main/learn/forecast/errors.ts";
import { fitForecaster, type ForecastSettings } from "../../../../src/main/learn/forecast/fit.ts";
import { persistence } from "../../../../src/main/learn/forecast/forecaster.ts";
import {
  NETWORK_DEFAULTS,
  networkForecaster,
  type NetworkSettings,
} from "../../../../src/main/learn/forecast/network.ts";
import { recurse } from "../../../../src/main/learn/forecast/recursive.ts";
import { besideLast, shiftByLast } from "../../../../src/main/learn/forecast/relative.ts";
import { makeWindows } from "../../../../src/main/learn/forecast/windows.ts";
import { predictNetwork } from "../../../../src/main/learn/train/predict.ts";
import { Cancelled } from "../../../../src/shared/errors.ts";
import { tracksOf, waves } from "./tracks.ts";

const clock = () => performance.now() / 1000;
const SETTINGS: ForecastSettings = {
  steps: 6,
  ahead: 3,
  inputs: "all",
  split: { kind: "path" },
  seed: 1,
  network: { hidden: 12, dense: 8, epochs: 12, batch: 32, rate: 0.01 },
};
const TRACKS = waves(12, 50);

describe("persistence", () => {
  it("repeats the last value: its error is the change since", async () => {
    const tracks = tracksOf([6], 1, 1, (_, step) => [1, 2, 4, 7, 11, 16][step]);
    const windows = makeWindows(tracks, { steps: 2, ahead: 2 });
    const out = await persistence().predict(windows);
    expect([...out]).toEqual([2, 2, 4, 4, 7, 7]);
    // errors (2, 5), (3, 7), (4, 9)
    const errors = forecastErrors(windows, out);
    expect(errors.rmseAhead[0]).toBeCloseTo(Math.sqrt(29 / 3), 6);
    expect(errors.rmseAhead[1]).toBeCloseTo(Math.sqrt(155 / 3), 6);
    expect(errors.rmse).toBeCloseTo(Math.sqrt(184 / 6), 6);
    expect(errors.mae).toBeCloseTo(5, 6);
    expect(errors.rows).toBe(3);
  });

  it("is counted by node where asked", async () => {
    const tracks = tracksOf([4], 2, 1, (_, step, node) => (node === 0 ? 5 : 3 * step));
    const windows = makeWindows(tracks, { steps: 1, ahead: 1 });
    const out = await persistence().predict(windows);
    expect(forecastErrors(windows, out, 0).rmse).toBe(0);
    expect(forecastErrors(windows, out, 1).rmse).toBe(3);
  });
});

describe("a learnt forecast", () => {
  it.each(["lstm", "bilstm", "boosted"] as const)(
    "by %s beats persistence on sines it has not seen",
    async (kind) => {
      const still = await fitForecaster("persistence", TRACKS, SETTINGS, { clock });
      const learnt = await fitForecaster(kind, TRACKS, SETTINGS, { clock });
      expect(learnt.test.y).toEqual(still.test.y);
      learnt.errors.rmseAhead.forEach((rmse, h) =>
        expect(rmse).toBeLessThan((kind === "boosted" ? 0.5 : 0.35) * still.errors.rmseAhead[h]),
      );
    },
  );

  it("of levels instead of changes learns as well", async () => {
    const still = await fitForecaster("persistence", TRACKS, SETTINGS, { clock });
    for (const kind of ["lstm", "boosted"] as const) {
      // oxlint-disable-next-line no-await-in-loop
      const { errors } = await fitForecaster(kind, TRACKS, { ...SETTINGS, learns: "level" }, { clock });
      expect(errors.rmse).toBeLessThan(0.5 * still.errors.rmse);
    }
  });

  it("is one graph that takes raw windows and gives dB", async () => {
    for (const learns of ["level", "change"] as const) {
      // oxlint-disable-next-line no-await-in-loop
      const { model, test, forecast } = await fitForecaster(
        "bilstm",
        TRACKS,
        { ...SETTINGS, learns },
        { clock },
      );
      // oxlint-disable-next-line no-await-in-loop
      const out = await predictNetwork(model!.network, model!.onnx, test.x, test.rows);
      expect(out).toEqual(forecast);
      expect(model!.card).toMatchObject({ task: "forecaster", steps: 6, input: "x", output: "forecast" });
      expect(model!.card.features).toEqual(TRACKS.features);
    }
  });

  it("does not depend on the unit: other zeros and scales of the features give the same forecast", async () => {
    const other = {
      ...TRACKS,
      values: TRACKS.values.map((value, i) => (i % 2 === 1 ? 40 * value - 900 : value)),
    };
    const [a, b] = await Promise.all(
      [TRACKS, other].map((tracks) => fitForecaster("lstm", tracks, SETTINGS, { clock })),
    );
    a.forecast.forEach((value, i) => expect(Math.abs(value - b.forecast[i])).toBeLessThan(0.05));
  });

  it("learns scales from training rows only", async () => {
    const away = { train: [0, 1, 2, 3, 4, 5], test: [6, 7] };
    const settings: ForecastSettings = { ...SETTINGS, split: { kind: "path", paths: away } };
    const plain = await fitForecaster("lstm", TRACKS, settings, { clock });
    // the test paths move up by 1000 dB: nothing that is fitted may change
    const half = TRACKS.firstStep[6] * 2 * 2;
    const moved = { ...TRACKS, values: TRACKS.values.map((value, i) => (i >= half ? value + 1000 : value)) };
    const other = await fitForecaster("lstm", moved, settings, { clock });
    expect(other.model!.onnx).toEqual(plain.model!.onnx);
  });

  it("uses no more rows than it may, spread over all paths", async () => {
    const { train } = await fitForecaster("boosted", TRACKS, { ...SETTINGS, mostRows: 100 }, { clock });
    expect(train.rows).toBe(100);
    expect(new Set(train.path).size).toBe(9);
  });

  it("goes on after an interruption to the same bytes", async () => {
    const whole = await fitForecaster("bilstm", TRACKS, SETTINGS, { clock });
    let resume: Uint8Array | undefined;
    let stop = false;
    const hooks = {
      clock,
      shouldStop: () => stop,
      onEpoch: ({ epoch, checkpoint }: { epoch: number; checkpoint(): Uint8Array }) => {
        if (epoch !== 5) return;
        resume = checkpoint();
        stop = true;
      },
    };
    await expect(fitForecaster("bilstm", TRACKS, SETTINGS, hooks)).rejects.toThrow(Cancelled);
    const seen: number[] = [];
    const again = await fitForecaster("bilstm", TRACKS, SETTINGS, {
      clock,
      resume,
      onEpoch: ({ epoch }) => void seen.push(epoch),
    });
    expect(seen[0]).toBe(6);
    expect(again.model!.onnx).toEqual(whole.model!.onnx);
    expect(again.forecast).toEqual(whole.forecast);
  });
});

describe("windows beside their last sample", () => {
  it("hold the differences from it, then the samples", () => {
    const out = besideLast(Float32Array.of(1, 10, 4, 30, 7, 0, 9, 5), { rows: 2, steps: 2, features: 2 });
    expect([...out]).toEqual([-3, -20, 1, 10, 0, 0, 4, 30, -2, -5, 7, 0, 0, 0, 9, 5]);
  });

  it("have targets that count from it", () => {
    const x = Float32Array.of(1, 10, 4, 30, 7, 0, 9, 5);
    const shape = { rows: 2, steps: 2, features: 2 };
    const changes = shiftByLast(Float32Array.of(31, 33, 5, 4), x, shape, 1, -1);
    expect([...changes]).toEqual([1, 3, 0, -1]);
    expect([...shiftByLast(changes, x, shape, 1, 1)]).toEqual([31, 33, 5, 4]);
  });
});

describe("a recursive forecast", () => {
  it("feeds every answer back as the newest sample", async () => {
    const asked: number[][] = [];
    // next sample: (sum of the window's first features, 100 + number of the call)
    const next = async (x: Float32Array) => {
      asked.push([...x]);
      return Float32Array.of(x[0] + x[2], 100 + asked.length);
    };
    const out = await recurse(
      next,
      Float32Array.of(1, 7, 2, 8),
      { rows: 1, steps: 2, ahead: 3, features: 2 },
      0,
    );
    expect(asked).toEqual([
      [1, 7, 2, 8],
      [2, 8, 3, 101],
      [3, 101, 5, 102],
    ]);
    expect([...out]).toEqual([3, 5, 8]);
  });

  it("equals one-step forecasts stepped by hand", async () => {
    const settings: NetworkSettings = {
      ...NETWORK_DEFAULTS,
      ...SETTINGS.network,
      kind: "lstm",
      ahead: "recursive",
      epochs: 4,
    };
    const forecaster = networkForecaster(settings);
    const windows = makeWindows(TRACKS, { steps: 6, ahead: 3 });
    await forecaster.fit(windows, { seed: 1, clock });
    const out = await forecaster.predict(windows);
    const { network, onnx } = forecaster.model();
    const row = 17;
    let window = [...windows.x.subarray(row * 12, (row + 1) * 12)];
    for (let h = 0; h < 3; h++) {
      // oxlint-disable-next-line no-await-in-loop
      const sample = await predictNetwork(network, onnx, Float32Array.from(window), 1);
      expect(out[row * 3 + h]).toBeCloseTo(sample[0], 4);
      window = [...window.slice(2), ...sample];
    }
  });

  it("of a well-known wave stays close for three steps", async () => {
    const network = { ...SETTINGS.network, ahead: "recursive" } as const;
    const still = await fitForecaster("persistence", TRACKS, SETTINGS, { clock });
    const { errors, model } = await fitForecaster("lstm", TRACKS, { ...SETTINGS, network }, { clock });
    expect(errors.rmseAhead[2]).toBeLessThan(0.4 * still.errors.rmseAhead[2]);
    expect(model!.card.title).toContain("1 step");
  });
});
