import { directions, weightName, type Shape } from "./network.ts";
import type { Gradients, Pass } from "./pass.ts";
import type { Tape } from "./tape.ts";

/** What one direction of one step leaves behind for the way back. */
interface Step {
  /** [rows × 3·units] input, forget and output gate */
  gates: string;
  input: string;
  forget: string;
  output: string;
  /** tanh of the candidate and of the cell */
  candidate: string;
  squashed: string;
  /** cell and hidden state before this step; none before the first */
  cellBefore?: string;
  hiddenBefore?: string;
}

interface Run {
  tape: Tape;
  /** [steps·rows × width] */
  x: string;
  /** prefix of the weights' names */
  weight: (part: string) => string;
  units: number;
  /** of the batch */
  rows: number;
  /** of x */
  width: number;
  /** places of the steps in the order in which they are walked */
  order: number[];
}

/**
 * One direction (Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; no peepholes, the state
 * starts from 0). Rows of the weights: input, forget and output gate, then the candidate.
 */
function forward({ tape, x, weight, units, rows, width, order }: Run): { hidden: string[]; steps: Step[] } {
  const work = rows * 4 * units;
  const all = tape.gemm(x, weight("input"), order.length * work * width, { c: weight("bias"), transB: 1 });
  const sums = tape.split(all, 0, order.length);
  const hidden: string[] = [];
  const steps: Step[] = [];
  let hiddenBefore: string | undefined;
  let cellBefore: string | undefined;
  for (const t of order) {
    const sum = hiddenBefore
      ? tape.gemm(hiddenBefore, weight("recurrent"), work * units, { c: sums[t], transB: 1 })
      : sums[t];
    const [gateSum, candidateSum] = tape.split(sum, 1, 2, [3 * units, units]);
    const gates = tape.op("Sigmoid", [gateSum]);
    const [input, forget, output] = tape.split(gates, 1, 3);
    const candidate = tape.op("Tanh", [candidateSum]);
    const fresh = tape.mul(input, candidate);
    const cell = cellBefore ? tape.add(fresh, tape.mul(forget, cellBefore)) : fresh;
    const squashed = tape.op("Tanh", [cell]);
    steps[t] = { gates, input, forget, output, candidate, squashed, cellBefore, hiddenBefore };
    hidden[t] = tape.mul(output, squashed);
    hiddenBefore = hidden[t];
    cellBefore = cell;
  }
  return { hidden, steps };
}

/**
 * From so many units up each gate's share of the weights' gradient is a product of its own: its results then stay in the
 * cache while the sum over the batch runs over them several times.
 */
const WIDE_UNITS = 512;

/** aᵀ·b, by gates where they are wide; `work` counts the multiplications. */
function weightGradient(tape: Tape, a: string, b: string, units: number, work: number): string[] {
  const gates = tape.split(a, 1, units < WIDE_UNITS ? 1 : 4);
  return gates.map((gate) => tape.gemm(gate, b, work / gates.length, { transA: 1 }));
}

/** g·(1 − y²), the way back through y = tanh. */
function throughTanh(tape: Tape, gradient: string, y: string): string {
  return tape.mul(gradient, tape.sub(tape.number(1), tape.mul(y, y)));
}

/**
 * The way back through one direction, step by step from its end; `gradients` [step] by the hidden states, where the
 * layers above use them. The gradients of the weights are one product over all steps together.
 */
function backward(run: Run, steps: Step[], gradients: (string | undefined)[], pass: BackPass): string | null {
  const { tape, weight, units, order } = run;
  const work = run.rows * 4 * units;
  const sums: string[] = [];
  const later: { hidden: string; sum: string }[] = [];
  let byHidden: string | undefined;
  let byCell: string | undefined;
  for (const t of order.toReversed()) {
    const { gates, input, forget, output, candidate, squashed, cellBefore, hiddenBefore } = steps[t];
    const outside = gradients[t];
    const h: string = byHidden && outside ? tape.add(byHidden, outside) : (byHidden ?? outside)!;
    const inner = throughTanh(tape, tape.mul(h, output), squashed);
    const c: string = byCell ? tape.add(inner, byCell) : inner;
    const byForget = cellBefore ? tape.mul(c, cellBefore) : tape.mul(c, tape.number(0));
    const byGates = tape.concat([tape.mul(c, candidate), byForget, tape.mul(h, squashed)], 1);
    const slope = tape.sub(gates, tape.mul(gates, gates));
    const byCandidate = throughTanh(tape, tape.mul(c, input), candidate);
    sums[t] = tape.concat([tape.mul(byGates, slope), byCandidate], 1);
    if (!hiddenBefore) break;
    later.push({ hidden: hiddenBefore, sum: sums[t] });
    byHidden = tape.gemm(sums[t], weight("recurrent"), work * units);
    byCell = tape.mul(c, forget);
  }
  const all = tape.concat(sums, 0);
  const inputWork = order.length * work * run.width;
  pass.gradients.set(weight("input"), weightGradient(tape, all, run.x, units, inputWork));
  pass.gradients.set(weight("bias"), [tape.sum(all, 0)]);
  if (later.length > 0) {
    const before = tape.concat(
      later.map(({ hidden }) => hidden),
      0,
    );
    const after = tape.concat(
      later.map(({ sum }) => sum),
      0,
    );
    const recurrentWork = later.length * work * units;
    pass.gradients.set(weight("recurrent"), weightGradient(tape, after, before, units, recurrentWork));
  }
  return pass.wanted ? tape.gemm(all, weight("input"), inputWork) : null;
}

interface BackPass {
  gradients: Gradients;
  wanted: boolean;
}

/** An LSTM layer: one or two directions, whose states stand side by side. */
export function lstm(
  tape: Tape,
  x: string,
  { steps, width }: Shape,
  rows: number,
  index: number,
  layer: { units: number; bidirectional: boolean; sequences: boolean },
): Pass {
  const onward = Array.from({ length: steps }, (_, t) => t);
  const sides = directions(layer.bidirectional).map((side) => {
    const order = side === "forward" ? onward : onward.toReversed();
    const weight = (part: string) => weightName(index, side, part);
    const run: Run = { tape, x, weight, units: layer.units, rows, width, order };
    return { run, last: order[steps - 1], ...forward(run) };
  });
  const output = tape.concat(
    sides.map(({ hidden, last }) => (layer.sequences ? tape.concat(hidden, 0) : hidden[last])),
    1,
  );
  return {
    output,
    backward(gradient, gradients, wanted) {
      const parts = tape.split(gradient, 1, sides.length);
      const inputs = sides.map(({ run, last, steps: walked }, side) => {
        const outside: (string | undefined)[] = [];
        if (layer.sequences) outside.push(...tape.split(parts[side], 0, steps));
        else outside[last] = parts[side];
        return backward(run, walked, outside, { gradients, wanted });
      });
      if (!wanted) return null;
      return inputs.length === 1 ? inputs[0] : tape.add(inputs[0]!, inputs[1]!);
    },
  };
}
