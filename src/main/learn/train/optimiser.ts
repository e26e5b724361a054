import type { Tape } from "./tape.ts";

export type Optimiser =
  | { kind: "adam"; rate: number; beta1: number; beta2: number; epsilon: number }
  | { kind: "sgd"; rate: number; momentum: number };

/** Names of the flat vectors [weights] that the optimiser keeps from step to step. */
export function memoryNames({ kind }: Optimiser): string[] {
  return kind === "adam" ? ["mean", "square"] : ["velocity"];
}

/** Scales the gradient down to a greatest Euclidean norm (Pascanu et al. 2013), over all weights at once. */
export function clip(tape: Tape, gradient: string, norm: number): string {
  const square = tape.op("ReduceSumSquare", [gradient]);
  const ratio = tape.op("Div", [tape.number(norm), tape.op("Sqrt", [square])]);
  return tape.mul(gradient, tape.op("Min", [ratio, tape.number(1)]));
}

/**
 * One step on the flat vectors `weights`, `gradient` and the optimiser's own; results are named `next …`. Adam
 * (Kingma and Ba 2015, algorithm 1) keeps its two means undivided by 1 − β, which the scalars of `stepScalars` make up
 * for. Momentum as in PyTorch: velocity ← momentum·velocity + gradient.
 */
export function descend(tape: Tape, gradient: string, optimiser: Optimiser): void {
  const next = (type: string, a: string, b: string, name: string) =>
    tape.op(type, [a, b], [], `next ${name}`);
  if (optimiser.kind === "sgd") {
    const kept = tape.mul("velocity", tape.number(optimiser.momentum));
    const velocity = next("Add", kept, gradient, "velocity");
    next("Sub", "weights", tape.mul(velocity, "pace"), "weights");
    return;
  }
  const kept = tape.mul("mean", tape.number(optimiser.beta1));
  const mean = next("Add", kept, gradient, "mean");
  const keptSquare = tape.mul("square", tape.number(optimiser.beta2));
  const square = next("Add", keptSquare, tape.mul(gradient, gradient), "square");
  const root = tape.add(tape.op("Sqrt", [square]), "floor");
  next("Sub", "weights", tape.mul(tape.op("Div", [mean, root]), "pace"), "weights");
}

/** What the graph is given at step `step` (from 1): `pace` multiplies the direction, `floor` is added to Adam's root. */
export function stepScalars(
  optimiser: Optimiser,
  rate: number,
  step: number,
): { pace: number; floor: number } {
  if (optimiser.kind === "sgd") return { pace: rate, floor: 0 };
  const { beta1, beta2, epsilon } = optimiser;
  const scale = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
  return { pace: (rate * (1 - beta1)) / (1 - beta1 ** step) / scale, floor: epsilon / scale };
}
