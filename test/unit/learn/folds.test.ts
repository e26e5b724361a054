import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldRows, stratifiedFolds, threeWaySplit } from "../../../src/main/learn/folds.ts";
import { BadInput } from "../../../src/shared/errors.ts";

const labels = fc
  .array(fc.boolean(), { minLength: 10, maxLength: 80 })
  .map((ones) => Uint8Array.from(ones, Number));

describe("stratified folds", () => {
  it("hold every row once, and their share of either class, to within one row", () => {
    fc.assert(
      fc.property(labels, fc.integer({ min: 2, max: 10 }), fc.nat(), (y, folds, seed) => {
        const fold = stratifiedFolds(y, folds, seed);
        for (const rowsOf of [() => true, (row: number) => y[row] === 1, (row: number) => y[row] === 0]) {
          const sizes = Array.from(
            { length: folds },
            (_, f) => fold.filter((own, row) => own === f && rowsOf(row)).length,
          );
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("part the rows into those to learn from and those to test on", () => {
    const fold = stratifiedFolds(
      Uint8Array.from({ length: 31 }, (_, i) => i % 2),
      4,
      9,
    );
    const tested = [0, 1, 2, 3].flatMap((held) => {
      const { train, test } = foldRows(fold, held);
      expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, i) => i));
      return [...test];
    });
    expect(tested.sort((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, i) => i));
  });

  it("depend on the seed alone", () => {
    const y = Uint8Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    expect(stratifiedFolds(y, 5, 1)).toEqual(stratifiedFolds(y, 5, 1));
    expect(stratifiedFolds(y, 5, 1)).not.toEqual(stratifiedFolds(y, 5, 2));
  });

  it("refuse one fold, and more folds than rows", () => {
    expect(() => stratifiedFolds(new Uint8Array(5), 1, 1)).toThrow(BadInput);
    expect(() => stratifiedFolds(new Uint8Array(5), 6, 1)).toThrow(BadInput);
  });
});

describe("three-way split", () => {
  it("gives disjoint, ascending sets that hold all rows, none of them empty", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 300 }),
        fc.integer({ min: 1, max: 45 }),
        fc.integer({ min: 1, max: 45 }),
        (rows, v, t) => {
          const { train, validation, test } = threeWaySplit(rows, v / 100, t / 100, 3);
          for (const set of [train, validation, test]) {
            expect(set.length).toBeGreaterThan(0);
            expect(set).toEqual(set.slice().sort());
          }
          const all = [...train, ...validation, ...test].sort((a, b) => a - b);
          expect(all).toEqual(Array.from({ length: rows }, (_, i) => i));
        },
      ),
    );
  });

  it("keeps the shares", () => {
    const { train, validation, test } = threeWaySplit(1000, 0.1, 0.2, 3);
    expect([train.length, validation.length, test.length]).toEqual([700, 100, 200]);
  });

  it("refuses two rows, and shares that leave nothing", () => {
    expect(() => threeWaySplit(2, 0.1, 0.2, 1)).toThrow(BadInput);
    expect(() => threeWaySplit(100, 0.5, 0.5, 1)).toThrow(BadInput);
  });
});
