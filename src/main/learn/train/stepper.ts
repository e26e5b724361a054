import { tensor, type Tensors } from "../inference.ts";
import type { Random } from "../../math/random.ts";
import { openChain } from "./chain.ts";
import { evaluationGraph, maskPorts, trainingGraph } from "./graphs.ts";
import { outputWidth, type Plan } from "./network.ts";
import type { Gradients } from "./pass.ts";
import { makeDescent, type Optimiser } from "./optimiser.ts";
import { drawMask, makeBatch, type Batch } from "./samples.ts";

export interface Stepper {
  batch: Batch;
  /** [row × output] of the batch, as computed with dropout before the step */
  output: Float32Array<ArrayBuffer>;
  /** the flat vectors of the training: the weights first, then what the optimiser keeps */
  vectors: Float32Array<ArrayBuffer>[];
  /** One step on the batch in hand; returns its loss. `number` counts from 1. Stopped, it leaves the vectors alone. */
  step(rate: number, number: number, dropout: Random, shouldStop?: () => boolean): Promise<number>;
  close(): Promise<void>;
}

/** Every weight under its name, or its rows in equal shares under those that `names` has for it, as views of a flat vector. */
function views({ parameters }: Plan, vector: Float32Array, names?: Gradients): Tensors {
  return Object.fromEntries(
    parameters.flatMap(({ name, dims, from, size }) => {
      const shown = names ? (names.get(name) ?? []) : [name];
      const share = size / shown.length;
      const shape = [dims[0] / shown.length, ...dims.slice(1)];
      return shown.map((part, i) => {
        const start = from + i * share;
        return [part, tensor(vector.subarray(start, start + share), shape)];
      });
    }),
  );
}

/** The training graph and the optimiser on one memory, in which a step copies and allocates nothing. */
export async function openStepper(
  plan: Plan,
  optimiser: Optimiser,
  options: { batch: number; clipNorm?: number; threads: number },
): Promise<Stepper> {
  const batch = makeBatch(plan, options.batch);
  const output = new Float32Array(options.batch * outputWidth(plan));
  const loss = new Float32Array(1);
  const masks = maskPorts(plan, options.batch).map(({ name, dims, rate }) => {
    const data = new Float32Array(dims[0] * dims[1]);
    return { name, rate, data, tensor: tensor(data, dims) };
  });
  const descent = makeDescent(plan.size, optimiser);
  const { pieces, gradients } = trainingGraph(plan, options.batch);
  const { steps, features } = plan.network.input;
  const edge = {
    x: tensor(batch.x, [steps * batch.rows, features]),
    y: tensor(batch.y, [batch.rows, outputWidth(plan)]),
    share: tensor(batch.share, [batch.rows, 1]),
    ...Object.fromEntries(masks.map((mask) => [mask.name, mask.tensor])),
    ...views(plan, descent.vectors[0]),
    loss: tensor(loss, []),
    output: tensor(output, [batch.rows, outputWidth(plan)]),
    ...views(plan, descent.gradient, gradients),
  };
  const chain = await openChain(pieces, edge, options.threads);
  return {
    batch,
    output,
    vectors: descent.vectors,
    async step(rate, number, dropout, shouldStop) {
      dropout.at(number);
      for (const mask of masks) drawMask(mask.data, mask.rate, dropout);
      await chain.run(shouldStop);
      descent.step(rate, number, options.clipNorm);
      return loss[0];
    },
    close: () => chain.close(),
  };
}

export interface Evaluator {
  batch: Batch;
  /** [row × output] of the last run, before the sigmoid or softmax */
  output: Float32Array<ArrayBuffer>;
  run(shouldStop?: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** The network without dropout, on weights that may change between runs. */
export async function openEvaluator(
  plan: Plan,
  weights: Float32Array,
  rows: number,
  threads: number,
): Promise<Evaluator> {
  const batch = makeBatch(plan, rows);
  const output = new Float32Array(rows * outputWidth(plan));
  const { steps, features } = plan.network.input;
  const edge = {
    x: tensor(batch.x, [steps * rows, features]),
    output: tensor(output, [rows, outputWidth(plan)]),
    ...views(plan, weights),
  };
  const { run, close } = await openChain(evaluationGraph(plan, rows), edge, threads);
  return { batch, output, run, close };
}
