import { foldRows, stratifiedFolds } from "../../learn/folds.ts";
import { split } from "../../learn/split.ts";
import type { Columns } from "../../../shared/columns.ts";
import type { ClassifierModel } from "../../../shared/study.ts";
import type { Bench } from "../bench.ts";
import { classify } from "../classify.ts";

export interface FitAsk {
  /** hash of the shared columns: `label` and the features */
  data: string;
  model: ClassifierModel;
  features: string[];
  seed: number;
  testShare: number;
  /** fold `held` of so many, instead of the split */
  fold: { folds: number; held: number } | null;
  annEpochs: number;
  svmRows: number;
}

export const trainTrials = {
  /** One classifier on shared data. */
  fit: async (ask: FitAsk, bench: Bench) => {
    const columns = bench.columns(ask.data);
    const y = columns.label as Uint8Array;
    const rows = ask.fold
      ? foldRows(stratifiedFolds(y, ask.fold.folds, ask.seed), ask.fold.held)
      : split(y.length, ask.testShare, ask.seed);
    const data = { x: matrixOf(columns, ask.features), y, ...rows };
    const { model, features, seed, annEpochs, svmRows } = ask;
    return classify(data, { model, features, seed, annEpochs, svmRows, full: !ask.fold }, bench);
  },
};

/** Columns by name as a matrix [row × feature]. */
function matrixOf(columns: Columns, features: readonly string[]): Float32Array<ArrayBuffer> {
  const rows = columns[features[0]].length;
  const x = new Float32Array(rows * features.length);
  features.forEach((key, f) => {
    for (let row = 0; row < rows; row++) x[row * features.length + f] = columns[key][row];
  });
  return x;
}
