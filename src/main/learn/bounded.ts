import { BadInput, Cancelled } from "../../shared/errors.ts";
import { lloyd } from "./lloyd.ts";
import { buildTree } from "./point-tree.ts";

export interface BoundedClusters {
  k: number;
  /** [row] */
  labels: Uint16Array<ArrayBuffer>;
  /** [cluster × dim] */
  centroids: Float64Array<ArrayBuffer>;
  /** [cluster] */
  sizes: Uint32Array<ArrayBuffer>;
  /** within-cluster sum of squares */
  wcss: number;
  /** that of plain k-means from these centroids, without the bound */
  freeWcss: number;
}

/** Sweeps over neighbouring pairs; each can only lower the sum of squares. */
const SWEEPS = 8;
/** Clusters that a cluster exchanges rows with. */
const NEIGHBOURS = 6;
const BISECTIONS = 12;

/**
 * As few clusters as hold all rows with at most `most` each, for group handover. The rows are halved again and again (the halves
 * in proportion to the clusters that each will hold); then neighbouring clusters exchange rows. With two centroids fixed and the
 * sizes bounded, sorting by the difference of the squared distances gives the best exchange exactly.
 * @param points [row × dim]
 */
export function boundedClusters(
  points: Float64Array,
  rows: number,
  dim: number,
  most: number,
  shouldStop: () => boolean = () => false,
): BoundedClusters {
  const k = Math.ceil(rows / most);
  if (rows < 1 || !(Number.isInteger(most) && most >= 1) || k > 65_535) {
    const reason = `at most ${most} of ${rows} rows in a cluster`;
    const remedy = "Give at least one row, and a whole size that needs at most 65,535 clusters";
    throw new BadInput([{ field: "most", reason, remedy }]);
  }
  const state: State = {
    points,
    dim,
    most,
    labels: new Uint16Array(rows),
    centroids: new Float64Array(k * dim),
    key: new Float64Array(rows),
    shouldStop,
  };
  halve(
    state,
    Uint32Array.from({ length: rows }, (_, row) => row),
    0,
    k,
  );
  const members = membersOf(state.labels, k);
  for (let sweep = 0; sweep < SWEEPS; sweep++) if (!exchangeAll(state, members)) break;
  const free = lloyd(buildTree(points, rows, dim), state.centroids, 300);
  return {
    k,
    labels: state.labels,
    centroids: state.centroids,
    sizes: Uint32Array.from(members, (list) => list.length),
    wcss: squares(state),
    freeWcss: free.wcss,
  };
}

interface State {
  points: Float64Array;
  dim: number;
  most: number;
  labels: Uint16Array<ArrayBuffer>;
  centroids: Float64Array<ArrayBuffer>;
  /** [row] what rows are sorted by */
  key: Float64Array;
  shouldStop: () => boolean;
}

/** Gives `rows` to the clusters first … first + count − 1. */
function halve(state: State, rows: Uint32Array<ArrayBuffer>, first: number, count: number): void {
  const { points, dim, labels, centroids, key } = state;
  if (count === 1) {
    for (const row of rows) labels[row] = first;
    meanOf(state, rows, first);
    return;
  }
  const left = Math.floor(count / 2);
  const size = Math.round((rows.length * left) / count);
  const axis = longestAxis(state, rows);
  for (const row of rows) key[row] = points[row * dim + axis];
  rows.sort((a, b) => key[a] - key[b] || a - b);
  for (let step = 0; step < BISECTIONS; step++) {
    if (state.shouldStop()) throw new Cancelled();
    meanOf(state, rows.subarray(0, size), first);
    meanOf(state, rows.subarray(size), first + left);
    for (const row of rows) key[row] = preference(state, row, first, first + left);
    const before = rows.slice();
    rows.sort((a, b) => key[a] - key[b] || a - b);
    if (sameHalf(before, rows, size)) break;
  }
  centroids.fill(0, first * dim, (first + count) * dim);
  halve(state, rows.slice(0, size), first, left);
  halve(state, rows.slice(size), first + left, count - left);
}

