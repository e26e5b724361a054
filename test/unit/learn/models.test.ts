import { describe, expect, it } from "vitest";
import { annGraph, fitAnn } from "../../../src/main/learn/ann.ts";
import { bayesGraph, fitBayes } from "../../../src/main/learn/bayes.ts";
import { fitForest, forestGraph } from "../../../src/main/learn/forest.ts";
import { openModel } from "../../../src/main/learn/inference.ts";
import { fitLogistic, logisticGraph } from "../../../src/main/learn/logistic.ts";
import { HIDDEN, layout } from "../../../src/main/learn/network.ts";
import type { Scale } from "../../../src/main/learn/scale.ts";
import { solveSvm } from "../../../src/main/learn/smo.ts";
import { fitSvm, svmGraph } from "../../../src/main/learn/svm.ts";
import { sigmoid } from "../../../src/main/learn/training.ts";
import { dataset, gap, OPTIONS, part } from "./synthetic.ts";

const all = dataset(1500);
const train = part(all, 0, 1000);
const { x, rows } = all;
const width = all.features.length;

/** Standardised features of one row, in float64. */
const features = ({ mean, factor }: Scale, row: number) =>
  Array.from({ length: width }, (_, f) => (x[row * width + f] - mean[f]) * factor[f]);

/** The graph's answers beside those of a formula written out here in float64, on rows seen and unseen. */
async function compare(onnx: Uint8Array, twin: (row: number) => number): Promise<number> {
  const model = await openModel(onnx);
  const answers = await model.probability(x, rows, width);
  await model.close();
  const expected = Array.from({ length: rows }, (_, row) => twin(row));
  expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.2);
  return gap(answers, expected);
}

describe("the ONNX graph gives the probability of the model in memory", () => {
  it("logistic regression", async () => {
    const model = fitLogistic(train);
    const twin = (row: number) =>
      sigmoid(
        features(model.scale, row).reduce((sum, z, f) => sum + z * model.weight[f], model.weight[width]),
      );
    expect(await compare(logisticGraph(model), twin)).toBeLessThan(1e-6);
  });

  it("naive Bayes, by the Gaussian density", async () => {
    const model = fitBayes(train);
    const density = (z: number[], c: number) =>
      z.reduce((product, value, f) => {
        const precision = model.precision[c * width + f];
        if (precision === 0) return product;
        const deviation = (value - model.mean[c * width + f]) * precision;
        return (product * precision * Math.exp((-deviation * deviation) / 2)) / Math.sqrt(2 * Math.PI);
      }, model.prior[c]);
    const twin = (row: number) => {
      const z = features(model.scale, row);
      return density(z, 1) / (density(z, 0) + density(z, 1));
    };
    expect(await compare(bayesGraph(model), twin)).toBeLessThan(1e-5);
  });

  it("support vector machine", async () => {
    const model = fitSvm(train, { seed: 1, svmRows: 400 });
    const twin = (row: number) => {
      const z = features(model.scale, row);
      const decision = model.coefficient.reduce((sum, coefficient, s) => {
        const square = z.reduce((total, value, f) => total + (value - model.vectors[s * width + f]) ** 2, 0);
        return sum + coefficient * Math.exp(-model.gamma * square);
      }, -model.rho);
      return sigmoid(decision);
    };
    expect(model.trainRows).toBe(400);
    expect(await compare(svmGraph(model), twin)).toBeLessThan(1e-5);
  });

  it("random forest", async () => {
    const trees = fitForest(train, OPTIONS);
    const twin = (row: number) =>
      trees.reduce((sum, tree) => {
        let n = 0;
        while (tree.feature[n] >= 0) {
          n = x[row * width + tree.feature[n]] <= tree.threshold[n] ? tree.left[n] : tree.right[n];
        }
        return sum + tree.share[n] / trees.length;
      }, 0);
    expect(await compare(forestGraph(trees, width), twin)).toBeLessThan(1e-6);
  });

  it("neural network", async () => {
    const model = fitAnn(train, OPTIONS);
    const { bias1, weight2, bias2, weight3, bias3 } = layout(width);
    const p = model.network.parameters;
    const units = (inputs: number[], weight: number, bias: number) =>
      Array.from({ length: HIDDEN }, (_, j) =>
        Math.max(
          0,
          inputs.reduce((sum, value, i) => sum + value * p[weight + i * HIDDEN + j], p[bias + j]),
        ),
      );
    const twin = (row: number) => {
      const second = units(units(features(model.scale, row), 0, bias1), weight2, bias2);
      return sigmoid(second.reduce((sum, value, j) => sum + value * p[weight3 + j], p[bias3]));
    };
    expect(await compare(annGraph(model), twin)).toBeLessThan(1e-5);
  });
});

