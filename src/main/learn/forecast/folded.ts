import type { Scale } from "../scale.ts";
import { directions, weightName, type Plan } from "../train/network.ts";

/**
 * Weights of the same network for raw inputs and outputs in their own units, from weights for standardised ones: the first
 * layer takes (x − mean)·factor up in its weights and bias, the last one value/factor + mean.
 */
export function foldScales(
  plan: Plan,
  weights: Float32Array,
  input: Scale,
  output: Scale,
): Float32Array<ArrayBuffer> {
  const out = Float32Array.from(weights);
  const { layers } = plan.network;
  const first = layers.findIndex(({ kind }) => kind !== "dropout");
  const layer = layers[first];
  if (layer.kind === "lstm")
    for (const side of directions(layer.bidirectional))
      foldInput(plan, out, weightName(first, side, "input"), weightName(first, side, "bias"), input);
  else foldInput(plan, out, weightName(first, "weight"), weightName(first, "bias"), input);
  const last = layers.length - 1;
  foldOutput(plan, out, weightName(last, "weight"), weightName(last, "bias"), output);
  return out;
}

const place = (plan: Plan, name: string) => plan.parameters.find((parameter) => parameter.name === name)!;

function foldInput(plan: Plan, out: Float32Array, name: string, biasName: string, { mean, factor }: Scale) {
  const { from, dims } = place(plan, name);
  const bias = place(plan, biasName).from;
  for (let row = 0; row < dims[0]; row++) {
    let sum = out[bias + row];
    for (let f = 0; f < dims[1]; f++) {
      const at = from + row * dims[1] + f;
      out[at] *= factor[f];
      sum -= out[at] * mean[f];
    }
    out[bias + row] = sum;
  }
}

function foldOutput(plan: Plan, out: Float32Array, name: string, biasName: string, { mean, factor }: Scale) {
  const { from, dims } = place(plan, name);
  const bias = place(plan, biasName).from;
  for (let row = 0; row < dims[0]; row++) {
    const scale = factor[row] === 0 ? 0 : 1 / factor[row];
    for (let i = 0; i < dims[1]; i++) out[from + row * dims[1] + i] *= scale;
    out[bias + row] = out[bias + row] * scale + mean[row];
  }
}
