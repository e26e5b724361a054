import { assemble, type Body } from "../math/simd.ts";
import { ADAM, addresses, BLOCK, learnRows, stride, takeStep } from "./network-kernel.ts";
import { layout, type Network } from "./network.ts";

const PAGE = 65_536;

/** Trainings follow one another within a thread, so that they share one memory, as large as the largest needed. */
const memory = new WebAssembly.Memory({ initial: 1 });
const compiled = new Map<number, ReturnType<typeof compile>>();
const compile = (width: number) =>
  assemble(memory, {
    learnRows: { parameters: 3, write: (body: Body) => learnRows(body, width) },
    takeStep: { parameters: 0, write: (body: Body) => takeStep(body, width) },
  });

/** One training of a network. */
export interface NetworkTraining {
  parameters: Float64Array;
  /** like `parameters`; sums over the rows learned since the last step */
  gradient: Float64Array;
  /** the order in which rows are learned; any of its places can be rewritten */
  order: Uint32Array;
  /** Adds the rows order[from…to) to the gradient, the loss and the hits. */
  learn(from: number, to: number): void;
  /** Binary cross-entropy and right answers, summed since they were last asked for. */
  totals(): { loss: number; hits: number };
  /** One step on the mean of the gradient of `batch` rows, which it clears. */
  step(batch: number): void;
}

/** A part of the rows: `z` [row × feature] standardised, `y` [row] 0 or 1. */
export interface Part {
  z: Float32Array;
  y: Uint8Array;
  rows: number;
}

/** Begins a training on the rows of all parts, one after another; ends the last one of this thread. */
export function startTraining({ width, parameters }: Network, parts: Part[]): NetworkTraining {
  const at = addresses(width);
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const base = at.list + 8 * Math.ceil(rows / 2);
  const missing = base + (rows + 1) * stride(width) - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  let kernel = compiled.get(width);
  if (!kernel) compiled.set(width, (kernel = compile(width)));
  const { learnRows: run, takeStep: step } = kernel;
  const { buffer } = memory;
  new Uint8Array(buffer, 0, at.list).fill(0);
  const { count } = layout(width);
  const column = (from: number, length: number) => new Float64Array(buffer, from, length);
  const own = column(at.parameters, count);
  own.set(parameters);
  const order = new Uint32Array(buffer, at.list, rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  fill(new Float64Array(buffer, base), width, parts);
  const tail = new Uint32Array(buffer, at.tail, BLOCK);
  const totals = column(at.loss, 4);
  const settings = column(at.batch, 2);
  let left1 = 1;
  let left2 = 1;
  return {
    parameters: own,
    gradient: column(at.gradient, count),
    order,
    learn(from, to) {
      const rest = (to - from) % BLOCK;
      const whole = to - rest;
      if (whole > from) run(at.list + 4 * from, 4 * (whole - from), base);
      if (rest === 0) return;
      // the row behind all others counts nothing
      tail.fill(rows).set(order.subarray(whole, to));
      run(at.tail, 4 * BLOCK, base);
    },
    totals() {
      const [lossA, lossB, hitsA, hitsB] = totals;
      totals.fill(0);
      return { loss: lossA + lossB, hits: hitsA + hitsB };
    },
    step(batch) {
      left1 *= ADAM.beta1;
      left2 *= ADAM.beta2;
      settings[0] = batch;
      settings[1] = (ADAM.rate * Math.sqrt(1 - left2)) / (1 - left1);
      step();
    },
  };
}

/** Writes rows with their classes as the kernel reads them, and a row of zeros. */
function fill(out: Float64Array, width: number, parts: Part[]): void {
  let to = 0;
  for (const { z, y, rows } of parts) {
    for (let row = 0; row < rows; row++) {
      for (let f = row * width, end = f + width; f < end; f++) out[to++] = z[f];
      out[to++] = y[row] === 1 ? 1 : -1;
    }
  }
  out.fill(0, to, to + width + 1);
}
