import {
  add,
  assemble,
  firstDoubles,
  load,
  loadInt,
  plus,
  store,
  times,
  type Body,
  type Code,
} from "../math/simd.ts";
import { BINS } from "./bins.ts";

/** Bytes of one bin: two doubles. */
const CELL = 16;
const PAGE = 65_536;

/** A scalar load of the WebAssembly Core Specification 2.0 §5.4.6, and two floats into half a vector. */
const loadByte = (address: Code, offset: Code): Code => [...address, 0x2d, 0, ...offset];
const loadTwoFloats = (address: Code): Code => [...address, 0xfd, 0x5d, 3, 0];
const leb = (value: number): Code =>
  value < 128 ? [value] : [(value % 128) + 128, ...leb(Math.floor(value / 128))];

/** For each row of a list: adds its pair of derivatives to its bin of every feature. */
function addRows(body: Body, width: number): void {
  const [list, bytes, slope, bins, histogram] = [0, 1, 2, 3, 4].map((i) => body.parameter(i));
  body.loop(bytes, 4, (at) => {
    const row = body.keepInt(loadInt(plus(list, at)));
    const pair = body.keep(firstDoubles(loadTwoFloats(plus(slope, times(row, 8)))));
    const first = body.keepInt(plus(bins, times(row, width)));
    for (let f = 0; f < width; f++) {
      const cell = body.keepInt(plus(histogram, times(loadByte(first, leb(f)), CELL)));
      const offset = f * BINS * CELL;
      body.do(store(cell, add(load(cell, offset), pair), offset));
    }
  });
}

type AddRows = (list: number, bytes: number, slope: number, bins: number, histogram: number) => void;

/** Trainings follow one another within a thread, so that they share one memory, as large as the largest needed. */
const memory = new WebAssembly.Memory({ initial: 1 });
const compiled = new Map<number, AddRows>();

/** What a training keeps where the kernel can reach it. */
export interface KernelMemory {
  /** [level] sums of both derivatives, [feature × bin × 2] */
  histograms: Float64Array[];
  /** [row × 2] */
  slope: Float32Array;
  /** rows, those of one node adjacent */
  order: Uint32Array;
  /** [row × feature] */
  byRow: Uint8Array;
  /** Adds the rows order[from…to) to a histogram. */
  addRows(histogram: Float64Array, from: number, to: number): void;
}

/** Memory for one training, until the next one of this thread; its content is whatever was there. */
export function kernelMemory(rows: number, width: number, levels: number): KernelMemory {
  const values = width * BINS * 2;
  const slopeAt = levels * values * 8;
  const orderAt = slopeAt + rows * 8;
  const binsAt = orderAt + rows * 4;
  const missing = binsAt + rows * width - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  let kernel = compiled.get(width);
  if (!kernel) {
    const routine = { parameters: 5, write: (body: Body) => addRows(body, width) };
    kernel = assemble(memory, { addRows: routine }).addRows as AddRows;
    compiled.set(width, kernel);
  }
  const run = kernel;
  const { buffer } = memory;
  return {
    histograms: Array.from(
      { length: levels },
      (_, level) => new Float64Array(buffer, level * values * 8, values),
    ),
    slope: new Float32Array(buffer, slopeAt, 2 * rows),
    order: new Uint32Array(buffer, orderAt, rows),
    byRow: new Uint8Array(buffer, binsAt, rows * width),
    addRows(histogram, from, to) {
      if (to > from) run(orderAt + 4 * from, 4 * (to - from), slopeAt, binsAt, histogram.byteOffset);
    },
  };
}
