import Database from "better-sqlite3";
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { migrationsFolder, openForWriting } from "../../../src/main/store/database.ts";
import { loadColumns, saveColumns } from "../../../src/main/store/blobs.ts";
import { RunReader } from "../../../src/main/store/reader.ts";
import { RunWriter } from "../../../src/main/store/writer.ts";
import { QUANTITIES } from "../../../src/shared/peaks.ts";
import { STORM_KEYS } from "../../../src/shared/storm.ts";
import { proceduresOf, stormOf, stormSummary } from "../../builders/storm.ts";
import { blockOf, eventsOf, startOf, temporaryFolder } from "./kept-run.ts";

const RUN = "small-aaa111";
const EVENTS = 12;

function opened() {
  const path = join(temporaryFolder(), "runs.db");
  const writer = new RunWriter(path);
  const reader = new RunReader(path);
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  writer.begin(startOf());
  writer.append(RUN, { ...blockOf(0, 3), events: eventsOf(EVENTS, 0, 3000, 1) });
  return { path, writer, reader };
}

const storm = stormOf([
  [1, 0, 3, 1, 40, 9000, 4, 0, 2, 0],
  [1, 2, 0, 1, 4, 900, 1, 0, 0, 0],
  [6, 1, 2, 2, 4_000_000_000, 4_294_967_295, 70, 12, 999, 5],
]);
const procedures = proceduresOf(EVENTS);

test("keeps storm, procedures and summary as they were, types and all", () => {
  const { writer, reader } = opened();
  writer.saveSignalling(RUN, { storm, procedures, summary: stormSummary() });
  expect(reader.storm(RUN)).toEqual(storm);
  expect(reader.procedures(RUN)).toEqual(procedures);
  expect(reader.signalling(RUN)).toEqual(stormSummary());
});

test("a second saving takes the place of the first", () => {
  const { writer, reader } = opened();
  writer.saveSignalling(RUN, { storm, procedures, summary: stormSummary() });
  const later = stormOf([[2, 1, 1, 1, 9, 9, 1, 0, 0, 0]]);
  writer.saveSignalling(RUN, { storm: later, procedures, summary: stormSummary({ strategy: "d1" }) });
  expect(reader.storm(RUN)).toEqual(later);
  expect(reader.signalling(RUN)!.strategy).toBe("d1");
});

test("keeps a pyramid of a long run's storm, and none of a short one's", () => {
  const { path, writer, reader } = opened();
  writer.saveSignalling(RUN, { storm, procedures, summary: stormSummary() });
  expect(reader.stormPeaks(RUN)).toEqual({});
  const db = new Database(path);
  db.exec("UPDATE run SET duration_s = 1100");
  db.close();
  for (let twice = 0; twice < 2; twice++)
    writer.saveSignalling(RUN, { storm, procedures, summary: stormSummary() });
  const peaks = reader.stormPeaks(RUN);
  expect(Object.keys(peaks).sort()).toEqual(QUANTITIES.map((quantity) => `${quantity}.2`).sort());
  expect(peaks["messages.2"]).toEqual(Uint32Array.of(0, 1, 2));
});

test("refuses outcomes of other events than the run's, and then keeps nothing of them", () => {
  const { writer, reader } = opened();
  expect(() =>
    writer.saveSignalling(RUN, { storm, procedures: proceduresOf(EVENTS - 1), summary: stormSummary() }),
  ).toThrow(`${EVENTS - 1} outcomes for the ${EVENTS} events`);
  expect(reader.storm(RUN).cell).toHaveLength(0);
});

test("a run without signalling reads as empty columns of every name, and no summary", () => {
  const { reader } = opened();
  expect(Object.keys(reader.storm(RUN))).toEqual([...STORM_KEYS]);
  for (const columns of [reader.storm(RUN), reader.procedures(RUN)])
    for (const column of Object.values(columns)) expect(column).toHaveLength(0);
  expect(reader.signalling(RUN)).toBeNull();
});

test("a database of version 2 keeps its columns when it is brought up to date", () => {
  const folder = temporaryFolder();
  const before = join(folder, "before");
  mkdirSync(before);
  for (const file of readdirSync(migrationsFolder).filter((name) => name < "003"))
    copyFileSync(join(migrationsFolder, file), join(before, file));
  const path = join(folder, "runs.db");
  const old = openForWriting(path, before);
  old.exec(
    `INSERT INTO document VALUES ('h', '{}');
     INSERT INTO run (id, name, scenario, title, scenario_hash, seed, version, status, heartbeat_ms, created_ms, start_ms,
       duration_s, step_s, mark_s, ues, satellites, beams, steps_total)
     VALUES (1, 'old', 'old', '', 'h', 1, '0.1.0', 'finished', 0, 0, 0, 1, 1, 0, 2, 1, 1, 2)`,
  );
  saveColumns(old, 1, "user", { latitudeDeg: Float64Array.of(1.5, -2), userClass: Uint8Array.of(0, 1) });
  expect(() => saveColumns(old, 1, "storm", { cell: Uint32Array.of(1) })).toThrow(/CHECK/);
  old.close();
  openForWriting(path).close();
  const db = new Database(path);
  onTestFinished(() => void db.close());
  expect(loadColumns(db, 1, "user")).toEqual({
    latitudeDeg: Float64Array.of(1.5, -2),
    userClass: Uint8Array.of(0, 1),
  });
  saveColumns(db, 1, "storm", { cell: Uint32Array.of(1) });
});
