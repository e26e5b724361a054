import onnxProto from "onnx-proto";
import { int, node, weights, type Attribute, type Node, type Weights } from "../graph.ts";

const { onnx } = onnxProto;
const { FLOAT, INT64 } = onnx.TensorProto.DataType;

const text = (name: string, value: string): Attribute => ({
  name,
  type: onnx.AttributeProto.AttributeType.STRING,
  s: new TextEncoder().encode(value),
});

/** Name and shape of a tensor at the graph's edge; a text is a length left open. */
export interface Port {
  name: string;
  dims: (number | string)[];
}

const port = ({ name, dims }: Port) => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: { dim: dims.map((dim) => (typeof dim === "string" ? { dimParam: dim } : { dimValue: dim })) },
    },
  },
});

/** Writes operations down one after the other, each result under a name of its own. */
export class Tape {
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Weights>();
  #count = 0;

  /** One operation with one result, which is named here unless a name is given. */
  op(type: string, input: string[], attribute: Attribute[] = [], name = this.#name()): string {
    this.#nodes.push(node(type, input, name, attribute));
    return name;
  }

  /** Equal parts along an axis, or parts of the given sizes. */
  split(input: string, axis: number, parts: number, sizes?: number[]): string[] {
    if (parts === 1) return [input];
    const output = Array.from({ length: parts }, () => this.#name());
    const inputs = sizes ? [input, this.whole(sizes)] : [input];
    this.#nodes.push({ opType: "Split", input: inputs, output, attribute: [int("axis", axis)] });
    return output;
  }

  concat(parts: string[], axis: number): string {
    return parts.length === 1 ? parts[0] : this.op("Concat", parts, [int("axis", axis)]);
  }

  /** a·b + c, either factor transposed. */
  gemm(
    a: string,
    b: string,
    { c, transA = 0, transB = 0 }: { c?: string; transA?: number; transB?: number } = {},
  ) {
    return this.op("Gemm", c ? [a, b, c] : [a, b], [int("transA", transA), int("transB", transB)]);
  }

  /** The `LSTM` operator: every step's states, or the last one of each direction. */
  lstm(input: string[], units: number, bidirectional: boolean, sequences: boolean): string {
    const name = this.#name();
    const direction = bidirectional ? "bidirectional" : "forward";
    this.#nodes.push({
      opType: "LSTM",
      input,
      output: sequences ? [name] : ["", name],
      attribute: [int("hidden_size", units), text("direction", direction)],
    });
    return name;
  }

  add = (a: string, b: string) => this.op("Add", [a, b]);
  sub = (a: string, b: string) => this.op("Sub", [a, b]);
  mul = (a: string, b: string) => this.op("Mul", [a, b]);

  /** Sum over an axis, which disappears. */
  sum(input: string, axis: number): string {
    return this.op("ReduceSum", [input, this.whole([axis])], [int("keepdims", 0)]);
  }

  /** A float32 number. */
  number(value: number): string {
    const name = `number ${value}`;
    if (!this.#constants.has(name)) this.#constants.set(name, weights(name, [], [value]));
    return name;
  }

  /** A list of whole numbers: axes, sizes, shapes. */
  whole(values: number[]): string {
    const name = `whole ${values.join(" ")}`;
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.#constants.set(name, { name, dims: [values.length], dataType: INT64, rawData });
    return name;
  }

  /** A float32 tensor that is part of the model. */
  constant(name: string, dims: number[], values: ArrayLike<number>): string {
    this.#constants.set(name, weights(name, dims, values));
    return name;
  }

  /** The model's bytes. */
  bytes(name: string, input: Port[], output: Port[]): Uint8Array<ArrayBuffer> {
    const model = onnx.ModelProto.fromObject({
      irVersion: 8,
      producerName: "beamwalk",
      opsetImport: [{ domain: "", version: 17 }],
      graph: {
        name,
        node: this.#nodes,
        input: input.map(port),
        output: output.map(port),
        initializer: [...this.#constants.values()],
      },
    });
    // A copy of its own, which can be handed to another thread: the encoder writes into a shared pool.
    return new Uint8Array(onnx.ModelProto.encode(model).finish());
  }

  #name(): string {
    return `t${this.#count++}`;
  }
}
