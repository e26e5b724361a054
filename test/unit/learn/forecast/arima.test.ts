import { describe, expect, it } from "vitest";
import { BadInput } from "../../../../src/shared/errors.ts";
import { Random } from "../../../../src/main/math/random.ts";
import { fitArma, type Arima } from "../../../../src/main/learn/forecast/arima-fit.ts";
import { arima, forecastFrom, remember } from "../../../../src/main/learn/forecast/arima.ts";
import { persistence } from "../../../../src/main/learn/forecast/forecaster.ts";
import { makeWindows } from "../../../../src/main/learn/forecast/windows.ts";
import { tracksOf, waves } from "./tracks.ts";

const OPTIONS = { seed: 1, clock: () => 0 };

/** y[t] = 0.6·y[t − 1] + 0.3·y[t − 2] + e[t] about 12, after 50 values to forget its start. */
function autoregression(count: number): number[] {
  const random = new Random(5, "ar2");
  const y = [0, 0];
  for (let t = 2; t < count + 50; t++) y.push(0.6 * y[t - 1] + 0.3 * y[t - 2] + random.normal());
  return y.slice(50).map((value) => value + 12);
}

/**
 * statsmodels 0.13.5, Python 3.11: r = ARIMA(y[:300], order=(p, 0, q)).fit(); r.params;
 * r.apply(y[:k + 1]).forecast(3) at k = 10, 299, 350, 390.
 */
const STATSMODELS = [
  {
    order: { p: 2, d: 0, q: 0 },
    mean: 11.66319,
    ar: [0.69188, 0.17711],
    ma: [],
    forecasts: [
      [10.7724, 10.8967, 10.9751],
      [11.1915, 11.2092, 11.2655],
      [13.7183, 13.4911, 13.2918],
      [11.2966, 11.3524, 11.3832],
    ],
  },
  {
    order: { p: 1, d: 0, q: 1 },
    mean: 11.66184,
    ar: [0.89318],
    ma: [-0.1818],
    forecasts: [
      [10.7793, 10.8736, 10.9578],
      [11.1678, 11.2206, 11.2677],
      [13.6721, 13.4574, 13.2656],
      [11.3187, 11.3553, 11.3881],
    ],
  },
  {
    order: { p: 2, d: 0, q: 1 },
    mean: 11.66024,
    ar: [0.45769, 0.37433],
    ma: [0.24159],
    forecasts: [
      [10.8148, 10.9571, 11.0219],
      [11.2177, 11.1889, 11.2789],
      [13.7536, 13.4775, 13.2756],
      [11.3058, 11.3782, 11.3985],
    ],
  },
];

const anyFit = (model: Arima) => (model.ar.every((a) => a === 0) ? 1 : 0);

describe("ARIMA", () => {
  const y = autoregression(400);

  it.each(STATSMODELS)("finds the coefficients of statsmodels, order $order", async (theirs) => {
    const model = await fitArma(y.slice(0, 300), theirs.order, anyFit);
    expect(Math.abs(model.mean - theirs.mean)).toBeLessThan(1e-3);
    theirs.ar.forEach((a, i) => expect(Math.abs(model.ar[i] - a)).toBeLessThan(1e-3));
    theirs.ma.forEach((a, i) => expect(Math.abs(model.ma[i] - a)).toBeLessThan(1e-3));
  });

  it.each(STATSMODELS)("rolls on with fixed parameters as statsmodels does, order $order", async (theirs) => {
    const memory = remember(await fitArma(y.slice(0, 300), theirs.order, anyFit), Float64Array.from(y));
    [10, 299, 350, 390].forEach((k, i) => {
      const out = new Float32Array(3);
      forecastFrom(memory, k, out);
      theirs.forecasts[i].forEach((value, h) => expect(Math.abs(out[h] - value)).toBeLessThan(2e-3));
    });
  });

  it("refuses a series too short to fit", async () => {
    await expect(fitArma([1, 2, 3, 4], { p: 1, d: 0, q: 0 }, anyFit)).rejects.toThrow(BadInput);
  });

  it("without coefficients on differences is persistence, and on differences of differences a straight line", async () => {
    const tracks = tracksOf([30, 25], 1, 1, (path, step) => 3 + path + 0.5 * step + (step % 3));
    const windows = makeWindows(tracks, { steps: 4, ahead: 3 });
    const once = arima({ p: 0, d: 1, q: 0 });
    await once.fit(windows, OPTIONS);
    expect(await once.predict(windows)).toEqual(await persistence().predict(windows));
    const twice = arima({ p: 0, d: 2, q: 0 });
    await twice.fit(windows, OPTIONS);
    const out = await twice.predict(windows);
    const [before, last] = windows.x.subarray(2, 4);
    [1, 2, 3].forEach((h) => expect(out[h - 1]).toBeCloseTo(last + h * (last - before), 4));
  });

  it("knows nothing of what comes after k", async () => {
    const tracks = waves(3, 80, 1);
    const windows = makeWindows(tracks, { steps: 5, ahead: 2 });
    const forecaster = arima({ p: 2, d: 1, q: 1 });
    await forecaster.fit(windows, OPTIONS);
    const before = await forecaster.predict(windows);
    // all that follows step 40 of the first path is replaced
    const values = tracks.values.map((value, i) => (i >= 41 * 2 && i < 80 * 2 ? -99 : value));
    const after = await forecaster.predict(makeWindows({ ...tracks, values }, { steps: 5, ahead: 2 }));
    const until = (40 - 4 + 1) * 2;
    expect(after.subarray(0, until)).toEqual(before.subarray(0, until));
    expect(after[until]).not.toBe(before[until]);
  });

  it("fits every node by itself and never differences across paths", async () => {
    const random = new Random(2, "two-nodes");
    // node 0 swings from value to value, node 1 wanders; paths lie 1000 apart
    const level = [0, 0];
    const tracks = tracksOf([150, 150], 2, 1, (path, _, node) => {
      level[node] = node === 0 ? random.normal() : level[node] + random.normal();
      return 1000 * path + level[node];
    });
    const forecaster = arima({ p: 1, d: 1, q: 0 });
    await forecaster.fit(makeWindows(tracks, { steps: 3, ahead: 1 }), OPTIONS);
    // differences of white noise have a correlation of −1/2, those of a random walk none
    expect(Math.abs(forecaster.models().get(0)!.ar[0] + 0.5)).toBeLessThan(0.12);
    expect(Math.abs(forecaster.models().get(1)!.ar[0])).toBeLessThan(0.15);
  });
});
