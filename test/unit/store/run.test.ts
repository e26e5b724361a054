import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import { RunWriter } from "../../../src/main/store/writer.ts";
import type { Columns } from "../../../src/shared/columns.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { TRIGGERS, type EventColumns } from "../../../src/shared/frame.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { summaryOf } from "../../builders/summary.ts";
import {
  BEAMS,
  blockOf,
  eventsOf,
  handoversIn,
  learningOf,
  problemsOf,
  startOf,
  temporaryFolder,
  UES,
} from "./kept-run.ts";

const RUN = "small-aaa111";

function open() {
  const path = join(temporaryFolder(), "runs.db");
  const writer = new RunWriter(path);
  const reader = new RunReader(path);
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  return { path, writer, reader };
}

/** A run of 20 steps in blocks of the given lengths. */
function written(lengths: number[] = [3, 3, 3, 3, 3, 3, 2]) {
  const opened = open();
  opened.writer.begin(startOf());
  const blocks = lengths.map((steps, i) =>
    blockOf(
      lengths.slice(0, i).reduce((sum, n) => sum + n, 0),
      steps,
    ),
  );
  for (const block of blocks) opened.writer.append(RUN, block);
  return { ...opened, blocks };
}

/** All events one after the other, as plain rows. */
const rowsOf = (parts: EventColumns[]) =>
  parts.flatMap((e) =>
    Array.from(e.ue, (ue, i) => [
      e.timeMs[i],
      ue,
      e.source[i],
      e.target[i],
      e.rsrpSource[i],
      e.rsrpTarget[i],
      e.trigger[i],
      e.pingPong[i],
    ]),
  );

describe("a run that begins", () => {
  test("is listed with what it is, without steps and without a summary", () => {
    const { writer, reader } = open();
    const start = startOf();
    const before = Date.now();
    writer.begin(start);
    const {
      scenarioText,
      elementsName,
      elementsText,
      satelliteIds,
      satelliteNames,
      lost,
      track,
      users,
      feederSwitches,
      ...plain
    } = start;
    const record = reader.run(RUN);
    expect(record).toMatchObject({ ...plain, status: "running", stepsDone: 0, summary: null });
    expect(record.scenarioHash).toBe(createHash("sha256").update(scenarioText).digest("hex"));
    expect(record.createdMs).toBeGreaterThanOrEqual(before);
    expect(reader.runs()).toEqual([record]);
    expect(reader.scenarioText(RUN)).toEqual({ scenarioText, elementsName, elementsText, seed: 7 });
    expect(reader.ues(RUN)).toEqual(users);
    expect(reader.dataset(RUN)).toEqual({});
    expect(reader.predicted(RUN).ue).toHaveLength(0);
    expect(feederSwitches).toBeNull();
    expect(reader.feederSwitches(RUN).timeMs).toHaveLength(0);
    expect(reader.satellites(RUN)).toEqual({
      columns: { knots: track.state },
      meta: { firstS: 0, knotS: 30, knots: 3, ids: satelliteIds, names: satelliteNames, lost },
    });
    expect(reader.frames(RUN, 0, 10)).toMatchObject({ firstStep: 0, steps: 0, ues: UES });
  });

  test("keeps element files, one copy for all runs that use the same", () => {
    const { path, writer, reader } = open();
    const elementsText = `ISS\n1 25544U …\n2 25544 …\n${" ".repeat(400_000)}`;
    for (const run of ["one", "two"]) writer.begin(startOf({ run, elementsName: "iss.tle", elementsText }));
    for (const run of ["one", "two"])
      expect(reader.scenarioText(run)).toMatchObject({ elementsName: "iss.tle", elementsText });
    writer.close();
    expect(statSync(path).size).toBeLessThan(700_000);
  });

  test("cannot take the name of another", () => {
    const { writer } = open();
    writer.begin(startOf());
    expect(() => writer.begin(startOf())).toThrow(/UNIQUE/);
  });
});

