import { int } from "../graph.ts";
import type { Network } from "./network.ts";
import type { Tape } from "./tape.ts";

/**
 * Loss of a batch and its gradient by the network's output. `share` [rows × 1] is what a row counts: one over the rows
 * of the batch, 0 for padding. Targets `y` [rows × width] are one-hot for cross-entropy.
 */
export function lossOf(tape: Tape, loss: Network["loss"], output: string, width: number) {
  if (loss === "mse") {
    const error = tape.sub(output, "y");
    const weighted = tape.mul(tape.mul(error, "share"), tape.number(1 / width));
    return { loss: total(tape, tape.mul(weighted, error)), gradient: tape.mul(weighted, tape.number(2)) };
  }
  if (loss === "cross-entropy") {
    const axis = [int("axis", 1)];
    const surprise = tape.mul(tape.op("LogSoftmax", [output], axis), "y");
    const gradient = tape.sub(tape.op("Softmax", [output], axis), "y");
    return {
      loss: total(tape, tape.op("Neg", [tape.mul(surprise, "share")])),
      gradient: tape.mul(gradient, "share"),
    };
  }
  const share = tape.mul("share", tape.number(1 / width));
  // softplus(z) − y·z
  const each = tape.sub(tape.op("Softplus", [output]), tape.mul(output, "y"));
  const gradient = tape.sub(tape.op("Sigmoid", [output]), "y");
  return { loss: total(tape, tape.mul(each, share)), gradient: tape.mul(gradient, share) };
}

function total(tape: Tape, values: string): string {
  return tape.op("ReduceSum", [values], [int("keepdims", 0)], "loss");
}

/** The same loss in double precision, summed over rows, of outputs [row × width]; and right answers, where any exist. */
export function scoreRows(
  loss: Network["loss"],
  outputs: Float32Array,
  targets: Float32Array,
  rows: number,
  width: number,
): { loss: number; right: number } {
  const score = { loss: 0, right: 0 };
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    if (loss === "cross-entropy") scoreClasses(score, outputs, targets, at, width);
    else
      for (let i = at; i < at + width; i++) {
        if (loss === "mse") score.loss += (outputs[i] - targets[i]) ** 2 / width;
        else {
          score.loss += (softplus(outputs[i]) - targets[i] * outputs[i]) / width;
          if (outputs[i] > 0 === targets[i] > 0.5) score.right += 1 / width;
        }
      }
  }
  return score;
}

const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

function scoreClasses(
  score: { loss: number; right: number },
  outputs: Float32Array,
  targets: Float32Array,
  at: number,
  width: number,
): void {
  let best = at;
  let wanted = at;
  for (let i = at; i < at + width; i++) {
    if (outputs[i] > outputs[best]) best = i;
    if (targets[i] === 1) wanted = i;
  }
  let sum = 0;
  for (let i = at; i < at + width; i++) sum += Math.exp(outputs[i] - outputs[best]);
  score.loss += Math.log(sum) + outputs[best] - outputs[wanted];
  if (best === wanted) score.right++;
}
