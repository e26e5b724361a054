import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import { StudyWriter, type StudyStart } from "../../../src/main/store/studies.ts";
import { z } from "zod";
import { libraryModelSchema, type StudyReport } from "../../../src/shared/study.ts";

const start = (over: Partial<StudyStart> = {}): StudyStart => ({
  kind: "paper-b",
  title: "Paper B",
  quick: true,
  seed: 1,
  version: "1.0.0",
  settings: { kind: "paper-b", seed: 1 },
  fresh: false,
  ...over,
});
const report = { kind: "paper-b", title: "found", figures: [] } as unknown as StudyReport;

describe("the store of studies", () => {
  let folder: string;
  let path: string;
  let writer: StudyWriter;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "beamwalk-studies-"));
    path = join(folder, "runs.db");
    writer = new StudyWriter(path);
  });
  afterEach(() => {
    writer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers a kept trial with the very values, NaN and typed arrays among them", () => {
    const { study } = writer.begin(start());
    const answer = { rmse: Number.NaN, weights: Float32Array.of(1.5, -2), none: undefined };
    writer.keep(study, "forecast", '{"w":3}', answer, 1.25);
    expect(writer.answer(study, "forecast", '{"w":3}')).toEqual({ answer, seconds: 1.25 });
    expect(writer.answer(study, "forecast", '{"w":4}')).toBeUndefined();
    expect(writer.answer(study, "steer", '{"w":3}')).toBeUndefined();
  });

  it("goes on with the newest unfinished study of the same settings and version, unless asked for a fresh one", () => {
    const first = writer.begin(start());
    writer.keep(first.study, "forecast", "{}", 1, 1);
    writer.finish(first.study, "cancelled", 2, null);
    expect(writer.begin(start())).toEqual({ study: first.study, trials: 1, seconds: 2 });
    writer.finish(first.study, "cancelled", 3, null);
    expect(writer.begin(start({ settings: { kind: "paper-b", seed: 2 } })).study).not.toBe(first.study);
    expect(writer.begin(start({ version: "2.0.0" })).study).not.toBe(first.study);
    const fresh = writer.begin(start({ fresh: true }));
    expect(fresh).toMatchObject({ trials: 0, seconds: 0 });
    writer.finish(fresh.study, "finished", 1, report);
    expect(writer.begin(start())).toMatchObject({ study: first.study, seconds: 5 });
  });

  it("does not join a study that somebody is working on", () => {
    const first = writer.begin(start());
    expect(writer.begin(start()).study).not.toBe(first.study);
  });

  it("lists studies, reads reports by the beginning of a name, and says why there is none", () => {
    const { study } = writer.begin(start());
    const reader = new RunReader(path);
    expect(reader.studies()).toMatchObject([{ study, status: "running", trialsDone: 0, quick: true }]);
    expect(() => reader.report(study)).toThrow(/has no report yet/);
    writer.finish(study, "finished", 4, report);
    expect(reader.report(study.slice(0, -1))).toEqual(report);
    expect(reader.studies()).toMatchObject([{ status: "finished", title: "found", seconds: 4 }]);
    expect(() => reader.report("nothing")).toThrow(/there is no study "nothing"/);
    reader.close();
  });

  it("keeps models by name, the later in the place of the earlier", () => {
    const card = {
      title: "t",
      task: "classifier",
      features: [],
      steps: 1,
      input: "x",
      output: "p",
      threshold: 0.5,
      notes: [],
    } as const;
    const model = {
      model: "m",
      card: { ...card, features: [], notes: [] },
      metrics: { accuracy: 0.5 },
      energyJ: null,
      lineage: "x",
    };
    writer.keepModel({ ...model, onnx: Uint8Array.of(1, 2) });
    writer.keepModel({
      ...model,
      metrics: { accuracy: 0.75, rmseDb: Number.NaN },
      onnx: Uint8Array.of(3, 4, 5),
    });
    const reader = new RunReader(path);
    expect(reader.library()).toMatchObject([{ model: "m", bytes: 3, metrics: { accuracy: 0.75 } }]);
    expect(z.array(libraryModelSchema).parse(reader.library())[0].metrics).toEqual({ accuracy: 0.75 });
    expect([...reader.modelFile("m")]).toEqual([3, 4, 5]);
    expect(() => reader.modelFile("n")).toThrow(/Use one of m/);
    reader.close();
  });
});
