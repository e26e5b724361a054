import onnxProto from "onnx-proto";
import { int, node } from "../graph.ts";

const { onnx } = onnxProto;
const { INT64 } = onnx.TensorProto.DataType;

export interface WindowShape {
  rows: number;
  steps: number;
  features: number;
}

/** Windows [row × W × feature] with every sample's difference from the last one before it: [row × W × 2·feature]. */
export function besideLast(
  x: Float32Array,
  { rows, steps, features }: WindowShape,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(2 * x.length);
  for (let row = 0; row < rows; row++) {
    const last = ((row + 1) * steps - 1) * features;
    for (let step = 0; step < steps; step++) {
      const from = (row * steps + step) * features;
      for (let f = 0; f < features; f++) {
        out[2 * from + f] = x[from + f] - x[last + f];
        out[2 * from + features + f] = x[from + f];
      }
    }
  }
  return out;
}

/** Takes the target of each window's last sample off its targets [row × H], or puts it back (`sign` 1). */
export function shiftByLast(
  values: Float32Array,
  x: Float32Array,
  { rows, steps, features }: WindowShape,
  target: number,
  sign: 1 | -1,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(values.length);
  const ahead = values.length / rows;
  for (let row = 0; row < rows; row++) {
    const last = x[((row + 1) * steps - 1) * features + target];
    for (let h = 0; h < ahead; h++) out[row * ahead + h] = values[row * ahead + h] + sign * last;
  }
  return out;
}

const whole = (name: string, values: number[]) =>
  onnx.TensorProto.fromObject({
    name,
    dims: [values.length],
    dataType: INT64,
    rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
  });
const axis = (value: number) => [int("axis", value)];

/**
 * A model of what `besideLast` gives and of changes, made into one of raw windows and levels: makes its input itself and adds
 * the last sample's `features` to its outputs (one to all of them, or one to each).
 */
export function ontoLast(
  bytes: Uint8Array,
  { steps, features }: Omit<WindowShape, "rows">,
  added: number[],
  output: string,
): Uint8Array<ArrayBuffer> {
  const model = onnx.ModelProto.decode(bytes);
  const graph = model.graph!;
  for (const one of graph.node!) one.input = one.input!.map((name) => (name === "x" ? "beside" : name));
  graph.node!.at(-1)!.output = ["change"];
  graph.input![0].type!.tensorType!.shape!.dim![2].dimValue = features;
  const before = [
    node("Gather", ["x", "last step"], "last sample", axis(1)),
    node("Sub", ["x", "last sample"], "from last"),
    node("Concat", ["from last", "x"], "beside", axis(2)),
  ];
  const after = [
    node("Squeeze", ["last sample", "step axis"], "last"),
    node("Gather", ["last", "added"], "level", axis(1)),
    node("Add", ["change", "level"], output),
  ];
  const made = (nodes: typeof before) => nodes.map((one) => onnx.NodeProto.fromObject(one));
  graph.node = [...made(before), ...graph.node!, ...made(after)];
  graph.initializer!.push(whole("last step", [steps - 1]), whole("step axis", [1]), whole("added", added));
  // A copy of its own, which can be handed to another thread: the encoder writes into a shared pool.
  return new Uint8Array(onnx.ModelProto.encode(model).finish());
}