describe("frames", () => {
  test("of any range are those of the steps asked for, however they were cut into blocks", () => {
    const whole = blockOf(0, 20).block;
    for (const lengths of [[3, 3, 3, 3, 3, 3, 2], [20], [1, 19], [7, 7, 6]]) {
      const { reader } = written(lengths);
      for (const [from, to] of [
        [0, 19],
        [0, 0],
        [2, 3],
        [3, 5],
        [4, 13],
        [19, 19],
        [15, 400],
        [-5, 1],
      ]) {
        const first = Math.max(0, from);
        const last = Math.min(19, to);
        const slice = [first * UES, (last + 1) * UES];
        expect(reader.frames(RUN, from, to)).toEqual({
          firstStep: first,
          steps: last - first + 1,
          ues: UES,
          cellState: whole.cellState.slice(...slice),
          rsrp: whole.rsrp.slice(...slice),
          sinr: whole.sinr.slice(...slice),
        });
      }
    }
  });

  test("may be only the columns named", () => {
    const whole = blockOf(0, 20).block;
    const { reader } = written([7, 7, 6]);
    for (const [from, to] of [
      [3, 3],
      [5, 15],
    ])
      expect(reader.frames(RUN, from, to, ["sinr"])).toEqual({
        firstStep: from,
        steps: to - from + 1,
        ues: UES,
        sinr: whole.sinr.slice(from * UES, (to + 1) * UES),
      });
  });

  test("that do not exist yet are none", () => {
    const { reader } = written([3]);
    expect(reader.frames(RUN, 2, 9).steps).toBe(1);
    expect(reader.frames(RUN, 3, 9)).toMatchObject({ steps: 0, cellState: new Uint32Array(0) });
    expect(reader.frames(RUN, 50, 60).steps).toBe(0);
  });

  test("must go on where the last block ended", () => {
    const { writer, reader } = written([3]);
    expect(() => writer.append(RUN, blockOf(4, 2))).toThrow(/goes on at step 3, not at 4/);
    expect(() => writer.append(RUN, blockOf(0, 3))).toThrow(/goes on at step 3, not at 0/);
    expect(reader.run(RUN).stepsDone).toBe(3);
    expect(reader.events(RUN).ue).toHaveLength(12);
  });
});

