import { describe, expect, it } from "vitest";
import { fitAnn } from "../../../src/main/learn/ann.ts";
import { HIDDEN, layout, makeNetwork, type Network } from "../../../src/main/learn/network.ts";
import { startTraining } from "../../../src/main/learn/network-training.ts";
import { standardise } from "../../../src/main/learn/scale.ts";
import { Random } from "../../../src/main/math/random.ts";
import { learnRows, twinOf } from "./network-twin.ts";
import { dataset, gap, OPTIONS, part } from "./synthetic.ts";

const WIDTH = 5;
const ROWS = 40;
const random = new Random(3, "network-test");
const z = Float32Array.from({ length: ROWS * WIDTH }, () => random.normal());
const y = Uint8Array.from({ length: ROWS }, () => random.below(2));
const order = Uint32Array.from({ length: ROWS }, (_, i) => ROWS - 1 - i);

/** A network with every unit alive for some rows and silent for others. */
function network(): Network {
  const made = makeNetwork(WIDTH, new Random(5, "network-test"), 0.7);
  const { bias1, weight2, bias2, weight3 } = layout(WIDTH);
  made.parameters.fill(0.2, bias1, weight2).fill(0.1, bias2, weight3);
  return made;
}

/** Sum of the losses, written out layer by layer with loops over units, probabilities and logarithms. */
function lossOf(p: Float64Array): number {
  const { bias1, weight2, bias2, weight3, bias3 } = layout(WIDTH);
  let loss = 0;
  for (let row = 0; row < ROWS; row++) {
    const units = (inputs: number[], weight: number, bias: number) =>
      Array.from({ length: HIDDEN }, (_, j) =>
        Math.max(
          0,
          inputs.reduce((sum, value, i) => sum + value * p[weight + i * HIDDEN + j], p[bias + j]),
        ),
      );
    const first = units([...z.subarray(row * WIDTH, (row + 1) * WIDTH)], 0, bias1);
    const second = units(first, weight2, bias2);
    const score = second.reduce((sum, value, j) => sum + value * p[weight3 + j], p[bias3]);
    const probability = 1 / (1 + Math.exp(-score));
    loss -= Math.log(y[row] === 1 ? probability : 1 - probability);
  }
  return loss;
}

describe("the network", () => {
  it("has as many parameters as 21 → 4 → 4 → 1 needs", () => {
    expect(layout(21).count).toBe(21 * 4 + 4 + 4 * 4 + 4 + 4 + 1);
  });

  it("computes the loss of its definition", () => {
    const net = network();
    const training = startTraining(net, [{ z, y, rows: ROWS }]);
    training.learn(0, ROWS);
    expect(training.totals().loss).toBeCloseTo(lossOf(net.parameters), 10);
    expect(training.totals()).toEqual({ loss: 0, hits: 0 });
  });

  it.each([1, 2, 5, 10, 21])("learns from rows of %i features as row by row", (width) => {
    const draws = new Random(width, "network-test");
    const rows = 7;
    const wide = Float32Array.from({ length: rows * width }, () => draws.normal());
    const made = makeNetwork(width, draws, 0.7);
    const twin = twinOf(made);
    const training = startTraining(made, [{ z: wide, y, rows }]);
    for (const [from, to] of [
      [0, 4],
      [4, 6],
      [1, 7],
    ]) {
      training.learn(from, to);
      learnRows(
        twin,
        wide,
        y,
        Uint32Array.from({ length: rows }, (_, i) => i),
        from,
        to,
      );
    }
    expect(gap(training.gradient, twin.gradient)).toBeLessThan(1e-13);
    const { loss, hits } = training.totals();
    expect(loss).toBeCloseTo(twin.loss, 12);
    expect(hits).toBe(twin.hits);
  });

  it("stays finite where the score is far beyond what a sigmoid can tell", () => {
    const net = network();
    net.parameters.fill(40, layout(WIDTH).weight2, layout(WIDTH).bias2);
    net.parameters.fill(1e6, layout(WIDTH).weight3);
    const training = startTraining(net, [{ z, y, rows: ROWS }]);
    const twin = twinOf(net);
    training.learn(0, ROWS);
    learnRows(twin, z, y, order, 0, ROWS);
    const { loss, hits } = training.totals();
    expect(loss / twin.loss).toBeCloseTo(1, 12);
    expect(hits).toBe(twin.hits);
    training.gradient.forEach((slope, i) =>
      expect(Math.abs(slope - twin.gradient[i])).toBeLessThanOrEqual(1e-12 * Math.abs(twin.gradient[i])),
    );
  });

  it("computes the gradient that central differences of the loss give", () => {
    const net = network();
    const training = startTraining(net, [{ z, y, rows: ROWS }]);
    training.learn(0, ROWS);
    const step = 1e-6;
    let alive = 0;
    for (let i = 0; i < net.parameters.length; i++) {
      const up = net.parameters.slice();
      const down = net.parameters.slice();
      up[i] += step;
      down[i] -= step;
      const slope = (lossOf(up) - lossOf(down)) / (2 * step);
      // The differences err by about 1e-16·loss/step; a kink of a ReLU within the step would show as far more.
      expect(Math.abs(training.gradient[i] - slope), `parameter ${i}`).toBeLessThan(
        1e-7 * Math.max(1, Math.abs(slope)),
      );
      if (Math.abs(slope) > 1e-3) alive++;
    }
    expect(alive).toBeGreaterThan(0.9 * net.parameters.length);
  });

  it("adds up over the parts of a batch, in any order", () => {
    const twin = twinOf(network());
    learnRows(twin, z, y, order, 0, ROWS);
    const training = startTraining(network(), [
      { z, y, rows: 30 },
      { z: z.subarray(30 * WIDTH), y: y.subarray(30), rows: ROWS - 30 },
    ]);
    training.order.set(order);
    training.learn(0, 13);
    training.learn(13, ROWS);
    expect(gap(training.gradient, twin.gradient)).toBeLessThan(1e-13);
    expect(training.totals().hits).toBe(twin.hits);
  });

  it("draws its weights with the deviation asked for, and starts from biases of 0", () => {
    const { parameters } = makeNetwork(2000, new Random(1, "network-test"), 0.05);
    const { bias1, weight2 } = layout(2000);
    const weights = parameters.subarray(0, bias1);
    const deviation = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0) / weights.length);
    // 8,000 draws: the deviation of a deviation is 0.8 %
    expect(Math.abs(deviation / 0.05 - 1)).toBeLessThan(0.03);
    expect([...parameters.subarray(bias1, weight2)]).toEqual([0, 0, 0, 0]);
  });
});

