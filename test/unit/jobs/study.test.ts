import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import type { JobEvent } from "../../../src/shared/run.ts";
import type { StudyReport, StudyRequest } from "../../../src/shared/study.ts";
import { busy } from "../../builders/busy.ts";
import { labelledCsv } from "../../builders/table.ts";
import { World } from "../../builders/world.ts";

const request = (over: Partial<StudyRequest["ask"]> = {}, text = labelledCsv(1500)): StudyRequest => ({
  ask: {
    kind: "train",
    data: { table: { name: "table.csv", text }, label: "label" },
    model: "ann",
    name: "mine",
    testShare: 0.2,
    folds: 8,
    without: [],
    ...over,
  } as StudyRequest["ask"],
  quick: false,
  seed: 5,
  fresh: false,
  meter: { watts: 20 },
});

/** What does not depend on the clock. */
const lasting = ({ figures, tables }: StudyReport) => ({
  figures,
  tables: tables.map(({ rows, columns, ...table }) => ({
    ...table,
    rows: rows.map((row) => row.filter((_, c) => !["s", "J"].includes(columns[c].unit))),
  })),
});

describe("a study", () => {
  let world: World;
  beforeAll(() => {
    world = new World();
  });
  afterAll(() => world.close());

  const reading = <T>(work: (reader: RunReader) => T): T => {
    const reader = new RunReader(world.db);
    try {
      return work(reader);
    } finally {
      reader.close();
    }
  };
  async function report(asked: StudyRequest, threads = 2): Promise<StudyReport> {
    const end = await world.followStudy(world.jobs.study(asked, threads));
    if (end.kind !== "report") throw new Error(JSON.stringify(end));
    return reading((reader) => reader.report(end.study));
  }

  it("says what it plans, shows its progress and every epoch, and ends with a report that the database keeps", async () => {
    const events: JobEvent[] = [];
    const end = await world.followStudy(world.jobs.study(request({ folds: 0 }), 1), (event) =>
      events.push(event),
    );
    expect(end.kind).toBe("report");
    expect(events.filter(({ kind }) => kind === "planned")).toHaveLength(1);
    const epochs = events.filter((event) => event.kind === "epoch");
    expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 75 }, (_, i) => i + 1));
    expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0].loss);
    const [model] = reading((reader) => reader.library());
    expect(model).toMatchObject({ model: "mine", card: { task: "classifier", steps: 1 } });
    expect(model.energyJ).toBeGreaterThan(0);
    expect(model.metrics.accuracy).toBeGreaterThan(0.9);
    expect(reading((reader) => reader.modelFile("mine")).length).toBe(model.bytes);
  });

  it("finds the same with one thread and with three", async () => {
    const one = await report({ ...request(), seed: 6 }, 1);
    expect(lasting(await report({ ...request(), seed: 6, fresh: true }, 3))).toEqual(lasting(one));
  });

  it("killed between trials goes on where it stopped, replays what was kept, and finds the same", async () => {
    const whole = await report({ ...request(), seed: 9 });
    expect(whole).toMatchObject({ trials: 9, replayed: 0 });
    const asked = { ...request(), seed: 9, meter: { watts: 21 } };
    let kept = 0;
    const end = await world.followStudy(world.jobs.study(asked, 1), (event) => {
      if (event.kind !== "progress" || event.stage !== "Cross-validation") return;
      kept = Number(/^(\d+) of/.exec(event.detail ?? "")?.[1] ?? 0);
      if (kept === 3) world.engine?.kill();
    });
    expect(end.kind).toBe("error");
    expect(reading((reader) => reader.studies()[0])).toMatchObject({ status: "interrupted", seed: 9 });
    const again = await report(asked, 2);
    expect(again.replayed).toBeGreaterThanOrEqual(1 + 3);
    expect(again.trials + again.replayed).toBe(9);
    expect(lasting(again)).toEqual(lasting(whole));
    const energies = (one: StudyReport) => one.tables[0].rows[0].at(-1);
    expect(energies(again)).toBeGreaterThan(0);
  });

  it("is cancelled within a second", async () => {
    let asked = 0;
    const job = world.jobs.study(
      { ...request({ model: "svm", folds: 20 }, labelledCsv(20_000)), seed: 10 },
      2,
    );
    const end = await world.followStudy(job, (event) => {
      if (event.kind === "progress" && event.stage === "Cross-validation" && !asked) {
        asked = performance.now();
        world.jobs.cancel(job);
      }
    });
    expect(performance.now() - asked).toBeLessThan(1500 * busy());
    expect(end).toMatchObject({ kind: "error", error: { kind: "cancelled" } });
  });

  it("keeps the good rows of a table and lists the others with line and reason", async () => {
    const text = labelledCsv(200, ["1,2,x,0", "1,2,3", "1,2,3,7"]);
    const { notes } = await report(request({ folds: 0, model: "logistic" }, text));
    const said = notes.find((note) => note.includes("left out"));
    expect(said).toContain('3 rows were left out: line 202: c: "x" is not a number');
    expect(said).toContain('line 203: 3 fields, not 4; line 204: label: "7" is neither 0 nor 1');
  });

  it("refuses a table without the label, and a run that is not there, before anything is kept", async () => {
    const before = reading((reader) => reader.studies().length);
    const missing = await world.followStudy(world.jobs.study(request({}, "a,b\n1,2")));
    expect(missing).toMatchObject({ error: { kind: "bad-input" } });
    expect(JSON.stringify(missing)).toContain('has no column \\"label\\"');
    const run = await world.followStudy(world.jobs.study(request({ data: { run: "nobody" } })));
    expect(run).toMatchObject({ error: { problems: [{ field: "run" }] } });
    expect(reading((reader) => reader.studies().length)).toBe(before);
  });
});