describe("events", () => {
  test("come back as they went in, in the same order, a level that was not heard as NaN", () => {
    const { reader, blocks } = written();
    expect(rowsOf([reader.events(RUN)])).toEqual(rowsOf(blocks.map((b) => b.events)));
    expect(reader.events(RUN).rsrpSource.some(Number.isNaN)).toBe(true);
  });

  test("of any size come back as they went in", () => {
    const { writer, reader } = open();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.uuid(),
        (count, seed, run) => {
          writer.begin(startOf({ run }));
          const events = eventsOf(count, 0, 2000, seed);
          writer.append(run, { ...blockOf(0, 2), events });
          expect(reader.events(run)).toEqual(events);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("of a range are those with its numbers, as far as there are any", () => {
    const { reader } = written();
    const all = rowsOf([reader.events(RUN)]);
    const total = reader.eventCount(RUN);
    expect(all).toHaveLength(total);
    for (const [from, end] of [
      [0, 5],
      [7, 19],
      [total - 3, total + 9],
      [total, total + 1],
    ] as const)
      expect(rowsOf([reader.events(RUN, from, end)])).toEqual(all.slice(from, end));
  });

  test("of one run stay apart from another's", () => {
    const { writer, reader, blocks } = written([3]);
    writer.begin(startOf({ run: "other" }));
    writer.append("other", { ...blockOf(0, 1), events: eventsOf(4, 0, 1000, 99) });
    expect(rowsOf([reader.events(RUN)])).toEqual(rowsOf([blocks[0].events]));
    expect(reader.events("other").ue).toHaveLength(4);
    expect(reader.load("other", null).out.reduce((a, b) => a + b)).toBe(handoversIn(reader.events("other")));
  });
});

describe("the load of cells", () => {
  const isHandover = (row: number[]) => TRIGGERS[row[6]] !== "reselection";

  /** Counted event by event. */
  function naive(rows: number[][], column: 2 | 3, cell: number | null) {
    const counts = Array.from({ length: 20 }, () => 0);
    for (const row of rows.filter(isHandover))
      if (cell === null || row[column] === cell) counts[Math.floor(row[0] / 1000)]++;
    return counts;
  }

  test("is the number of handovers, without reselections, out of and into each cell in each second", () => {
    const { reader, blocks } = written();
    const rows = rowsOf(blocks.map((b) => b.events));
    for (const cell of [null, 1, 2, 3, 4, 5, 6])
      expect(reader.load(RUN, cell)).toEqual({ out: naive(rows, 2, cell), in: naive(rows, 3, cell) });
    expect(Array.from(reader.density(RUN))).toEqual(naive(rows, 2, null));
  });

  test("adds up where a block ends within a second", () => {
    const { writer, reader } = open();
    writer.begin(startOf({ stepS: 0.5, durationS: 2, stepsTotal: 5 }));
    const parts = [eventsOf(9, 0, 1500, 1), eventsOf(9, 1500, 2001, 2)];
    writer.append(RUN, { ...blockOf(0, 3), events: parts[0] });
    writer.append(RUN, { ...blockOf(3, 2), events: parts[1] });
    const rows = rowsOf(parts);
    expect(reader.load(RUN, null)).toEqual({
      out: naive(rows, 2, null).slice(0, 3),
      in: naive(rows, 3, null).slice(0, 3),
    });
    const table = reader.loadTable(RUN);
    for (let i = 0; i < table.cell.length; i++) {
      const [cell, second] = [table.cell[i], table.second[i]];
      expect([table.handoversOut[i], table.handoversIn[i]]).toEqual([
        naive(rows, 2, cell)[second],
        naive(rows, 3, cell)[second],
      ]);
      if (i > 0) expect(second * 100 + cell).toBeGreaterThan(table.second[i - 1] * 100 + table.cell[i - 1]);
    }
    expect((table.handoversOut as Uint32Array).reduce((a, b) => a + b)).toBe(rows.filter(isHandover).length);
  });

  test("lists the cells that served somebody, with their worst second", () => {
    const { reader, blocks } = written();
    const served = [...new Set(blocks.flatMap((b) => [...b.servedCells]))].sort();
    const rows = rowsOf(blocks.map((b) => b.events)).filter(isHandover);
    const cells = reader.cells(RUN);
    expect([...cells.cell]).toEqual(served);
    expect([...reader.servedCells(RUN)]).toEqual(served);
    expect([...cells.satellite]).toEqual(served.map((cell) => Math.floor((cell - 1) / BEAMS)));
    expect([...cells.beam]).toEqual(served.map((cell) => (cell - 1) % BEAMS));
    expect([...cells.handoversOut]).toEqual(
      served.map((cell) => rows.filter((row) => row[2] === cell).length),
    );
    expect([...cells.handoversIn]).toEqual(
      served.map((cell) => rows.filter((row) => row[3] === cell).length),
    );
    expect([...cells.peakPerS]).toEqual(served.map((cell) => Math.max(...naive(rows, 2, cell))));
    expect(Object.values(cells).map((c) => c.constructor.name)).toEqual([
      "Uint32Array",
      "Uint32Array",
      "Uint16Array",
      "Uint32Array",
      "Uint32Array",
      "Uint16Array",
    ]);
  });

  test.each([0, 7, -1, 1.5])("is refused for a cell that there is not: %d", (cell) => {
    const { reader } = written([1]);
    expect(problemsOf(() => reader.load(RUN, cell))).toMatchObject([
      { field: "cell", remedy: "Give a cell from 1 to 6, or none for all together" },
    ]);
  });
});

describe("what was learned", () => {
  test("comes back whole, column by column and byte by byte", () => {
    const { writer, reader } = written();
    const learning = learningOf();
    writer.saveLearning(RUN, learning);
    expect(reader.dataset(RUN)).toEqual(learning.ueColumns);
    expect(Object.keys(reader.dataset(RUN))).toEqual(Object.keys(learning.ueColumns));
    expect(reader.predicted(RUN)).toEqual(learning.predicted);
    const models = reader.models(RUN).map((m) => ({ ...m, onnx: new Uint8Array(m.onnx) }));
    expect(models).toEqual(learning.models);
  });

  test("gives the page the primary classifier's probability, and every UE its place even without service", () => {
    for (const primary of ["forest", "ann"] as const) {
      const { writer, reader } = open();
      const { users, ...start } = startOf({
        scenarioText: `\uFEFF${JSON.stringify(scenarioOf({ learning: { primary } }))}`,
      });
      writer.begin({ ...start, users });
      const learning = learningOf();
      writer.saveLearning(RUN, learning);
      const { cluster, ready, label, leaveS } = learning.ueColumns;
      const probability = learning.ueColumns[`probability.${primary}`];
      expect(reader.ues(RUN)).toEqual({ ...users, cluster, ready, label, leaveS, probability });
    }
  });

  test("has no probability where there was nothing to train on", () => {
    const { writer, reader } = written([1]);
    const learning = learningOf();
    const { "probability.ann": _ann, "probability.forest": _forest, ...ueColumns } = learning.ueColumns;
    writer.saveLearning(RUN, { ...learning, ueColumns: ueColumns as Columns, models: [] });
    expect(reader.ues(RUN).probability).toEqual(new Float32Array(UES).fill(Number.NaN));
    expect(reader.models(RUN)).toEqual([]);
  });

  test("replaces what was learned before", () => {
    const { writer, reader } = written([1]);
    const first = learningOf();
    writer.saveLearning(RUN, first);
    const { rangeKm } = first.ueColumns;
    writer.saveLearning(RUN, { ...first, ueColumns: { rangeKm }, models: first.models.slice(0, 1) });
    expect(reader.dataset(RUN)).toEqual({ rangeKm });
    expect(reader.models(RUN)).toHaveLength(1);
  });
});

describe("a run is found", () => {
  test("by its name or by a beginning that is only its own", () => {
    const { writer, reader } = open();
    for (const run of ["small-1", "small-12", "large-3"]) writer.begin(startOf({ run }));
    expect(reader.run("small-1").run).toBe("small-1");
    expect(reader.run("la").run).toBe("large-3");
    expect(reader.events("la").ue).toHaveLength(0);
    expect(problemsOf(() => reader.run("small"))).toEqual([
      {
        field: "run",
        reason: '"small" is the beginning of 2 runs: small-1, small-12',
        remedy: "Give more of the name",
      },
    ]);
    const [unknown] = problemsOf(() => reader.run("smal-12"));
    expect(unknown.reason).toBe('there is no run "smal-12"');
    expect(unknown.remedy).toMatch(/^Near it are small-12, small-1/);
    expect(() => reader.run("")).toThrow(BadInput);
  });

  test("in the list with the newest first", () => {
    const { writer, reader } = open();
    for (const run of ["b", "a", "c"]) writer.begin(startOf({ run }));
    expect(reader.runs().map(({ run }) => run)).toEqual(["c", "a", "b"]);
  });

  test("with its summary once it is finished", () => {
    const { writer, reader } = written();
    const summary = summaryOf();
    writer.finish(RUN, "finished", summary);
    expect(reader.run(RUN)).toMatchObject({ status: "finished", stepsDone: 20, summary });
  });
});
