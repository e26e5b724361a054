import { BINS, type Bins } from "./bins.ts";
import type { KernelMemory } from "./boosted-kernel.ts";

/** Trees one after another, the nodes of each in depth-first order. */
export interface Ensemble {
  /** [tree] its first node */
  root: number[];
  /** [node] feature tested, −1 in a leaf */
  feature: number[];
  /** [node] to the left where the feature is at most this */
  threshold: number[];
  left: number[];
  right: number[];
  /** [node] what a leaf adds to the score */
  value: number[];
  /** [node] fall of the loss by its split, 0 in a leaf */
  gain: number[];
}

export const emptyEnsemble = (): Ensemble => ({
  root: [],
  feature: [],
  threshold: [],
  left: [],
  right: [],
  value: [],
  gain: [],
});

/** What growing one tree needs; the arrays are reused from tree to tree. */
export interface BoostGrower {
  bins: Bins;
  rows: number;
  /** its slopes are the first and second derivative of the loss by the score; 0 of rows that the tree does not see */
  kernel: KernelMemory;
  spare: Uint32Array;
  /** features that the tree may test */
  chosen: Uint16Array;
  ensemble: Ensemble;
  /** [row] running score, to which every leaf adds its value */
  score: Float32Array;
  rate: number;
  lambda: number;
  minChildWeight: number;
  /** best split of the node in hand, as feature · 256 + bin, and its gain; −1 none */
  split: number;
  gain: number;
}

/** xgboost's kRtEps: a split must gain more. */
const LEAST_GAIN = 1e-6;
/** What subtraction leaves in an empty bin is far below this. */
const LEAST_WEIGHT = 1e-6;

/** Grows one tree from all rows. */
export function growBoosted(grower: BoostGrower, depth: number): void {
  const { ensemble, rows } = grower;
  const { order, slope, histograms } = grower.kernel;
  for (let i = 0; i < rows; i++) order[i] = i;
  ensemble.root.push(ensemble.feature.length);
  if (depth > 0) fillHistogram(grower, histograms[0], 0, rows);
  let g = 0;
  let h = 0;
  for (let i = 0; i < slope.length; i += 2) {
    g += slope[i];
    h += slope[i + 1];
  }
  growNode(grower, 0, rows, 0, depth, g, h);
}

/**
 * Grows the node of rows order[from…to), whose sums of derivatives are g and h and whose histogram stands at its level;
 * returns its number. Of two children only the one with fewer rows is counted: the other is the difference.
 */
function growNode(
  grower: BoostGrower,
  from: number,
  to: number,
  level: number,
  depth: number,
  g: number,
  h: number,
): number {
  const { ensemble, bins, lambda, rate } = grower;
  const { histograms } = grower.kernel;
  const self = ensemble.feature.push(-1) - 1;
  ensemble.threshold.push(0);
  ensemble.left.push(0);
  ensemble.right.push(0);
  ensemble.value.push(0);
  ensemble.gain.push(0);
  if (level < depth) bestSplit(grower, histograms[level], g, h);
  if (level === depth || grower.split < 0) {
    const value = Math.fround((-rate * g) / (h + lambda));
    ensemble.value[self] = value;
    const { score } = grower;
    const { order } = grower.kernel;
    for (let i = from; i < to; i++) score[order[i]] += value;
    return self;
  }
  const feature = Math.floor(grower.split / BINS);
  const bin = grower.split % BINS;
  ensemble.feature[self] = feature;
  ensemble.threshold[self] = bins.cuts[feature][bin];
  ensemble.gain[self] = grower.gain;
  const [leftG, leftH] = sumUpTo(histograms[level], feature, bin);
  const middle = partition(grower, feature, bin, from, to);
  const leftIsSmall = middle - from <= to - middle;
  const deeper = level + 1 < depth;
  if (deeper) {
    if (leftIsSmall) fillHistogram(grower, histograms[level + 1], from, middle);
    else fillHistogram(grower, histograms[level + 1], middle, to);
    subtract(grower, histograms[level], histograms[level + 1]);
  }
  // The small child's histogram stands one level down and its descendants overwrite only what is below; the large one
  // then takes that place.
  const small = leftIsSmall
    ? growNode(grower, from, middle, level + 1, depth, leftG, leftH)
    : growNode(grower, middle, to, level + 1, depth, g - leftG, h - leftH);
  if (deeper) swap(histograms, level, level + 1);
  const large = leftIsSmall
    ? growNode(grower, middle, to, level + 1, depth, g - leftG, h - leftH)
    : growNode(grower, from, middle, level + 1, depth, leftG, leftH);
  ensemble.left[self] = leftIsSmall ? small : large;
  ensemble.right[self] = leftIsSmall ? large : small;
  return self;
}

function swap(histograms: Float64Array[], a: number, b: number): void {
  const keep = histograms[a];
  histograms[a] = histograms[b];
  histograms[b] = keep;
}

/** Sums of both derivatives of the node's rows in every bin of the chosen features; of the others whatever comes. */
function fillHistogram({ kernel, chosen }: BoostGrower, out: Float64Array, from: number, to: number): void {
  for (const f of chosen) out.fill(0, f * BINS * 2, (f + 1) * BINS * 2);
  kernel.addRows(out, from, to);
}

/** whole −= part, over the chosen features. */
function subtract({ chosen }: BoostGrower, whole: Float64Array, part: Float64Array): void {
  for (const f of chosen) {
    for (let i = f * BINS * 2, end = i + BINS * 2; i < end; i++) whole[i] -= part[i];
  }
}

/**
 * Best cut by the second-order gain ½(G_l²/(H_l + λ) + G_r²/(H_r + λ) − G²/(H + λ)) of Chen and Guestrin 2016, eq. 7
 * (twice that is kept, as xgboost reports it).
 */
function bestSplit(grower: BoostGrower, histogram: Float64Array, g: number, h: number): void {
  const { bins, chosen, lambda } = grower;
  const leastWeight = Math.max(grower.minChildWeight, LEAST_WEIGHT);
  const parent = (g * g) / (h + lambda);
  let split = -1;
  let gain = LEAST_GAIN;
  for (const feature of chosen) {
    const last = bins.cuts[feature].length;
    let leftG = 0;
    let leftH = 0;
    let at = feature * BINS * 2;
    for (let bin = 0; bin < last; bin++, at += 2) {
      const binH = histogram[at + 1];
      if (binH === 0) continue;
      leftG += histogram[at];
      leftH += binH;
      if (leftH < leastWeight) continue;
      const rightH = h - leftH;
      if (rightH < leastWeight) break;
      const rightG = g - leftG;
      const found = (leftG * leftG) / (leftH + lambda) + (rightG * rightG) / (rightH + lambda) - parent;
      if (found > gain) {
        gain = found;
        split = feature * BINS + bin;
      }
    }
  }
  grower.split = split;
  grower.gain = gain;
}

function sumUpTo(histogram: Float64Array, feature: number, bin: number): [number, number] {
  let g = 0;
  let h = 0;
  for (let at = feature * BINS * 2, end = at + 2 * bin; at <= end; at += 2) {
    g += histogram[at];
    h += histogram[at + 1];
  }
  return [g, h];
}

/** Brings the rows in bins up to `bin` to the front, in order; returns their end. */
function partition(grower: BoostGrower, feature: number, bin: number, from: number, to: number): number {
  const { spare, bins, rows } = grower;
  const { order } = grower.kernel;
  const column = feature * rows;
  const of = bins.bin;
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = order[i];
    if (of[column + row] <= bin) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}
