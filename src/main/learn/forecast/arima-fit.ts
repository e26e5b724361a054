import { BadInput } from "../../../shared/errors.ts";
import { targetOf } from "./tracks.ts";
import type { Windows } from "./windows.ts";

export interface Order {
  p: number;
  d: number;
  q: number;
}

/** w[t] − mean = Σ ar[i]·(w[t − 1 − i] − mean) + e[t] + Σ ma[i]·e[t − 1 − i], w being the series differenced d times. */
export interface Arima extends Order {
  mean: number;
  ar: number[];
  ma: number[];
}

/** The package's stack holds no more than some 15,000 values, and the likelihood takes time. */
const MOST = 3000;
const FEWEST = 30;
/** Estimation and optimiser of the package, best first: exact likelihood or sum of squares; L-BFGS, BFGS, Nelder-Mead. */
const WAYS = [
  { method: 0, optimizer: 6 },
  { method: 1, optimizer: 6 },
  { method: 0, optimizer: 5 },
  { method: 0, optimizer: 0 },
];
/** Horizon of the answer to a shock, from which the coefficients are read. */
const PROBE = 24;

/** One node's model. */
export function fitNode(train: Windows, node: number, order: Order): Promise<Arima> {
  const series = stretches(train, node).map((part) => differenced(part, order.d));
  return fitArma([...fitValues(train, node, order)], order, (model) => squareError(model, series));
}

/**
 * What a node's model is fitted on: its stretches of training rows one after the other. Each is differenced by itself, so
 * that no difference crosses from path to path; the joints that are left count as ordinary samples.
 */
export function fitValues(train: Windows, node: number, { d }: Order): Float64Array<ArrayBuffer> {
  const values: number[] = [];
  for (const part of stretches(train, node).map((whole) => differenced(whole, d))) {
    if (values.length + part.length > MOST && values.length > 0) break;
    values.push(...part.subarray(0, MOST));
  }
  return Float64Array.from(values);
}

/** Unbroken runs of samples that the rows of a node use: window and first target. */
function stretches({ tracks, path, node, at, steps, rows }: Windows, wanted: number): Float64Array[] {
  const used = new Map<number, [number, number]>();
  for (let row = 0; row < rows; row++) {
    if (node[row] !== wanted) continue;
    const [first, last] = used.get(path[row]) ?? [Infinity, -1];
    used.set(path[row], [Math.min(first, at[row] - steps + 1), Math.max(last, at[row] + 2)]);
  }
  return [...used].map(([p, [first, last]]) => targetOf(tracks, p, wanted).slice(first, last));
}

export function differenced(series: Float64Array, times: number): Float64Array {
  let out = series;
  for (let i = 0; i < times; i++) out = out.slice(1).map((value, t) => value - out[t]);
  return out;
}

/**
 * ARMA(p, q) with a mean by the package `arima`, which tells neither coefficients nor how good they are. It forecasts
 * linearly with what it found: its answer to a shock in the last value gives the coefficients, and the squared one-step
 * error of these chooses among its ways to estimate; the first that beats the mean is taken.
 */
export async function fitArma(
  values: number[],
  { p, d, q }: Order,
  error: (model: Arima) => number,
): Promise<Arima> {
  // no drift where the series is differenced, as is usual
  const mean = d > 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const plain: Arima = { p, d, q, mean, ar: Array(p).fill(0), ma: Array(q).fill(0) };
  if (p + q === 0) return plain;
  if (values.length < FEWEST)
    throw new BadInput([
      {
        field: "paths",
        reason: `${values.length} training samples of a node are too few for ARIMA`,
        remedy: `Give more or longer paths, at least ${FEWEST} samples in all`,
      },
    ]);
  const least = error(plain);
  const { default: Package } = await import("arima");
  for (const way of WAYS) {
    const fitted = new Package({ p, d: 0, q, ...way, verbose: false }).train(values) as unknown as Fitted;
    const model = { ...plain, ...coefficients(fitted, values, { p, d, q }) };
    fitted.destroy();
    if (error(model) < least) return model;
  }
  return plain;
}

