import { describe, expect, it } from "vitest";
import { CorrelatedFading, SHADOW_CORRELATION_M } from "../../../src/main/link/fading.ts";
import { normalQuantile } from "../../../src/main/link/quantile.ts";

const D = SHADOW_CORRELATION_M.los;
/** The spacing of the knots, and its parts, are where a bridge could come apart. */
const KNOT = 16 * D;

/** Where process i is looked at: all over two cells, so that pairs lie on both sides of knots as well. */
const start = (i: number) => ((i * 0.618_033_988_75) % 1) * 2 * KNOT;

/** Values of many processes at start + each lag: [lag][process]. */
function sample(fading: CorrelatedFading, count: number, lags: readonly number[]): Float64Array[] {
  const values = lags.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < lags.length; k++) values[k][i] = fading.at(i * 0x100_0000, start(i) + lags[k]);
  }
  return values;
}

function correlation(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb);
}

/** Variance about zero and kurtosis. */
function moments(values: Float64Array): { variance: number; kurtosis: number } {
  let [second, fourth] = [0, 0];
  for (const v of values) {
    second += v * v;
    fourth += v ** 4;
  }
  second /= values.length;
  return { variance: second, kurtosis: fourth / values.length / (second * second) };
}

describe("correlated fading", () => {
  it("is standard normal over a million processes and places", () => {
    const count = 1_000_000;
    const [values] = sample(new CorrelatedFading(1, "shadow", D), count, [0]);
    const mean = values.reduce((sum, v) => sum + v, 0) / count;
    const { variance, kurtosis } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(4e-3);
    expect(Math.abs(Math.sqrt(variance) - 1)).toBeLessThan(3e-3);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.02);
    for (const share of [0.0001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999]) {
      const quantile = normalQuantile(share);
      const below = values.reduce((n, v) => n + (v < quantile ? 1 : 0), 0) / count;
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / count));
    }
  });

  it("gives the correlation distance back at lags from 1 m to 100 m", () => {
    const count = 250_000;
    const lags = [1, 3, 10, 30, 60, 100];
    const [first, ...others] = sample(new CorrelatedFading(2, "shadow", D), count, [0, ...lags]);
    let [sum, errors, weights] = [0, 0, 0];
    lags.forEach((lag, k) => {
      const rho = Math.exp(-lag / D);
      const estimate = -lag / Math.log(correlation(first, others[k]));
      const error = ((D / lag) * (1 - rho * rho)) / rho / Math.sqrt(count);
      // Straight pieces of a 4096th of D leave out a third of a piece of the change: 0.3 % at 1 m.
      expect(Math.abs(estimate / D - 1)).toBeLessThan(4 * error + D / 4096 / 3 / lag);
      sum += estimate / error ** 2;
      errors += 1 / error;
      weights += 1 / error ** 2;
    });
    // The estimator's own error, were the lags' errors one and the same.
    expect(errors / weights).toBeLessThan(0.005);
    expect(Math.abs(sum / weights / D - 1)).toBeLessThan(0.01);
  });

  it("stretches with the correlation distance and does nothing else", () => {
    const short = new CorrelatedFading(3, "shadow", 25);
    const long = new CorrelatedFading(3, "shadow", SHADOW_CORRELATION_M.nlos);
    for (let i = 0; i < 1000; i++) expect(long.at(i, 2 * start(i))).toBe(short.at(i, start(i)));
  });

  it("has jointly Gaussian values, and forgets the way before a known place", () => {
    const count = 200_000;
    const [a, b, c] = sample(new CorrelatedFading(4, "shadow", D), count, [0, 8, 30]);
    const step = Math.exp(-8 / D);
    const leap = Math.exp(-22 / D);
    const change = moments(a.map((v, i) => b[i] - v));
    expect(Math.abs(change.variance / (2 - 2 * step) - 1)).toBeLessThan(4 * Math.sqrt(2 / count) + 1e-3);
    for (const [p, q, r] of [
      [-1, 1, 0],
      [1, -2, 1],
      [0.7, 0.2, -1.3],
      [1, 1, 1],
    ]) {
      const { kurtosis } = moments(a.map((v, i) => p * v + q * b[i] + r * c[i]));
      expect(Math.abs(kurtosis - 3)).toBeLessThan(4 * Math.sqrt(24 / count));
    }
    const before = a.map((v, i) => v - step * b[i]);
    const after = c.map((v, i) => v - leap * b[i]);
    expect(Math.abs(correlation(before, after))).toBeLessThan(4 / Math.sqrt(count));
  });

  it("goes on without a jump, over knots and cuts as elsewhere", () => {
    const fading = new CorrelatedFading(5, "shadow", D);
    const seams = [1, 2, 7, 1 / 2, 1 / 4, 3 / 4, 5 / 16, 1 / 4096, 9 + 1 / 65536].map(
      (share) => share * KNOT,
    );
    for (let index = 0; index < 200; index++) {
      for (const seam of seams) {
        expect(Math.abs(fading.at(index, seam + 1e-9) - fading.at(index, seam - 1e-9))).toBeLessThan(1e-6);
      }
    }
    let last = fading.at(77, 0);
    for (let mm = 1; mm <= 50_000; mm++) {
      const next = fading.at(77, mm / 1000);
      expect(Math.abs(next - last)).toBeLessThan(0.02);
      last = next;
    }
  });

  it("is as rough over 10 cm as the process asks", () => {
    const [a, b] = sample(new CorrelatedFading(6, "shadow", D), 200_000, [0, 0.1]);
    const { variance } = moments(a.map((v, i) => b[i] - v));
    const asked = 2 * (1 - Math.exp(-0.1 / D));
    expect(variance / asked).toBeLessThan(1.01);
    expect(variance / asked).toBeGreaterThan(0.95);
  });

  it("gives the same value whatever was asked before", () => {
    const places = Array.from({ length: 500 }, (_, i) => [(i % 9) * 0x100_0000 + (i % 4), (i * 7.3) % 900]);
    const fading = new CorrelatedFading(7, "shadow", D);
    const forward = places.map(([index, distance]) => fading.at(index, distance));
    const backward = places.toReversed().map(([index, distance]) => fading.at(index, distance));
    const fresh = places.map(([index, distance]) => new CorrelatedFading(7, "shadow", D).at(index, distance));
    expect(backward.toReversed()).toEqual(forward);
    expect(fresh).toEqual(forward);
    expect(new Set(forward).size).toBe(forward.length);
  });

  it("keeps its one draw for a UE that stands still", () => {
    const fading = new CorrelatedFading(8, "shadow", D);
    const other = new CorrelatedFading(8, "shadow", 4 * D);
    for (let i = 0; i < 100; i++) {
      expect(fading.at(i, 0)).toBe(other.at(i, 0));
      expect(Math.abs(fading.at(i, 1e-9) - fading.at(i, 0))).toBeLessThan(1e-6);
    }
  });

  it("draws processes, streams and seeds independently of one another", () => {
    const count = 100_000;
    const here = new CorrelatedFading(9, "shadow", D);
    const row = (fading: CorrelatedFading, of: (i: number) => number) =>
      Float64Array.from({ length: count }, (_, i) => fading.at(of(i), start(i)));
    const base = row(here, (i) => i * 0x100_0000);
    for (const other of [
      row(here, (i) => i * 0x100_0000 + 1),
      row(here, (i) => i * 0x100_0000 + 0x100_0000),
      row(here, (i) => i * 0x100_0000 + 2 ** 49),
      row(new CorrelatedFading(9, "clutter", D), (i) => i * 0x100_0000),
      row(new CorrelatedFading(10, "shadow", D), (i) => i * 0x100_0000),
    ]) {
      expect(Math.abs(correlation(base, other))).toBeLessThan(4 / Math.sqrt(count));
    }
  });
});
