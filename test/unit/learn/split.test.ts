import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/main/math/random.ts";
import { sampleRows, split } from "../../../src/main/learn/split.ts";
import { BadInput } from "../../../src/shared/errors.ts";

describe("split", () => {
  it("holds out 12,582 of 62,908 rows, as scikit-learn's train_test_split does", () => {
    const { train, test } = split(62_908, 0.2, 1);
    expect(test.length).toBe(12_582);
    expect(train.length).toBe(50_326);
  });

  it("puts every row in exactly one of two ascending sets, neither empty", () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), share, fc.nat(), (rows, testShare, seed) => {
        const { train, test } = split(rows, testShare, seed);
        expect(train.length).toBeGreaterThan(0);
        expect(test.length).toBeGreaterThan(0);
        expect([...train]).toEqual([...train].sort((a, b) => a - b));
        expect([...test]).toEqual([...test].sort((a, b) => a - b));
        expect(new Set([...train, ...test]).size).toBe(rows);
        expect(train.length + test.length).toBe(rows);
      }),
    );
  });

  it("depends on the seed and on nothing else", () => {
    expect(split(1000, 0.2, 5).test).toEqual(split(1000, 0.2, 5).test);
    expect(split(1000, 0.2, 5).test).not.toEqual(split(1000, 0.2, 6).test);
  });

  it("refuses a single row", () => {
    expect(() => split(1, 0.2, 1)).toThrow(BadInput);
  });
});

describe("sampleRows", () => {
  it("takes different rows, ascending, and all where there are not more", () => {
    const rows = sampleRows(100, 10, new Random(1, "test"));
    expect(rows.length).toBe(10);
    expect(new Set(rows).size).toBe(10);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    expect([...sampleRows(3, 10, new Random(1, "test"))]).toEqual([0, 1, 2]);
  });
});
