import { Cancelled } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";
import { BINS, binColumns } from "./bins.ts";
import { modelBytes } from "./graph.ts";
import { treeEnsemble } from "./tree-graph.ts";
import { CLASS_1, emptyTree, grow, type Grower, type Tree } from "./tree-growth.ts";
import type { Trained, TrainInput, TrainOptions } from "./training.ts";

const TREES = 30;
const DEPTH = 9;

/**
 * Random forest (Breiman 2001) on binned columns: 30 trees of depth 9, each on a bootstrap sample, Gini impurity,
 * √F features tried at every node.
 */
export function fitForest(
  { x, y, rows, features }: TrainInput,
  { seed, onProgress, shouldStop }: TrainOptions,
): Tree[] {
  const width = features.length;
  const grower: Grower = {
    bins: binColumns(x, rows, width, seed),
    rows,
    tries: Math.max(1, Math.floor(Math.sqrt(width))),
    random: new Random(seed, "forest"),
    weight: new Float64Array(rows),
    drawn: new Uint32Array(rows),
    spare: new Uint32Array(rows),
    features: Uint16Array.from({ length: width }, (_, f) => f),
    histogram: new Float64Array(BINS),
    tree: emptyTree(),
    split: -1,
    score: 0,
  };
  const trees: Tree[] = [];
  for (let t = 0; t < TREES; t++) {
    if (shouldStop?.()) throw new Cancelled();
    grower.random.at(t);
    grower.tree = emptyTree();
    grow(grower, 0, bootstrap(grower, y), DEPTH);
    trees.push(grower.tree);
    onProgress?.((t + 1) / TREES);
  }
  return trees;
}

/** Draws as many rows as there are, with replacement; returns how many different ones. */
function bootstrap({ rows, random, weight, drawn }: Grower, y: Uint8Array): number {
  weight.fill(0);
  for (let i = 0; i < rows; i++) weight[Math.floor((random.bits() / 2 ** 32) * rows)]++;
  let count = 0;
  for (let i = 0; i < rows; i++) {
    if (weight[i] === 0) continue;
    drawn[count++] = i;
    if (y[i] === 1) weight[i] += weight[i] * CLASS_1;
  }
  return count;
}

/** The mean over the trees of the leaf's share of class 1. */
export function forestGraph(trees: Tree[], width: number): Uint8Array {
  const parts = trees.map((tree) => ({ ...tree, value: tree.share.map((share) => share / trees.length) }));
  return modelBytes("forest", width, [treeEnsemble(parts, "probability")], []);
}

/** Mean over the trees of the share of the fall in impurity that splits on each feature brought, as in scikit-learn. */
export function forestImportance(trees: readonly Tree[], width: number): Float64Array<ArrayBuffer> {
  const mean = new Float64Array(width);
  for (const { feature, gain } of trees) {
    const total = gain.reduce((sum, value) => sum + value, 0);
    feature.forEach((f, n) => {
      if (f >= 0) mean[f] += gain[n] / total / trees.length;
    });
  }
  return mean;
}

export function trainForest(input: TrainInput, options: TrainOptions): Trained {
  const trees = fitForest(input, options);
  const gain = forestImportance(trees, input.features.length);
  return {
    onnx: forestGraph(trees, input.features.length),
    gain: Object.fromEntries(input.features.map((name, f) => [name, gain[f]])),
    trainRows: input.rows,
    hyperparameters: {
      trees: TREES,
      depth: DEPTH,
      bins: BINS,
      nodes: trees.reduce((n, tree) => n + tree.share.length, 0),
    },
    notes: [],
  };
}
