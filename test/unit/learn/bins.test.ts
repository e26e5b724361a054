import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BINS, binColumns } from "../../../src/main/learn/bins.ts";

/** The definition: how many cuts lie below the value. */
const naive = (value: number, cuts: Float32Array) => cuts.filter((cut) => cut < value).length;

describe("binColumns", () => {
  it("puts a value in the bin between the cuts around it", () => {
    const value = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 5 }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (values) => {
        const x = Float32Array.from(values);
        const { bin, cuts } = binColumns(x, x.length, 1, 1);
        expect(cuts[0].length).toBeLessThan(BINS);
        x.forEach((v, i) => expect(bin[i]).toBe(naive(v, cuts[0])));
      }),
    );
  });

  it("tells apart every two values where there are few", () => {
    const x = Float32Array.from({ length: 3000 }, (_, i) => 48 + (i % 200) / 1000);
    const { bin, cuts } = binColumns(x, 3000, 1, 1);
    expect(cuts[0].length).toBe(199);
    for (let i = 0; i < 200; i++) expect(bin[i]).toBe(i);
  });

  it("fills its bins evenly, also where the column is skewed", () => {
    const rows = 30_000;
    const x = Float32Array.from({ length: rows }, (_, i) => Math.exp(12 * ((i * Math.SQRT2) % 1)));
    const { bin, cuts } = binColumns(x, rows, 1, 1);
    expect(cuts[0].length).toBe(BINS - 1);
    const counts = new Float64Array(BINS);
    for (const b of bin) counts[b]++;
    // quantiles from 20,000 of 30,000 rows
    expect(Math.max(...counts)).toBeLessThan((1.6 * rows) / BINS);
    expect(Math.min(...counts)).toBeGreaterThan((0.5 * rows) / BINS);
  });

  it("has no cut in a constant column, and keeps the columns apart", () => {
    const x = Float32Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 7 : i));
    const { bin, cuts } = binColumns(x, 10, 2, 1);
    expect(cuts[0].length).toBe(0);
    expect([...bin.subarray(0, 10)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...bin.subarray(10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("separates neighbouring float32 numbers", () => {
    const x = Float32Array.of(1, 1 + 2 ** -23, 1, 1 + 2 ** -23);
    expect([...binColumns(x, 4, 1, 1).bin]).toEqual([0, 1, 0, 1]);
  });
});