describe("the forest", () => {
  it("keeps to its size, and to what its rows say", () => {
    const trees = fitForest(train, OPTIONS);
    expect(trees.length).toBe(30);
    const ones = train.y.reduce((sum, label) => sum + label, 0) / train.rows;
    for (const tree of trees) {
      const depth = (n: number): number =>
        tree.feature[n] < 0 ? 0 : 1 + Math.max(depth(tree.left[n]), depth(tree.right[n]));
      expect(depth(0)).toBeLessThanOrEqual(9);
      // the share of ones in a bootstrap sample of 1,000 deviates by 0.015
      expect(Math.abs(tree.share[0] - ones)).toBeLessThan(0.075);
      expect(tree.feature.length).toBe(2 * tree.feature.filter((f) => f < 0).length - 1);
    }
    expect(new Set(trees.map((tree) => tree.threshold.join())).size).toBe(30);
  });

  it("cuts a column that decides alone where it decides", () => {
    const step = { x: new Float32Array(1000), y: new Uint8Array(1000), rows: 1000, features: ["a"] };
    for (let i = 0; i < 1000; i++) step.x[i] = i;
    step.y.fill(1, 625);
    for (const tree of fitForest(step, OPTIONS)) {
      expect(Math.abs(tree.threshold[0] - 624.5)).toBeLessThan(5);
    }
  });
});

describe("the support vector machine", () => {
  it("meets the conditions of the optimum: margins of the free, the bound and the unused rows", () => {
    const c = 1;
    const gamma = 0.25;
    const z = x.slice(0, 300 * width).map((value, j) => (j % width >= 6 ? 0 : 4 * (value - 0.5)));
    const y = all.y.slice(0, 300);
    const { rows: support, coefficient, rho } = solveSvm(z, y, width, c, gamma);
    const alpha = new Float64Array(300);
    support.forEach((row, s) => (alpha[row] = coefficient[s]));
    expect(Math.abs(alpha.reduce((sum, a) => sum + a, 0))).toBeLessThan(1e-9);
    const kinds = [0, 0, 0];
    for (let i = 0; i < 300; i++) {
      const sign = y[i] === 1 ? 1 : -1;
      let decision = -rho;
      for (let j = 0; j < 300; j++) {
        let square = 0;
        for (let f = 0; f < width; f++) square += (z[i * width + f] - z[j * width + f]) ** 2;
        decision += alpha[j] * Math.exp(-gamma * square);
      }
      const own = sign * alpha[i];
      const margin = sign * decision;
      expect(own).toBeGreaterThanOrEqual(0);
      expect(own).toBeLessThanOrEqual(c);
      if (own === 0) expect(margin).toBeGreaterThan(1 - 2e-3);
      else if (own === c) expect(margin).toBeLessThan(1 + 2e-3);
      else expect(Math.abs(margin - 1)).toBeLessThan(2e-3);
      kinds[own === 0 ? 0 : own === c ? 2 : 1]++;
    }
    expect(Math.min(...kinds)).toBeGreaterThan(10);
  });

  it("keeps a row of a class that is one in a thousand", () => {
    const y = new Uint8Array(1000);
    y[500] = 1;
    const model = fitSvm({ ...train, y }, { seed: 1, svmRows: 100 });
    expect(model.coefficient.filter((a) => a > 0).length).toBe(1);
  });
});

describe("the logistic regression", () => {
  it("reaches the same optimum from a sample's fit as from nothing, in fewer steps", () => {
    const many = dataset(6000);
    const fitted = fitLogistic(many);
    const gradient = new Float64Array(width + 1);
    for (let row = 0; row < many.rows; row++) {
      const { mean, factor } = fitted.scale;
      const z = Array.from({ length: width }, (_, f) => (many.x[row * width + f] - mean[f]) * factor[f]);
      const score = z.reduce((sum, value, f) => sum + value * fitted.weight[f], fitted.weight[width]);
      const error = sigmoid(score) - many.y[row];
      z.forEach((value, f) => (gradient[f] += error * value));
      gradient[width] += error;
    }
    for (let f = 0; f < width; f++) gradient[f] += fitted.weight[f];
    // the gradient of 6,000 rows; a unit of it is a weight's change of about 1e-3
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(0.05);
    expect(fitted.iterations).toBeLessThan(fitLogistic(train).iterations);
  });

  it("stays finite on classes that a plane separates", () => {
    const y = Uint8Array.from({ length: 1000 }, (_, row) => (x[row * width] > 0.5 ? 1 : 0));
    const { weight } = fitLogistic({ ...train, y });
    expect(weight.every(Number.isFinite)).toBe(true);
    expect(weight[0]).toBeGreaterThan(1);
  });
});
