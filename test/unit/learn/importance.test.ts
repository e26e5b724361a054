import { describe, expect, it } from "vitest";
import { permutationImportance } from "../../../src/main/learn/importance.ts";
import type { Predictor } from "../../../src/main/learn/inference.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { sequence } from "./synthetic.ts";

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
