import { BadInput } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";
import { lloyd, type Clustering } from "./lloyd.ts";
import { buildTree, type PointTree } from "./point-tree.ts";

export interface KMeans {
  k: number;
  /** [cluster × dim], row-major, ordered by first coordinate, then second, and so on */
  centroids: Float64Array;
  /** [row] */
  labels: Uint8Array;
  /** within-cluster sum of squares */
  wcss: number;
  iterations: number;
}

export interface KMeansOptions {
  seed: number;
  /** k-means++ starts, of which the best is kept; 1 when absent */
  starts?: number;
  /** 300 when absent, as in scikit-learn */
  maxIterations?: number;
}

/** Candidates a centre: 2 + ln k at k = 10, as in scikit-learn; the same for every k so that starts are nested. */
const CANDIDATES = 4;

/** Clusters `points` [row × dim], row-major. The same seed gives the same clusters as `wcssCurve(…).best(k)`. */
export function kmeans(
  points: Float64Array,
  rows: number,
  dim: number,
  k: number,
  options: KMeansOptions,
): KMeans {
  check(points, rows, dim, k);
  return best(buildTree(points, rows, dim), k, starts(points, rows, dim, k, options), options);
}

/**
 * Clusters for k = 1 … kMax, or … rows where there are fewer rows. Centre c of a k-means++ start depends only on the
 * centres before it, so one start of kMax centres serves every k.
 */
export function wcssCurve(
  points: Float64Array,
  rows: number,
  dim: number,
  kMax: number,
  options: KMeansOptions,
): { wcss: number[]; best: (k: number) => KMeans } {
  const most = Math.min(kMax, rows);
  check(points, rows, dim, most);
  const nested = starts(points, rows, dim, most, options);
  const tree = buildTree(points, rows, dim);
  const results: KMeans[] = [];
  for (let k = 1; k <= most; k++) results.push(best(tree, k, nested, options));
  return {
    wcss: results.map((r) => r.wcss),
    best: (k) => {
      if (!results[k - 1]) throw new RangeError(`k = ${k} was not tried, only 1 to ${most}`);
      return results[k - 1];
    },
  };
}

function check(points: Float64Array, rows: number, dim: number, k: number): void {
  if (points.length < rows * dim) throw new RangeError("fewer points than rows × dim");
  if (!(k >= 1 && k <= Math.min(rows, 255))) {
    const reason = `${k} clusters of ${rows} rows`;
    throw new BadInput([{ field: "k", reason, remedy: "Ask for 1 to 255 clusters, not more than rows" }]);
  }
  for (let i = 0; i < rows * dim; i++) {
    if (!Number.isFinite(points[i])) {
      const field = `points[${Math.floor(i / dim)}][${i % dim}]`;
      const remedy = "Leave out the rows without a position";
      throw new BadInput([{ field, reason: `${points[i]} is not a finite number`, remedy }]);
    }
  }
}

function best(tree: PointTree, k: number, nested: Float64Array[], options: KMeansOptions): KMeans {
  let winner: Clustering | undefined;
  for (const start of nested) {
    const run = lloyd(tree, start.subarray(0, k * tree.dim), options.maxIterations ?? 300);
    if (!winner || run.wcss < winner.wcss) winner = run;
  }
  return inOrder(winner!, k, tree.dim);
}

function starts(
  points: Float64Array,
  rows: number,
  dim: number,
  k: number,
  { seed, starts: count = 1 }: KMeansOptions,
): Float64Array[] {
  return Array.from({ length: count }, (_, s) =>
    plusPlus(points, rows, dim, k, new Random(seed, "kmeans").at(s)),
  );
}

/** Greedy k-means++ (Arthur and Vassilvitskii 2007): of some candidates drawn by squared distance, the best. */
function plusPlus(points: Float64Array, rows: number, dim: number, k: number, random: Random): Float64Array {
  const centres = new Float64Array(k * dim);
  let nearest = new Float64Array(rows).fill(Infinity);
  let trial = new Float64Array(rows);
  let chosen = new Float64Array(rows);
  let potential = Infinity;
  for (let c = 0; c < k; c++) {
    let least = Infinity;
    for (let t = 0; t < (c === 0 ? 1 : CANDIDATES); t++) {
      const candidate = c === 0 ? random.below(rows) : draw(nearest, random.next() * potential);
      const left = squares(trial, points, rows, dim, candidate, nearest);
      if (left >= least) continue;
      least = left;
      centres.set(points.subarray(candidate * dim, (candidate + 1) * dim), c * dim);
      [trial, chosen] = [chosen, trial];
    }
    [nearest, chosen] = [chosen, nearest];
    potential = least;
  }
  return centres;
}

/** The row at which the running sum of `weight` passes `target`. */
function draw(weight: Float64Array, target: number): number {
  let row = 0;
  for (let left = target - weight[0]; left > 0 && row < weight.length - 1; left -= weight[row]) row++;
  return row;
}

/** Squared distance [row] to the nearest centre if row `candidate` became one; returns the sum. */
function squares(
  out: Float64Array,
  points: Float64Array,
  rows: number,
  dim: number,
  candidate: number,
  nearest: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let d = 0; d < dim; d++) {
      const difference = points[i * dim + d] - points[candidate * dim + d];
      square += difference * difference;
    }
    out[i] = square < nearest[i] ? square : nearest[i];
    total += out[i];
  }
  return total;
}

/** Renumbers the clusters by their centroids' coordinates, so that the numbering does not depend on the start. */
function inOrder(run: Clustering, k: number, dim: number): KMeans {
  const at = (c: number, d: number) => run.centroids[c * dim + d];
  const order = Array.from({ length: k }, (_, c) => c).sort((a, b) => {
    for (let d = 0; d < dim; d++) if (at(a, d) !== at(b, d)) return at(a, d) - at(b, d);
    return a - b;
  });
  const number = new Uint8Array(k);
  const centroids = new Float64Array(k * dim);
  order.forEach((old, c) => {
    number[old] = c;
    centroids.set(run.centroids.subarray(old * dim, (old + 1) * dim), c * dim);
  });
  const labels = Uint8Array.from(run.labels, (old) => number[old]);
  return { k, centroids, labels, wcss: run.wcss, iterations: run.iterations };
}
