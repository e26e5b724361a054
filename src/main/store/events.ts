import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { Db } from "./database.ts";

/** Appends events; the first gets number `first`. */
export function insertEvents(db: Db, runId: number, first: number, events: EventColumns): void {
  const { timeMs, ue, source, target, rsrpSource, rsrpTarget, trigger, pingPong } = events;
  const insert = db.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (let i = 0; i < ue.length; i++)
    insert.run(
      runId,
      first + i,
      timeMs[i],
      ue[i],
      source[i],
      target[i],
      rsrpSource[i],
      rsrpTarget[i],
      trigger[i],
      pingPong[i],
    );
}

/** Room for every second of a run in a key made of cell and second. */
const SECONDS = 2 ** 20;

const RESELECTION = TRIGGERS.indexOf("reselection");

/** Adds the events to the handovers per cell and second; a reselection is none. */
export function insertLoad(db: Db, runId: number, events: EventColumns): void {
  const { timeMs, source, target, trigger } = events;
  const out = new Map<number, number>();
  const into = new Map<number, number>();
  const count = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let i = 0; i < timeMs.length; i++) {
    if (trigger[i] === RESELECTION) continue;
    const second = Math.floor(timeMs[i] / 1000);
    count(out, source[i] * SECONDS + second);
    count(into, target[i] * SECONDS + second);
  }
  // a block may end within a second
  const add = db.prepare(
    `INSERT INTO cell_load VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
     SET handovers_out = handovers_out + excluded.handovers_out, handovers_in = handovers_in + excluded.handovers_in`,
  );
  for (const key of new Set([...out.keys(), ...into.keys()]))
    add.run(runId, Math.floor(key / SECONDS), key % SECONDS, out.get(key) ?? 0, into.get(key) ?? 0);
}

type Row = [number, number, number, number, number | null, number | null, number, number];
const ROWS_AT_ONCE = 65_536;

/** The events [from, end) of a run. */
export function readEvents(db: Db, runId: number, from: number, end: number): EventColumns {
  const count = Math.max(0, end - from);
  const columns: EventColumns = {
    timeMs: new Uint32Array(count),
    ue: new Uint32Array(count),
    source: new Uint32Array(count),
    target: new Uint32Array(count),
    rsrpSource: new Float32Array(count),
    rsrpTarget: new Float32Array(count),
    trigger: new Uint8Array(count),
    pingPong: new Uint8Array(count),
  };
  const { timeMs, ue, source, target, rsrpSource, rsrpTarget, trigger, pingPong } = columns;
  const select = db
    .prepare(
      `SELECT time_ms, ue, source, target, rsrp_source_dbm, rsrp_target_dbm, "trigger", ping_pong
       FROM event WHERE run_id = ? AND number >= ? AND number < ? ORDER BY number`,
    )
    .raw();
  for (let first = 0; first < count; first += ROWS_AT_ONCE) {
    const rows = select.all(runId, from + first, Math.min(end, from + first + ROWS_AT_ONCE)) as Row[];
    for (let j = 0; j < rows.length; j++) {
      const row = rows[j];
      const i = first + j;
      timeMs[i] = row[0];
      ue[i] = row[1];
      source[i] = row[2];
      target[i] = row[3];
      rsrpSource[i] = row[4] ?? Number.NaN;
      rsrpTarget[i] = row[5] ?? Number.NaN;
      trigger[i] = row[6];
      pingPong[i] = row[7];
    }
  }
  return columns;
}