function sameHalf(before: Uint32Array, after: Uint32Array, size: number): boolean {
  const half = new Set(before.subarray(0, size));
  for (let i = 0; i < size; i++) if (!half.has(after[i])) return false;
  return true;
}

function longestAxis({ points, dim }: State, rows: Uint32Array): number {
  let axis = 0;
  let widest = -1;
  for (let d = 0; d < dim; d++) {
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) {
      low = Math.min(low, points[row * dim + d]);
      high = Math.max(high, points[row * dim + d]);
    }
    if (high - low > widest) {
      widest = high - low;
      axis = d;
    }
  }
  return axis;
}

function meanOf({ points, dim, centroids }: State, rows: ArrayLike<number>, cluster: number): void {
  for (let d = 0; d < dim; d++) {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) sum += points[rows[i] * dim + d];
    centroids[cluster * dim + d] = rows.length > 0 ? sum / rows.length : 0;
  }
}

/** Squared distance to centroid a less that to b: the smaller, the rather a. */
function preference({ points, dim, centroids }: State, row: number, a: number, b: number): number {
  let difference = 0;
  for (let d = 0; d < dim; d++) {
    const value = points[row * dim + d];
    difference += (value - centroids[a * dim + d]) ** 2 - (value - centroids[b * dim + d]) ** 2;
  }
  return difference;
}

function membersOf(labels: Uint16Array, k: number): number[][] {
  const members: number[][] = Array.from({ length: k }, () => []);
  labels.forEach((cluster, row) => members[cluster].push(row));
  return members;
}

/** Exchanges between each cluster and its nearest ones; false when no row moved. */
function exchangeAll(state: State, members: number[][]): boolean {
  let moved = false;
  for (let a = 0; a < members.length; a++) {
    if (state.shouldStop()) throw new Cancelled();
    for (const b of nearest(state, a, members.length)) {
      if (exchange(state, members, a, b)) moved = true;
    }
  }
  return moved;
}

function nearest({ centroids, dim }: State, a: number, k: number): number[] {
  const found: { cluster: number; square: number }[] = [];
  for (let b = 0; b < k; b++) {
    if (b === a) continue;
    let square = 0;
    for (let d = 0; d < dim; d++) square += (centroids[a * dim + d] - centroids[b * dim + d]) ** 2;
    if (found.length < NEIGHBOURS || square < found.at(-1)!.square) {
      found.push({ cluster: b, square });
      found.sort((p, q) => p.square - q.square);
      if (found.length > NEIGHBOURS) found.pop();
    }
  }
  return found.map(({ cluster }) => cluster);
}

/** Shares the rows of two clusters out anew, both within the bound and neither empty; false when all stay. */
function exchange(state: State, members: number[][], a: number, b: number): boolean {
  const { key, labels, most } = state;
  const rows = [...members[a], ...members[b]];
  for (const row of rows) key[row] = preference(state, row, a, b);
  rows.sort((p, q) => key[p] - key[q] || p - q);
  let wish = 0;
  while (wish < rows.length && key[rows[wish]] < 0) wish++;
  const size = Math.min(most, rows.length - 1, Math.max(1, rows.length - most, wish));
  let moved = false;
  rows.forEach((row, i) => {
    const cluster = i < size ? a : b;
    if (labels[row] !== cluster) moved = true;
    labels[row] = cluster;
  });
  if (!moved) return false;
  members[a] = rows.slice(0, size);
  members[b] = rows.slice(size);
  meanOf(state, members[a], a);
  meanOf(state, members[b], b);
  return true;
}

function squares({ points, dim, labels, centroids }: State): number {
  let sum = 0;
  labels.forEach((cluster, row) => {
    for (let d = 0; d < dim; d++) sum += (points[row * dim + d] - centroids[cluster * dim + d]) ** 2;
  });
  return sum;
}
