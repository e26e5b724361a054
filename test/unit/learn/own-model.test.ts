import { describe, expect, it } from "vitest";
import { MODELS, trainClassifier } from "../../../src/main/learn/classifier.ts";
import { openModel } from "../../../src/main/learn/inference.ts";
import { libraryCard } from "../../../src/main/learn/library-card.ts";
import { applyModel, checkModel } from "../../../src/main/learn/own-model.ts";
import { FEATURE_COLUMNS } from "../../../src/shared/dataset.ts";
import { BadInput, Cancelled, type Problem } from "../../../src/shared/errors.ts";
import type { LibraryCard } from "../../../src/shared/study.ts";
import { converted, plain } from "./own-graphs.ts";
import { dataset, gap, OPTIONS, sequence } from "./synthetic.ts";

const CARD: LibraryCard = {
  title: "mine",
  task: "classifier",
  features: [
    { name: "elevationDeg", unit: "deg" },
    { name: "rangeKm", unit: "km" },
  ],
  steps: 1,
  input: "x",
  output: "y",
  threshold: 0.5,
  notes: [],
};
const SKLEARN = { ...CARD, input: "input", output: "probabilities" };

async function problemsOf(onnx: Uint8Array, card: unknown): Promise<Problem[]> {
  const error = await checkModel(onnx, card).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BadInput)) throw new Error(`no BadInput but ${String(error)}`);
  for (const { field, reason, remedy } of error.problems)
    expect([field, reason, remedy].every(Boolean)).toBe(true);
  return error.problems;
}

const columns = {
  elevationDeg: Float64Array.from(sequence(2, 50), (v) => 90 * v),
  rangeKm: Float64Array.from(sequence(3, 50), (v) => 10 * v),
};

describe("a model of one's own is taken", () => {
  it.each([
    ["[N]", plain(2, { output: ["N"] }), CARD],
    ["[N × 1]", plain(2), CARD],
    ["[N × 2]", plain(2, { output: ["N", 2] }), CARD],
    ["[N × 2] from float64", plain(2, { output: ["N", 2], double: true }), CARD],
  ])("with answers %s, and gives the probability of class 1", async (_, onnx, card) => {
    expect((await checkModel(onnx, card)).trial.length).toBeGreaterThan(2);
    const probability = await applyModel(onnx, card, columns, 50);
    const expected = Array.from(
      { length: 50 },
      (_row, i) => 1 / (1 + Math.exp(-(0.01 * columns.elevationDeg[i] + 0.02 * columns.rangeKm[i]))),
    );
    expect(gap(probability, expected)).toBeLessThan(1e-6);
  });

  it("as scikit-learn's converter writes a logistic regression without zipmap", async () => {
    const onnx = converted([0.1, -0.02], 0.3, false);
    expect((await checkModel(onnx, SKLEARN)).columns).toBe(2);
    const probability = await applyModel(onnx, SKLEARN, columns, 50);
    const expected = Array.from(
      { length: 50 },
      (_row, i) => 1 / (1 + Math.exp(-(0.3 + 0.1 * columns.elevationDeg[i] - 0.02 * columns.rangeKm[i]))),
    );
    expect(gap(probability, expected)).toBeLessThan(1e-5);
  });

  it.each(MODELS)("when it was trained here: %s", async (name) => {
    const all = dataset(300);
    const features = FEATURE_COLUMNS.slice(5, 13).map(({ key }) => key);
    const { onnx, card } = await trainClassifier(name, { ...all, features }, { ...OPTIONS, annEpochs: 2 });
    const library = libraryCard(card);
    expect((await checkModel(onnx, library)).card).toEqual(library);
    const own = Object.fromEntries(
      features.map((key, f) => [key, Float64Array.from({ length: 300 }, (_, row) => all.x[row * 8 + f])]),
    );
    const predictor = await openModel(onnx);
    expect(gap(await applyModel(onnx, library, own, 300), await predictor.probability(all.x, 300, 8))).toBe(
      0,
    );
    await predictor.close();
  });

  it("as a forecaster of levels", async () => {
    const card = {
      ...CARD,
      task: "forecaster",
      threshold: null,
      features: [
        { name: "cell 1", unit: "dBm" },
        { name: "cell 2", unit: "dBm" },
      ],
    };
    const found = await checkModel(plain(2, { raw: true }), card);
    expect(found.columns).toBe(1);
    expect(found.trial[0]).toBeCloseTo(-3.6, 5);
  });
});

