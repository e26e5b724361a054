import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elbow } from "../../../src/main/learn/elbow.ts";

describe("elbow", () => {
  it("is where a steep fall turns into a gentle one", () => {
    expect(elbow([100, 60, 20, 18, 16, 14, 12, 10])).toBe(3);
    expect(elbow([100, 10, 9, 8, 7])).toBe(2);
    expect(elbow([100, 90, 80, 70, 5, 4, 3, 2, 1])).toBe(5);
  });

  it("is 3 for three well separated discs of equal weight, though the greatest bend is at 2", () => {
    const wcss = [15988, 4941, 1816, 1595, 1375, 1156, 1005, 855, 704, 638];
    expect(elbow(wcss)).toBe(3);
  });

  it("is 1 where there is nothing to choose", () => {
    expect(elbow([5])).toBe(1);
    expect(elbow([5, 1])).toBe(1);
    expect(elbow([4, 4, 4, 4])).toBe(1);
    expect(elbow([9, 6, 3, 0])).toBe(1);
  });

  it("takes the smallest of equals", () => {
    expect(elbow([8, 4, 2, 0])).toBe(2);
    expect(elbow([6, 2, 0.5, 0.25, 0, 0, 0])).toBe(3);
  });

  it("does not depend on the unit or the zero of the curve", () => {
    const curve = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(
        curve,
        fc.constantFrom(0.25, 2, 1024),
        fc.integer({ min: 0, max: 500 }),
        (values, unit, zero) => {
          const falling = values.sort((a, b) => b - a);
          expect(elbow(falling.map((v) => (v + zero) * unit))).toBe(elbow(falling));
        },
      ),
    );
  });
});
