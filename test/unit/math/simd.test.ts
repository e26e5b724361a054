import { describe, expect, it } from "vitest";
import { arcsine, exponential, logarithm } from "../../../src/main/math/simd-functions.ts";
import { assemble, load, plus, store, type Body, type Code } from "../../../src/main/math/simd.ts";

/** Runs a function over a column, two at a time. */
function apply(write: (body: Body, x: Code) => Code, values: number[]): number[] {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { run } = assemble(memory, {
    run: {
      parameters: 2,
      write: (body) =>
        body.loop(body.parameter(1), 16, (i) => {
          const at = body.keepInt(plus(body.parameter(0), i));
          body.do(store(at, write(body, load(at))));
        }),
    },
  });
  const column = new Float64Array(memory.buffer, 64, values.length);
  column.set(values);
  run(64, 8 * values.length);
  return [...column];
}

const spread = (from: number, to: number) =>
  Array.from({ length: 1000 }, (_, i) => from + ((to - from) * i) / 999);

const cases: [string, typeof logarithm, (x: number) => number, number[], number][] = [
  ["logarithm of ranges in metres", logarithm, Math.log, spread(1e5, 4e7), 1e-15],
  ["logarithm of powers down to 1e-30", logarithm, Math.log, spread(-30, 9).map((e) => 10 ** e), 1e-14],
  ["exponential from 1e-130 up", exponential, Math.exp, spread(-300, 20), 5e-14],
  ["arcsine up to the zenith", arcsine, Math.asin, spread(0, 1), 1e-15],
  ["arcsine of magnitudes", arcsine, (x) => Math.asin(Math.abs(x)), spread(-1, 0), 1e-15],
];

describe("functions of two doubles at a time", () => {
  it.each(cases)("gives the %s as Math does", (_, write, reference, values, tolerance) => {
    const found = apply(write, values);
    values.forEach((x, i) => {
      const expected = reference(x);
      expect(Math.abs(found[i] - expected)).toBeLessThanOrEqual(
        tolerance * Math.max(Math.abs(expected), 1e-300),
      );
    });
  });
});