describe("applied to a run, it", () => {
  it("answers NaN where a feature is missing, and with its own numbers elsewhere", async () => {
    const holes = { ...columns, rangeKm: columns.rangeKm.slice() };
    holes.rangeKm[3] = Number.NaN;
    const whole = await applyModel(plain(2), CARD, columns, 50);
    const found = await applyModel(plain(2), CARD, holes, 50);
    expect(found[3]).toBeNaN();
    expect(
      gap(
        found.filter((_, i) => i !== 3),
        whole.filter((_, i) => i !== 3),
      ),
    ).toBe(0);
  });

  it("is refused where the run lacks a column", async () => {
    await expect(applyModel(plain(2), CARD, { rangeKm: columns.rangeKm }, 50)).rejects.toThrow(
      'the run has no column "elevationDeg"',
    );
  });

  it("can be stopped", async () => {
    await expect(applyModel(plain(2), CARD, columns, 50, () => true)).rejects.toThrow(Cancelled);
  });
});

describe("a model of one's own is refused, with what to do about it,", () => {
  it.each<[string, Uint8Array, unknown, string, RegExp]>([
    ["which is no ONNX file", Uint8Array.of(1, 2, 3), CARD, "onnx", /does not open/],
    ["which is empty", new Uint8Array(0), CARD, "onnx", /does not open/],
    ["of another width", plain(3), CARD, "features", /2 features, the graph takes 3/],
    ["for a fixed number of rows", plain(2, { input: [1, 2] }), CARD, "input", /exactly 1 rows/],
    ["whose answers are dictionaries", converted([1, 2], 0, true), SKLEARN, "output", /list of dictionaries/],
    [
      "whose label was named",
      converted([1, 2], 0, false),
      { ...SKLEARN, output: "label" },
      "output",
      /the label/,
    ],
    ["with three classes", plain(2, { output: ["N", 3] }), CARD, "output", /N × 3/],
    ["without the input named", plain(2), { ...CARD, input: "X" }, "input", /no input "X"/],
    ["without the output named", plain(2), { ...CARD, output: "z" }, "output", /no output "z"/],
    ["that answers decision values", plain(2, { raw: true }), CARD, "output", /no probability/],
  ])("%s", async (_, onnx, card, field, reason) => {
    const problems = await problemsOf(onnx, card);
    expect(problems.map((p) => p.field)).toEqual([field]);
    expect(problems[0].reason).toMatch(reason);
  });

  it("that answers NaN to typical rows", async () => {
    const features = ["rcvdIsoPowerDbw", "carrierPowerDbw"].map((name) => ({ name, unit: "dBW" }));
    // powers are below 0 dBW, and have no logarithm
    const [problem] = await problemsOf(plain(2, { log: true }), { ...CARD, features });
    expect(problem.field).toBe("output");
    expect(problem.reason).toContain("NaN");
  });

  it("with every fault of its card at once", async () => {
    const card = {
      ...CARD,
      steps: 2,
      threshold: 1.5,
      features: [
        { name: "elevation", unit: "deg" },
        { name: "rangeKm", unit: "m" },
        { name: "rangeKm", unit: "km" },
      ],
    };
    const problems = await problemsOf(plain(2), card);
    expect(problems.map(({ field }) => field)).toEqual([
      "steps",
      "threshold",
      "features.0.name",
      "features.1.unit",
      "features.2.name",
      "input",
    ]);
    expect(problems[2].remedy).toContain("elevationDeg");
    expect(problems[3].remedy).toContain("km");
  });

  it("with a card that is none, and a file that is none, both named", async () => {
    const problems = await problemsOf(Uint8Array.of(9), { title: "mine" });
    expect(problems.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["task", "features", "steps", "input", "output", "onnx"]),
    );
  });
});
