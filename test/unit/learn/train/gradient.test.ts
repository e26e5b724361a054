import { describe, expect, it } from "vitest";
import { Random } from "../../../../src/main/math/random.ts";
import {
  initialWeights,
  planNetwork,
  type Network,
  type Plan,
} from "../../../../src/main/learn/train/network.ts";
import { trainingGraph } from "../../../../src/main/learn/train/graphs.ts";
import { drawMask, fillBatch, type Samples } from "../../../../src/main/learn/train/samples.ts";
import { openStepper } from "../../../../src/main/learn/train/stepper.ts";
import { CASES, dense, lstm, samplesFor } from "./cases.ts";
import { rowsOf, twinLoss, twinOutput, type Masks } from "./twin.ts";

const ROWS = 5;
const BATCH = 8;
const SEED = 4;

/** Larger than the usual start, so that no gradient is lost in rounding. */
function startOf(plan: Plan): Float32Array<ArrayBuffer> {
  return initialWeights(plan, 9).map((w) => 2 * w);
}

/** Loss and gradient of one step: plain descent at rate 1 moves the weights by just the gradient. */
async function stepOnce(plan: Plan, samples: Samples, clipNorm?: number) {
  const start = startOf(plan);
  const optimiser = { kind: "sgd", rate: 1, momentum: 0 } as const;
  const stepper = await openStepper(plan, optimiser, { batch: BATCH, clipNorm, threads: 1 });
  stepper.vectors[0].set(start);
  const order = Uint32Array.from({ length: samples.rows }, (_, i) => i);
  fillBatch(stepper.batch, plan, samples, order, 0, samples.rows);
  const loss = await stepper.step(1, 1, new Random(SEED, "mask"));
  const gradient = start.map((w, i) => w - stepper.vectors[0][i]);
  await stepper.close();
  return { loss, gradient };
}

/** Loss of the twin, and its gradient by central differences. */
function twinStep(plan: Plan, samples: Samples, masksOf?: (row: number) => Masks) {
  const rows = rowsOf(plan, samples);
  const weights = Float64Array.from(startOf(plan));
  const lossAt = () =>
    twinLoss(
      plan,
      rows.map((row, i) => twinOutput(plan, weights, row, masksOf?.(i))),
      samples,
    );
  const gradient = weights.map((w, i) => {
    weights[i] = w + 1e-5;
    const above = lossAt();
    weights[i] = w - 1e-5;
    const below = lossAt();
    weights[i] = w;
    return (above - below) / 2e-5;
  });
  return { loss: lossAt(), gradient };
}

function expectClose(ours: Float32Array, theirs: Float64Array): void {
  const largest = Math.max(...theirs.map(Math.abs));
  expect(largest).toBeGreaterThan(1e-3);
  theirs.forEach((value, i) => expect(Math.abs(ours[i] - value)).toBeLessThan(2e-5 * Math.max(1, largest)));
}

describe("the gradient of a training step", () => {
  it.each(CASES)("is that of central differences: $title", async ({ network, outputs }) => {
    const plan = planNetwork(network);
    const samples = samplesFor(network, outputs, ROWS);
    const ours = await stepOnce(plan, samples);
    const theirs = twinStep(plan, samples);
    expect(ours.loss).toBeCloseTo(theirs.loss, 5);
    expectClose(ours.gradient, theirs.gradient);
  });

  it("goes through the values that dropout kept, and only those", async () => {
    const network: Network = {
      input: { steps: 3, features: 2 },
      layers: [lstm(3, true, true), { kind: "dropout", rate: 0.4 }, lstm(3, false, false), dense(2)],
      loss: "mse",
    };
    const plan = planNetwork(network);
    const samples = samplesFor(network, 2, ROWS);
    const mask = new Float32Array(3 * BATCH * 6);
    drawMask(mask, 0.4, new Random(SEED, "mask").at(1));
    const masksOf = (row: number): Masks =>
      new Map([
        [1, [0, 1, 2].map((t) => [...mask.subarray((t * BATCH + row) * 6, (t * BATCH + row + 1) * 6)])],
      ]);
    expectClose((await stepOnce(plan, samples)).gradient, twinStep(plan, samples, masksOf).gradient);
  });

  it("is the slope of the loss in a network so wide that its graph is run in pieces, and gate by gate", async () => {
    const network: Network = {
      input: { steps: 4, features: 3 },
      layers: [lstm(512, true, true), lstm(512, true, false), dense(2)],
      loss: "mse",
    };
    const plan = planNetwork(network);
    expect(trainingGraph(plan, 192).pieces.length).toBeGreaterThan(1);
    const samples = samplesFor(network, 2, 192);
    const start = initialWeights(plan, 9);
    const optimiser = { kind: "sgd", rate: 1, momentum: 0 } as const;
    const stepper = await openStepper(plan, optimiser, { batch: 192, threads: 2 });
    const order = Uint32Array.from({ length: 192 }, (_, i) => i);
    fillBatch(stepper.batch, plan, samples, order, 0, 192);
    const none = new Random(SEED, "mask");
    const weights = stepper.vectors[0];
    weights.set(start);
    await stepper.step(1, 1, none);
    const gradient = start.map((w, i) => w - weights[i]);
    const length = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    const lossAt = (distance: number) => {
      weights.set(start.map((w, i) => w + (distance / length) * gradient[i]));
      return stepper.step(0, 1, none);
    };
    const above = await lossAt(0.02);
    const slope = (above - (await lossAt(-0.02))) / 0.04;
    expect(slope / length).toBeCloseTo(1, 2);
    await stepper.close();
  });

  it("keeps its direction and gets the asked length where it is clipped", async () => {
    const { network, outputs } = CASES[3];
    const plan = planNetwork(network);
    const samples = samplesFor(network, outputs, ROWS);
    const whole = (await stepOnce(plan, samples)).gradient;
    const clipped = (await stepOnce(plan, samples, 0.05)).gradient;
    const length = Math.hypot(...whole);
    expect(length).toBeGreaterThan(0.06);
    expect(Math.hypot(...clipped)).toBeCloseTo(0.05, 5);
    clipped.forEach((g, i) => expect(g).toBeCloseTo((whole[i] * 0.05) / length, 5));
    const untouched = (await stepOnce(plan, samples, 100 * length)).gradient;
    expect(untouched).toEqual(whole);
  });
});
