import { floats, int, ints, node, texts, type Node } from "./graph.ts";

/** A tree as a graph needs it, node 0 the root. */
export interface GraphTree {
  /** [node] −1 in a leaf */
  feature: ArrayLike<number>;
  threshold: ArrayLike<number>;
  left: ArrayLike<number>;
  right: ArrayLike<number>;
  /** [node] what a leaf adds */
  value: ArrayLike<number>;
}

/** Sum over the trees of the leaf that each row of `x` falls into, plus `base`, as `output` [N × 1]. */
export function treeEnsemble(trees: readonly GraphTree[], output: string, base = 0): Node {
  const nodes = trees.flatMap((tree, t) =>
    Array.from(tree.feature, (feature, n) => ({ tree, t, n, feature })),
  );
  const leaves = nodes.filter(({ feature }) => feature < 0);
  const nodeInts = (name: string, pick: (at: (typeof nodes)[number]) => number) =>
    ints(name, nodes.map(pick));
  const leafInts = (name: string, pick: (at: (typeof nodes)[number]) => number) =>
    ints(name, leaves.map(pick));
  const thresholds = nodes.map(({ tree, n }) => tree.threshold[n]);
  const values = leaves.map(({ tree, n }) => tree.value[n]);
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
    floats("target_weights", values),
    ...(base === 0 ? [] : [floats("base_values", [base])]),
    int("n_targets", 1),
  ];
  return node("TreeEnsembleRegressor", ["x"], output, attributes, true);
}
