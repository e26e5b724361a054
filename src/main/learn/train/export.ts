import { int, ints } from "../graph.ts";
import { directions, outputWidth, weightName, type Layer, type Plan } from "./network.ts";
import { activate } from "./pass.ts";
import { Tape } from "./tape.ts";

/** Our gates stand as input, forget, output, candidate; ONNX wants input, output, forget, cell. */
const GATES = [0, 2, 1, 3];

/** Weights [4·units × inputs] with their gates reordered. */
function reordered(values: Float32Array): Float32Array {
  const out = new Float32Array(values.length);
  const size = values.length / 4;
  GATES.forEach((gate, i) => out.set(values.subarray(gate * size, (gate + 1) * size), i * size));
  return out;
}

interface Writer {
  tape: Tape;
  /** weights by name */
  value: (name: string) => Float32Array;
}

/** One `LSTM` operator on x [steps × rows × width]; hands on [steps × rows × width] or [rows × width]. */
function lstmOperator(
  { tape, value }: Writer,
  x: string,
  width: number,
  index: number,
  { units, bidirectional, sequences }: Extract<Layer, { kind: "lstm" }>,
): string {
  const sides = directions(bidirectional);
  const all = (kind: string, dims: number[], of: (side: string) => Float32Array) => {
    const size = dims.reduce((product, dim) => product * dim, 1);
    const values = new Float32Array(sides.length * size);
    sides.forEach((side, i) => values.set(of(side), i * size));
    return tape.constant(weightName(index, kind), [sides.length, ...dims], values);
  };
  const of = (side: string, part: string) => value(weightName(index, side, part));
  const w = all("W", [4 * units, width], (side) => reordered(of(side, "input")));
  const r = all("R", [4 * units, units], (side) => reordered(of(side, "recurrent")));
  // the operator adds a second bias, which stays 0
  const b = all("B", [8 * units], (side) => reordered(of(side, "bias")));
  const states = tape.lstm([x, w, r, b], units, bidirectional, sequences);
  // [steps × directions × rows × units] or [directions × rows × units], the directions to the end
  const order = sequences ? [0, 2, 1, 3] : [1, 0, 2];
  const beside = tape.op("Transpose", [states], [ints("perm", order)]);
  const shape = sequences ? [0, 0, sides.length * units] : [0, sides.length * units];
  return tape.op("Reshape", [beside, tape.whole(shape)]);
}

/** Name of the exported model's output. */
export const outputName = ({ network }: Plan) => (network.loss === "mse" ? "forecast" : "probability");

/**
 * The network in standard operators with its weights inside: input `x` [N × steps × features], or [N × features] where
 * no layer is an LSTM; output `forecast`, or `probability` behind a sigmoid or softmax, [N × width].
 */
export function inferenceGraph(plan: Plan, weights: Float32Array): Uint8Array<ArrayBuffer> {
  const { network, parameters, shapes } = plan;
  const { steps, features } = network.input;
  const tape = new Tape();
  const places = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const value = (name: string) => {
    const { from, size } = places.get(name)!;
    return weights.subarray(from, from + size);
  };
  const recurrent = network.layers.some(({ kind }) => kind === "lstm");
  let deep = recurrent;
  let x = recurrent ? tape.op("Transpose", ["x"], [ints("perm", [1, 0, 2])]) : "x";
  network.layers.forEach((layer, i) => {
    if (layer.kind === "lstm") {
      x = lstmOperator({ tape, value }, x, shapes[i].width, i, layer);
      deep = layer.sequences;
    } else if (layer.kind === "dense") {
      const name = weightName(i, "weight");
      const w = tape.constant(name, [layer.units, shapes[i].width], value(name));
      const b = tape.constant(weightName(i, "bias"), [layer.units], value(weightName(i, "bias")));
      const sum = deep
        ? tape.add(tape.op("MatMul", [x, tape.op("Transpose", [w], [ints("perm", [1, 0])])]), b)
        : tape.gemm(x, w, 0, { c: b, transB: 1 });
      x = activate(tape, sum, layer.activation);
    }
  });
  const name = outputName(plan);
  if (network.loss === "bce") tape.op("Sigmoid", [x], [], name);
  else if (network.loss === "cross-entropy") tape.op("Softmax", [x], [int("axis", 1)], name);
  else tape.op("Identity", [x], [], name);
  return tape.bytes(
    "network",
    [{ name: "x", dims: recurrent ? ["N", steps, features] : ["N", features] }],
    [{ name, dims: ["N", outputWidth(plan)] }],
  );
}