describe("training", () => {
  it("lowers the loss and gives a mean loss and accuracy for every epoch", () => {
    const { epochs } = fitAnn(part(dataset(2000), 0, 2000), { ...OPTIONS, annEpochs: 40 });
    const { loss, accuracy } = epochs;
    expect(loss.length).toBe(40);
    expect(accuracy.length).toBe(40);
    expect(loss[0]).toBeCloseTo(Math.LN2, 1);
    expect(loss[39]).toBeLessThan(0.7 * loss[0]);
    expect(accuracy[39]).toBeGreaterThan(0.8);
  });

  it("is measured after every epoch on rows that it does not learn from, and learns the same with them or without", () => {
    const learnt = part(dataset(2000), 0, 1500);
    const held = part(dataset(2000), 1500, 2000);
    const seen: (number | undefined)[] = [];
    const options = { ...OPTIONS, annEpochs: 12 };
    const watched = fitAnn(learnt, {
      ...options,
      validation: held,
      onEpoch: (epoch, { validationLoss }) => seen.push(validationLoss?.[epoch - 1]),
    });
    const { validationLoss, validationAccuracy } = watched.epochs;
    expect(seen).toEqual(validationLoss);
    expect(validationLoss!.at(-1)).toBeLessThan(validationLoss![0]);
    const twin = twinOf(watched.network);
    const rows = Uint32Array.from({ length: held.rows }, (_, i) => i);
    learnRows(twin, standardise(held.x, held.rows, watched.scale), held.y, rows, 0, held.rows);
    expect(twin.loss / held.rows).toBeCloseTo(validationLoss!.at(-1)!, 12);
    expect(twin.hits / held.rows).toBe(validationAccuracy!.at(-1));
    const alone = fitAnn(learnt, options);
    expect(alone.network.parameters).toEqual(watched.network.parameters);
    expect(Object.keys(alone.epochs)).toEqual(["loss", "accuracy"]);
  });

  it("takes the steps of Adam as Kingma and Ba write them", () => {
    const few = part(dataset(40), 0, 32);
    const rows = Uint32Array.from({ length: 32 }, (_, i) => i);
    const { scale, network: made } = fitAnn(few, { ...OPTIONS, annEpochs: 0 });
    const net = twinOf(made);
    const scaled = standardise(few.x, 32, scale);
    const start = net.parameters.slice();
    const mean = new Float64Array(start.length);
    const square = new Float64Array(start.length);
    for (let t = 1; t <= 3; t++) {
      net.gradient.fill(0);
      learnRows(net, scaled, few.y, rows, 0, 32);
      net.gradient.forEach((sum, i) => {
        const g = sum / 32;
        mean[i] = 0.9 * mean[i] + 0.1 * g;
        square[i] = 0.999 * square[i] + 0.001 * g * g;
        const deviation = Math.sqrt(square[i] / (1 - 0.999 ** t));
        // epsilon stands beside the uncorrected root, as in Keras
        const epsilon = 1e-7 / Math.sqrt(1 - 0.999 ** t);
        net.parameters[i] -= (0.001 * mean[i]) / (1 - 0.9 ** t) / (deviation + epsilon);
      });
    }
    const trained = fitAnn(few, { ...OPTIONS, annEpochs: 3 }).network.parameters;
    expect(gap(trained, net.parameters)).toBeLessThan(1e-9);
    expect(gap(trained, start)).toBeGreaterThan(2e-3);
  });
});
