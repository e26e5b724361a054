import { Cancelled } from "../../shared/errors.ts";

/** A trained C-SVC with the kernel exp(−gamma·|a − b|²): decision = Σ coefficient·kernel − rho. */
export interface SupportVectors {
  /** rows of the training set with a coefficient other than 0, ascending */
  rows: Uint32Array;
  /** [support vector] ±alpha, positive for class 1 */
  coefficient: Float64Array;
  rho: number;
  iterations: number;
}

const TOLERANCE = 1e-3;
const TAU = 1e-12;
/** Kernel values kept, 4 bytes each: all of 4,000 rows, a part of 10,000. */
const CACHE_VALUES = 16_000_000;

/**
 * Sequential minimal optimisation with second-order choice of the pair (Fan, Chen and Lin, JMLR 2005), the solver
 * and stopping rule of libsvm, without its shrinking: `z` [row × feature], `y` 0 or 1, box 0…c.
 */
export function solveSvm(
  z: Float32Array,
  y: Uint8Array,
  width: number,
  c: number,
  gamma: number,
  shouldStop?: () => boolean,
): SupportVectors {
  const rows = y.length;
  const kernel = kernelRows(z, rows, width, gamma);
  const sign = Int8Array.from(y, (v) => (v === 1 ? 1 : -1));
  const alpha = new Float64Array(rows);
  /** minus sign·gradient of the dual: the score that the pair is chosen by */
  const score = Float64Array.from(sign);
  let iterations = 0;
  for (;;) {
    if (iterations++ % 128 === 0 && shouldStop?.()) throw new Cancelled();
    const i = mostViolating(score, alpha, sign, c);
    if (i < 0) break;
    const rowI = kernel(i);
    const j = bestPartner(score, alpha, sign, c, score[i], rowI);
    if (j < 0) break;
    const rowJ = kernel(j, i);
    // alpha_i grows by sign_i·step and alpha_j falls by sign_j·step, as far as the box lets both.
    const curve = Math.max(2 - 2 * rowI[j], TAU);
    const room = Math.min(sign[i] > 0 ? c - alpha[i] : alpha[i], sign[j] > 0 ? alpha[j] : c - alpha[j]);
    const step = Math.min((score[i] - score[j]) / curve, room);
    alpha[i] = clip(alpha[i] + sign[i] * step, c);
    alpha[j] = clip(alpha[j] - sign[j] * step, c);
    for (let t = 0; t < rows; t++) score[t] -= step * (rowI[t] - rowJ[t]);
  }
  const support = Uint32Array.from(alpha.keys()).filter((t) => alpha[t] > 0);
  return {
    rows: support,
    coefficient: Float64Array.from(support, (t) => sign[t] * alpha[t]),
    rho: threshold(score, alpha, sign, c),
    iterations,
  };
}

/** Onto the bounds where rounding left it a hair away. */
const clip = (alpha: number, c: number) => (alpha < c * 1e-12 ? 0 : alpha > c * (1 - 1e-12) ? c : alpha);

/** The row that may still move up and has the greatest score. */
function mostViolating(score: Float64Array, alpha: Float64Array, sign: Int8Array, c: number): number {
  let most = -Infinity;
  let row = -1;
  for (let t = 0; t < score.length; t++) {
    if (score[t] > most && (sign[t] > 0 ? alpha[t] < c : alpha[t] > 0)) {
      most = score[t];
      row = t;
    }
  }
  return row;
}

/** The row that may still move down and lowers the dual most with the first; −1 where none violates by more than the tolerance. */
function bestPartner(
  score: Float64Array,
  alpha: Float64Array,
  sign: Int8Array,
  c: number,
  top: number,
  kernelRow: Float32Array,
): number {
  let least = Infinity;
  let most = 0;
  let row = -1;
  for (let t = 0; t < score.length; t++) {
    if (sign[t] > 0 ? alpha[t] === 0 : alpha[t] === c) continue;
    if (score[t] < least) least = score[t];
    const gap = top - score[t];
    if (gap <= 0) continue;
    const curve = 2 - 2 * kernelRow[t];
    const gain = (gap * gap) / (curve > TAU ? curve : TAU);
    if (gain > most) {
      most = gain;
      row = t;
    }
  }
  return top - least > TOLERANCE ? row : -1;
}

/** Mean score of the rows strictly inside the box; without any, half-way between the bounds that the others give. */
function threshold(score: Float64Array, alpha: Float64Array, sign: Int8Array, c: number): number {
  let sum = 0;
  let free = 0;
  let up = -Infinity;
  let down = Infinity;
  for (let t = 0; t < score.length; t++) {
    if (alpha[t] > 0 && alpha[t] < c) {
      sum += score[t];
      free++;
    } else if (sign[t] > 0 === (alpha[t] === 0)) up = Math.max(up, score[t]);
    else down = Math.min(down, score[t]);
  }
  return -(free > 0 ? sum / free : (up + down) / 2);
}

/** Rows of the kernel matrix, computed when first asked for; the oldest give way, never row `keep`. */
function kernelRows(z: Float32Array, rows: number, width: number, gamma: number) {
  const slots = Math.max(2, Math.min(rows, Math.floor(CACHE_VALUES / rows)));
  const cache: Float32Array[] = [];
  const owner = new Int32Array(slots).fill(-1);
  const slotOf = new Int32Array(rows).fill(-1);
  const norm = new Float64Array(rows);
  for (let i = 0; i < rows; i++) norm[i] = dot(z, width, i, i);
  let next = 0;
  return (row: number, keep = -1): Float32Array => {
    if (slotOf[row] >= 0) return cache[slotOf[row]];
    if (owner[next] === keep && keep >= 0) next = (next + 1) % slots;
    if (owner[next] >= 0) slotOf[owner[next]] = -1;
    owner[next] = row;
    slotOf[row] = next;
    const out = (cache[next] ??= new Float32Array(rows));
    next = (next + 1) % slots;
    for (let i = 0; i < rows; i++) {
      const square = norm[row] + norm[i] - 2 * dot(z, width, row, i);
      out[i] = square > 0 ? Math.exp(-gamma * square) : 1;
    }
    return out;
  };
}

function dot(z: Float32Array, width: number, i: number, j: number): number {
  let sum = 0;
  for (let p = i * width, q = j * width, end = p + width; p < end; p++, q++) sum += z[p] * z[q];
  return sum;
}
