import { Cancelled } from "../../../shared/errors.ts";
import { openGraph, tensor } from "../inference.ts";
import { outputName } from "./export.ts";
import { outputWidth, planNetwork, rowsOfCall, type Network } from "./network.ts";

/** Rows of one call: enough for a matrix product to be worth it. */
const LEAST_ROWS = 16;
const MOST_ROWS = 1024;

/** Outputs [row × unit] of an exported network for x [row × step × feature]: forecasts, or probabilities. */
export async function predictNetwork(
  network: Network,
  onnx: Uint8Array,
  x: Float32Array,
  rows: number,
  { threads = 1, shouldStop }: { threads?: number; shouldStop?: () => boolean } = {},
): Promise<Float32Array<ArrayBuffer>> {
  const plan = planNetwork(network);
  const width = outputWidth(plan);
  const { steps, features } = network.input;
  const recurrent = network.layers.some(({ kind }) => kind === "lstm");
  const some = rowsOfCall(plan, LEAST_ROWS, MOST_ROWS);
  const out = new Float32Array(rows * width);
  const graph = await openGraph(onnx, threads);
  try {
    for (let from = 0; from < rows; from += some) {
      if (shouldStop?.()) throw new Cancelled();
      const count = Math.min(some, rows - from);
      const part = x.subarray(from * steps * features, (from + count) * steps * features);
      const dims = recurrent ? [count, steps, features] : [count, features];
      const answer = tensor(out.subarray(from * width, (from + count) * width), [count, width]);
      // oxlint-disable-next-line no-await-in-loop
      await graph.run({ x: tensor(part, dims) }, { [outputName(plan)]: answer });
    }
  } finally {
    await graph.close();
  }
  return out;
}
