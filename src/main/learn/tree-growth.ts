import type { Random } from "../math/random.ts";
import { BINS, type Bins } from "./bins.ts";

/** A binary tree in depth-first order; node 0 is the root. */
export interface Tree {
  /** [node] feature tested, −1 in a leaf */
  feature: number[];
  /** [node] to the left where the feature is at most this */
  threshold: number[];
  left: number[];
  right: number[];
  /** [node] share of class 1 */
  share: number[];
  /** [node] fall of the Gini impurity by its split times rows, 0 in a leaf */
  gain: number[];
}

/** One class-1 row weighs this much more in a packed count: rows in the low 26 bits, class 1 above them. */
export const CLASS_1 = 2 ** 26;

/** What growing one tree needs; the arrays are reused from tree to tree. */
export interface Grower {
  bins: Bins;
  rows: number;
  /** features tried a node */
  tries: number;
  random: Random;
  /** [row] packed count of the row's draws */
  weight: Float64Array;
  /** drawn rows, those of one node adjacent */
  drawn: Uint32Array;
  spare: Uint32Array;
  /** in the order of the last draws */
  features: Uint16Array;
  /** [bin] packed counts */
  histogram: Float64Array;
  tree: Tree;
  /** best split of the node in hand, and its sum over both sides of (n₁² + n₀²)/n: the Gini impurity turned round */
  split: number;
  score: number;
}

export const emptyTree = (): Tree => ({
  feature: [],
  threshold: [],
  left: [],
  right: [],
  share: [],
  gain: [],
});

/** Grows the node of `drawn` rows from…to; returns its number. */
export function grow(grower: Grower, from: number, to: number, levels: number): number {
  const { weight, drawn, tree, bins, rows } = grower;
  let packed = 0;
  for (let i = from; i < to; i++) packed += weight[drawn[i]];
  const ones = Math.floor(packed / CLASS_1);
  const total = packed - ones * CLASS_1;
  const self = tree.feature.push(-1) - 1;
  tree.threshold.push(0);
  tree.left.push(0);
  tree.right.push(0);
  tree.share.push(ones / total);
  tree.gain.push(0);
  if (levels === 0 || ones === 0 || ones === total) return self;
  const best = bestSplit(grower, from, to, total, ones);
  if (best < 0) return self;
  const feature = Math.floor(best / BINS);
  const bin = best % BINS;
  const middle = partition(grower, bins.bin.subarray(feature * rows, (feature + 1) * rows), bin, from, to);
  tree.feature[self] = feature;
  tree.threshold[self] = bins.cuts[feature][bin];
  tree.gain[self] = grower.score - (ones ** 2 + (total - ones) ** 2) / total;
  tree.left[self] = grow(grower, from, middle, levels - 1);
  tree.right[self] = grow(grower, middle, to, levels - 1);
  return self;
}

/** Best split over `tries` random features that vary, as feature · 256 + bin; −1 where nothing separates. */
function bestSplit(grower: Grower, from: number, to: number, total: number, ones: number): number {
  const { features, random, tries } = grower;
  const zeros = total - ones;
  grower.split = -1;
  grower.score = ((ones * ones + zeros * zeros) / total) * (1 + 1e-12);
  let tried = 0;
  for (let k = 0; k < features.length && tried < tries; k++) {
    const pick = k + random.below(features.length - k);
    const feature = features[pick];
    features[pick] = features[k];
    features[k] = feature;
    fillHistogram(grower, feature, from, to);
    if (tryCuts(grower, feature, total, ones)) tried++;
  }
  return grower.split;
}

/** Takes the best cut of the feature in the histogram if it beats the split so far; false for a constant feature. */
function tryCuts(grower: Grower, feature: number, total: number, ones: number): boolean {
  const { histogram, bins } = grower;
  const last = bins.cuts[feature].length;
  let packed = 0;
  let varies = false;
  for (let bin = 0; bin < last; bin++) {
    if (histogram[bin] === 0) continue;
    packed += histogram[bin];
    const leftOnes = Math.floor(packed / CLASS_1);
    const left = packed - leftOnes * CLASS_1;
    const right = total - left;
    if (right === 0) break;
    varies = true;
    const leftZeros = left - leftOnes;
    const rightOnes = ones - leftOnes;
    const rightZeros = right - rightOnes;
    const score =
      (leftOnes * leftOnes + leftZeros * leftZeros) / left +
      (rightOnes * rightOnes + rightZeros * rightZeros) / right;
    if (score > grower.score) {
      grower.score = score;
      grower.split = feature * BINS + bin;
    }
  }
  return varies;
}

/** Packed counts of the node's rows in every bin of one feature. */
function fillHistogram(grower: Grower, feature: number, from: number, to: number): void {
  const { bins, rows, weight, drawn, histogram } = grower;
  const column = feature * rows;
  histogram.fill(0);
  for (let i = from; i < to; i++) {
    const row = drawn[i];
    histogram[bins.bin[column + row]] += weight[row];
  }
}

/** Brings the rows in bins up to `bin` to the front, in order; returns their end. */
function partition(
  { drawn, spare }: Grower,
  column: Uint8Array,
  bin: number,
  from: number,
  to: number,
): number {
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = drawn[i];
    if (column[row] <= bin) drawn[left++] = row;
    else spare[right++] = row;
  }
  drawn.set(spare.subarray(0, right), left);
  return left;
}
