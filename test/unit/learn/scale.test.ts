import { describe, expect, it } from "vitest";
import { fitScale, standardise } from "../../../src/main/learn/scale.ts";

describe("standardisation", () => {
  it("gives mean 0 and deviation 1, also far from zero", () => {
    const rows = 1001;
    const x = Float32Array.from({ length: 2 * rows }, (_, j) => {
      const i = Math.floor(j / 2);
      return j % 2 === 0 ? 6000 + i / 64 : -0.001 * i;
    });
    const z = standardise(x, rows, fitScale(x, rows, 2));
    for (const f of [0, 1]) {
      let sum = 0;
      let square = 0;
      for (let i = 0; i < rows; i++) {
        sum += z[2 * i + f];
        square += z[2 * i + f] ** 2;
      }
      // the mean is rounded to float32: 6000 ± 0.0005 of a deviation of 4.5
      expect(Math.abs(sum / rows)).toBeLessThan(1e-4);
      expect(square / rows).toBeCloseTo(1, 6);
    }
  });

  it("makes a constant column 0, for other values too, whatever the constant", () => {
    for (const constant of [0, 120, 0.1, 48.86, -1e30]) {
      const x = new Float32Array(333).fill(constant);
      const scale = fitScale(x, 333, 1);
      expect(scale.factor[0]).toBe(0);
      expect([...standardise(Float32Array.of(constant, 7), 2, scale)].map(Math.abs)).toEqual([0, 0]);
    }
  });

  it("looks at the chosen rows only", () => {
    const x = Float32Array.of(1, 100, 3, 100, 5);
    const chosen = Uint32Array.of(0, 2, 4);
    const scale = fitScale(x, 5, 1, chosen);
    expect(scale.mean[0]).toBe(3);
    expect(scale.factor[0]).toBeCloseTo(1 / Math.sqrt(8 / 3), 12);
    expect(standardise(x, 5, scale, chosen)[1]).toBe(0);
  });
});
