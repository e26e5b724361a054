import { Cancelled } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";
import { BINS, binColumns } from "./bins.ts";
import { floats, int, ints, modelBytes, node, texts } from "./graph.ts";
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
  const nodes = trees.flatMap((tree, t) => tree.feature.map((feature, n) => ({ tree, t, n, feature })));
  const leaves = nodes.filter(({ feature }) => feature < 0);
  const nodeInts = (name: string, pick: (at: (typeof nodes)[number]) => number) =>
    ints(name, nodes.map(pick));
  const leafInts = (name: string, pick: (at: (typeof nodes)[number]) => number) =>
    ints(name, leaves.map(pick));
  const thresholds = nodes.map(({ tree, n }) => tree.threshold[n]);
  const shares = leaves.map(({ tree, n }) => tree.share[n] / trees.length);
  const attributes = [
    nodeInts("nodes_treeids", ({ t }) => t),
    nodeInts("nodes_nodeids", ({ n }) => n),
    nodeInts("nodes_featureids", ({ feature }) => Math.max(feature, 0)),
    nodeInts("nodes_truenodeids", ({ tree, n }) => tree.left[n]),
    nodeInts("nodes_falsenodeids", ({ tree, n }) => tree.right[n]),
    texts(
      "nodes_modes",
      nodes.map(({ feature }) => (feature < 0 ? "LEAF" : "BRANCH_LEQ")),
    ),
    floats("nodes_values", thresholds),
    leafInts("target_treeids", ({ t }) => t),
    leafInts("target_nodeids", ({ n }) => n),
    leafInts("target_ids", () => 0),
    floats("target_weights", shares),
    int("n_targets", 1),
  ];
  const ensemble = node("TreeEnsembleRegressor", ["x"], "probability", attributes, true);
  return modelBytes("forest", width, [ensemble], []);
}

export function trainForest(input: TrainInput, options: TrainOptions): Trained {
  const trees = fitForest(input, options);
  return {
    onnx: forestGraph(trees, input.features.length),
    trainRows: input.rows,
    hyperparameters: { trees: TREES, depth: DEPTH, bins: BINS, nodes: trees.flatMap((t) => t.share).length },
    notes: [],
  };
}
