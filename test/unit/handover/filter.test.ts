import { describe, expect, it } from "vitest";
import { errorSigma, filter, filterWeight, MeasurementError } from "../../../src/main/handover/filter.ts";

describe("the layer-3 filter", () => {
  it("weighs a new measurement by 1/2^(k/4) at 200 ms", () => {
    expect(filterWeight(0, 200)).toBe(1);
    expect(filterWeight(4, 200)).toBe(0.5);
    expect(filterWeight(8, 200)).toBe(0.25);
    expect(filterWeight(19, 200)).toBeCloseTo(0.0371627, 7);
  });

  it("starts with the first measurement and then follows F = (1 − a)·F + a·M", () => {
    const filtered = new Float32Array(2).fill(NaN);
    const seen = [-100, -104, -96].map((rsrp) => {
      filter(filtered, Float32Array.of(rsrp, rsrp + 10), 0.5);
      return [...filtered];
    });
    expect(seen).toEqual([
      [-100, -90],
      [-102, -92],
      [-99, -89],
    ]);
  });

  it("is no filter with k = 0", () => {
    const filtered = Float32Array.of(-100);
    filter(filtered, Float32Array.of(-87.5), filterWeight(0, 200));
    expect(filtered[0]).toBe(-87.5);
  });

  it("forgets a cell that is not heard and starts again with it", () => {
    const filtered = Float32Array.of(-100);
    for (const rsrp of [NaN, -80]) filter(filtered, Float32Array.of(rsrp), 0.5);
    expect(filtered[0]).toBe(-80);
  });

  it.each([
    [40, 200],
    [100, 400],
    [400, 800],
    [480, 2400],
    [1000, 1000],
  ])(
    "answers a step as fast at one measurement every %d ms as at 200 ms (after %d ms)",
    (periodMs, afterMs) => {
      const answer = (every: number) => {
        const filtered = Float32Array.of(0);
        for (let t = every; t <= afterMs; t += every)
          filter(filtered, Float32Array.of(1), filterWeight(9, every));
        return filtered[0];
      };
      expect(answer(200)).toBeLessThan(0.99);
      expect(answer(periodMs)).toBeCloseTo(answer(200), 5);
    },
  );
});

describe("the measurement error", () => {
  it("keeps 90 % of the measurements within the accuracy, without a mean", () => {
    const error = new MeasurementError(1, errorSigma(2));
    const n = 20_000;
    let within = 0;
    let sum = 0;
    let square = 0;
    for (let ue = 0; ue < n; ue++) {
      const db = error.at(ue, 3, 7);
      if (Math.abs(db) <= 2) within++;
      sum += db;
      square += db * db;
    }
    expect(within / n).toBeGreaterThan(0.89);
    expect(within / n).toBeLessThan(0.91);
    expect(Math.abs(sum / n)).toBeLessThan(0.04);
    expect(Math.sqrt(square / n)).toBeCloseTo(2 / 1.645, 1);
  });

  it("is a function of seed, UE, cell and measurement, and of nothing else", () => {
    const forwards = new MeasurementError(5, 1);
    const backwards = new MeasurementError(5, 1);
    const places: [number, number, number][] = [
      [0, 1, 0],
      [1, 1, 0],
      [0, 2, 0],
      [0, 1, 1],
    ];
    const seen = places.map((place) => forwards.at(...place));
    expect(places.toReversed().map((place) => backwards.at(...place))).toEqual(seen.toReversed());
    expect(new Set(seen).size).toBe(4);
    expect(new MeasurementError(6, 1).at(0, 1, 0)).not.toBe(seen[0]);
  });

  it("is independent from one UE, cell and measurement to the next", () => {
    const error = new MeasurementError(2, 1);
    const n = 20_000;
    const products = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const here = error.at(i, i % 50, i % 7);
      products[0] += here * error.at(i + 1, i % 50, i % 7);
      products[1] += here * error.at(i, (i % 50) + 1, i % 7);
      products[2] += here * error.at(i, i % 50, (i % 7) + 1);
    }
    for (const product of products) expect(Math.abs(product / n)).toBeLessThan(4 / Math.sqrt(n));
  });

  it("is nothing without an accuracy to miss", () => {
    expect(new MeasurementError(1, errorSigma(0)).at(1, 2, 3)).toBe(0);
  });
});
