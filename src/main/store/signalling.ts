import type { Columns } from "../../shared/columns.ts";
import {
  CURVE_KEYS,
  signallingSummarySchema,
  STORM_KEYS,
  type ProcedureColumns,
  type SignallingSummary,
  type StormColumns,
  type StrategyCurves,
} from "../../shared/storm.ts";
import { loadColumns, saveColumns } from "./blobs.ts";
import type { Db } from "./database.ts";
import { keepPeaks } from "./peaks.ts";
import type { RunRow } from "./records.ts";

export interface SignallingWrite {
  storm: StormColumns;
  procedures: ProcedureColumns;
  summary: SignallingSummary;
}

/** In the place of any kept before. */
export function keepSignalling(
  db: Db,
  row: RunRow,
  { storm, procedures, summary }: SignallingWrite,
  curves: StrategyCurves | null,
): void {
  if (procedures.outcome.length !== row.events)
    throw new Error(`${procedures.outcome.length} outcomes for the ${row.events} events of ${row.name}`);
  saveColumns(db, row.id, "storm", { ...storm });
  keepPeaks(db, row, storm);
  saveColumns(db, row.id, "procedure", { ...procedures });
  saveColumns(db, row.id, "curve", { ...curves });
  db.prepare("INSERT OR REPLACE INTO signalling VALUES (?, ?)").run(row.id, JSON.stringify(summary));
}

/** Null for a run without signalling: an older or an unfinished one. */
export function readSummary(db: Db, { id }: RunRow): SignallingSummary | null {
  const text = db.prepare("SELECT summary FROM signalling WHERE run_id = ?").pluck().get(id);
  return text === undefined ? null : signallingSummarySchema.parse(JSON.parse(text as string));
}

export const readStorm = (db: Db, { id }: RunRow): Columns => ({
  ...noStorm(),
  ...loadColumns(db, id, "storm"),
});

export const readProcedures = (db: Db, { id }: RunRow): Columns => ({
  ...noProcedures(),
  ...loadColumns(db, id, "procedure"),
});

/** `StrategyCurves`; empty where none were kept. */
export const readCurves = (db: Db, { id }: RunRow): Columns => ({
  ...noCurves(),
  ...loadColumns(db, id, "curve"),
});

const empty = (keys: readonly string[]): Columns =>
  Object.fromEntries(keys.map((key) => [key, new Uint32Array(0)]));
const noStorm = () => empty(STORM_KEYS);
const noCurves = (): Columns => ({ strategy: new Uint8Array(0), ...empty(["cell", ...CURVE_KEYS]) });

const noProcedures = () =>
  ({
    outcome: new Uint8Array(0),
    startMs: new Float64Array(0),
    endMs: new Float64Array(0),
    downMs: new Float32Array(0),
    upMs: new Float32Array(0),
    messages: new Uint16Array(0),
    bytes: new Uint32Array(0),
    tries: new Uint16Array(0),
  }) satisfies ProcedureColumns;
