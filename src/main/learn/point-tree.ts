/** A k-d tree over points, for work that treats many rows at once. Node 0 is the root; a node's rows are adjacent. */
export interface PointTree {
  dim: number;
  rows: number;
  /** [row × dim] the points in the tree's order */
  points: Float64Array;
  /** [row] where each of them stood before */
  order: Uint32Array;
  /** [node × dim] tight bounds */
  low: Float64Array;
  high: Float64Array;
  /** [node × dim] sum of the points */
  sum: Float64Array;
  /** [node] first row, and the row after the last */
  from: Uint32Array;
  to: Uint32Array;
  /** [node] right child, 0 in a leaf; the left child is the next node */
  right: Uint32Array;
  /** levels below the root */
  depth: number;
}

const LEAF_ROWS = 12;

/** Splits each box through the middle of its longest side until few rows, or only equal ones, are left. */
export function buildTree(points: Float64Array, rows: number, dim: number): PointTree {
  const order = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = i;
  const tree: PointTree = {
    dim,
    rows,
    points: points.slice(0, rows * dim),
    order,
    low: new Float64Array(2 * rows * dim),
    high: new Float64Array(2 * rows * dim),
    sum: new Float64Array(2 * rows * dim),
    from: new Uint32Array(2 * rows),
    to: new Uint32Array(2 * rows),
    right: new Uint32Array(2 * rows),
    depth: 0,
  };
  let nodes = 0;
  const grow = (from: number, to: number, depth: number): void => {
    const node = nodes++;
    tree.depth = Math.max(tree.depth, depth);
    measure(tree, node, from, to);
    const axis = longestSide(tree, node);
    const low = tree.low[node * dim + axis];
    const high = tree.high[node * dim + axis];
    if (to - from <= LEAF_ROWS || low === high) return;
    const cut = low + (high - low) / 2;
    // Between neighbouring numbers the middle rounds to one of them, and the greatest must stay on the right.
    const middle = partition(tree, from, to, axis, cut < high ? cut : low);
    grow(from, middle, depth + 1);
    tree.right[node] = nodes;
    grow(middle, to, depth + 1);
  };
  grow(0, rows, 0);
  return tree;
}

function measure(tree: PointTree, node: number, from: number, to: number): void {
  const { dim, points, low, high, sum } = tree;
  tree.from[node] = from;
  tree.to[node] = to;
  for (let d = 0; d < dim; d++) {
    let least = Infinity;
    let most = -Infinity;
    let total = 0;
    for (let i = from; i < to; i++) {
      const value = points[i * dim + d];
      if (value < least) least = value;
      if (value > most) most = value;
      total += value;
    }
    low[node * dim + d] = least;
    high[node * dim + d] = most;
    sum[node * dim + d] = total;
  }
}

function longestSide({ dim, low, high }: PointTree, node: number): number {
  let axis = 0;
  for (let d = 1; d < dim; d++) {
    const at = node * dim;
    if (high[at + d] - low[at + d] > high[at + axis] - low[at + axis]) axis = d;
  }
  return axis;
}

/** Brings the rows with a coordinate of at most `cut` to the front; returns their end. */
function partition(tree: PointTree, from: number, to: number, axis: number, cut: number): number {
  const { dim, points } = tree;
  let left = from;
  let right = to - 1;
  while (left <= right) {
    if (points[left * dim + axis] <= cut) left++;
    else swap(tree, left, right--);
  }
  return left;
}

function swap({ dim, points, order }: PointTree, a: number, b: number): void {
  const row = order[a];
  order[a] = order[b];
  order[b] = row;
  for (let d = 0; d < dim; d++) {
    const value = points[a * dim + d];
    points[a * dim + d] = points[b * dim + d];
    points[b * dim + d] = value;
  }
}
