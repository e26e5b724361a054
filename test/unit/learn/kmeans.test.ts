import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kmeans, wcssCurve } from "../../../src/main/learn/kmeans.ts";
import { lloyd } from "../../../src/main/learn/lloyd.ts";
import { buildTree } from "../../../src/main/learn/point-tree.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { discs, gap, sequence } from "./synthetic.ts";

const square = (points: Float64Array, i: number, centroids: Float64Array, c: number, dim: number) => {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += (points[i * dim + d] - centroids[c * dim + d]) ** 2;
  return sum;
};

/** Plain Lloyd: every row against every centroid, until no label changes. */
function naive(points: Float64Array, rows: number, dim: number, start: Float64Array) {
  const k = start.length / dim;
  const centroids = start.slice();
  let labels: number[] = [];
  for (let iterations = 0; ; iterations++) {
    const next = Array.from({ length: rows }, (_, i) => {
      const all = Array.from({ length: k }, (_unused, c) => square(points, i, centroids, c, dim));
      return all.indexOf(Math.min(...all));
    });
    if (next.every((label, i) => label === labels[i])) return { centroids, labels, iterations };
    labels = next;
    for (let c = 0; c < k; c++) {
      const own = labels.flatMap((label, i) => (label === c ? [i] : []));
      for (let d = 0; d < dim && own.length > 0; d++) {
        centroids[c * dim + d] = own.reduce((sum, i) => sum + points[i * dim + d], 0) / own.length;
      }
    }
  }
}

/** Points without structure [row × dim]. */
function scatter(rows: number, dim: number): Float64Array {
  const columns = [2, 3, 5, 7, 11].slice(0, dim).map((prime) => sequence(prime, rows));
  return Float64Array.from({ length: rows * dim }, (_, j) => columns[j % dim][Math.floor(j / dim)]);
}

describe("lloyd", () => {
  for (const [rows, dim, k] of [
    [500, 1, 4],
    [2000, 2, 7],
    [2000, 3, 10],
    [600, 5, 6],
  ]) {
    it(`finds what plain Lloyd finds from the same start: ${rows} rows, ${dim} columns, ${k} clusters`, () => {
      const points = scatter(rows, dim);
      const start = points.slice(0, k * dim);
      const slow = naive(points, rows, dim, start);
      const fast = lloyd(buildTree(points, rows, dim), start, 1000);
      expect([...fast.labels]).toEqual(slow.labels);
      expect(gap(fast.centroids, slow.centroids)).toBeLessThan(1e-12);
      expect(fast.iterations).toBe(slow.iterations + 1);
      expect(slow.iterations).toBeGreaterThan(4);
    });
  }

  it("keeps the centroid of a cluster that no row is nearest to", () => {
    const points = Float64Array.of(0, 1, 2, 3);
    const { centroids, labels } = lloyd(buildTree(points, 4, 1), Float64Array.of(1, 100), 50);
    expect([...centroids]).toEqual([1.5, 100]);
    expect([...labels]).toEqual([0, 0, 0, 0]);
  });

  it("stops after the iterations allowed", () => {
    const points = scatter(2000, 2);
    const once = lloyd(buildTree(points, 2000, 2), points.slice(0, 14), 1);
    expect(once.iterations).toBe(1);
    const more = lloyd(buildTree(points, 2000, 2), points.slice(0, 14), 100);
    expect(more.wcss).toBeLessThan(once.wcss);
  });
});

