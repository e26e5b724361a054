import onnxProto from "onnx-proto";
import { int, node, weights, type Attribute, type Node, type Weights } from "../graph.ts";
import { CALL_WORK } from "./network.ts";

const { onnx } = onnxProto;
const { FLOAT, INT64 } = onnx.TensorProto.DataType;

const text = (name: string, value: string): Attribute => ({
  name,
  type: onnx.AttributeProto.AttributeType.STRING,
  s: new TextEncoder().encode(value),
});

/** Name and shape of a tensor at the graph's edge; a text is a length left open, no shape one that follows. */
export interface Port {
  name: string;
  dims?: (number | string)[];
}

const port = ({ name, dims }: Port) => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: dims && {
        dim: dims.map((dim) => (typeof dim === "string" ? { dimParam: dim } : { dimValue: dim })),
      },
    },
  },
});

function modelBytes(
  name: string,
  nodes: Node[],
  initializer: Weights[],
  { input, output }: { input: Port[]; output: Port[] },
): Uint8Array<ArrayBuffer> {
  const model = onnx.ModelProto.fromObject({
    irVersion: 8,
    producerName: "beamwalk",
    opsetImport: [{ domain: "", version: 17 }],
    graph: { name, node: nodes, input: input.map(port), output: output.map(port), initializer },
  });
  // A copy of its own, which can be handed to another thread: the encoder writes into a shared pool.
  return new Uint8Array(onnx.ModelProto.encode(model).finish());
}

/** Dimensions by name. */
export type Dims = Record<string, { dims: readonly number[] }>;

/** A part of a graph that is run by itself, so that a run can be ended between two of them. */
export interface Piece {
  /** what it takes, and what later pieces or the caller take from it */
  reads: string[];
  gives: string[];
  /** its model; the dimensions of what it reads must be known */
  bytes: (known: Dims) => Uint8Array<ArrayBuffer>;
}

/** Writes operations down one after the other, each result under a name of its own. */
export class Tape {
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Weights>();
  /** where pieces end among the nodes */
  readonly #cuts: number[] = [];
  #work = 0;
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

  /** a·b + c, either factor transposed; `work` counts the multiplications. */
  gemm(
    a: string,
    b: string,
    work: number,
    { c, transA = 0, transB = 0 }: { c?: string; transA?: number; transB?: number } = {},
  ) {
    if (this.#work > 0 && this.#work + work > CALL_WORK) {
      this.#cuts.push(this.#nodes.length);
      this.#work = 0;
    }
    this.#work += work;
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
  constant(name: string, dims: number[], { buffer, byteOffset, byteLength }: Float32Array): string {
    const rawData = new Uint8Array(buffer, byteOffset, byteLength);
    this.#constants.set(name, { name, dims, dataType: FLOAT, rawData });
    return name;
  }

  /** The whole graph's model. */
  bytes(name: string, input: Port[], output: Port[]): Uint8Array<ArrayBuffer> {
    return modelBytes(name, this.#nodes, [...this.#constants.values()], { input, output });
  }

  /** The graph in pieces, to be run in turn; `wanted` are the results that the caller takes. */
  pieces(wanted: string[]): Piece[] {
    const ends = [...this.#cuts, this.#nodes.length];
    const needed = new Set(wanted);
    const pieces = ends.map((end, i) => this.#nodes.slice(ends[i - 1] ?? 0, end));
    // from the end, so that what later pieces read is known
    return pieces
      .toReversed()
      .map((nodes) => this.#piece(nodes, needed))
      .toReversed();
  }

  /** Gives what is needed, and needs what it reads. */
  #piece(nodes: Node[], needed: Set<string>): Piece {
    const read = new Set(nodes.flatMap(({ input }) => input!));
    const made = new Set(nodes.flatMap(({ output }) => output!));
    const gives = [...made].filter((name) => needed.has(name));
    const reads = [...read].filter((name) => !made.has(name) && !this.#constants.has(name));
    for (const name of reads) needed.add(name);
    const constants = [...this.#constants].flatMap(([name, value]) => (read.has(name) ? [value] : []));
    const ports = (names: string[], known: Dims): Port[] =>
      names.map((name) => ({ name, dims: known[name] && [...known[name].dims] }));
    const bytes = (known: Dims) =>
      modelBytes("piece", nodes, constants, { input: ports(reads, known), output: ports(gives, known) });
    return { reads, gives, bytes };
  }

  #name(): string {
    return `t${this.#count++}`;
  }
}
