/** A curve of at most `POINTS` points. */
export interface Curve {
  x: number[];
  y: number[];
  /** of the curve with all its points */
  area: number;
}

export interface Calibration {
  /** [bin] mean probability, share of class 1, rows */
  probability: number[];
  share: number[];
  rows: number[];
  /** mean over the rows of |share − probability| of their bin */
  error: number;
}

export interface Confusion {
  truePositive: number;
  falsePositive: number;
  trueNegative: number;
  falseNegative: number;
}

const POINTS = 200;

/** Counts of rows with at least each distinct probability, from the greatest down. */
function ranked(y: Uint8Array, probability: Float32Array) {
  const order = Uint32Array.from(y.keys()).sort((a, b) => probability[b] - probability[a]);
  const hits: number[] = [];
  const answers: number[] = [];
  let ones = 0;
  for (let i = 0; i < order.length; i++) {
    ones += y[order[i]];
    if (i + 1 < order.length && probability[order[i + 1]] === probability[order[i]]) continue;
    hits.push(ones);
    answers.push(i + 1);
  }
  return { hits, answers, positives: ones, negatives: order.length - ones };
}

/** Recall of class 1 over the share of class 0 that is called 1; null where `y` holds one class. */
export function rocCurve(y: Uint8Array, probability: Float32Array): Curve | null {
  const { hits, answers, positives, negatives } = ranked(y, probability);
  if (positives === 0 || negatives === 0) return null;
  const recall = [0, ...hits.map((n) => n / positives)];
  const alarms = [0, ...hits.map((n, i) => (answers[i] - n) / negatives)];
  return { ...thin(alarms, recall), area: trapezoids(alarms, recall) };
}

/**
 * Precision over recall; the area is the average precision Σ (Rᵢ − Rᵢ₋₁)·Pᵢ, as in scikit-learn: a straight line between
 * points would promise too much. null without a row of class 1.
 */
export function precisionRecallCurve(y: Uint8Array, probability: Float32Array): Curve | null {
  const { hits, answers, positives } = ranked(y, probability);
  if (positives === 0) return null;
  const recall = [0, ...hits.map((n) => n / positives)];
  const found = hits.map((n, i) => n / answers[i]);
  const precision = [found[0], ...found];
  let area = 0;
  for (let i = 1; i < recall.length; i++) area += (recall[i] - recall[i - 1]) * precision[i];
  return { ...thin(recall, precision), area };
}

export function trapezoids(x: readonly number[], y: readonly number[]): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
}

/**
 * At most `most` of the points of a curve: those go first whose triangle with their neighbours is smallest (Visvalingam and
 * Whyatt 1993, with all triangles below a limit at once), so that the area hardly moves.
 */
export function thin(x: number[], y: number[], most = POINTS): { x: number[]; y: number[] } {
  let keep = x.map((_, i) => i);
  const twice = (a: number, b: number, c: number) =>
    Math.abs((x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a]));
  for (let limit = 1e-12; keep.length > most; limit *= 1.5) {
    const next = [keep[0]];
    let spare = keep.length - most;
    let skipped = false;
    for (let i = 1; i + 1 < keep.length; i++) {
      skipped = !skipped && spare > 0 && twice(next.at(-1)!, keep[i], keep[i + 1]) < limit;
      if (skipped) spare--;
      else next.push(keep[i]);
    }
    next.push(keep.at(-1)!);
    keep = next;
  }
  return { x: keep.map((i) => x[i]), y: keep.map((i) => y[i]) };
}

/** Bins of equally many rows by probability; rows of one probability stay together, so bins can be fewer and uneven. */
export function calibration(y: Uint8Array, probability: Float32Array, bins = 10): Calibration {
  const order = Uint32Array.from(y.keys()).sort((a, b) => probability[a] - probability[b]);
  const out: Calibration = { probability: [], share: [], rows: [], error: 0 };
  let from = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let to = Math.max(from, Math.round((bin * order.length) / bins));
    while (to > from && to < order.length && probability[order[to]] === probability[order[to - 1]]) to++;
    if (to === from) continue;
    let sum = 0;
    let ones = 0;
    for (let i = from; i < to; i++) {
      sum += probability[order[i]];
      ones += y[order[i]];
    }
    out.probability.push(sum / (to - from));
    out.share.push(ones / (to - from));
    out.rows.push(to - from);
    out.error += Math.abs(ones - sum) / order.length;
    from = to;
  }
  return out;
}

/** The answer is 1 where the probability exceeds the threshold. */
export function confusion(y: Uint8Array, probability: Float32Array, threshold = 0.5): Confusion {
  const out = { truePositive: 0, falsePositive: 0, trueNegative: 0, falseNegative: 0 };
  for (let i = 0; i < y.length; i++) {
    if (probability[i] > threshold) out[y[i] === 1 ? "truePositive" : "falsePositive"]++;
    else out[y[i] === 1 ? "falseNegative" : "trueNegative"]++;
  }
  return out;
}
