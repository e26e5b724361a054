import onnxProto from "onnx-proto";
import type { Scale } from "./scale.ts";

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;
const { FLOAT } = onnx.TensorProto.DataType;

export type Node = onnxProto.onnx.INodeProto;
export type Attribute = onnxProto.onnx.IAttributeProto;
export type Weights = onnxProto.onnx.ITensorProto;

export const int = (name: string, i: number): Attribute => ({ name, type: AttributeType.INT, i });
export const floats = (name: string, values: ArrayLike<number>): Attribute => ({
  name,
  type: AttributeType.FLOATS,
  floats: Array.from(values),
});
export const ints = (name: string, values: ArrayLike<number>): Attribute => ({
  name,
  type: AttributeType.INTS,
  ints: Array.from(values),
});
export const texts = (name: string, values: readonly string[]): Attribute => ({
  name,
  type: AttributeType.STRINGS,
  strings: values.map((v) => new TextEncoder().encode(v)),
});

/** One operation; `ml` takes it from the ai.onnx.ml set. */
export function node(
  opType: string,
  input: string[],
  output: string,
  attribute: Attribute[] = [],
  ml = false,
): Node {
  return { opType, input, output: [output], attribute, domain: ml ? "ai.onnx.ml" : "" };
}

/** A float32 constant; little-endian as the format wants it and every supported machine has it. */
export function weights(name: string, dims: number[], values: ArrayLike<number>): Weights {
  const data = Float32Array.from(values);
  return { name, dims, dataType: FLOAT, rawData: new Uint8Array(data.buffer) };
}

/** z = (x − mean)·factor; the mean goes first, so that float32 keeps small differences of great numbers. */
export const standardised = () => [
  node("Sub", ["x", "mean"], "centred"),
  node("Mul", ["centred", "factor"], "z"),
];
export const scaleWeights = ({ mean, factor }: Scale) => [
  weights("mean", [mean.length], mean),
  weights("factor", [factor.length], factor),
];

function port(name: string, width: number) {
  const shape = { dim: [{ dimParam: "N" }, { dimValue: width }] };
  return { name, type: { tensorType: { elemType: FLOAT, shape } } };
}

/** Bytes of a model with input `x` [N × width] and one output [N × 1]. */
export function modelBytes(
  name: string,
  width: number,
  nodes: Node[],
  initializer: Weights[],
  output = "probability",
): Uint8Array {
  const model = onnx.ModelProto.fromObject({
    irVersion: 8,
    producerName: "beamwalk",
    opsetImport: [
      { domain: "", version: 17 },
      { domain: "ai.onnx.ml", version: 3 },
    ],
    graph: { name, node: nodes, input: [port("x", width)], output: [port(output, 1)], initializer },
  });
  // A copy of its own, which can be handed to another thread: the encoder writes into a shared pool.
  return new Uint8Array(onnx.ModelProto.encode(model).finish());
}