describe("kmeans", () => {
  it("leaves every row with the nearest centroid and every centroid in the middle of its rows", () => {
    const coordinate = fc.integer({ min: -50, max: 50 });
    const data = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(data, fc.integer({ min: 1, max: 3 }), fc.nat(), (pairs, k, seed) => {
        const points = Float64Array.from(pairs.flat());
        const rows = pairs.length;
        const found = kmeans(points, rows, 2, k, { seed });
        const sums = new Float64Array(2 * k);
        const counts = new Float64Array(k);
        let wcss = 0;
        for (let i = 0; i < rows; i++) {
          const own = found.labels[i];
          const distances = Array.from({ length: k }, (_, c) => square(points, i, found.centroids, c, 2));
          expect(distances[own]).toBeLessThanOrEqual(Math.min(...distances) + 1e-9);
          wcss += distances[own];
          counts[own]++;
          sums[2 * own] += points[2 * i];
          sums[2 * own + 1] += points[2 * i + 1];
        }
        expect(found.wcss).toBeCloseTo(wcss, 6);
        for (let c = 0; c < k; c++) {
          if (counts[c] === 0) continue;
          expect(found.centroids[2 * c]).toBeCloseTo(sums[2 * c] / counts[c], 9);
          expect(found.centroids[2 * c + 1]).toBeCloseTo(sums[2 * c + 1] / counts[c], 9);
        }
      }),
    );
  });

  it("finds three discs whatever the seed, and numbers them from the first cell to the last", () => {
    const points = discs(900);
    for (let seed = 0; seed < 20; seed++) {
      const { centroids, labels } = kmeans(points, 900, 3, 3, { seed });
      expect([centroids[0], centroids[3], centroids[6]]).toEqual([0, 1, 2]);
      labels.forEach((label, i) => expect(label).toBe(points[3 * i]));
    }
  });

  it("gives the same bytes for the same seed, and the same clusters from the curve", () => {
    const points = scatter(1500, 3);
    const curve = wcssCurve(points, 1500, 3, 10, { seed: 4, starts: 2 });
    for (const k of [1, 2, 6, 10]) {
      const one = kmeans(points, 1500, 3, k, { seed: 4, starts: 2 });
      expect(one).toEqual(curve.best(k));
      expect(one.wcss).toBe(curve.wcss[k - 1]);
    }
    expect(kmeans(points, 1500, 3, 6, { seed: 5 }).wcss).not.toBe(
      kmeans(points, 1500, 3, 6, { seed: 4 }).wcss,
    );
  });

  it("is never worse with more starts", () => {
    const points = scatter(1500, 3);
    const few = wcssCurve(points, 1500, 3, 8, { seed: 1, starts: 1 });
    const many = wcssCurve(points, 1500, 3, 8, { seed: 1, starts: 6 });
    many.wcss.forEach((value, i) => expect(value).toBeLessThanOrEqual(few.wcss[i]));
    expect(many.wcss.some((value, i) => value < few.wcss[i])).toBe(true);
  });

  it("tries no more clusters than there are rows", () => {
    const curve = wcssCurve(Float64Array.of(1, 1, 2, 2, 5, 5), 3, 2, 10, { seed: 1 });
    expect(curve.wcss.length).toBe(3);
    expect(curve.wcss[2]).toBe(0);
    expect(() => curve.best(4)).toThrow(RangeError);
  });

  it("copes with rows that are all the same, and with neighbouring numbers", () => {
    const same = kmeans(new Float64Array(100).fill(48.86), 50, 2, 3, { seed: 1 });
    expect(same.wcss).toBe(0);
    const near = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 : 1 + Number.EPSILON));
    expect(kmeans(near, 60, 1, 2, { seed: 1 }).labels.reduce((sum, label) => sum + label, 0)).toBe(30);
  });

  it("refuses more clusters than rows, and rows without a position, by name", () => {
    expect(() => kmeans(Float64Array.of(1, 2), 2, 1, 3, { seed: 1 })).toThrow(BadInput);
    expect(() => kmeans(new Float64Array(0), 0, 1, 1, { seed: 1 })).toThrow(BadInput);
    expect(() => kmeans(Float64Array.of(1, 2, 3, NaN), 2, 2, 1, { seed: 1 })).toThrow(
      /points\[1\]\[1\]: NaN/,
    );
  });
});
