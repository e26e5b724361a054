import { weightName } from "./network.ts";
import type { Tape } from "./tape.ts";

/** A layer written down once forward, and the way back through it. */
export interface Pass {
  output: string;
  /**
   * Takes the gradient by the output, puts those by the weights into `gradients` and returns the one by the input,
   * where it is wanted.
   */
  backward(gradient: string, gradients: Gradients, wanted: boolean): string | null;
}

/** Results that hold the gradient of some weights, by their name: equal shares of the rows, one after the other. */
export type Gradients = Map<string, string[]>;

type Activation = "linear" | "relu" | "tanh" | "sigmoid";
const OPERATOR = { relu: "Relu", tanh: "Tanh", sigmoid: "Sigmoid" } as const;

export function activate(tape: Tape, sum: string, activation: Activation): string {
  return activation === "linear" ? sum : tape.op(OPERATOR[activation], [sum]);
}

/** Gradient by the sum from the gradient by the activation's result y. */
function throughActivation(tape: Tape, gradient: string, y: string, activation: Activation): string {
  if (activation === "linear") return gradient;
  // y is 0 or positive: its sign is the slope
  if (activation === "relu") return tape.mul(gradient, tape.op("Sign", [y]));
  if (activation === "tanh") return tape.mul(gradient, tape.sub(tape.number(1), tape.mul(y, y)));
  return tape.mul(gradient, tape.sub(y, tape.mul(y, y)));
}

/** A dense layer; over a sequence it works on each step. `work` counts the multiplications of one product. */
export function dense(tape: Tape, x: string, index: number, activation: Activation, work: number): Pass {
  const weight = weightName(index, "weight");
  const bias = weightName(index, "bias");
  const output = activate(tape, tape.gemm(x, weight, work, { c: bias, transB: 1 }), activation);
  return {
    output,
    backward(gradient, gradients, wanted) {
      const bySum = throughActivation(tape, gradient, output, activation);
      gradients.set(weight, [tape.gemm(bySum, x, work, { transA: 1 })]);
      gradients.set(bias, [tape.sum(bySum, 0)]);
      return wanted ? tape.gemm(bySum, weight, work) : null;
    },
  };
}

/** Name of a dropout layer's mask: 0 where a value is dropped, 1/(1 − rate) elsewhere. */
export const maskName = (index: number) => `mask${index}`;

export function dropout(tape: Tape, x: string, index: number): Pass {
  const mask = maskName(index);
  return {
    output: tape.mul(x, mask),
    backward: (gradient, _, wanted) => (wanted ? tape.mul(gradient, mask) : null),
  };
}
