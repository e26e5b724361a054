import { describe, expect, it } from "vitest";
import { BadInput, Cancelled } from "../../../../src/shared/errors.ts";
import { Random } from "../../../../src/main/math/random.ts";
import { initialWeights, planNetwork, type Network } from "../../../../src/main/learn/train/network.ts";
import { predictNetwork } from "../../../../src/main/learn/train/predict.ts";
import type { Samples } from "../../../../src/main/learn/train/samples.ts";
import type { Options, Progress } from "../../../../src/main/learn/train/options.ts";
import { trainNetwork } from "../../../../src/main/learn/train/train.ts";
import { busy } from "../../../builders/busy.ts";
import { CASES, dense, lstm, samplesFor } from "./cases.ts";
import { rowsOf, twinLoss, twinOutput } from "./twin.ts";

const ADAM = { kind: "adam", rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const clock = () => performance.now() / 1000;
const OPTIONS: Options = { seed: 7, epochs: 4, batch: 8, optimiser: ADAM, clock };

const FORECASTER: Network = {
  input: { steps: 6, features: 1 },
  layers: [
    lstm(6, true, true),
    { kind: "dropout", rate: 0.2 },
    lstm(5, true, false),
    dense(4, "relu"),
    dense(2),
  ],
  loss: "mse",
};

/** Windows of a sine with noise, and its next two values. */
function waves(rows: number, seed: number): Samples {
  const random = new Random(seed, "waves");
  const x = new Float32Array(rows * 6);
  const y = new Float32Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const phase = 2 * Math.PI * random.next();
    for (let t = 0; t < 6; t++) x[row * 6 + t] = Math.sin(phase + 0.5 * t) + 0.02 * random.normal();
    for (let t = 0; t < 2; t++) y[row * 2 + t] = Math.sin(phase + 0.5 * (6 + t));
  }
  return { x, y, rows };
}

/** Which of three columns ends highest: the last step decides. */
function winners(rows: number, seed: number): Samples {
  const random = new Random(seed, "winners");
  const x = Float32Array.from({ length: rows * 12 }, () => random.normal());
  const y = Int32Array.from({ length: rows }, (_, row) => {
    const last = [...x.subarray(row * 12 + 9, row * 12 + 12)];
    return last.indexOf(Math.max(...last));
  });
  return { x, y, rows };
}
const CHOOSER: Network = {
  input: { steps: 4, features: 3 },
  layers: [lstm(12, false, false), dense(3)],
  loss: "cross-entropy",
};

