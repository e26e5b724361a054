/** Held-out quality. The hard answer is 1 where the probability exceeds one half. */
export interface Metrics {
  accuracy: number;
  /** mean squared error of the hard answers: 1 − accuracy (Dahouda et al. 2023, Table 3) */
  mse: number;
  f1: number;
  /** area under the ROC curve of the hard answers: the mean of both classes' recalls (Table 4) */
  auc: number;
  recall: number;
  precision: number;
  /** mean squared error of the probability */
  brier: number;
  /** area under the ROC curve of the probability; ties count one half */
  rocAuc: number;
}

/** A ratio with nothing below it is 0, scikit-learn's `zero_division=0`. */
const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/**
 * Metrics of `probability` [row] against the truth `y` [row], 0 or 1. Never NaN: precision without a positive
 * answer, recall without a positive row and F1 without either are 0; both areas are 0.5 where `y` holds one class,
 * since nothing can be ranked.
 */
export function classificationMetrics(y: Uint8Array, probability: Float32Array): Metrics {
  const rows = y.length;
  if (rows === 0 || probability.length !== rows) throw new Error("metrics need one probability a row");
  let hits = 0;
  let answered = 0;
  let positives = 0;
  let squares = 0;
  for (let i = 0; i < rows; i++) {
    const answer = probability[i] > 0.5 ? 1 : 0;
    hits += answer & y[i];
    answered += answer;
    positives += y[i];
    squares += (probability[i] - y[i]) ** 2;
  }
  const negatives = rows - positives;
  const rejections = negatives - (answered - hits);
  const accuracy = (hits + rejections) / rows;
  const oneClass = positives === 0 || negatives === 0;
  return {
    accuracy,
    mse: 1 - accuracy,
    f1: ratio(2 * hits, positives + answered),
    auc: oneClass ? 0.5 : (hits / positives + rejections / negatives) / 2,
    recall: ratio(hits, positives),
    precision: ratio(hits, answered),
    brier: squares / rows,
    rocAuc: oneClass ? 0.5 : rankArea(y, probability, positives),
  };
}

/** Mann–Whitney: the share of (positive, negative) pairs in the right order, ties one half. */
function rankArea(y: Uint8Array, score: Float32Array, positives: number): number {
  const up = new Float32Array(positives);
  const down = new Float32Array(y.length - positives);
  let u = 0;
  let d = 0;
  for (let i = 0; i < y.length; i++) {
    if (y[i] === 1) up[u++] = score[i];
    else down[d++] = score[i];
  }
  up.sort();
  down.sort();
  let pairs = 0;
  let below = 0;
  let notAbove = 0;
  for (const s of up) {
    while (below < down.length && down[below] < s) below++;
    while (notAbove < down.length && down[notAbove] <= s) notAbove++;
    pairs += (below + notAbove) / 2;
  }
  return pairs / up.length / down.length;
}
