import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  boostedImportance,
  boostedOnnx,
  predictBoosted,
  trainBoosted,
  type BoostOptions,
} from "../../../src/main/learn/boosted.ts";
import { openModel, openSession } from "../../../src/main/learn/inference.ts";
import { classificationMetrics } from "../../../src/main/learn/metrics.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { Tensor } from "onnxruntime-node";
import { exactBoost } from "./boosted-twin.ts";
import { gap, sequence } from "./synthetic.ts";

const ROWS = 1000;
const TRAIN = 700;
const WIDTH = 5;
const u = [2, 3, 5, 7, 11, 13].map((prime) => sequence(prime, ROWS));
/** A hundred whole numbers a column, so that bins lose nothing; made alike in test/reference/boosted.py. */
const x = Float32Array.from({ length: ROWS * WIDTH }, (_, i) =>
  Math.floor(100 * u[i % WIDTH][Math.floor(i / WIDTH)]),
);
const y = Float32Array.from({ length: ROWS }, (_, i) => {
  const inside = (u[0][i] - 0.5) ** 2 + (u[1][i] - 0.5) ** 2 + 0.2 * u[2][i] < 0.22;
  return inside === u[5][i] < 0.05 ? 0 : 1;
});
const target = Float32Array.from(
  { length: ROWS },
  (_, i) => 3 * u[0][i] + Math.sin(6 * u[1][i]) + u[2][i] * u[3][i],
);
const held = x.subarray(TRAIN * WIDTH);
const CLASSIFY = { loss: "logistic", rounds: 20, depth: 4, rate: 0.3, seed: 1 } as const;
const REGRESS = {
  loss: "squared",
  rounds: 30,
  depth: 3,
  rate: 0.2,
  lambda: 2,
  minChildWeight: 5,
  seed: 1,
} as const;
const fit = (options: BoostOptions) =>
  trainBoosted(x, options.loss === "logistic" ? y : target, TRAIN, WIDTH, options);

/** xgboost 1.7.4, exact splits, the same first score: test/reference/boosted.py. */
const XGBOOST = {
  logistic: [0.44516, 0.02483, 0.04081, 0.94513, 0.04859, 0.23643, 0.0555, 0.87555],
  rocAuc: 0.986208,
  gain: [0.31905, 0.36127, 0.23471, 0.03132, 0.05366],
  squared: [2.02841, 1.7872, 0.59056, 2.72231, 1.0266, 1.15869, 2.55124, 1.84356],
  rmse: 0.141198,
};

describe("beside xgboost, where every value has its own bin", () => {
  it("gives its probabilities, its area under the ROC curve in training and its shares of the gain", () => {
    const model = fit(CLASSIFY);
    const probability = predictBoosted(model, held, ROWS - TRAIN);
    // cuts lie half-way between values seen, xgboost's there too: rows differ only by float32 sums
    expect(gap(probability.subarray(0, 8), XGBOOST.logistic)).toBeLessThan(2e-4);
    const learnt = predictBoosted(model, x, TRAIN);
    const { rocAuc } = classificationMetrics(Uint8Array.from(y.subarray(0, TRAIN)), learnt);
    expect(rocAuc).toBeCloseTo(XGBOOST.rocAuc, 4);
    expect(gap(boostedImportance(model), XGBOOST.gain)).toBeLessThan(1e-3);
  });

  it("gives its values and error for a squared loss with a penalty and a least weight", () => {
    const values = predictBoosted(fit(REGRESS), held, ROWS - TRAIN);
    expect(gap(values.subarray(0, 8), XGBOOST.squared)).toBeLessThan(2e-4);
    const squares = values.reduce((sum, v, i) => sum + (v - target[TRAIN + i]) ** 2, 0);
    expect(Math.sqrt(squares / values.length)).toBeCloseTo(XGBOOST.rmse, 4);
  });
});

