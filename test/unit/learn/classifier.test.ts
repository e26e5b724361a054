import { InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import {
  MODELS,
  trainClassifier,
  type ModelName,
  type TrainInput,
} from "../../../src/main/learn/classifier.ts";
import { openModel } from "../../../src/main/learn/inference.ts";
import { BadInput, Cancelled } from "../../../src/shared/errors.ts";
import { dataset, OPTIONS, part } from "./synthetic.ts";

const all = dataset(1200);
const train = part(all, 0, 1000);
const QUICK = { ...OPTIONS, annEpochs: 5, svmRows: 300 };

/** Trains, opens, answers for the training rows. */
async function answers(name: ModelName, input: TrainInput): Promise<Float32Array> {
  const { onnx } = await trainClassifier(name, input, QUICK);
  const model = await openModel(onnx);
  const probability = await model.probability(input.x, input.rows, input.features.length);
  await model.close();
  return probability;
}

const within = (values: Float32Array) => values.every((p) => p >= 0 && p <= 1);

describe.each(MODELS)("%s", (name) => {
  it("gives the same bytes for the same seed, and a card that says what it is", async () => {
    const one = await trainClassifier(name, train, QUICK);
    const two = await trainClassifier(name, train, QUICK);
    expect(Buffer.compare(one.onnx, two.onnx)).toBe(0);
    expect(one.onnx.buffer.byteLength).toBe(one.onnx.byteLength);
    expect(one.card).toEqual(two.card);
    expect(one.card).toMatchObject({ name, features: train.features, threshold: 0.5, output: "probability" });
    expect(one.card.trainRows).toBe(name === "svm" ? 300 : 1000);
    expect(one.epochs?.loss.length).toBe(name === "ann" ? 5 : undefined);
  });

  it("takes raw features as x and answers with probability [N × 1]", async () => {
    const { onnx } = await trainClassifier(name, train, QUICK);
    const session = await InferenceSession.create(onnx);
    expect(session.inputNames).toEqual(["x"]);
    expect(session.outputNames).toEqual(["probability"]);
    const [port] = session.outputMetadata;
    expect(port.isTensor && port.shape).toEqual(["N", 1]);
    await session.release();
    expect(within(await answers(name, train))).toBe(true);
  });

  it("stops when asked to, as a cancellation", async () => {
    await expect(trainClassifier(name, train, { ...QUICK, shouldStop: () => true })).rejects.toThrow(
      Cancelled,
    );
  });

  it("reports rising progress up to 1", async () => {
    const seen: number[] = [];
    await trainClassifier(name, train, { ...QUICK, onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it("always answers with the only class there is, and says so", async () => {
    for (const only of [0, 1]) {
      const input = { ...train, y: new Uint8Array(1000).fill(only) };
      const { card } = await trainClassifier(name, input, QUICK);
      expect(card.notes.join()).toContain(`class ${only}`);
      expect(new Set(await answers(name, input))).toEqual(new Set([only]));
    }
  });

  it("learns from two rows", async () => {
    const input = { x: Float32Array.of(1, 5, 2, 5), y: Uint8Array.of(0, 1), rows: 2, features: ["a", "b"] };
    expect(within(await answers(name, input))).toBe(true);
  });

  it("says the classes' shares where every column is constant", async () => {
    const y = Uint8Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const input = { x: new Float32Array(400).fill(48.86), y, rows: 200, features: ["a", "b"] };
    const probability = await answers(name, input);
    expect(new Set(probability).size).toBe(1);
    expect(probability[0]).toBeLessThan(0.5);
    expect(within(probability)).toBe(true);
  });

  it("does not change its answers for what a constant column held", async () => {
    const constant = train.features.indexOf("constant");
    const other = train.x.map((value, j) => (j % train.features.length === constant ? 120.3 : value));
    const [one, two] = [await answers(name, train), await answers(name, { ...train, x: other })];
    expect([...one]).toEqual([...two]);
  });
});

describe("trainClassifier", () => {
  it("refuses every feature with a value that is not finite, by name", async () => {
    const x = train.x.slice();
    x[8 * 10 + 2] = NaN;
    x[8 * 11 + 2] = NaN;
    x[8 * 20 + 4] = Infinity;
    const error = await trainClassifier("bayes", { ...train, x }, QUICK).catch((caught) => caught);
    expect(error).toBeInstanceOf(BadInput);
    expect(error.problems.map((p: { field: string }) => p.field)).toEqual(["u2", "u4"]);
    expect(error.message).toContain("NaN in row 10");
  });

  it("refuses shapes that do not fit and labels other than 0 and 1, all at once", async () => {
    const input = { x: new Float32Array(5), y: Uint8Array.of(0, 2), rows: 3, features: ["a", "b"] };
    const error = await trainClassifier("bayes", input, QUICK).catch((caught) => caught);
    expect(error.problems.map((p: { field: string }) => p.field)).toEqual(["x", "y", "y[1]"]);
    const nothing = { x: new Float32Array(0), y: new Uint8Array(0), rows: 0, features: [] };
    await expect(trainClassifier("ann", nothing, QUICK)).rejects.toThrow(/at least one feature/);
  });

  it("sees a stop within one epoch, one tree, or 128 steps", async () => {
    for (const [name, limit] of [
      ["ann", 3],
      ["forest", 3],
      ["svm", 2],
    ] as const) {
      let asked = 0;
      const shouldStop = () => ++asked >= limit;
      await expect(trainClassifier(name, train, { ...OPTIONS, shouldStop })).rejects.toThrow(Cancelled);
      expect(asked).toBe(limit);
    }
  });
});

describe("openModel", () => {
  it("answers the same in batches as row by row", async () => {
    const many = dataset(9000);
    const { onnx } = await trainClassifier("forest", train, QUICK);
    const model = await openModel(onnx);
    const probability = await model.probability(many.x, 9000, 8);
    for (const row of [0, 1023, 1024, 8191, 8192, 8999]) {
      const alone = await model.probability(many.x.slice(row * 8, row * 8 + 8), 1, 8);
      expect(alone[0]).toBe(probability[row]);
    }
    await model.close();
  });

  it("stops between batches, and answers nothing for no rows", async () => {
    const many = dataset(9000);
    const { onnx } = await trainClassifier("bayes", train, QUICK);
    const model = await openModel(onnx);
    let asked = 0;
    await expect(model.probability(many.x, 9000, 8, () => ++asked === 2)).rejects.toThrow(Cancelled);
    expect(asked).toBe(2);
    expect((await model.probability(new Float32Array(0), 0, 8)).length).toBe(0);
    await model.close();
  });
});
