import { describe, expect, test } from "vitest";
import {
  EXPORT_FORMATS,
  EXPORT_TABLES,
  operations,
  type OperationName,
} from "../../../src/shared/operations.ts";
import { planSummarySchema, runRecordSchema, type RunRecord } from "../../../src/shared/run.ts";
import { ABLATIONS, DATASET_COLUMNS, FEATURE_COLUMNS } from "../../../src/shared/dataset.ts";
import { summaryOf } from "../../builders/summary.ts";

const record: RunRecord = {
  run: "small-abc123",
  scenario: "small",
  title: "",
  scenarioHash: "00",
  seed: 1,
  version: "0.1.0",
  status: "finished",
  createdMs: 1,
  startMs: 2.5,
  durationS: 10,
  stepS: 0.5,
  markS: 5,
  ues: 3,
  satellites: 1,
  beams: 3,
  stepsDone: 21,
  stepsTotal: 21,
  summary: summaryOf(),
};
const takes = (name: OperationName, input: unknown) => operations[name].input.safeParse(input).success;

describe("what an operation takes", () => {
  test.each<[OperationName, unknown, unknown]>([
    ["scenarios.get", { name: "dahouda-2023" }, { name: 1 }],
    ["scenarios.check", { text: "{}" }, { text: null }],
    ["elements.inspect", { name: "a.tle", text: "" }, { name: "a".repeat(256), text: "" }],
    ["plan", { name: "dahouda-2023", seed: 4_294_967_295 }, { name: "dahouda-2023", seed: 4_294_967_296 }],
    ["plan", { scenario: { version: 1 } }, { seed: -1 }],
    ["plan", { elements: { name: "a", text: "b" } }, { elements: { name: "a" } }],
    ["resume", { run: "small" }, {}],
    ["cancel", { job: "1" }, { run: "1" }],
    ["runs.get", { run: "small" }, { run: null }],
    ["runs.handover", { run: "small", event: 0 }, { run: "small", event: -1 }],
    ["runs.load", { run: "small", cell: null }, { run: "small" }],
    ["runs.load", { run: "small", cell: 3 }, { run: "small", cell: 3.5 }],
  ])("%s: yes %j, no %j", (name, good, bad) => {
    expect(takes(name, good)).toBe(true);
    expect(takes(name, bad)).toBe(false);
  });
});

describe("a run as listed", () => {
  test("passes the contract with and without a summary, and unchanged by a trip as JSON", () => {
    for (const summary of [summaryOf(), null]) {
      const listed = JSON.parse(JSON.stringify([{ ...record, summary }])) as unknown;
      expect(operations["runs.list"].output.parse(listed)).toEqual([{ ...record, summary }]);
    }
  });

  test.each(["run", "status", "stepsDone", "summary"] as const)("is refused without its %s", (key) => {
    const { [key]: _left, ...rest } = record;
    expect(runRecordSchema.safeParse(rest).success).toBe(false);
  });

  test("is refused with a status that is none", () => {
    expect(runRecordSchema.safeParse({ ...record, status: "paused" }).success).toBe(false);
  });

  test("has a summary in which no figure may be missing or of another kind", () => {
    const summary = summaryOf();
    expect(planSummarySchema.parse(summary)).toEqual(summary);
    for (const key of Object.keys(summary)) {
      const less: Record<string, unknown> = { ...summary };
      delete less[key];
      expect(planSummarySchema.safeParse(less).success, key).toBe(false);
    }
    expect(planSummarySchema.safeParse({ ...summary, cells: 1.5 }).success).toBe(false);
    expect(planSummarySchema.safeParse({ ...summary, elapsedS: Number.NaN }).success).toBe(false);
  });
});

describe("exports", () => {
  test("are named once each", () => {
    for (const names of [EXPORT_TABLES, EXPORT_FORMATS]) expect(new Set(names).size).toBe(names.length);
  });
});

describe("the columns of the data set", () => {
  test("are the 19 of Table 1, in print order, each with one key; the classifiers see 21", () => {
    expect(DATASET_COLUMNS.map(({ title }) => title)).toEqual([
      "CellType",
      "Latitude",
      "Longitude",
      "Time",
      "Azimuth",
      "Elevation",
      "Range",
      "Free Space Loss",
      "Prop Loss",
      "Rcvd. Iso. Power",
      "Carrier Power at Rcvr Input",
      "Flux Density",
      "g/T",
      "C/No",
      "C/N",
      "Eb/No",
      "Propagation Delay",
      "Propagation Distance",
      "Spectral Flux Density",
    ]);
    expect(new Set(FEATURE_COLUMNS.map(({ key }) => key)).size).toBe(21);
  });

  test("leave something to learn from in every ablation, and less in each", () => {
    const left = ABLATIONS.map(({ without }) => FEATURE_COLUMNS.filter((column) => !without(column)).length);
    expect(left[0]).toBe(21);
    expect(left[1]).toBe(18);
    expect(left[2]).toBeLessThan(left[1]);
    expect(left[2]).toBeGreaterThan(0);
    const last = FEATURE_COLUMNS.filter((column) => !ABLATIONS[2].without(column));
    expect(last.every(({ unit }) => unit.startsWith("dB"))).toBe(true);
  });
});
