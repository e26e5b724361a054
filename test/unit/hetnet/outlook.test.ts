import { describe, expect, it } from "vitest";
import {
  outlookRmse,
  perfectOutlook,
  persistenceOutlook,
  trendOutlook,
} from "../../../src/main/hetnet/outlook.ts";
import { extrapolate, physicsOutlook } from "../../../src/main/hetnet/physics.ts";
import { hetnetSeries } from "../../../src/main/hetnet/series.ts";
import { DEFAULT_WORLD } from "../../../src/main/hetnet/world.ts";
import { seriesOf } from "../../builders/hetnet.ts";

describe("outlooks", () => {
  const series = seriesOf([
    [1, 10],
    [2, 20],
    [4, 40],
    [7, 70],
  ]);

  it("of persistence err by the change, at every horizon", () => {
    const outlook = persistenceOutlook(series, 2);
    expect(outlookRmse(series, outlook, 1, [0])).toBeCloseTo(Math.sqrt((1 + 4 + 9) / 3), 6);
    expect(outlookRmse(series, outlook, 2, [1])).toBeCloseTo(Math.sqrt((900 + 2500) / 2), 5);
  });

  it("of the trend go on along the last two reports", () => {
    const { sinrDb } = trendOutlook(series, 2);
    expect(sinrDb.slice(0, 4).every(Number.isNaN)).toBe(true);
    expect(Array.from(sinrDb.slice(-4))).toEqual([10, 13, 100, 130]);
  });

  it("are judged by reports of a least level where one is given", () => {
    expect(outlookRmse(series, persistenceOutlook(series, 1), 1, [0], 5)).toBe(3);
  });

  it("that are perfect do not err, and end with the path", () => {
    const outlook = perfectOutlook(series, 2);
    expect(outlookRmse(series, outlook, 2, [0, 1])).toBe(0);
    expect(Array.from(outlook.sinrDb.slice(0, 4))).toEqual([2, 4, 20, 40]);
    expect(outlook.sinrDb.slice(-4).every(Number.isNaN)).toBe(true);
  });
});

describe("the physics predictor", () => {
  it("goes on along a straight line and along a circle", () => {
    const out = new Float64Array(8);
    extrapolate(out, Float64Array.of(0, 3, 6), Float64Array.of(1, 1, 1), 2, 3);
    expect(Array.from(out)).toEqual([6, 1, 9, 1, 12, 1, 15, 1]);
    const angle = (i: number) => 0.1 * i;
    const x = Float64Array.from({ length: 6 }, (_, i) => 30 * Math.cos(angle(i)));
    const y = Float64Array.from({ length: 6 }, (_, i) => 30 * Math.sin(angle(i)));
    extrapolate(out, x, y, 2, 3);
    for (let h = 1; h <= 3; h++) {
      expect(out[2 * h]).toBeCloseTo(x[2 + h], 6);
      expect(out[2 * h + 1]).toBeCloseTo(y[2 + h], 6);
    }
  });

  it("is nearly exact where nothing is drawn, walls and bends included", () => {
    const cellular = { ...DEFAULT_WORLD.cellular, shadowDb: 0, ricianKDb: 300 };
    const world = { ...DEFAULT_WORLD, cellular };
    const series = hetnetSeries({ seed: 2, paths: 5, world });
    const outlook = physicsOutlook(series, world, 3);
    const persistence = persistenceOutlook(series, 3);
    for (const nodes of [
      [0, 1],
      [2, 3, 4, 5],
    ]) {
      expect(outlookRmse(series, outlook, 1, nodes)).toBeLessThan(0.2);
      expect(outlookRmse(series, outlook, 3, nodes)).toBeLessThan(
        0.3 * outlookRmse(series, persistence, 3, nodes),
      );
    }
  });

  it("beats persistence under shadow and fading too", () => {
    const series = hetnetSeries({ seed: 2, paths: 10 });
    const outlook = physicsOutlook(series, DEFAULT_WORLD, 3);
    const persistence = persistenceOutlook(series, 3);
    for (const ahead of [1, 2, 3])
      expect(outlookRmse(series, outlook, ahead, [0, 1])).toBeLessThan(
        outlookRmse(series, persistence, ahead, [0, 1]),
      );
  });

  it("errs more where the position is off", () => {
    const series = hetnetSeries({ seed: 2, paths: 5 });
    const exact = physicsOutlook(series, DEFAULT_WORLD, 1);
    const off = physicsOutlook(series, DEFAULT_WORLD, 1, () => ({ x: 4, y: -3 }));
    const error = (outlook: typeof exact) => outlookRmse(series, outlook, 1, [2, 3, 4, 5]);
    expect(error(off)).toBeGreaterThan(3 * error(exact));
    expect(error(off)).toBeLessThan(error(persistenceOutlook(series, 1)) * 1.5);
  });

  it("does not look ahead: reports to come change no forecast", () => {
    const series = hetnetSeries({ seed: 2, paths: 1 });
    const outlook = physicsOutlook(series, DEFAULT_WORLD, 3);
    const step = 50;
    const cut = step * 6;
    const later = {
      ...series,
      rssiDbm: series.rssiDbm.map((value, i) => (i < cut ? value : -50)),
      paths: [{ ...series.paths[0], x: series.paths[0].x.map((value, i) => (i < step ? value : 0)) }],
    };
    const changed = physicsOutlook(later, DEFAULT_WORLD, 3);
    expect(changed.sinrDb.subarray(0, 3 * cut)).toEqual(outlook.sinrDb.subarray(0, 3 * cut));
    expect(changed.sinrDb.subarray(3 * cut)).not.toEqual(outlook.sinrDb.subarray(3 * cut));
  });
});
