import type { TrainInput } from "../../../src/main/learn/classifier.ts";

/** Fractional parts of i·√prime: the same numbers in every language with IEEE doubles. */
export function sequence(prime: number, rows: number): number[] {
  return Array.from({ length: rows }, (_, i) => ((i + 1) * Math.sqrt(prime)) % 1);
}

/**
 * A ring in two of eight columns, blurred by a third, with a twentieth of the labels turned round; one column is a
 * sum of others, one has a great mean and a small spread, one is constant. Made alike in test/reference/learn.py.
 */
export function dataset(rows: number): TrainInput {
  const u = [2, 3, 5, 7, 11, 13].map((prime) => sequence(prime, rows));
  const features = ["u0", "u1", "u2", "u3", "u4", "sum", "offset", "constant"];
  const x = new Float32Array(rows * 8);
  const y = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const [a, b, c, d, e, f] = u.map((column) => column[i]);
    x.set([a, b, c, d, e, a + 0.1 * b, 48.86 + 0.001 * c, 120], i * 8);
    const inside = (a - 0.5) ** 2 + (b - 0.5) ** 2 + 0.2 * c < 0.22;
    y[i] = inside === f < 0.05 ? 0 : 1;
  }
  return { x, y, rows, features };
}

/** Rows from…to of a data set. */
export function part({ x, y, features }: TrainInput, from: number, to: number): TrainInput {
  const width = features.length;
  return { x: x.slice(from * width, to * width), y: y.slice(from, to), rows: to - from, features };
}

/** Three discs in a row, as (cell, latitude, longitude) [row × 3]. */
export function discs(rows: number): Float64Array {
  const [a, b, c] = [2, 3, 5].map((prime) => sequence(prime, rows));
  const points = new Float64Array(rows * 3);
  for (let i = 0; i < rows; i++) {
    const cell = Math.floor(3 * a[i]);
    const radius = 1.1 * Math.sqrt(b[i]);
    const angle = 2 * Math.PI * c[i];
    points.set(
      [cell, 20 + 0.9 * cell + radius * Math.sin(angle), -60 + 2.3 * cell + radius * Math.cos(angle)],
      i * 3,
    );
  }
  return points;
}

export const OPTIONS = { seed: 1, annEpochs: 75, svmRows: 4000 };

/** Greatest difference between two columns. */
export function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}
