import { Cancelled, type Problem } from "../../../shared/errors.ts";
import { Random } from "../../math/random.ts";

export type Layer =
  | { kind: "dense"; units: number; activation: "linear" | "relu" | "tanh" | "sigmoid" }
  /** `sequences`: every step's state goes on to the next layer, not only the last one of each direction */
  | { kind: "lstm"; units: number; bidirectional: boolean; sequences: boolean }
  | { kind: "dropout"; rate: number };

/**
 * Layers from input to output. The last one is dense; for "bce" and "cross-entropy" it is linear (log odds), and the
 * exported model ends in a sigmoid or softmax.
 */
export interface Network {
  /** one step for dense networks */
  input: { steps: number; features: number };
  layers: Layer[];
  loss: "mse" | "bce" | "cross-entropy";
}

/** One tensor of weights inside the flat vector of all weights; matrices are [outputs × inputs], as PyTorch has them. */
export interface Parameter {
  name: string;
  dims: number[];
  /** where it begins, in floats */
  from: number;
  size: number;
  /** half width of the uniform distribution that it starts from */
  spread: number;
}

/** What flows between two layers: [steps·rows × width], time-major. */
export interface Shape {
  steps: number;
  width: number;
}

export interface Plan {
  network: Network;
  /** [layer] what goes in, and one more for what comes out */
  shapes: Shape[];
  parameters: Parameter[];
  /** floats of all weights together */
  size: number;
}

/** Directions of an LSTM layer, by the prefix of their weights. */
export const directions = (bidirectional: boolean) => (bidirectional ? ["forward", "backward"] : ["forward"]);
/** Name of a layer's weights, e.g. `layer0.forward.recurrent`. */
export const weightName = (layer: number, ...part: string[]) => [`layer${layer}`, ...part].join(".");

/** Shapes between the layers and the place of every weight. */
export function planNetwork(network: Network): Plan {
  const shapes: Shape[] = [{ steps: network.input.steps, width: network.input.features }];
  const parameters: Parameter[] = [];
  let size = 0;
  const add = (name: string, dims: number[], spread: number) => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    parameters.push({ name, dims, from: size, size: count, spread });
    size += count;
  };
  network.layers.forEach((layer, i) => {
    const { steps, width } = shapes[i];
    if (layer.kind === "dropout") shapes.push({ steps, width });
    else if (layer.kind === "dense") {
      add(weightName(i, "weight"), [layer.units, width], 1 / Math.sqrt(width));
      add(weightName(i, "bias"), [layer.units], 1 / Math.sqrt(width));
      shapes.push({ steps, width: layer.units });
    } else {
      const sides = directions(layer.bidirectional);
      const spread = 1 / Math.sqrt(layer.units);
      for (const side of sides) {
        add(weightName(i, side, "input"), [4 * layer.units, width], spread);
        add(weightName(i, side, "recurrent"), [4 * layer.units, layer.units], spread);
        add(weightName(i, side, "bias"), [4 * layer.units], spread);
      }
      shapes.push({ steps: layer.sequences ? steps : 1, width: sides.length * layer.units });
    }
  });
  return { network, shapes, parameters, size };
}

/** Multiplications of one call that still ends soon: about a quarter of a second on one core of 2025. */
export const CALL_WORK = 1e10;

/** Rows of one forward call, between `least` and `most`: as many as still end soon. */
export function rowsOfCall({ network, size }: Plan, least: number, most: number): number {
  const fitting = Math.floor(CALL_WORK / (size * network.input.steps));
  return Math.min(most, Math.max(least, fitting));
}

/** Width of the network's output. */
export const outputWidth = ({ shapes }: Plan) => shapes[shapes.length - 1].width;

/**
 * Uniform in ±1/√(inputs) for dense layers and ±1/√(units) for LSTM layers, weights and biases alike, as PyTorch does
 * (one bias per gate here, where PyTorch adds two).
 */
export function initialWeights(
  { parameters, size }: Plan,
  seed: number,
  shouldStop?: () => boolean,
): Float32Array<ArrayBuffer> {
  const random = new Random(seed, "network-weights");
  const weights = new Float32Array(size);
  parameters.forEach(({ from, size: count, spread }, index) => {
    random.at(index);
    for (let i = 0; i < count; i++) {
      // a great network takes seconds
      if (i % 2 ** 20 === 0 && shouldStop?.()) throw new Cancelled();
      weights[from + i] = spread * (2 * random.next() - 1);
    }
  });
  return weights;
}

/** Everything that is wrong with a network. */
export function networkProblems(network: Network): Problem[] {
  const problems: Problem[] = [];
  const whole = (field: string, value: number) => {
    if (!Number.isInteger(value) || value < 1)
      problems.push({ field, reason: `${value} is no whole number from 1 up`, remedy: "Give at least 1" });
  };
  whole("network.input.steps", network.input.steps);
  whole("network.input.features", network.input.features);
  const lastLstm = network.layers.findLastIndex(({ kind }) => kind === "lstm");
  network.layers.forEach((layer, i) => {
    const field = `network.layers[${i}]`;
    if (layer.kind !== "dropout") whole(`${field}.units`, layer.units);
    else if (!(layer.rate >= 0 && layer.rate < 1))
      problems.push({
        field: `${field}.rate`,
        reason: `${layer.rate} is no share`,
        remedy: "Give 0 ≤ rate < 1",
      });
    if (layer.kind === "lstm" && layer.sequences !== i < lastLstm)
      problems.push({
        field: `${field}.sequences`,
        reason: layer.sequences
          ? "a sequence would reach the output"
          : "the next LSTM would get one step only",
        remedy: "Set it on every LSTM but the last",
      });
  });
  if (lastLstm < 0 && network.input.steps > 1)
    problems.push({
      field: "network.input.steps",
      reason: `no LSTM joins the ${network.input.steps} steps`,
      remedy: "Give 1 step with all features side by side, or an LSTM layer",
    });
  const last = network.layers.at(-1);
  const field = `network.layers[${network.layers.length - 1}]`;
  if (last?.kind !== "dense")
    problems.push({ field, reason: "the last layer is not dense", remedy: "End with a dense layer" });
  else if (network.loss !== "mse" && last.activation !== "linear")
    problems.push({
      field: `${field}.activation`,
      reason: `${network.loss} takes log odds`,
      remedy: "Make the last layer linear; the exported model adds the sigmoid or softmax",
    });
  return problems;
}
