import { describe, expect, it } from "vitest";
import { fitAnn } from "../../src/main/learn/ann.ts";
import { trainClassifier, type TrainInput } from "../../src/main/learn/classifier.ts";
import { elbow } from "../../src/main/learn/elbow.ts";
import { openModel } from "../../src/main/learn/inference.ts";
import { wcssCurve } from "../../src/main/learn/kmeans.ts";
import { fitLogistic } from "../../src/main/learn/logistic.ts";
import { classificationMetrics } from "../../src/main/learn/metrics.ts";
import type { ClassifierName } from "../../src/shared/mission.ts";
import { dataset, discs, gap, OPTIONS, part, sequence } from "../unit/learn/synthetic.ts";

/** scikit-learn 1.2.1: `/usr/bin/python3 test/reference/learn.py`, which makes the same rows by the same formula. */
const SCIKIT = {
  ones: 2341,
  logistic: {
    accuracy: 0.6536666666666666,
    weight: [
      -0.005401491183563783, -0.0070317426261245946, -0.4004335473275993, 0.004456840078783679,
      -0.027622783710288354, -0.006072962633094281, -0.3709865309698038, 0,
    ],
  },
  bayes: {
    accuracy: 0.8003333333333333,
    probability: [
      0.0979879310051598, 0.4303945508457338, 0.01831487385069101, 0.698520703240502, 0.5274819731342412,
      0.15635484138346853,
    ],
  },
  svm: {
    accuracy: 0.92,
    decision: [
      -2.5793744438553787, 1.9559718510055433, -2.2789138360103367, -0.05802552042595943, 0.05151150962012441,
      -1.27010411306368,
    ],
    supportVectors: 1145,
  },
  /** ten seeds */
  forest: { least: 0.9033333333333333, mean: 0.9071333333333336 },
  /** mean of ten seeds; a network of four units a layer sometimes gets stuck, hence the spread */
  ann: { mean: 0.8476 },
  metrics: {
    accuracy: 0.73,
    mse: 0.27,
    f1: 0.6301369863013699,
    auc: 0.7042166184373708,
    recall: 0.5609756097560976,
    precision: 0.71875,
    brier: 0.16408207315342807,
    rocAuc: 0.8307151715584953,
  },
  kmeans: {
    wcss: [
      15988.105792869295, 4941.217269651742, 1815.83605274018, 1595.2585411730443, 1374.8077461674836,
      1155.8591052599686, 1004.9257183553111, 855.2656168185874, 704.2131104997997, 638.0451134891885,
    ],
    centroids3: [
      0, 20.00146130061321, -59.9964771977209, 1, 20.901264160370328, -57.70160803345694, 2,
      21.80043978688171, -55.402110145191735,
    ],
  },
};

const all = dataset(6000);
const train = part(all, 0, 3000);
const test = part(all, 3000, 6000);

async function answers(name: ClassifierName, input: TrainInput = train) {
  const { onnx, card } = await trainClassifier(name, input, OPTIONS);
  const model = await openModel(onnx);
  const probability = await model.probability(test.x, test.rows, test.features.length);
  await model.close();
  return { probability, card, accuracy: classificationMetrics(test.y, probability).accuracy };
}

describe("beside scikit-learn, on the same rows", () => {
  it("starts from the same labels", () => {
    expect(all.y.reduce((sum, label) => sum + label, 0)).toBe(SCIKIT.ones);
  });

  it("finds the same logistic weights, whose optimum is unique", async () => {
    const { weight } = fitLogistic(train);
    // 1e-5: both stop near the bottom. Our means are float32 numbers, which only moves the intercept.
    expect(gap(SCIKIT.logistic.weight, weight)).toBeLessThan(1e-5);
    expect((await answers("logistic")).accuracy).toBeCloseTo(SCIKIT.logistic.accuracy, 3);
  });

  it("gives the same naive Bayes probabilities", async () => {
    const { probability, accuracy } = await answers("bayes");
    // 1e-5: the graph computes in float32, column 6 has a mean of 48.86 and a spread of 0.0003.
    expect(gap(SCIKIT.bayes.probability, probability)).toBeLessThan(1e-5);
    expect(accuracy).toBeCloseTo(SCIKIT.bayes.accuracy, 3);
  });

  it("gives the same SVM decision values", async () => {
    const { probability, accuracy, card } = await answers("svm");
    const decision = Array.from(probability.subarray(0, 6), (p) => Math.log(p / (1 - p)));
    // 0.01: both solvers stop when no pair violates the conditions by more than 1e-3.
    expect(gap(SCIKIT.svm.decision, decision)).toBeLessThan(0.01);
    expect(Math.abs(Number(card.hyperparameters.supportVectors) - SCIKIT.svm.supportVectors)).toBeLessThan(
      10,
    );
    expect(Math.abs(accuracy - SCIKIT.svm.accuracy)).toBeLessThan(0.005);
  });

  it("grows a forest within half a point of the mean of ten", async () => {
    const { accuracy } = await answers("forest");
    expect(accuracy).toBeGreaterThan(SCIKIT.forest.mean - 0.005);
  });

  it("trains networks as good as the mean of ten", async () => {
    let sum = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { loss, accuracy } = fitAnn(train, { seed, annEpochs: 75 }).epochs;
      expect(loss[74]).toBeLessThan(loss[0]);
      sum += accuracy[74];
    }
    // Ours are taken on the training rows, which 73 parameters can hardly learn by heart: a hundredth for that.
    expect(sum / 10).toBeGreaterThan(SCIKIT.ann.mean + 0.01);
  });

  it("computes the same metrics, with ties among the probabilities", () => {
    const truth = all.y.slice(0, 200);
    const wave = sequence(17, 200);
    const probability = Float32Array.from(truth, (label, i) =>
      i % 10 === 0 ? 0.5 : 0.6 * wave[i] + 0.3 * label,
    );
    const ours = classificationMetrics(truth, probability);
    for (const [key, value] of Object.entries(SCIKIT.metrics)) {
      expect(ours[key as keyof typeof ours], key).toBeCloseTo(value, 12);
    }
  });

  it("finds the clusters of three discs, and no worse ones for any k", () => {
    const curve = wcssCurve(discs(3000), 3000, 3, 10, { seed: 1, starts: 20 });
    // 1 %: from k = 4 on, the best of 20 starts is a local optimum on both sides.
    curve.wcss.forEach((value, i) =>
      expect(value / SCIKIT.kmeans.wcss[i], `k = ${i + 1}`).toBeLessThan(1.01),
    );
    expect(gap(curve.best(3).centroids, SCIKIT.kmeans.centroids3)).toBeLessThan(1e-9);
    expect(curve.wcss[2]).toBeCloseTo(SCIKIT.kmeans.wcss[2], 6);
  });

  it("puts the elbow of their curve at 3, where a second difference says 2", () => {
    const { wcss } = SCIKIT.kmeans;
    expect(elbow(wcss)).toBe(3);
    const bend = wcss.slice(1, -1).map((value, i) => wcss[i] - 2 * value + wcss[i + 2]);
    expect(bend.indexOf(Math.max(...bend)) + 2).toBe(2);
  });
});
