import Database from "better-sqlite3";
import { spawn } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  APPLICATION_ID,
  migrationsFolder,
  openForReading,
  openForWriting,
} from "../../../src/main/store/database.ts";
import { RunReader } from "../../../src/main/store/reader.ts";
import { summariseHandovers } from "../../../src/main/studies/handovers.ts";
import { RunWriter } from "../../../src/main/store/writer.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { summaryOf } from "../../builders/summary.ts";
import { BEAMS, blockOf, problemsOf, startOf, temporaryFolder } from "./kept-run.ts";

const LATEST = readdirSync(migrationsFolder).length;

function change(path: string, sql: string) {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

describe("a new database", () => {
  test("is made with its folders, its mark and its version", () => {
    const path = join(temporaryFolder(), "a", "b", "runs.db");
    new RunWriter(path).close();
    const db = new Database(path, { readonly: true });
    expect(db.pragma("application_id", { simple: true })).toBe(0x424d574b);
    expect(db.pragma("user_version", { simple: true })).toBe(LATEST);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    db.close();
    // the mark is where the `file` command looks for it: big-endian at byte 68 of the header
    expect(readFileSync(path).toString("latin1", 68, 72)).toBe("BMWK");
  });

  test("is not made by a reader: what does not exist reads as empty, and fills as soon as it does", () => {
    const path = join(temporaryFolder(), "later", "runs.db");
    const reader = new RunReader(path);
    expect(reader.runs()).toEqual([]);
    expect(problemsOf(() => reader.run("small"))[0]).toMatchObject({ field: "run" });
    const writer = new RunWriter(path);
    expect(reader.runs()).toEqual([]);
    writer.begin(startOf());
    expect(reader.runs()).toHaveLength(1);
    writer.close();
    reader.close();
  });

  test("may start from an empty file", () => {
    const path = join(temporaryFolder(), "empty.db");
    writeFileSync(path, "");
    expect(new RunReader(path).runs()).toEqual([]);
    new RunWriter(path).close();
    expect(openForReading(path)!.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
  });

  test("may be opened by several processes at the same instant", async () => {
    const path = join(temporaryFolder(), "race.db");
    const child = join(import.meta.dirname, "writing-child.ts");
    const ends = Array.from({ length: 4 }, (_, i) => {
      const writing = spawn(process.execPath, [child, path, `small-${i}`, "2"], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      return new Promise<number | null>((resolve) => writing.on("exit", resolve));
    });
    expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
    const reader = new RunReader(path);
    expect(
      reader
        .runs()
        .map(({ run, stepsDone }) => `${run} ${stepsDone}`)
        .sort(),
    ).toEqual(["small-0 4", "small-1 4", "small-2 4", "small-3 4"]);
    reader.close();
  });
});

describe("a file that cannot be used is refused, untouched, with a reason and a remedy", () => {
  const refused: [string, (path: string) => void, RegExp][] = [
    [
      "another program's database",
      (path) => change(path, "CREATE TABLE mail (id)"),
      /belongs to another program/,
    ],
    [
      "another program's marked database",
      (path) => change(path, "PRAGMA application_id = 7"),
      /another program/,
    ],
    [
      "something else",
      (path) => writeFileSync(path, "No database, only words. ".repeat(500)),
      /not a database/,
    ],
    [
      "a database of a newer program",
      (path) => {
        new RunWriter(path).close();
        change(path, `PRAGMA user_version = ${LATEST + 1}`);
      },
      new RegExp(`newer Beamwalk \\(version ${LATEST + 1} .*knows ${LATEST}\\)`),
    ],
  ];
  test.each(refused)("%s", (_, make, reason) => {
    const path = join(temporaryFolder(), "runs.db");
    make(path);
    const before = readFileSync(path);
    for (const open of [() => new RunWriter(path), () => new RunReader(path)]) {
      expect(open).toThrow(BadInput);
      const [problem] = problemsOf(open);
      expect(problem.field).toBe("db");
      expect(problem.reason).toContain(path);
      expect(problem.reason).toMatch(reason);
      expect(problem.remedy).not.toBe("");
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("a folder, and a path below a file", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "folder.db"));
    writeFileSync(join(folder, "file"), "");
    for (const path of [join(folder, "folder.db"), join(folder, "file", "runs.db")])
      expect(problemsOf(() => new RunWriter(path))).toMatchObject([
        { field: "db", reason: expect.stringContaining("cannot be opened") },
      ]);
  });

  test("a damaged database says so wherever the damage is met", () => {
    const path = join(temporaryFolder(), "runs.db");
    const writer = new RunWriter(path);
    writer.begin(startOf());
    for (let step = 0; step < 20; step += 2) writer.append("small-aaa111", blockOf(step, 2));
    writer.close();
    const file = openSync(path, "r+");
    const noise = Buffer.alloc(statSync(path).size - 16_384, 0xa5);
    writeSync(file, noise, 0, noise.length, 16_384);
    closeSync(file);
    expect(problemsOf(() => new RunReader(path).run("small-aaa111"))).toMatchObject([
      { field: "db", reason: expect.stringContaining("is damaged") },
    ]);
    expect(problemsOf(() => new RunWriter(path))).toMatchObject([
      { reason: expect.stringContaining("is damaged") },
    ]);
  });
});

describe("migrations", () => {
  function folderWith(...files: [string, string][]) {
    const folder = temporaryFolder();
    for (const [name, sql] of files) writeFileSync(join(folder, name), sql);
    return folder;
  }
  const one: [string, string] = ["001-init.sql", "CREATE TABLE a (x); INSERT INTO a VALUES (5);"];
  const two: [string, string] = ["002-more.sql", "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1;"];
  const row = (db: Database.Database) => db.prepare("SELECT * FROM a").get();

  test("bring an older database up to date and keep what is in it, for a writer and for a reader", () => {
    for (const open of [openForWriting, openForReading]) {
      const path = join(temporaryFolder(), "runs.db");
      openForWriting(path, folderWith(one)).close();
      const db = open(path, folderWith(one, two))!;
      expect(row(db)).toEqual({ x: 5, y: 6 });
      expect(db.pragma("user_version", { simple: true })).toBe(2);
      db.close();
    }
  });

  test("count the handovers of runs of earlier versions without reselections", () => {
    const path = join(temporaryFolder(), "runs.db");
    const writer = new RunWriter(path);
    writer.begin(startOf());
    for (let step = 0; step < 20; step += 4) writer.append("small-aaa111", blockOf(step, 4));
    const before = new RunReader(path);
    const events = before.events("small-aaa111");
    const load = before.loadTable("small-aaa111");
    const handovers = summariseHandovers(events, BEAMS);
    writer.finish("small-aaa111", "finished", summaryOf({ handovers }));
    writer.close();
    before.close();
    // as the version before wrote it
    const old = {
      ...handovers,
      total: events.ue.length,
      pingPong: 99,
      interSatellite: 99,
      peakPerS: 99,
      peakCell: 99,
      peakAtS: 99,
    };
    change(
      path,
      `UPDATE run SET summary = json_set(summary, '$.handovers', json('${JSON.stringify(old)}'));
       DELETE FROM cell_load;
       INSERT INTO cell_load SELECT run_id, cell, second, sum(out), sum(into_) FROM (
         SELECT run_id, source AS cell, time_ms / 1000 AS second, 1 AS out, 0 AS into_ FROM event
         UNION ALL SELECT run_id, target, time_ms / 1000, 0, 1 FROM event
       ) GROUP BY run_id, cell, second;
       PRAGMA user_version = 5`,
    );
    const reader = new RunReader(path);
    expect(reader.loadTable("small-aaa111")).toEqual(load);
    const found = reader.run("small-aaa111").summary!.handovers;
    expect(found.reselections).toBeGreaterThan(5);
    expect(found).toEqual(handovers);
    expect(reader.events("small-aaa111")).toEqual(events);
    reader.close();
  });

  test("that fail leave the database as it was", () => {
    const path = join(temporaryFolder(), "runs.db");
    openForWriting(path, folderWith(one)).close();
    const broken = folderWith(one, ["002-more.sql", "ALTER TABLE a ADD COLUMN y; SELECT * FROM missing;"]);
    expect(() => openForWriting(path, broken)).toThrow(/no such table/);
    const db = openForReading(path, folderWith(one))!;
    expect(row(db)).toEqual({ x: 5 });
    db.close();
  });

  test("must be numbered without gaps", () => {
    const folder = folderWith(one, ["003-more.sql", ""]);
    expect(() => openForWriting(join(temporaryFolder(), "runs.db"), folder)).toThrow(
      /003-more.sql should have number 2/,
    );
  });
});
