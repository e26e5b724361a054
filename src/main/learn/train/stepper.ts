import { openGraph, tensor, type Graph, type Tensors } from "../inference.ts";
import type { Random } from "../../math/random.ts";
import { evaluationGraph, maskPorts, trainingGraph } from "./graphs.ts";
import { outputWidth, type Plan } from "./network.ts";
import { memoryNames, stepScalars, type Optimiser } from "./optimiser.ts";
import { drawMask, makeBatch, type Batch } from "./samples.ts";

/** The flat vectors of a training: the weights first, then what the optimiser keeps. */
export type Vectors = Float32Array<ArrayBuffer>[];

export interface Stepper {
  batch: Batch;
  /** [row × output] of the batch, as computed with dropout before the step */
  output: Float32Array<ArrayBuffer>;
  /** the vectors as they stand; after a step others than before */
  vectors(): Vectors;
  /** One step on the batch in hand; returns its loss. `number` counts from 1. */
  step(rate: number, number: number, dropout: Random): Promise<number>;
  close(): Promise<void>;
}

/** Every weight under its name, as a view of the flat vector. */
function weightViews({ parameters }: Plan, weights: Float32Array): Tensors {
  return Object.fromEntries(
    parameters.map(({ name, dims, from, size }) => [name, tensor(weights.subarray(from, from + size), dims)]),
  );
}

/**
 * The training graph with its memory. The vectors are kept twice: a step reads one set and writes the other, so that
 * nothing is copied or allocated.
 */
export async function openStepper(
  plan: Plan,
  optimiser: Optimiser,
  options: { batch: number; clipNorm?: number; threads: number },
  start: Vectors,
): Promise<Stepper> {
  const names = ["weights", ...memoryNames(optimiser)];
  const batch = makeBatch(plan, options.batch);
  const output = new Float32Array(options.batch * outputWidth(plan));
  const loss = new Float32Array(1);
  const pace = new Float32Array(1);
  const floor = new Float32Array(1);
  const masks = maskPorts(plan, options.batch).map(({ name, dims, rate }) => {
    const data = new Float32Array(dims[0] * dims[1]);
    return { name, rate, data, tensor: tensor(data, dims) };
  });
  const { steps, features } = plan.network.input;
  const shared: Tensors = {
    x: tensor(batch.x, [steps * batch.rows, features]),
    y: tensor(batch.y, [batch.rows, outputWidth(plan)]),
    share: tensor(batch.share, [batch.rows, 1]),
    pace: tensor(pace, []),
    ...(optimiser.kind === "adam" && { floor: tensor(floor, []) }),
    ...Object.fromEntries(masks.map((mask) => [mask.name, mask.tensor])),
  };
  const sets = [start, start.map((vector) => vector.slice())];
  const feeds = sets.map((set) => ({
    ...shared,
    ...weightViews(plan, set[0]),
    ...Object.fromEntries(names.map((name, i) => [name, tensor(set[i], [plan.size])])),
  }));
  const results = sets.map((set) => ({
    loss: tensor(loss, []),
    output: tensor(output, [batch.rows, outputWidth(plan)]),
    ...Object.fromEntries(names.map((name, i) => [`next ${name}`, tensor(set[i], [plan.size])])),
  }));
  const graph: Graph = await openGraph(
    trainingGraph(plan, options.batch, optimiser, options.clipNorm),
    options.threads,
  );
  let now = 0;
  return {
    batch,
    output,
    vectors: () => sets[now],
    async step(rate, number, dropout) {
      dropout.at(number);
      for (const mask of masks) drawMask(mask.data, mask.rate, dropout);
      const scalars = stepScalars(optimiser, rate, number);
      pace[0] = scalars.pace;
      floor[0] = scalars.floor;
      await graph.run(feeds[now], results[1 - now]);
      now = 1 - now;
      return loss[0];
    },
    close: () => graph.close(),
  };
}

export interface Evaluator {
  batch: Batch;
  /** [row × output] of the last run, before the sigmoid or softmax */
  output: Float32Array<ArrayBuffer>;
  run(weights: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/** The network without dropout, for weights that change between runs. */
export async function openEvaluator(plan: Plan, rows: number, threads: number): Promise<Evaluator> {
  const batch = makeBatch(plan, rows);
  const output = new Float32Array(rows * outputWidth(plan));
  const { steps, features } = plan.network.input;
  const x = tensor(batch.x, [steps * rows, features]);
  const results = { output: tensor(output, [rows, outputWidth(plan)]) };
  const graph = await openGraph(evaluationGraph(plan, rows), threads);
  return {
    batch,
    output,
    run: (weights) => graph.run({ x, ...weightViews(plan, weights) }, results),
    close: () => graph.close(),
  };
}
