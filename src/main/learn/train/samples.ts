import type { Problem } from "../../../shared/errors.ts";
import type { Random } from "../../math/random.ts";
import { outputWidth, type Plan } from "./network.ts";

export interface Samples {
  /** [row × step × feature] */
  x: Float32Array;
  /** [row × output]; for cross-entropy an Int32Array of classes [row], from 0 */
  y: Float32Array | Int32Array;
  rows: number;
}

/** Memory of one batch, as the training graph reads it. */
export interface Batch {
  rows: number;
  /** [step × row × feature] */
  x: Float32Array<ArrayBuffer>;
  /** [row × output] */
  y: Float32Array<ArrayBuffer>;
  /** [row] 1/(rows in use), 0 for padding */
  share: Float32Array<ArrayBuffer>;
}

export function makeBatch(plan: Plan, rows: number): Batch {
  const { steps, features } = plan.network.input;
  return {
    rows,
    x: new Float32Array(steps * rows * features),
    y: new Float32Array(rows * outputWidth(plan)),
    share: new Float32Array(rows),
  };
}

/** Copies the rows order[from…to) of the samples into the batch; what is left of it is padding. */
export function fillBatch(
  batch: Batch,
  plan: Plan,
  samples: Samples,
  order: Uint32Array,
  from: number,
  to: number,
): void {
  const { steps, features } = plan.network.input;
  const width = outputWidth(plan);
  const used = to - from;
  if (used < batch.rows) batch.x.fill(0);
  batch.y.fill(0);
  batch.share.fill(0).fill(1 / used, 0, used);
  for (let row = 0; row < used; row++) {
    const source = order[from + row];
    for (let step = 0; step < steps; step++) {
      const at = (source * steps + step) * features;
      const into = (step * batch.rows + row) * features;
      for (let i = 0; i < features; i++) batch.x[into + i] = samples.x[at + i];
    }
    if (plan.network.loss === "cross-entropy") batch.y[row * width + samples.y[source]] = 1;
    else for (let i = 0; i < width; i++) batch.y[row * width + i] = samples.y[source * width + i];
  }
}

/** FNV-1a over the 32-bit words of all columns: tells one data set from another. */
export function fingerprint(...columns: (Float32Array | Int32Array)[]): number {
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, length } of columns)
    for (const word of new Uint32Array(buffer, byteOffset, length)) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}

/** Draws a mask anew: 0 with probability `rate` (to 2⁻¹⁶), 1/(1 − rate) otherwise. */
export function drawMask(mask: Float32Array, rate: number, random: Random): void {
  const least = Math.round(rate * 65536);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i += 2) {
    const bits = random.bits();
    mask[i] = (bits & 0xffff) < least ? 0 : kept;
    if (i + 1 < mask.length) mask[i + 1] = bits >>> 16 < least ? 0 : kept;
  }
}

/** Everything that is wrong with a set of samples. */
export function sampleProblems(plan: Plan, { x, y, rows }: Samples, field: string): Problem[] {
  const problems: Problem[] = [];
  const { input, loss } = plan.network;
  const width = outputWidth(plan);
  const say = (part: string, reason: string, remedy: string) =>
    problems.push({ field: `${field}.${part}`, reason, remedy });
  if (!Number.isInteger(rows) || rows < 1) say("rows", `${rows} rows`, "Give at least one row");
  const size = rows * input.steps * input.features;
  if (x.length !== size) say("x", `${x.length} values, not ${size}`, "Give rows × steps × features values");
  if (!x.every(Number.isFinite)) say("x", "a value is not finite", "Leave out rows with missing values");
  const classes = loss === "cross-entropy";
  const targets = classes ? rows : rows * width;
  if (y.length !== targets)
    say("y", `${y.length} targets, not ${targets}`, "Give one target for each output and row");
  if (classes && !(y instanceof Int32Array))
    say("y", "not an Int32Array", "Give the class of each row as an Int32Array");
  if (classes && !y.every((k) => k >= 0 && k < width))
    say("y", `a class is outside 0…${width - 1}`, "Give the last layer one unit for each class");
  if (!classes && !y.every(Number.isFinite))
    say("y", "a target is not finite", "Leave out rows with missing values");
  if (loss === "bce" && !y.every((value) => value >= 0 && value <= 1))
    say("y", "a target is outside 0…1", "Give probabilities, 0 or 1");
  return problems;
}
