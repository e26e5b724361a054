import { InferenceSession, Tensor } from "onnxruntime-node";
import { Cancelled } from "../../shared/errors.ts";

/** Rows of one call: few enough for the SVM's kernel values to stay in the cache, and for a quick cancel. */
const BATCH_ROWS = 1024;

export interface Predictor {
  /** Probability [row] of class 1 for `x` [row × feature], row-major. */
  probability(
    x: Float32Array,
    rows: number,
    features: number,
    shouldStop?: () => boolean,
  ): Promise<Float32Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** A graph whatever its inputs and outputs, whose threads sleep between runs. What goes wrong is thrown, not printed. */
export const openSession = (onnx: Uint8Array, threads: number): Promise<Session> =>
  InferenceSession.create(onnx, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });

/**
 * Opens a model whose input is `x` [N × F] and whose output is `probability` [N × 1]. One thread and no spinning:
 * stages run beside one another, so parallelism is decided outside.
 */
export async function openModel(onnx: Uint8Array): Promise<Predictor> {
  const session = await openSession(onnx, 1);
  return {
    async probability(x, rows, features, shouldStop) {
      const out = new Float32Array(rows);
      for (let from = 0; from < rows; from += BATCH_ROWS) {
        if (shouldStop?.()) throw new Cancelled();
        const count = Math.min(BATCH_ROWS, rows - from);
        const part = x.subarray(from * features, (from + count) * features);
        // One call at a time on purpose: the flag must be seen between them.
        // oxlint-disable-next-line no-await-in-loop
        const answer = await session.run({ x: new Tensor("float32", part, [count, features]) });
        out.set(answer.probability.data as Float32Array, from);
      }
      // a forest's float32 sum may pass 1 by a few units in the last place
      for (let row = 0; row < rows; row++) out[row] = Math.min(1, Math.max(0, out[row]));
      return out;
    },
    close: () => session.release(),
  };
}

/** A float32 tensor over `data`, which stays where it is: what is written there later is what a run sees. */
export const tensor = (data: Float32Array, dims: readonly number[]) => new Tensor("float32", data, dims);

/** The same of doubles. */
export const tensorOfDoubles = (data: Float64Array, dims: readonly number[]) =>
  new Tensor("float64", data, dims);

export type Session = InferenceSession;
export type Tensors = Record<string, Tensor>;

export interface Graph {
  /** Computes `results`, each into the memory of its tensor. */
  run(feeds: Tensors, results: Tensors): Promise<void>;
  close(): Promise<void>;
}

/** Opens a graph of float32 tensors on its own threads. Blocks the thread that runs it. */
export async function openGraph(onnx: Uint8Array, threads: number): Promise<Graph> {
  const session = await openSession(onnx, threads);
  return {
    run: async (feeds, results) => {
      await session.run(feeds, results);
    },
    close: () => session.release(),
  };
}