/** What the package does not declare: the bytes of the series from which it forecasts with the parameters it has. */
interface Fitted {
  ts: Uint8Array;
  predict(length: number): [number[], number[]];
  destroy(): void;
}

const bytesOf = (values: number[]) => new Uint8Array(Float64Array.from(values).buffer);

function coefficients(fitted: Fitted, values: number[], { p, d, q }: Order) {
  const before = fitted.predict(PROBE)[0];
  const shocked = values.slice();
  shocked[values.length - 1]++;
  fitted.ts = bytesOf(shocked);
  // ψ[0] = 1: the shock itself
  const psi = [1, ...fitted.predict(PROBE)[0].map((value, h) => value - before[h])];
  const back = (h: number) => (h < 0 ? 0 : psi[h]);
  // beyond the moving average, ψ[h] = Σ ar[i]·ψ[h − 1 − i]
  const equations = Array.from({ length: p }, (_, k) => q + 1 + k);
  const ar = solve(
    equations.map((h) => Array.from({ length: p }, (_, i) => back(h - 1 - i))),
    equations.map((h) => psi[h]),
  );
  const ma = Array.from(
    { length: q },
    (_, i) => psi[i + 1] - ar.reduce((sum, a, j) => sum + a * back(i - j), 0),
  );
  return { ar, ma, ...(d === 0 && { mean: meanOf(fitted, values.length) }) };
}

/** A series that stays at any level c is forecast at mean + share·(c − mean); two levels give the mean. */
function meanOf(fitted: Fitted, length: number): number {
  const level = (c: number) => {
    fitted.ts = bytesOf(Array(length).fill(c));
    return fitted.predict(1)[0][0];
  };
  const zero = level(0);
  const share = level(1) - zero;
  return zero / (1 - share);
}

/** Gauss with pivots; a coefficient that nothing determines is 0. */
function solve(rows: number[][], right: number[]): number[] {
  const n = right.length;
  const a = rows.map((row, i) => [...row, right[i]]);
  const place: number[] = [];
  for (let column = 0, rank = 0; column < n; column++) {
    let pivot = rank;
    for (let i = rank + 1; i < n; i++) if (Math.abs(a[i][column]) > Math.abs(a[pivot][column])) pivot = i;
    if (rank === n || Math.abs(a[pivot][column]) < 1e-9) continue;
    [a[rank], a[pivot]] = [a[pivot], a[rank]];
    for (let i = 0; i < n; i++) {
      if (i === rank) continue;
      const factor = a[i][column] / a[rank][column];
      for (let j = column; j <= n; j++) a[i][j] -= factor * a[rank][j];
    }
    place[column] = rank++;
  }
  return Array.from({ length: n }, (_, column) =>
    place[column] === undefined ? 0 : a[place[column]][n] / a[place[column]][column],
  );
}

/** Σ of squared one-step errors over differenced series, each from a standing start. */
function squareError(model: Arima, series: Float64Array[]): number {
  let sum = 0;
  for (const part of series) for (const e of surprises(model, part)) sum += e * e;
  return Number.isFinite(sum) ? sum : Infinity;
}

/** One-step errors e of a differenced series; before it everything stood at the mean. */
export function surprises({ ar, ma, mean }: Arima, series: Float64Array): Float64Array<ArrayBuffer> {
  const e = new Float64Array(series.length);
  for (let t = 0; t < series.length; t++) {
    let expected = mean;
    for (let i = 0; i < ar.length && i < t; i++) expected += ar[i] * (series[t - 1 - i] - mean);
    for (let i = 0; i < ma.length && i < t; i++) expected += ma[i] * e[t - 1 - i];
    e[t] = series[t] - expected;
  }
  return e;
}
