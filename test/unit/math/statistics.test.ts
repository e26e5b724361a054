import { describe, expect, it } from "vitest";
import { Random } from "../../../src/main/math/random.ts";
import { percentile, summaryDb } from "../../../src/main/math/statistics.ts";

describe("a summary of levels", () => {
  it("has the figures of NumPy 2.4", () => {
    const summary = summaryDb([-3.2, 0.5, 12.25, 7.1, -11.9, 4.4, 4.4, 20, -0.75]);
    expect(summary.count).toBe(9);
    expect(summary.p5).toBeCloseTo(-8.42, 12);
    expect(summary.median).toBe(4.4);
    expect(summary.p95).toBeCloseTo(16.9, 12);
    expect(summary.meanOfDb).toBeCloseTo(3.644444444444444, 12);
    expect(summary.dbOfMeanLinear).toBeCloseTo(11.594726799194497, 12);
    expect([summary.min, summary.max]).toEqual([-11.9, 20]);
    const curved = summaryDb(Array.from({ length: 20 }, (_, i) => i ** 1.5 - 10));
    expect(curved.p5).toBeCloseTo(-9.05, 12);
    expect(curved.median).toBeCloseTo(19.311388300841898, 12);
    expect(curved.p95).toBeCloseTo(66.69010974610343, 12);
  });

  it("has the mean power never below the mean of the levels (Jensen), equal where all are equal", () => {
    const random = new Random(7, "statistics test");
    for (let trial = 0; trial < 200; trial++) {
      const values = Float64Array.from({ length: 1 + (trial % 30) }, () => 60 * random.next() - 30);
      const { meanOfDb, dbOfMeanLinear } = summaryDb(values);
      expect(dbOfMeanLinear).toBeGreaterThanOrEqual(meanOfDb - 1e-9);
    }
    const { meanOfDb, dbOfMeanLinear } = summaryDb([-7, -7, -7]);
    expect(dbOfMeanLinear).toBeCloseTo(meanOfDb, 12);
  });

  it("leaves the order of what it gets as it was", () => {
    const values = Float64Array.of(3, 1, 2);
    summaryDb(values);
    expect([...values]).toEqual([3, 1, 2]);
  });

  it("leaves NaN out, and has no figures without a value", () => {
    expect(summaryDb([NaN, 1, NaN, 3])).toEqual(summaryDb([1, 3]));
    for (const none of [[], [NaN]]) {
      const { count, ...figures } = summaryDb(none);
      expect(count).toBe(0);
      for (const figure of Object.values(figures)) expect(figure).toBeNaN();
    }
  });

  it("counts −∞ as no power: half the mean power, and a mean of the levels of −∞", () => {
    const half = summaryDb([-Infinity, 10]);
    expect(half.dbOfMeanLinear).toBeCloseTo(6.9897, 4);
    expect(half).toMatchObject({ count: 2, meanOfDb: -Infinity, median: -Infinity, min: -Infinity, max: 10 });
    expect(summaryDb([-Infinity, -Infinity])).toMatchObject({ median: -Infinity, dbOfMeanLinear: -Infinity });
  });
});

describe("a percentile", () => {
  it("meets the ends and the order statistics themselves", () => {
    const rising = [1, 4, 9, 16, 25];
    expect([0, 25, 50, 75, 100].map((percent) => percentile(rising, percent))).toEqual(rising);
    expect(percentile([5], 37)).toBe(5);
    expect(percentile([], 50)).toBeNaN();
  });
});
