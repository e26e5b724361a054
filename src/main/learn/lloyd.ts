import type { PointTree } from "./point-tree.ts";

/** The result of Lloyd's iteration from one start. */
export interface Clustering {
  /** [cluster × dim], row-major */
  centroids: Float64Array;
  /** [row] */
  labels: Uint16Array;
  /** sum over the rows of the squared distance to the centroid of their cluster */
  wcss: number;
  iterations: number;
}

/** Working memory of one clustering. */
interface State {
  tree: PointTree;
  k: number;
  centroids: Float64Array;
  sums: Float64Array;
  counts: Float64Array;
  /** [level × cluster] the clusters that may own rows of the box in hand; a leaf writes to one level below it */
  candidates: Uint16Array;
  /** [row, in the tree's order]; written only where present */
  labels: Uint16Array | null;
}

/** Rounding moves a centroid by less than this share of the data's extent; a change of one row by much more. */
const STILL = 1e-12;

/**
 * Lloyd's k-means from the centroids `start` [cluster × dim] with the filtering of Kanungo et al. (PAMI 2002): where
 * one centroid is nearest to a whole box of the tree, its rows are added at once. The answer is plain Lloyd's.
 * Ends when the centroids stand still. At most 65,535 centroids. A cluster that loses all its rows keeps its centroid.
 */
export function lloyd(tree: PointTree, start: Float64Array, maxIterations: number): Clustering {
  const k = start.length / tree.dim;
  const state: State = {
    tree,
    k,
    centroids: start.slice(),
    sums: new Float64Array(start.length),
    counts: new Float64Array(k),
    candidates: new Uint16Array((tree.depth + 2) * k),
    labels: null,
  };
  for (let c = 0; c < k; c++) state.candidates[c] = c;
  const still = (STILL * extent(tree)) ** 2;
  let iterations = 0;
  while (iterations < maxIterations) {
    iterations++;
    state.sums.fill(0);
    state.counts.fill(0);
    filter(state, 0, 0, k);
    if (moveCentroids(state) <= still) break;
  }
  state.labels = new Uint16Array(tree.rows);
  filter(state, 0, 0, k);
  return { centroids: state.centroids, iterations, ...inRowOrder(state, state.labels) };
}

/** Gives the rows of `node` to the nearest of the `count` candidates at `level`. */
function filter(state: State, node: number, level: number, count: number): void {
  const { tree, k, candidates } = state;
  const left = count > 1 ? prune(state, node, level, count) : 1;
  const kept = count > 1 ? (level + 1) * k : level * k;
  if (left === 1) give(state, node, candidates[kept]);
  else if (tree.right[node] === 0) giveEach(state, node, kept, left);
  else {
    filter(state, node + 1, level + 1, left);
    filter(state, tree.right[node], level + 1, left);
  }
}

/**
 * Writes to the next level the candidates that can be nearest to some point of the box; returns how many. Against
 * the one nearest to the middle, another loses everywhere if it loses at the corner that lies farthest its way.
 */
function prune(state: State, node: number, level: number, count: number): number {
  const { tree, k, centroids, candidates } = state;
  const { dim, low, high } = tree;
  const from = level * k;
  const box = node * dim;
  const nearest = nearestToMiddle(state, node, from, count) * dim;
  let kept = from + k;
  for (let i = from; i < from + count; i++) {
    const other = candidates[i] * dim;
    // |other − corner|² − |nearest − corner|²
    let excess = other === nearest ? -1 : 0;
    for (let d = 0; d < dim; d++) {
      const step = centroids[other + d] - centroids[nearest + d];
      const corner = step > 0 ? high[box + d] : low[box + d];
      excess += step * (centroids[other + d] + centroids[nearest + d] - 2 * corner);
    }
    if (excess < 0) candidates[kept++] = candidates[i];
  }
  return kept - from - k;
}

function nearestToMiddle({ tree, centroids, candidates }: State, node: number, from: number, count: number) {
  const { dim, low, high } = tree;
  const box = node * dim;
  let least = Infinity;
  let nearest = 0;
  for (let i = from; i < from + count; i++) {
    const c = candidates[i];
    let square = 0;
    for (let d = 0; d < dim; d++) {
      const difference = low[box + d] + high[box + d] - 2 * centroids[c * dim + d];
      square += difference * difference;
    }
    if (square < least) {
      least = square;
      nearest = c;
    }
  }
  return nearest;
}

function give({ tree, sums, counts, labels }: State, node: number, cluster: number): void {
  const { dim, sum, from, to } = tree;
  if (labels) labels.fill(cluster, from[node], to[node]);
  counts[cluster] += to[node] - from[node];
  for (let d = 0; d < dim; d++) sums[cluster * dim + d] += sum[node * dim + d];
}

function giveEach(state: State, node: number, from: number, count: number): void {
  const { tree, centroids, sums, counts, candidates, labels } = state;
  const { dim, points } = tree;
  for (let row = tree.from[node]; row < tree.to[node]; row++) {
    let least = Infinity;
    let nearest = 0;
    for (let i = from; i < from + count; i++) {
      const c = candidates[i];
      let square = 0;
      for (let d = 0; d < dim; d++) {
        const difference = points[row * dim + d] - centroids[c * dim + d];
        square += difference * difference;
      }
      if (square < least) {
        least = square;
        nearest = c;
      }
    }
    if (labels) labels[row] = nearest;
    counts[nearest]++;
    for (let d = 0; d < dim; d++) sums[nearest * dim + d] += points[row * dim + d];
  }
}

/** Moves every centroid to the mean of its rows; returns the greatest squared move. */
function moveCentroids({ tree, k, centroids, sums, counts }: State): number {
  let farthest = 0;
  for (let c = 0; c < k; c++) {
    if (counts[c] === 0) continue;
    let square = 0;
    for (let i = c * tree.dim; i < (c + 1) * tree.dim; i++) {
      const next = sums[i] / counts[c];
      square += (next - centroids[i]) ** 2;
      centroids[i] = next;
    }
    farthest = Math.max(farthest, square);
  }
  return farthest;
}

/** Length of the root's diagonal, or of the greatest coordinate where that is longer: rounding scales with it. */
function extent({ dim, low, high }: PointTree): number {
  let most = 0;
  for (let d = 0; d < dim; d++) most = Math.max(most, Math.abs(low[d]), Math.abs(high[d]), high[d] - low[d]);
  return most;
}

function inRowOrder({ tree, centroids }: State, treeLabels: Uint16Array) {
  const { dim, rows, points, order } = tree;
  const labels = new Uint16Array(rows);
  let wcss = 0;
  for (let row = 0; row < rows; row++) {
    const cluster = treeLabels[row];
    labels[order[row]] = cluster;
    for (let d = 0; d < dim; d++) wcss += (points[row * dim + d] - centroids[cluster * dim + d]) ** 2;
  }
  return { labels, wcss };
}
