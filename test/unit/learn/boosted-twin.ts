import type { BoostOptions } from "../../../src/main/learn/boosted.ts";

type Settings = Required<
  Pick<BoostOptions, "loss" | "rounds" | "depth" | "rate" | "lambda" | "minChildWeight">
>;

/**
 * Boosting by the book (Chen and Guestrin 2016, algorithm 1): no bins, every sum anew. Answers for its training rows; null where
 * two splits are so nearly as good, or a side so nearly too light, that rounding decides.
 */
export function exactBoost(
  x: Float32Array,
  y: Float32Array,
  rows: number,
  width: number,
  settings: Settings,
): number[] | null {
  const mean = y.subarray(0, rows).reduce((sum, v) => sum + v, 0) / rows;
  const share = Math.min(1 - 1e-6, Math.max(1e-6, mean));
  const base = settings.loss === "logistic" ? Math.log(share / (1 - share)) : mean;
  const score = Array.from({ length: rows }, () => base);
  const probability = (s: number) => 1 / (1 + Math.exp(-s));
  for (let round = 0; round < settings.rounds; round++) {
    const p = score.map(probability);
    const g = score.map((s, i) => (settings.loss === "logistic" ? p[i] : s) - y[i]);
    const h = p.map((v) => (settings.loss === "logistic" ? v * (1 - v) : 1));
    const work = { x, width, g, h, score, close: false, ...settings };
    grow(
      work,
      Array.from({ length: rows }, (_, i) => i),
      settings.depth,
    );
    if (work.close) return null;
  }
  return settings.loss === "logistic" ? score.map(probability) : score;
}

interface Work extends Settings {
  x: Float32Array;
  width: number;
  g: number[];
  h: number[];
  score: number[];
  close: boolean;
}

const NEAR = 1e-4;
const LEAST_GAIN = 1e-6;
const sumOf = (values: number[], rows: number[]) => rows.reduce((sum, row) => sum + values[row], 0);

function grow(work: Work, rows: number[], levels: number): void {
  const { x, width, g, h, lambda, minChildWeight, rate, score } = work;
  const quality = (part: number[]) => sumOf(g, part) ** 2 / (sumOf(h, part) + lambda);
  const whole = quality(rows);
  let best = { gain: LEAST_GAIN, left: [] as number[], right: [] as number[] };
  for (let f = 0; levels > 0 && f < width; f++) {
    const values = [...new Set(rows.map((row) => x[row * width + f]))].sort((a, b) => a - b);
    for (const value of values.slice(0, -1)) {
      const left = rows.filter((row) => x[row * width + f] <= value);
      const right = rows.filter((row) => x[row * width + f] > value);
      const lighter = Math.min(sumOf(h, left), sumOf(h, right));
      if (Math.abs(lighter - minChildWeight) < NEAR) work.close = true;
      if (lighter < minChildWeight) continue;
      const gain = quality(left) + quality(right) - whole;
      const same = best.left.join() === left.join() || best.left.join() === right.join();
      if (Math.abs(gain - best.gain) < NEAR && !same) work.close = true;
      if (gain > best.gain) best = { gain, left, right };
    }
  }
  if (best.left.length > 0) {
    grow(work, best.left, levels - 1);
    grow(work, best.right, levels - 1);
    return;
  }
  const value = (-rate * sumOf(g, rows)) / (sumOf(h, rows) + lambda);
  for (const row of rows) score[row] += value;
}