describe("beside a twin that tries every split of every feature anew", () => {
  const column = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 24, maxLength: 24 });
  const settings = fc.record({
    loss: fc.constantFrom("logistic" as const, "squared" as const),
    rounds: fc.integer({ min: 1, max: 4 }),
    depth: fc.integer({ min: 1, max: 3 }),
    rate: fc.constantFrom(0.1, 0.5, 1),
    lambda: fc.constantFrom(0.5, 1, 3),
    minChildWeight: fc.constantFrom(0, 0.7, 2),
  });

  it("makes the same predictions on small tables", () => {
    fc.assert(
      fc.property(
        fc.tuple(column, column),
        fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
        settings,
        (columns, ones, s) => {
          const table = Float32Array.from({ length: 48 }, (_, i) => columns[i % 2][i >> 1]);
          const truth = Float32Array.from(ones, Number);
          const twin = exactBoost(table, truth, 24, 2, s);
          fc.pre(twin !== null);
          const model = trainBoosted(table, truth, 24, 2, { ...s, seed: 1 });
          expect(gap(predictBoosted(model, table, 24), twin)).toBeLessThan(2e-5);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("boosted trees", () => {
  it("give the same answers through ONNX, for probabilities and for values", async () => {
    const classifier = fit(CLASSIFY);
    const predictor = await openModel(boostedOnnx(classifier));
    const answers = await predictor.probability(x, ROWS, WIDTH);
    await predictor.close();
    expect(gap(answers, predictBoosted(classifier, x, ROWS))).toBeLessThan(1e-6);
    const regressor = fit(REGRESS);
    const session = await openSession(boostedOnnx(regressor), 1);
    const { value } = await session.run({ x: new Tensor("float32", x, [ROWS, WIDTH]) });
    await session.release();
    expect(value.dims).toEqual([ROWS, 1]);
    expect(gap(value.data as Float32Array, predictBoosted(regressor, x, ROWS))).toBeLessThan(1e-5);
  });

  it("lower the loss on the training rows with every round", () => {
    const errorAfter = (rounds: number) =>
      predictBoosted(fit({ ...REGRESS, rounds }), x, TRAIN).reduce(
        (sum, v, i) => sum + (v - target[i]) ** 2,
        0,
      );
    const errors = [0, 1, 2, 5, 10, 20].map(errorAfter);
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    expect(errors.at(-1)).toBeLessThan(errors[0] / 20);
  });

  it("answer with the mean, or the share of class 1, without any round", () => {
    const share = y.subarray(0, TRAIN).reduce((sum, v) => sum + v, 0) / TRAIN;
    expect(predictBoosted(fit({ ...CLASSIFY, rounds: 0 }), x, 1)[0]).toBeCloseTo(share, 6);
  });

  it("let a tree test no more features than its share, and differ from tree to tree", () => {
    const model = fit({ ...CLASSIFY, columnSample: 0.4, rounds: 30 });
    const used = model.root.map((root, t) => {
      const nodes = model.feature.slice(root, model.root[t + 1] ?? model.feature.length);
      return [...new Set(nodes.filter((f) => f >= 0))].sort();
    });
    expect(Math.max(...used.map((features) => features.length))).toBe(2);
    expect(new Set(used.map(String)).size).toBeGreaterThan(4);
  });

  it("see another share of the rows in every tree, by the seed alone", () => {
    const half = { ...REGRESS, subsample: 0.5 };
    const answers = [half, half, { ...half, seed: 2 }, REGRESS].map((options) =>
      predictBoosted(fit(options), x, 50),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(gap(answers[2], answers[0])).toBeGreaterThan(1e-3);
    expect(gap(answers[3], answers[0])).toBeGreaterThan(1e-3);
    const squares = answers[0].reduce((sum, v, i) => sum + (v - target[i]) ** 2, 0);
    expect(Math.sqrt(squares / 50)).toBeLessThan(0.2);
  });

  it("never split where a side would weigh less than asked", () => {
    const model = fit({ ...REGRESS, minChildWeight: 300 });
    const rowsIn = new Map<number, number>();
    for (let row = 0; row < TRAIN; row++) {
      let n = model.root[0];
      while (model.feature[n] >= 0)
        n = x[row * WIDTH + model.feature[n]] <= model.threshold[n] ? model.left[n] : model.right[n];
      rowsIn.set(n, (rowsIn.get(n) ?? 0) + 1);
    }
    expect(rowsIn.size).toBe(2);
    expect(Math.min(...rowsIn.values())).toBeGreaterThanOrEqual(300);
  });

  it("stop when asked to, as a cancellation", () => {
    expect(() => fit({ ...CLASSIFY, shouldStop: () => true })).toThrow(Cancelled);
  });
});
