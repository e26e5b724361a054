import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classificationMetrics } from "../../../src/main/learn/metrics.ts";

const rows = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 20 })), {
  minLength: 1,
  maxLength: 60,
});
const truth = (data: [boolean, number][]) => Uint8Array.from(data, ([label]) => (label ? 1 : 0));
const score = (data: [boolean, number][], f = (s: number) => s) =>
  Float32Array.from(data, ([, s]) => f(s / 20));

/** The definition: all pairs of a positive and a negative. */
function pairArea(y: Uint8Array, p: Float32Array): number {
  let right = 0;
  let pairs = 0;
  for (let i = 0; i < y.length; i++) {
    for (let j = 0; j < y.length; j++) {
      if (y[i] !== 1 || y[j] !== 0) continue;
      pairs++;
      right += p[i] > p[j] ? 1 : p[i] === p[j] ? 0.5 : 0;
    }
  }
  return pairs === 0 ? 0.5 : right / pairs;
}

describe("classificationMetrics", () => {
  it("agrees with a table worked by hand", () => {
    // 3 hits, 1 miss, 2 false alarms, 4 rejections
    const y = Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    const p = Float32Array.of(1, 0.75, 0.75, 0.25, 1, 0.75, 0.5, 0.25, 0, 0);
    const m = classificationMetrics(y, p);
    expect(m.accuracy).toBeCloseTo(0.7, 12);
    expect(m.mse).toBeCloseTo(0.3, 12);
    expect(m.precision).toBeCloseTo(3 / 5, 12);
    expect(m.recall).toBeCloseTo(3 / 4, 12);
    expect(m.f1).toBeCloseTo(6 / 9, 12);
    expect(m.auc).toBeCloseTo((3 / 4 + 4 / 6) / 2, 12);
    // squared errors: 0, 1/16, 1/16, 9/16, 1, 9/16, 1/4, 1/16, 0, 0
    expect(m.brier).toBeCloseTo((12 / 16 + 1 + 9 / 16 + 1 / 4) / 10, 12);
    // of 24 pairs: 1 beats 5, ties 1; 0.75 beats 4, ties 1 (twice); 0.25 beats 2, ties 1
    expect(m.rocAuc).toBeCloseTo((5.5 + 4.5 + 4.5 + 2.5) / 24, 12);
  });

  it("answers 0 at exactly one half", () => {
    expect(classificationMetrics(Uint8Array.of(0, 1), Float32Array.of(0.5, 0.5)).accuracy).toBe(0.5);
  });

  it("is finite, within 0…1, and the area of the scores is that over all pairs", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const m = classificationMetrics(truth(data), score(data));
        for (const value of Object.values(m)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(m.rocAuc).toBeCloseTo(pairArea(truth(data), score(data)), 12);
        const hard = score(data, (s) => (Math.fround(s) > 0.5 ? 1 : 0));
        expect(m.auc).toBeCloseTo(pairArea(truth(data), hard), 12);
      }),
    );
  });

  it("keeps the area of the scores under a rising map and turns it round under a falling one", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const area = (f: (s: number) => number) => classificationMetrics(truth(data), score(data, f)).rocAuc;
        expect(area((s) => s ** 3 / 2)).toBeCloseTo(
          area((s) => s),
          12,
        );
        expect(area((s) => 1 - s)).toBeCloseTo(1 - area((s) => s), 12);
      }),
    );
  });

  it("says 0.5 for both areas, and never NaN, where the truth holds one class", () => {
    const none = classificationMetrics(Uint8Array.of(0, 0), Float32Array.of(0.1, 0.2));
    expect(none).toMatchObject({ accuracy: 1, f1: 0, recall: 0, precision: 0, auc: 0.5, rocAuc: 0.5 });
    const all = classificationMetrics(Uint8Array.of(1, 1), Float32Array.of(0.9, 0.2));
    expect(all).toMatchObject({ accuracy: 0.5, recall: 0.5, precision: 1, auc: 0.5, rocAuc: 0.5 });
  });

  it("says precision 0 where nothing is called positive", () => {
    const m = classificationMetrics(Uint8Array.of(1, 0), Float32Array.of(0.2, 0.1));
    expect(m).toMatchObject({ precision: 0, recall: 0, f1: 0, rocAuc: 1 });
  });

  it("refuses to judge no rows, or probabilities of other rows", () => {
    expect(() => classificationMetrics(new Uint8Array(0), new Float32Array(0))).toThrow(
      /one probability a row/,
    );
    expect(() => classificationMetrics(new Uint8Array(2), new Float32Array(3))).toThrow(
      /one probability a row/,
    );
  });
});