describe("a training", () => {
  it("makes the steps of Adam that the formulas give, batch by batch, the last one padded", async () => {
    const { network, outputs } = CASES[1];
    const plan = planNetwork(network);
    const samples = samplesFor(network, outputs, 11);
    const weights = Float64Array.from(initialWeights(plan, OPTIONS.seed));
    const mean = weights.map(() => 0);
    const square = weights.map(() => 0);
    const rows = rowsOf(plan, samples);
    let step = 0;
    for (let epoch = 0; epoch < 2; epoch++) {
      const order = new Random(OPTIONS.seed, "network-batches").at(epoch).permutation(11);
      for (const part of [order.subarray(0, 8), order.subarray(8)]) {
        const y = Float32Array.from(
          [...part].flatMap((row) => [...samples.y.subarray(row * 2, row * 2 + 2)]),
        );
        const loss = () => {
          const out = [...part].map((row) => twinOutput(plan, weights, rows[row]));
          return twinLoss(plan, out, { x: samples.x, y, rows: part.length });
        };
        const gradient = weights.map((w, i) => {
          weights[i] = w + 1e-5;
          const above = loss();
          weights[i] = w - 1e-5;
          const below = loss();
          weights[i] = w;
          return (above - below) / 2e-5;
        });
        step++;
        const rate = 0.01 * (epoch === 0 ? 1 : 0.5);
        gradient.forEach((g, i) => {
          mean[i] = 0.9 * mean[i] + 0.1 * g;
          square[i] = 0.999 * square[i] + 0.001 * g * g;
          const root = Math.sqrt(square[i] / (1 - 0.999 ** step)) + 1e-8;
          weights[i] -= (rate * mean[i]) / (1 - 0.9 ** step) / root;
        });
      }
    }
    const schedule = { kind: "step", every: 1, factor: 0.5 } as const;
    const trained = await trainNetwork(network, samples, { ...OPTIONS, epochs: 2, schedule });
    trained.weights.forEach((w, i) => expect(Math.abs(w - weights[i])).toBeLessThan(2e-5));
  });

  it("adds momentum as a running sum of gradients", async () => {
    const { network, outputs } = CASES[0];
    const samples = samplesFor(network, outputs, 6);
    const train = (epochs: number, momentum: number) =>
      trainNetwork(network, samples, {
        ...OPTIONS,
        epochs,
        optimiser: { kind: "sgd", rate: 0.1, momentum },
      }).then(({ weights }) => weights);
    const start = initialWeights(planNetwork(network), OPTIONS.seed);
    const [once, plain, heavy] = [await train(1, 0.9), await train(2, 0), await train(2, 0.9)];
    // both make the same first step; the second differs by 0.9 of the first
    heavy.forEach((w, i) => expect(w - plain[i]).toBeCloseTo(0.9 * (once[i] - start[i]), 5));
  });

  it("exports a model of standard operators that gives the outputs of its layers", async () => {
    for (const { network, outputs } of CASES) {
      const plan = planNetwork(network);
      const samples = samplesFor(network, outputs, 9);
      // oxlint-disable-next-line no-await-in-loop
      const { onnx, weights } = await trainNetwork(network, samples, OPTIONS);
      // oxlint-disable-next-line no-await-in-loop
      const ours = await predictNetwork(network, onnx, samples.x, samples.rows);
      rowsOf(plan, samples).forEach((row, r) => {
        const raw = twinOutput(plan, weights, row);
        const total = raw.reduce((sum, z) => sum + Math.exp(z), 0);
        raw.forEach((z, i) => {
          const squashed = network.loss === "bce" ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / total;
          const wanted = network.loss === "mse" ? z : squashed;
          expect(Math.abs(ours[r * outputs + i] - wanted)).toBeLessThan(1e-5);
        });
      });
    }
  });

  it("learns to continue a wave", async () => {
    const validation = waves(100, 2);
    const { history, onnx } = await trainNetwork(
      FORECASTER,
      { ...waves(400, 1), validation },
      { ...OPTIONS, epochs: 40, batch: 32, schedule: { kind: "cosine" } },
    );
    const last = history[history.length - 1];
    expect(history[0].validationLoss).toBeGreaterThan(0.1);
    expect(last.validationLoss).toBeLessThan(0.01);
    expect(last.accuracy).toBeNull();
    const ours = await predictNetwork(FORECASTER, onnx, validation.x, validation.rows);
    const squares = ours.map((z, i) => (z - validation.y[i]) ** 2);
    expect(squares.reduce((sum, s) => sum + s, 0) / squares.length).toBeCloseTo(last.validationLoss!, 5);
  });

  it("learns which column wins, and counts the right answers on rows that it has not seen", async () => {
    const validation = winners(200, 2);
    const { history, onnx } = await trainNetwork(
      CHOOSER,
      { ...winners(600, 1), validation },
      { ...OPTIONS, epochs: 25, batch: 32 },
    );
    const { accuracy } = history[history.length - 1];
    expect(accuracy).toBeGreaterThan(0.9);
    const ours = await predictNetwork(CHOOSER, onnx, validation.x, validation.rows);
    let right = 0;
    for (let row = 0; row < 200; row++) {
      const p = [...ours.subarray(row * 3, row * 3 + 3)];
      if (p.indexOf(Math.max(...p)) === validation.y[row]) right++;
    }
    expect(accuracy).toBeCloseTo(right / 200, 10);
  });

  it("stops when the validation loss no longer falls and keeps the weights of the lowest", async () => {
    const random = new Random(3, "noise");
    const noise = (rows: number): Samples => ({
      x: Float32Array.from({ length: rows * 12 }, () => random.normal()),
      y: Int32Array.from({ length: rows }, () => random.below(3)),
      rows,
    });
    const data = { ...noise(60), validation: noise(60) };
    const options = { ...OPTIONS, batch: 16, patience: 5 };
    const { history, weights } = await trainNetwork(CHOOSER, data, { ...options, epochs: 200 });
    const losses = history.map(({ validationLoss }) => validationLoss!);
    const best = losses.indexOf(Math.min(...losses));
    expect(history.length).toBe(best + 1 + 5);
    expect(history.length).toBeLessThan(200);
    const shorter = await trainNetwork(CHOOSER, data, { ...OPTIONS, batch: 16, epochs: best + 1 });
    expect(weights).toEqual(shorter.weights);
  });

  it("gives the same bytes again, and others with another seed", async () => {
    const data = { ...waves(50, 1), validation: waves(20, 2) };
    const bytes = async (seed: number) => {
      const { onnx } = await trainNetwork(FORECASTER, data, { ...OPTIONS, seed });
      return Buffer.from(onnx).toString("base64");
    };
    const first = await bytes(7);
    expect(await bytes(7)).toBe(first);
    expect(await bytes(8)).not.toBe(first);
  });

  it("goes on from a checkpoint to the bytes of a training that was never interrupted", async () => {
    const data = { ...waves(50, 1), validation: waves(20, 2) };
    const options = {
      ...OPTIONS,
      epochs: 6,
      patience: 3,
      clipNorm: 1,
      schedule: { kind: "cosine" } as const,
    };
    const whole = await trainNetwork(FORECASTER, data, options);
    let checkpoint: Uint8Array | undefined;
    const stopped = trainNetwork(FORECASTER, data, {
      ...options,
      onEpoch: (progress) => {
        if (progress.epoch === 3) checkpoint = progress.checkpoint();
      },
      shouldStop: () => checkpoint !== undefined,
    });
    await expect(stopped).rejects.toThrow(Cancelled);
    const seen: number[] = [];
    const resumed = await trainNetwork(FORECASTER, data, {
      ...options,
      resume: checkpoint,
      onEpoch: ({ epoch }) => seen.push(epoch),
    });
    expect(seen).toEqual([4, 5, 6]);
    expect(resumed.weights).toEqual(whole.weights);
    expect(resumed.onnx).toEqual(whole.onnx);
    expect(resumed.history).toEqual(whole.history);
  });

  it("takes all rows as one batch where it is asked for more, and works on no others", async () => {
    const data = waves(8, 1);
    const all = await trainNetwork(FORECASTER, data, { ...OPTIONS, batch: 8 });
    const more = await trainNetwork(FORECASTER, data, { ...OPTIONS, batch: 50 });
    expect(more.weights).toEqual(all.weights);
    expect(more.history).toEqual(all.history);
  });

  it("begins with the weights that it is given", async () => {
    const { network, outputs } = CASES[1];
    const samples = samplesFor(network, outputs, 20);
    const drawn = await trainNetwork(network, samples, OPTIONS);
    const initial = initialWeights(planNetwork(network), OPTIONS.seed);
    const given = await trainNetwork(network, samples, { ...OPTIONS, initial });
    expect(given.weights).toEqual(drawn.weights);
    initial[0] += 1;
    const other = await trainNetwork(network, samples, { ...OPTIONS, initial });
    expect(other.weights).not.toEqual(drawn.weights);
    const resumed = trainNetwork(network, samples, { ...OPTIONS, resume: other.checkpoint });
    await expect(resumed).rejects.toThrow(/another training/);
    const short = trainNetwork(network, samples, { ...OPTIONS, initial: initial.subarray(1) });
    await expect(short).rejects.toThrow(BadInput);
  });

  it("refuses a checkpoint of another training, of other data, and bytes that are none", async () => {
    const data = waves(20, 1);
    const { checkpoint } = await trainNetwork(FORECASTER, data, OPTIONS);
    const resume = (bytes: Uint8Array, options: Partial<Options> = {}, samples = data) =>
      trainNetwork(FORECASTER, samples, { ...OPTIONS, ...options, resume: bytes });
    await expect(resume(checkpoint, { seed: 8 })).rejects.toThrow(/another training/);
    await expect(resume(checkpoint, {}, waves(20, 2))).rejects.toThrow(/another training/);
    await expect(resume(checkpoint.subarray(0, 100))).rejects.toThrow(BadInput);
    await expect(resume(new Uint8Array(7))).rejects.toThrow(BadInput);
    expect((await resume(checkpoint)).checkpoint).toEqual(checkpoint);
  });

  it("tells every epoch how far it is and ends within a second of being told to stop", async () => {
    const wide: Network = {
      input: { steps: 10, features: 8 },
      layers: [lstm(128, true, false), dense(3)],
      loss: "mse",
    };
    const seen: Progress[] = [];
    let asked = 0;
    let stop = false;
    const training = trainNetwork(wide, samplesFor(wide, 3, 2000), {
      ...OPTIONS,
      epochs: 1000,
      batch: 50,
      onEpoch: (progress) => seen.push(progress),
      shouldStop: () => {
        if (!stop && asked++ === 60) {
          stop = true;
          asked = clock();
        }
        return stop;
      },
    });
    await expect(training).rejects.toThrow(Cancelled);
    expect(clock() - asked).toBeLessThan(busy());
    expect(seen).toHaveLength(1);
    const { epoch, epochs, seconds, etaS, loss, validationLoss } = seen[0];
    expect([epoch, epochs, validationLoss]).toEqual([1, 1000, null]);
    expect(seconds).toBeGreaterThan(0);
    expect(etaS).toBeCloseTo(999 * seconds, 6);
    expect(loss).toBeGreaterThan(0);
  });

  it("asks within a long step too whether to stop", async () => {
    const wide: Network = {
      input: { steps: 4, features: 8 },
      layers: [lstm(448, true, true), lstm(448, true, false), dense(3)],
      loss: "mse",
    };
    const samples = samplesFor(wide, 3, 128);
    const options = { ...OPTIONS, epochs: 1, batch: 64 };
    const asks = async (after: number) => {
      let asked = 0;
      const training = trainNetwork(wide, samples, { ...options, shouldStop: () => ++asked > after });
      return { asked: () => asked, done: await training.catch((error: unknown) => error) };
    };
    const whole = await asks(Infinity);
    expect(whole.asked()).toBeGreaterThanOrEqual(2 * 3);
    const stopped = await asks(1);
    expect(stopped.done).toBeInstanceOf(Cancelled);
    expect(stopped.asked()).toBe(2);
  });

  it("holds no memory from one training to the next", async () => {
    const network: Network = {
      input: { steps: 8, features: 4 },
      layers: [lstm(192, true, false), dense(2)],
      loss: "mse",
    };
    const samples = samplesFor(network, 2, 100);
    const train = async (times: number) => {
      for (let i = 0; i < times; i++)
        // oxlint-disable-next-line no-await-in-loop
        await trainNetwork(network, samples, { ...OPTIONS, epochs: 1, batch: 50 });
      return process.memoryUsage().rss / 2 ** 20;
    };
    const warm = await train(6);
    // each one needs some 20 MiB: weights, their optimiser, the graph's own
    expect((await train(12)) - warm).toBeLessThan(60);
  });

  it("names everything that is wrong at once", async () => {
    const network: Network = {
      input: { steps: 3, features: 2 },
      layers: [lstm(4, false, true), dense(0, "relu")],
      loss: "bce",
    };
    const bad = trainNetwork(network, waves(1, 1), {
      ...OPTIONS,
      epochs: 0,
      patience: 2,
      optimiser: { ...ADAM, rate: -1 },
    });
    const error = await bad.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadInput);
    expect((error as BadInput).problems.map(({ field }) => field)).toEqual([
      "network.layers[0].sequences",
      "network.layers[1].units",
      "network.layers[1].activation",
      "options.epochs",
      "options.patience",
      "options.optimiser.rate",
    ]);
  });

  it("refuses a network of more weights than a memory holds", async () => {
    const network: Network = {
      input: { steps: 1, features: 30_000 },
      layers: [dense(10_000), dense(1)],
      loss: "mse",
    };
    const training = trainNetwork(network, samplesFor(network, 1, 1), OPTIONS);
    await expect(training).rejects.toThrow(/weights together/);
  });

  it("names samples that do not fit the network", async () => {
    const wrong = trainNetwork(
      CHOOSER,
      {
        x: new Float32Array(23).fill(Number.NaN),
        y: Int32Array.of(0, 3),
        rows: 2,
        validation: { x: new Float32Array(12), y: new Float32Array(1), rows: 1 },
      },
      OPTIONS,
    );
    const error = await wrong.catch((thrown: unknown) => thrown);
    expect((error as BadInput).problems.map(({ field }) => field)).toEqual([
      "data.x",
      "data.x",
      "data.y",
      "data.validation.y",
    ]);
  });

  it("predicts the same row the same way in any company, over several calls", async () => {
    const { onnx } = await trainNetwork(CHOOSER, winners(50, 1), OPTIONS);
    const many = winners(2500, 3);
    const all = await predictNetwork(CHOOSER, onnx, many.x, 2500);
    const last = await predictNetwork(CHOOSER, onnx, many.x.subarray(2100 * 12), 400);
    last.forEach((p, i) => expect(p).toBeCloseTo(all[2100 * 3 + i], 6));
    const stopped = predictNetwork(CHOOSER, onnx, many.x, 2500, { shouldStop: () => true });
    await expect(stopped).rejects.toThrow(Cancelled);
  });

  it("says so when the loss runs away", async () => {
    const { network, outputs } = CASES[4];
    const wild = trainNetwork(network, samplesFor(network, outputs, 20), {
      ...OPTIONS,
      epochs: 50,
      optimiser: { kind: "sgd", rate: 1e6, momentum: 0.9 },
    });
    await expect(wild).rejects.toThrow(/the loss became infinite in epoch/);
  });
});
