import type { Plan } from "../../../../src/main/learn/train/network.ts";
import type { Samples } from "../../../../src/main/learn/train/samples.ts";

/** The network in double precision, one value at a time, as the formulas are written in the textbooks. */
type Sequence = number[][];

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const ACTIVATION = {
  linear: (z: number) => z,
  relu: (z: number) => Math.max(0, z),
  tanh: Math.tanh,
  sigmoid,
};

export type Masks = Map<number, number[][]>;

/** Outputs of one row x[step][feature]; `masks` [layer] → [step][unit] stand for dropout. */
export function twinOutput(plan: Plan, weights: ArrayLike<number>, x: Sequence, masks?: Masks): number[] {
  const at = (name: string) => plan.parameters.find((parameter) => parameter.name === name)!;
  let flow = x;
  plan.network.layers.forEach((layer, index) => {
    if (layer.kind === "dropout") {
      const mask = masks?.get(index);
      if (mask) flow = flow.map((row, t) => row.map((value, i) => value * mask[t][i]));
    } else if (layer.kind === "dense") {
      const { from: w } = at(`layer${index}.weight`);
      const { from: b } = at(`layer${index}.bias`);
      flow = flow.map((row) =>
        Array.from({ length: layer.units }, (_, unit) => {
          let sum = weights[b + unit];
          row.forEach((value, i) => (sum += value * weights[w + unit * row.length + i]));
          return ACTIVATION[layer.activation](sum);
        }),
      );
    } else {
      const walk = (side: string, order: number[]) => {
        const { from: w } = at(`layer${index}.${side}.input`);
        const { from: u } = at(`layer${index}.${side}.recurrent`);
        const { from: b } = at(`layer${index}.${side}.bias`);
        const n = layer.units;
        let hidden = Array.from({ length: n }, () => 0);
        let cell = hidden;
        const states: Sequence = [];
        for (const t of order) {
          const sum = (gate: number, unit: number) => {
            const column = gate * n + unit;
            let z = weights[b + column];
            flow[t].forEach((value, i) => (z += value * weights[w + column * flow[t].length + i]));
            hidden.forEach((value, i) => (z += value * weights[u + column * n + i]));
            return z;
          };
          cell = cell.map(
            (before, unit) =>
              sigmoid(sum(1, unit)) * before + sigmoid(sum(0, unit)) * Math.tanh(sum(3, unit)),
          );
          const after = cell;
          hidden = hidden.map((_, unit) => sigmoid(sum(2, unit)) * Math.tanh(after[unit]));
          states[t] = hidden;
        }
        return { states, last: hidden };
      };
      const onward = flow.map((_, t) => t);
      const sides = [walk("forward", onward)];
      if (layer.bidirectional) sides.push(walk("backward", onward.toReversed()));
      flow = layer.sequences
        ? onward.map((t) => sides.flatMap(({ states }) => states[t]))
        : [sides.flatMap(({ last }) => last)];
    }
  });
  return flow[0];
}

/** The rows of the samples, one by one. */
export function rowsOf({ network: { input } }: Plan, { x, rows }: Samples): Sequence[] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: input.steps }, (__, step) =>
      Array.from({ length: input.features }, (___, i) => x[(row * input.steps + step) * input.features + i]),
    ),
  );
}

/** Mean loss of outputs [row][unit], by the definitions: squares, or logarithms of probabilities. */
export function twinLoss({ network }: Plan, outputs: number[][], { y }: Samples): number {
  let sum = 0;
  outputs.forEach((output, row) => {
    if (network.loss === "cross-entropy") {
      const total = output.reduce((all, z) => all + Math.exp(z), 0);
      sum -= Math.log(Math.exp(output[y[row]]) / total);
      return;
    }
    output.forEach((z, i) => {
      const target = y[row * output.length + i];
      const p = sigmoid(z);
      const part =
        network.loss === "mse" ? (z - target) ** 2 : -(target * Math.log(p) + (1 - target) * Math.log(1 - p));
      sum += part / output.length;
    });
  });
  return sum / outputs.length;
}
