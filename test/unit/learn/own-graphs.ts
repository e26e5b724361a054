import onnxProto from "onnx-proto";
import { floats, int, ints, node, weights, type Node, type Weights } from "../../../src/main/learn/graph.ts";

const { onnx } = onnxProto;
const { FLOAT, DOUBLE, INT64 } = onnx.TensorProto.DataType;
const { STRING } = onnx.AttributeProto.AttributeType;

type Shape = (string | number)[];
const dims = (shape: Shape) => ({
  dim: shape.map((d) => (typeof d === "string" ? { dimParam: d } : { dimValue: d })),
});
export const tensorPort = (name: string, shape: Shape, elemType: number = FLOAT) => ({
  name,
  type: { tensorType: { elemType, shape: dims(shape) } },
});
/** What scikit-learn's converter gives as probabilities unless told otherwise. */
const dictionaries = (name: string) => ({
  name,
  type: {
    sequenceType: {
      elemType: {
        mapType: { keyType: INT64, valueType: { tensorType: { elemType: FLOAT, shape: dims([]) } } },
      },
    },
  },
});

type Port = ReturnType<typeof tensorPort> | ReturnType<typeof dictionaries>;

export function graphBytes(
  nodes: Node[],
  input: Port[],
  output: Port[],
  initializer: Weights[] = [],
): Uint8Array {
  const model = onnx.ModelProto.fromObject({
    irVersion: 8,
    opsetImport: [
      { domain: "", version: 17 },
      { domain: "ai.onnx.ml", version: 3 },
    ],
    graph: { name: "own", node: nodes, input, output, initializer },
  });
  return new Uint8Array(onnx.ModelProto.encode(model).finish());
}

/** A logistic regression as scikit-learn's converter writes it: a label, and probabilities [N × 2] or dictionaries. */
export function converted(coefficients: number[], intercept: number, zipmap: boolean): Uint8Array {
  const nodes: Node[] = [
    {
      opType: "LinearClassifier",
      domain: "ai.onnx.ml",
      input: ["input"],
      output: ["label", "raw"],
      attribute: [
        floats("coefficients", [...coefficients.map((c) => -c), ...coefficients]),
        floats("intercepts", [-intercept, intercept]),
        ints("classlabels_ints", [0, 1]),
        int("multi_class", 1),
        { name: "post_transform", type: STRING, s: new TextEncoder().encode("LOGISTIC") },
      ],
    },
    zipmap
      ? node("ZipMap", ["raw"], "probabilities", [ints("classlabels_int64s", [0, 1])], true)
      : node("Identity", ["raw"], "probabilities"),
  ];
  return graphBytes(
    nodes,
    [tensorPort("input", ["N", coefficients.length])],
    [
      tensorPort("label", ["N"], INT64),
      zipmap ? dictionaries("probabilities") : tensorPort("probabilities", ["N", 2]),
    ],
  );
}

/** sigmoid(x·w) with input and output of any kind. */
export function plain(
  width: number,
  options: { output?: Shape; input?: Shape; double?: boolean; log?: boolean; raw?: boolean } = {},
) {
  const { output = ["N", 1], input = ["N", width], double = false } = options;
  const nodes = [
    ...(double ? [node("Cast", ["x"], "single", [int("to", FLOAT)])] : [node("Identity", ["x"], "single")]),
    node("MatMul", ["single", "w"], "sum"),
    options.log ? node("Log", ["sum"], "seen") : node("Identity", ["sum"], "seen"),
    options.raw ? node("Identity", ["seen"], "column") : node("Sigmoid", ["seen"], "column"),
    output.length === 1
      ? node("Squeeze", ["column", "axis"], "y")
      : output[1] === 2
        ? node("Concat", ["other", "column"], "y", [int("axis", 1)])
        : output[1] === 3
          ? node("Concat", ["column", "column", "column"], "y", [int("axis", 1)])
          : node("Identity", ["column"], "y"),
    ...(output[1] === 2 ? [node("Sub", ["one", "column"], "other")] : []),
  ];
  const order = nodes.filter(({ output: names }) => names?.[0] !== "y");
  const last = nodes.filter(({ output: names }) => names?.[0] === "y");
  const axis: Weights = { name: "axis", dims: [1], dataType: INT64, int64Data: [1] };
  return graphBytes(
    [...order, ...last],
    [tensorPort("x", input, double ? DOUBLE : FLOAT)],
    [tensorPort("y", output)],
    [
      weights(
        "w",
        [width, 1],
        Array.from({ length: width }, (_, i) => (i + 1) / 100),
      ),
      weights("one", [1], [1]),
      axis,
    ],
  );
}
