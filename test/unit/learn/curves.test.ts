import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calibration,
  confusion,
  precisionRecallCurve,
  rocCurve,
  thin,
  trapezoids,
} from "../../../src/main/learn/curves.ts";
import { classificationMetrics } from "../../../src/main/learn/metrics.ts";
import { sequence } from "./synthetic.ts";

const ROWS = 500;
const y = Uint8Array.from(sequence(2, ROWS), (v) => (v < 0.4 ? 1 : 0));
const spread = sequence(3, ROWS);
const lift = sequence(5, ROWS);
/** Rounded, so that many rows share a score; made alike in test/reference/boosted.py. */
const score = Float32Array.from(
  y,
  (label, i) => Math.round(100 * (0.5 * spread[i] + 0.5 * label * lift[i])) / 100,
);

const scored = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 12 })), { minLength: 4, maxLength: 60 })
  .filter((rows) => new Set(rows.map(([one]) => one)).size === 2)
  .map((rows) => ({
    truth: Uint8Array.from(rows, ([one]) => Number(one)),
    probability: Float32Array.from(rows, ([, step]) => step / 12),
  }));

describe("the ROC curve", () => {
  it("has scikit-learn's area, scores that rows share included", () => {
    expect(rocCurve(y, score)!.area).toBeCloseTo(0.8314916666666666, 9);
  });

  it("runs from nothing called to everything called, ever upwards, over the area that pairs of rows give", () => {
    fc.assert(
      fc.property(scored, ({ truth, probability }) => {
        const { x: alarms, y: recall, area } = rocCurve(truth, probability)!;
        expect([alarms[0], recall[0], alarms.at(-1), recall.at(-1)]).toEqual([0, 0, 1, 1]);
        expect(alarms).toEqual([...alarms].sort((a, b) => a - b));
        expect(recall).toEqual([...recall].sort((a, b) => a - b));
        expect(area).toBeCloseTo(classificationMetrics(truth, probability).rocAuc, 10);
        expect(trapezoids(alarms, recall)).toBeCloseTo(area, 10);
      }),
    );
  });

  it("is none where the rows are of one class", () => {
    expect(rocCurve(Uint8Array.of(1, 1), Float32Array.of(0.2, 0.4))).toBeNull();
    expect(rocCurve(Uint8Array.of(0, 0), Float32Array.of(0.2, 0.4))).toBeNull();
  });
});

describe("the precision–recall curve", () => {
  it("has scikit-learn's average precision", () => {
    expect(precisionRecallCurve(y, score)!.area).toBeCloseTo(0.8229728751150815, 9);
  });

  it("ends at the share of class 1, where everything is called", () => {
    fc.assert(
      fc.property(scored, ({ truth, probability }) => {
        const { x: recall, y: precision } = precisionRecallCurve(truth, probability)!;
        expect(recall.at(-1)).toBe(1);
        expect(precision.at(-1)).toBeCloseTo(truth.reduce((sum, v) => sum + v, 0) / truth.length, 12);
      }),
    );
  });

  it("is none without a row of class 1", () => {
    expect(precisionRecallCurve(Uint8Array.of(0, 0), Float32Array.of(0.2, 0.4))).toBeNull();
  });
});

describe("thinning", () => {
  const bent = (rows: number) => sequence(7, rows).sort();

  it.each([
    ["a steep curve", bent(20_000), bent(20_000).map((v) => v ** 0.05)],
    ["a diagonal of steps", bent(20_000), bent(20_000).map((v) => Math.round(v * 1500) / 1500)],
    ["a saw", bent(5000), bent(5000).map((v, i) => v + (i % 2) * 1e-3)],
  ])("leaves %s at 200 points, its ends, and its area", (_, x, own) => {
    const thinned = thin(x, own);
    expect(thinned.x.length).toBe(200);
    expect([thinned.x[0], thinned.y[0]]).toEqual([x[0], own[0]]);
    expect([thinned.x.at(-1), thinned.y.at(-1)]).toEqual([x.at(-1), own.at(-1)]);
    expect(Math.abs(trapezoids(thinned.x, thinned.y) - trapezoids(x, own))).toBeLessThan(2e-4);
  });

  it("touches nothing of a curve that is short enough", () => {
    expect(thin([0, 0.5, 1], [0, 1, 1])).toEqual({ x: [0, 0.5, 1], y: [0, 1, 1] });
  });
});

describe("calibration", () => {
  it("puts equally many rows into a bin, and weighs what each promises too much or too little by its rows", () => {
    const { probability, share, rows, error } = calibration(y, score, 5);
    expect(rows.reduce((sum, n) => sum + n, 0)).toBe(ROWS);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(20);
    expect(probability).toEqual([...probability].sort((a, b) => a - b));
    const weighed = rows.reduce((sum, n, b) => sum + (n / ROWS) * Math.abs(share[b] - probability[b]), 0);
    expect(error).toBeCloseTo(weighed, 9);
    expect(error).toBeGreaterThan(0.05);
  });

  it("finds no error where every probability comes true, whatever the order of the rows", () => {
    const truth = Uint8Array.from({ length: 100 }, (_, i) => (i % 10 < 3 ? 1 : 0));
    const sure = calibration(truth, new Float32Array(100).fill(0.3));
    expect(sure.rows).toEqual([100]);
    expect(sure.error).toBeLessThan(1e-7);
  });
});

it("the confusion matrix counts an answer as 1 above the threshold only", () => {
  const truth = Uint8Array.of(1, 1, 0, 0, 1);
  const probability = Float32Array.of(0.75, 0.5, 0.75, 0.25, 0.25);
  expect(confusion(truth, probability)).toEqual({
    truePositive: 1,
    falsePositive: 1,
    trueNegative: 1,
    falseNegative: 2,
  });
  expect(confusion(truth, probability, 0.2).truePositive).toBe(3);
});
