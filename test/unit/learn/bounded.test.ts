import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedClusters } from "../../../src/main/learn/bounded.ts";
import { silhouette } from "../../../src/main/learn/silhouette.ts";
import { BadInput, Cancelled } from "../../../src/shared/errors.ts";
import { sequence } from "./synthetic.ts";

const cloud = (rows: number) => {
  const [a, b] = [sequence(2, rows), sequence(3, rows)];
  return Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? a : b)[i >> 1]);
};

function squaresOf(points: ArrayLike<number>, dim: number, members: number[]): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) {
    const mean = members.reduce((total, row) => total + points[row * dim + d], 0) / members.length;
    for (const row of members) sum += (points[row * dim + d] - mean) ** 2;
  }
  return sum;
}

/** The best of all ways to share `rows` rows out to two clusters of at most `most`. */
function bestOfAll(points: ArrayLike<number>, rows: number, most: number): number {
  let best = Infinity;
  for (let mask = 0; mask < 2 ** rows; mask++) {
    const left = Array.from({ length: rows }, (_, row) => row).filter((row) => mask & (1 << row));
    if (left.length > most || rows - left.length > most) continue;
    const right = Array.from({ length: rows }, (_, row) => row).filter((row) => !(mask & (1 << row)));
    best = Math.min(
      best,
      (left.length ? squaresOf(points, 1, left) : 0) + (right.length ? squaresOf(points, 1, right) : 0),
    );
  }
  return best;
}

describe("clusters of bounded size", () => {
  it("are as few as can be, none larger than asked and none empty, whatever the points", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 20 }),
        (at, most) => {
          const points = Float64Array.from(at.flat());
          const found = boundedClusters(points, at.length, 2, most);
          expect(found.k).toBe(Math.ceil(at.length / most));
          expect(Math.max(...found.sizes)).toBeLessThanOrEqual(most);
          expect(Math.min(...found.sizes)).toBeGreaterThan(0);
          const members = Array.from({ length: found.k }, (_, c) =>
            at.map((_point, row) => row).filter((row) => found.labels[row] === c),
          );
          expect(members.map((rows) => rows.length)).toEqual([...found.sizes]);
          const squares = members.reduce((sum, rows) => sum + squaresOf(points, 2, rows), 0);
          expect(found.wcss).toBeCloseTo(squares, 6);
          expect(found.freeWcss).toBeLessThanOrEqual(found.wcss + 1e-9);
        },
      ),
    );
  });

  it("are the best of all for points on a line and two clusters", () => {
    for (const seed of [2, 3, 5, 7, 11]) {
      const points = Float64Array.from(sequence(seed, 11), (v) => v ** 3);
      expect(boundedClusters(points, 11, 1, 6).wcss).toBeCloseTo(bestOfAll(points, 11, 6), 9);
    }
  });

  it("cost little beside k-means without the bound", () => {
    const { wcss, freeWcss, k } = boundedClusters(cloud(3000), 3000, 2, 64);
    expect(k).toBe(47);
    expect(wcss / freeWcss - 1).toBeLessThan(0.2);
  });

  it("cost nothing where the groups are as large as asked anyway", () => {
    const apart = Float64Array.from({ length: 80 }, (_, i) => 100 * Math.floor(i / 20) + (i % 20));
    const { sizes, wcss, freeWcss } = boundedClusters(apart, 80, 1, 20);
    expect([...sizes]).toEqual([20, 20, 20, 20]);
    expect(wcss).toBeCloseTo(freeWcss, 9);
  });

  it("take more than 255 clusters", () => {
    const { k, labels, sizes } = boundedClusters(cloud(3000), 3000, 2, 5);
    expect(k).toBe(600);
    expect(new Set(labels).size).toBe(600);
    expect(Math.max(...sizes)).toBe(5);
  });

  it("stop when asked to", () => {
    expect(() => boundedClusters(cloud(40), 40, 2, 4, () => true)).toThrow(Cancelled);
  });

  it("refuse no rows, and a bound below one", () => {
    expect(() => boundedClusters(new Float64Array(0), 0, 2, 4)).toThrow(BadInput);
    expect(() => boundedClusters(cloud(4), 4, 2, 0)).toThrow(BadInput);
  });
});

describe("the silhouette", () => {
  const label = Uint8Array.from({ length: 300 }, (_, i) => i % 3);
  const points = cloud(300).map((v, i) => (i % 2 === 0 ? v + 2 * label[i >> 1] : v));

  it("is scikit-learn's where every row is in the sample", () => {
    const found = silhouette(points, 300, 2, label, 1);
    expect(found.sample).toBe(300);
    expect(found.mean).toBeCloseTo(0.7260634348715774, 10);
  });

  it("is near that from a sample, by the seed alone", () => {
    const few = silhouette(points, 300, 2, label, 1, 120);
    expect(few.sample).toBe(120);
    expect(Math.abs(few.mean - 0.726)).toBeLessThan(0.05);
    expect(silhouette(points, 300, 2, label, 1, 120)).toEqual(few);
  });

  it("is 0 with one cluster, and for rows alone in theirs", () => {
    expect(silhouette(points, 300, 2, new Uint8Array(300), 1).mean).toBe(0);
    expect(silhouette(points, 3, 2, Uint8Array.of(0, 1, 2), 1).mean).toBe(0);
  });
});
