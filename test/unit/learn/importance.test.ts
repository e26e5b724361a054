import { describe, expect, it } from "vitest";
import { fitForest, forestImportance } from "../../../src/main/learn/forest.ts";
import { permutationImportance } from "../../../src/main/learn/importance.ts";
import type { Predictor } from "../../../src/main/learn/inference.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { gap, sequence } from "./synthetic.ts";

const ROWS = 3000;
const columns = [2, 3, 5].map((prime) => sequence(prime, ROWS));
const x = Float32Array.from({ length: 3 * ROWS }, (_, j) => columns[j % 3][Math.floor(j / 3)]);
const y = Uint8Array.from(columns[1], (value) => (value > 0.5 ? 1 : 0));
const features = ["a", "b", "c"];

/** Knows that column b decides; counts its calls and rows. */
function oracle() {
  const seen: number[] = [];
  const predictor: Predictor = {
    probability(values, rows) {
      seen.push(rows);
      return Promise.resolve(Float32Array.from({ length: rows }, (_, i) => values[3 * i + 1]));
    },
    close: () => Promise.resolve(),
  };
  return { predictor, seen };
}

describe("permutationImportance", () => {
  it("is half for the one column that decides between even classes, and 0 for the others", async () => {
    const { predictor, seen } = oracle();
    const importance = await permutationImportance(predictor, x, y, ROWS, features, 1);
    expect(Object.keys(importance)).toEqual(features);
    expect(importance.a).toBe(0);
    expect(importance.c).toBe(0);
    // the share of 2,000 shuffled rows that change sides deviates by 0.011
    expect(Math.abs(importance.b - 0.5)).toBeLessThan(0.045);
    expect(seen).toEqual([2000, 2000, 2000, 2000]);
  });

  it("depends on the seed only, and leaves its input alone", async () => {
    const before = x.slice();
    const run = (seed: number) => permutationImportance(oracle().predictor, x, y, ROWS, features, seed, 500);
    expect(await run(1)).toEqual(await run(1));
    const seeds = await Promise.all([1, 2, 3, 4].map(run));
    expect(new Set(seeds.map((found) => found.b)).size).toBeGreaterThan(1);
    expect(x).toEqual(before);
  });

  it("uses all rows where there are fewer than the sample", async () => {
    const { predictor, seen } = oracle();
    await permutationImportance(predictor, x.slice(0, 30), y.slice(0, 10), 10, features, 1);
    expect(seen).toEqual([10, 10, 10, 10]);
  });

  it("stops between columns", async () => {
    const { predictor, seen } = oracle();
    const stop = () => seen.length === 2;
    await expect(permutationImportance(predictor, x, y, ROWS, features, 1, 100, stop)).rejects.toThrow(
      Cancelled,
    );
    expect(seen.length).toBe(2);
  });
});

describe("importance by the splits of a forest", () => {
  /** Five columns of a hundred whole numbers, of which three decide; made alike in test/reference/boosted.py. */
  const made = [2, 3, 5, 7, 11, 13].map((prime) => sequence(prime, 700));
  const five = Float32Array.from({ length: 3500 }, (_, i) =>
    Math.floor(100 * made[i % 5][Math.floor(i / 5)]),
  );
  const truth = Uint8Array.from({ length: 700 }, (_, i) => {
    const inside = (made[0][i] - 0.5) ** 2 + (made[1][i] - 0.5) ** 2 + 0.2 * made[2][i] < 0.22;
    return inside === made[5][i] < 0.05 ? 0 : 1;
  });
  const options = { seed: 1, annEpochs: 1, svmRows: 100 };

  it("is near that of a forest of scikit-learn, and adds up to 1", () => {
    const input = { x: five, y: truth, rows: 700, features: ["a", "b", "c", "d", "e"] };
    const importance = forestImportance(fitForest(input, options), 5);
    expect(importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    // 300 trees of scikit-learn 1.2.1; ours are 30
    const scikit = [0.282, 0.322, 0.237, 0.074, 0.084];
    expect(gap(importance, scikit)).toBeLessThan(0.04);
  });

  it("is nothing for a constant column", () => {
    const input = {
      x: five.map((v, i) => (i % 5 === 3 ? 7 : v)),
      y: truth,
      rows: 700,
      features: [..."abcde"],
    };
    expect(forestImportance(fitForest(input, options), 5)[3]).toBe(0);
  });
});
