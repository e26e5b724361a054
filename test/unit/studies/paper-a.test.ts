import { beforeAll, describe, expect, it } from "vitest";
import { MODELS } from "../../../src/main/learn/classifier.ts";
import { applyModel, checkModel } from "../../../src/main/learn/own-model.ts";
import { markOf, missionOf, readyOf } from "../../../src/main/studies/paper-a/data.ts";
import { paperA } from "../../../src/main/studies/paper-a/index.ts";
import { paperATrials } from "../../../src/main/studies/paper-a/trials.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import type { NewModel } from "../../../src/main/studies/lab.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { claimSchema, figureSchema, studyTableSchema, type Findings } from "../../../src/shared/study.ts";
import { testBench, testLab } from "../../builders/lab.ts";

const SEED = 7;
const bench = testBench();
let found: Findings;
let models: NewModel[];

beforeAll(async () => {
  const lab = testLab({ seed: SEED }, bench);
  found = await paperA(lab);
  models = lab.models;
}, 120_000);

const table = (id: string) => found.tables.find((t) => t.id === id)!;
const claim = (start: string) => found.claims.find((c) => c.claim.startsWith(start))!;
const ASK = {
  ues: 800,
  seed: 3,
  shadowed: false,
  label: "distance",
  ablation: "none",
  model: "ann",
  annEpochs: 3,
  full: true,
} as const;

describe("paper A on a tenth of the UEs", () => {
  it("answers in the form that pages and files are drawn from", () => {
    for (const f of found.figures) expect(figureSchema.safeParse(f).error).toBeUndefined();
    for (const t of found.tables) expect(studyTableSchema.safeParse(t).error).toBeUndefined();
    for (const c of found.claims) expect(claimSchema.safeParse(c).error).toBeUndefined();
    const ids = [...found.figures, ...found.tables].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(found.figures.flatMap((f) => (f.of ? [f.of] : []))).toEqual(
      [4, 6, 9, 10, 11, 12, 13, 14].map((n) => `Figure ${n}`),
    );
    for (const f of found.figures)
      for (const { x, y } of f.series)
        expect([y.length, x.every((v: number) => Number.isFinite(v))]).toEqual([x.length, true]);
    for (const t of found.tables) for (const row of t.rows) expect(row.length).toBe(t.columns.length);
  });

  it("says that the paper's soft handover is no conditional handover", () => {
    expect(
      found.notes.filter((note) => /soft handover.*dual connection.*not conditional/.test(note)),
    ).toHaveLength(1);
  });

  it("stands beside the numbers of Tables 2, 3 and 4", () => {
    expect(table("3").rows.map((row) => row[1])).toEqual([0.88, 0.71, 0.82, 0.99, 0.98, null]);
    expect(table("4t").rows.map((row) => row[5])).toEqual([0.89, 0.45, 0.71, 1, 1, null]);
    expect(table("2").rows.map((row) => row[1])).toEqual([1.22293499, 0.51339138, -0.4651767]);
    for (const row of table("2").rows) expect(row[5]).toBeLessThan(25);
  });

  it("finds three clusters, trees that nearly always answer right, and naive Bayes last", () => {
    expect(claim("The elbow").holds).toBe("yes");
    const accuracy: Record<string, number> = Object.fromEntries(
      table("3").rows.map((row) => [row[0], Number(row[2])]),
    );
    expect(accuracy["Random forest"]).toBeGreaterThan(0.99);
    expect(accuracy["Gradient-boosted trees"]).toBeGreaterThan(0.99);
    expect(accuracy["Gaussian naive Bayes"]).toBe(Math.min(...Object.values(accuracy)));
    expect(claim("The distance to the cell's centre").holds).toBe("yes");
  });

  it("says where a claim of the paper cannot hold", () => {
    expect(claim("The satellite at 300 km").holds).toBe("no");
    expect(claim("The satellite at 300 km").ours).toMatch(/7\.7\d\d km\/s inertial/);
    for (const { ours, reason } of found.claims)
      expect(Math.min(ours.length, reason.length)).toBeGreaterThan(20);
  });

  it("lets shadow fading take from the power alone what it does not take from the place", () => {
    for (const row of table("shadowed").rows) {
      const [all, allShadowed, , , , , power, powerShadowed] = row.slice(1).map(Number);
      expect(all - allShadowed).toBeLessThan(0.03);
      expect(power - powerShadowed).toBeGreaterThan(0.05);
    }
  });

  it("bounds the groups of a group handover", () => {
    for (const [most, , , smallest, largest] of table("groups").rows) {
      expect(Number(largest)).toBeLessThanOrEqual(Number(most));
      expect(Number(smallest)).toBeGreaterThan(0);
    }
  });

  it("puts every model for either label into the library, and each runs on the data set with its card", async () => {
    expect(models.map(({ model }) => model).sort()).toEqual(
      MODELS.flatMap((name) => [`paper-a-${name}`, `paper-a-${name}-leave`]).sort(),
    );
    const population = { ues: 6291, seed: SEED, shadowed: false };
    const ready = readyOf(population, "distance", bench);
    const { dataset } = markOf(population, bench);
    const pick = (values: ArrayLike<number>) => Float64Array.from(ready.ues, (ue) => values[ue]);
    const columns = {
      ...Object.fromEntries(Object.entries(dataset).map(([key, values]) => [key, pick(values)])),
      cluster: ready.cluster,
      distanceKm: ready.distanceKm,
    };
    const forest = models.find(({ model }) => model === "paper-a-forest")!;
    expect((await checkModel(forest.onnx, forest.card)).card).toEqual(forest.card);
    const probability = await applyModel(forest.onnx, forest.card, columns, ready.ues.length);
    const hits = probability.filter((p, row) => p > 0.5 === (ready.label[row] === 1)).length;
    expect(hits / ready.ues.length).toBeGreaterThan(0.99);
  });
});

describe("a trial of paper A", () => {
  it("sees the same UEs in the same cells as a whole run", () => {
    const population = { ues: 300, seed: 5, shadowed: false };
    const { cell } = markOf(population, testBench());
    expect(cell).toEqual(wholeRun(missionOf(population), null).atMark);
  });

  it("gives the same answer in another thread, but for times, and tells of its epochs", async () => {
    const one = testBench();
    const answers = [
      await paperATrials["paper-a model"](ASK, one),
      await paperATrials["paper-a model"](ASK, testBench()),
    ];
    const [a, b] = answers.map(({ metrics, ...rest }) => ({
      ...rest,
      metrics: { ...metrics, trainS: 0, predictS: 0 },
    }));
    expect(a).toEqual(b);
    expect(one.epochs.map(({ epoch, epochs }) => [epoch, epochs])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(one.epochs.at(-1)!.validationLoss).toBe(a.epochs!.validationLoss!.at(-1));
  });

  it("tests every UE once over the folds", async () => {
    const ask = { ...ASK, model: "bayes" as const, folds: 3 };
    const rows = await Promise.all(
      [0, 1, 2].map(async (held) => (await paperATrials["paper-a fold"]({ ...ask, held }, bench)).testRows),
    );
    expect(rows.reduce((sum, n) => sum + n, 0)).toBe(800);
  });

  it("stops when asked to", async () => {
    const stopped = testBench({ shouldStop: () => true });
    await expect(paperATrials["paper-a model"](ASK, stopped)).rejects.toThrow(Cancelled);
  });
});
