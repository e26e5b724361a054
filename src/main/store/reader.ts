import { existsSync } from "node:fs";
import type { Column, Columns } from "../../shared/columns.ts";
import { BadInput } from "../../shared/errors.ts";
import {
  cellBeam,
  cellSatellite,
  FRAME_COLUMNS,
  type EventColumns,
  type FrameBlock,
  type FrameColumn,
  type FramePart,
} from "../../shared/frame.ts";
import type { ClassifierMetrics, RunRecord } from "../../shared/run.ts";
import { scenarioSchema, type Scenario } from "../../shared/scenario.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import type { KeptStudy, LibraryModel, StudyReport } from "../../shared/study.ts";
import { loadColumns, putBlob } from "./blobs.ts";
import { openForReading, type Db } from "./database.ts";
import { readEvents } from "./events.ts";
import { explained } from "./failures.ts";
import { readFrames } from "./frames.ts";
import { readPeaks } from "./peaks.ts";
import { findRun, toRecord, unknownRun, type RunRow } from "./records.ts";
import { readCurves, readProcedures, readStorm, readSummary } from "./signalling.ts";
import { readModelFile, readModels, readReport, readStudies } from "./studies.ts";

/** Reads runs, also while another process writes them. A database that does not exist yet reads as empty. */
export class RunReader {
  readonly #path: string;
  #db: Db | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#open();
  }

  #open(): Db | null {
    if (this.#db === null && existsSync(this.#path)) this.#db = openForReading(this.#path);
    return this.#db;
  }

  #ask<T>(work: (db: Db | null) => T): T {
    try {
      return work(this.#open());
    } catch (error) {
      throw explained(error, this.#path);
    }
  }

  /** One consistent reading of a run. */
  #read<T>(run: string, work: (db: Db, row: RunRow) => T): T {
    return this.#ask((db) => {
      if (!db) throw unknownRun(run, []);
      return db.transaction(() => work(db, findRun(db, run)))();
    });
  }

  /** All runs, the newest first. */
  runs(): RunRecord[] {
    return this.#ask((db) => {
      const rows = db?.prepare("SELECT * FROM run ORDER BY created_ms DESC, id DESC").all() ?? [];
      return (rows as RunRow[]).map(toRecord);
    });
  }

  run(run: string): RunRecord {
    return this.#read(run, (_, row) => toRecord(row));
  }

  scenarioText(run: string): {
    scenarioText: string;
    elementsName: string | null;
    elementsText: string | null;
    seed: number;
  } {
    return this.#read(run, (db, row) => {
      const document = db.prepare("SELECT text FROM document WHERE hash = ?").pluck();
      return {
        scenarioText: document.get(row.scenario_hash) as string,
        elementsName: row.elements_name,
        elementsText: row.elements_hash === null ? null : (document.get(row.elements_hash) as string),
        seed: row.seed,
      };
    });
  }

  /** The scenario of a run, checked when it was planned. */
  scenario(run: string): Scenario {
    return scenarioSchema.parse(JSON.parse(this.scenarioText(run).scenarioText.replace(/^\uFEFF/, "")));
  }

  /** Place and class of every UE and, once the run has passed its mark, what was found there: see shared/operations.ts. */
  ues(run: string): Columns {
    const { primary } = this.scenario(run).learning;
    return this.#read(run, (db, { id, ues }) => {
      const users = loadColumns(db, id, "user");
      const { cluster, ready, label, leaveS, ...mark } = loadColumns(db, id, "mark");
      if (!cluster) return users;
      const probability = mark[`probability.${primary}`] ?? new Float32Array(ues).fill(Number.NaN);
      return { ...users, cluster, ready, probability, label, leaveS };
    });
  }

  /** Every column by UE at the marked instant; none before the run has passed it. */
  dataset(run: string): Columns {
    return this.#read(run, (db, { id }) => loadColumns(db, id, "mark"));
  }

  /** The steps of [from, to], both inclusive, that exist; whole, or only the columns named. */
  frames(run: string, from: number, to: number): FrameBlock;
  frames<N extends FrameColumn>(run: string, from: number, to: number, names: readonly N[]): FramePart<N>;
  frames(run: string, from: number, to: number, names: readonly FrameColumn[] = FRAME_COLUMNS) {
    return this.#read(run, (db, row) => readFrames(db, row, from, to, names));
  }

  /** knots [knot × satellite × 6], ECEF position m, velocity m/s. */
  satellites(run: string): { columns: Columns; meta: SatelliteMeta } {
    return this.#read(run, (db, { id, satellites }) => {
      const row = db.prepare("SELECT * FROM constellation WHERE run_id = ?").get(id) as Constellation;
      const knots = new Float64Array(row.knots * satellites * 6);
      const states = db
        .prepare("SELECT state FROM knot WHERE run_id = ? ORDER BY number")
        .pluck()
        .iterate(id);
      let at = 0;
      for (const state of states as Iterable<Buffer>) {
        putBlob(knots, at, state);
        at += satellites * 6;
      }
      const meta = {
        knotS: row.knot_s,
        firstS: row.first_s,
        knots: row.knots,
        ids: JSON.parse(row.ids),
        names: JSON.parse(row.names),
        lost: JSON.parse(row.lost),
      };
      return { columns: { knots }, meta };
    });
  }

  /** The events [from, end) of those there are. */
  events(run: string, from = 0, end = Number.POSITIVE_INFINITY): EventColumns {
    return this.#read(run, (db, { id, events }) => readEvents(db, id, from, Math.min(end, events)));
  }

  /** How many events there are by now. */
  eventCount(run: string): number {
    return this.#read(run, (_, { events }) => events);
  }

  /** Changes of gateway: timeMs u32, satellite u32, source i16, target i16 (gateways from 0, −1 none). */
  feederSwitches(run: string): Columns {
    return this.#read(run, (db, { id }) =>
      toColumns(
        db
          .prepare(
            "SELECT time_ms, satellite, source, target FROM feeder_switch WHERE run_id = ? ORDER BY number",
          )
          .raw()
          .all(id) as number[][],
        { timeMs: Uint32Array, satellite: Uint32Array, source: Int16Array, target: Int16Array },
      ),
    );
  }

  /** Places that quasi-earth-fixed cells held: cell u32, fromMs u32, untilMs u32, latitudeDeg f64, longitudeDeg f64. */
  holds(run: string): Columns {
    return this.#read(run, (db, { id }) =>
      toColumns(
        db
          .prepare(
            `SELECT cell, from_ms, until_ms, latitude_deg, longitude_deg FROM hold
             WHERE run_id = ? ORDER BY cell, from_ms`,
          )
          .raw()
          .all(id) as number[][],
        {
          cell: Uint32Array,
          fromMs: Uint32Array,
          untilMs: Uint32Array,
          latitudeDeg: Float64Array,
          longitudeDeg: Float64Array,
        },
      ),
    );
  }

  /** ue u32, cell u32, atS f32, ready u8, probability f32 [predicted handover]; empty before the run has passed its mark. */
  predicted(run: string): Columns {
    return this.#read(run, (db, { id }) => ({ ...noPredictions(), ...loadColumns(db, id, "predicted") }));
  }

  /** Handovers of all cells by second of the run. */
  density(run: string): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(this.load(run, null).out);
  }

  /** Handovers out of and into one cell, or all cells together, by second of the run. */
  load(run: string, cell: number | null): { out: number[]; in: number[] } {
    return this.#read(run, (db, row) => {
      const cells = row.satellites * row.beams;
      // those of sites on the ground are known by whom they served
      const served = db.prepare("SELECT 1 FROM served_cell WHERE run_id = ? AND cell = ?");
      const isCell = (n: number) =>
        Number.isInteger(n) && n >= 1 && (n <= cells || served.get(row.id, n) !== undefined);
      if (cell !== null && !isCell(cell)) {
        const remedy = `Give a cell from 1 to ${cells}, or none for all together`;
        throw new BadInput([{ field: "cell", reason: `there is no cell ${cell}`, remedy }]);
      }
      const zeros = () => Array.from({ length: seconds(row) }, () => 0);
      const load = { out: zeros(), in: zeros() };
      const sums = db
        .prepare(
          `SELECT second, sum(handovers_out), sum(handovers_in) FROM cell_load
           WHERE run_id = @id ${cell === null ? "" : "AND cell = @cell"} GROUP BY second`,
        )
        .raw()
        .all({ id: row.id, cell }) as number[][];
      for (const [second, out, into] of sums) {
        load.out[second] = out;
        load.in[second] = into;
      }
      return load;
    });
  }

  /** Handovers per cell and second as columns second, cell, handoversOut, handoversIn u32, in the order (second, cell). */
  loadTable(run: string): Columns {
    return this.#read(run, (db, { id }) =>
      toColumns(
        db
          .prepare(
            `SELECT second, cell, handovers_out, handovers_in FROM cell_load WHERE run_id = ? ORDER BY second, cell`,
          )
          .raw()
          .all(id) as number[][],
        { second: Uint32Array, cell: Uint32Array, handoversOut: Uint32Array, handoversIn: Uint32Array },
      ),
    );
  }

  /** Numbers of the cells that have served somebody by now, ascending. */
  servedCells(run: string): Uint32Array {
    return this.#read(run, (db, { id }) => {
      const cells = db.prepare("SELECT cell FROM served_cell WHERE run_id = ? ORDER BY cell").pluck().all(id);
      return Uint32Array.from(cells as number[]);
    });
  }

  /** The cells that served a UE, ascending: cell u32, satellite u32, beam u16, handoversOut u32, handoversIn u32, peakPerS u16. */
  cells(run: string): Columns {
    return this.#read(run, (db, { id, beams }) => {
      const rows = db
        .prepare(
          `SELECT cell, coalesce(sum(handovers_out), 0), coalesce(sum(handovers_in), 0), coalesce(max(handovers_out), 0)
           FROM served_cell LEFT JOIN cell_load USING (run_id, cell) WHERE run_id = ? GROUP BY cell ORDER BY cell`,
        )
        .raw()
        .all(id) as number[][];
      const places = rows.map(([cell, out, into, peak]) => [
        cell,
        cellSatellite(cell, beams),
        cellBeam(cell, beams),
        out,
        into,
        Math.min(peak, 0xffff),
      ]);
      return toColumns(places, {
        cell: Uint32Array,
        satellite: Uint32Array,
        beam: Uint16Array,
        handoversOut: Uint32Array,
        handoversIn: Uint32Array,
        peakPerS: Uint16Array,
      });
    });
  }

  /** What the handovers cost; null for a run without signalling. */
  signalling(run: string): SignallingSummary | null {
    return this.#read(run, readSummary);
  }

  /** `StormColumns`; empty for a run without signalling. */
  storm(run: string): Columns {
    return this.#read(run, readStorm);
  }

  /** The floors of the storm's pyramids: see store/peaks.ts. */
  stormPeaks(run: string): Columns {
    return this.#read(run, readPeaks);
  }

  /** `ProcedureColumns` by event; empty for a run without signalling. */
  procedures(run: string): Columns {
    return this.#read(run, readProcedures);
  }

  /** `StrategyCurves`; empty for a run that kept none. */
  strategyCurves(run: string): Columns {
    return this.#read(run, readCurves);
  }

  models(run: string): KeptModel[] {
    return this.#read(run, (db, { id }) => {
      const rows = db
        .prepare("SELECT name, ablation, card, metrics, onnx FROM model WHERE run_id = ? ORDER BY id")
        .all(id) as { name: string; ablation: string; card: string; metrics: string; onnx: Buffer }[];
      return rows.map(({ card, metrics, ...row }) => ({
        ...row,
        card: JSON.parse(card),
        metrics: JSON.parse(metrics),
      }));
    });
  }

  studies(): KeptStudy[] {
    return this.#ask((db) => (db ? readStudies(db) : []));
  }

  report(study: string): StudyReport {
    return this.#ask((db) => readReport(known(db, "study", study), study));
  }

  library(): LibraryModel[] {
    return this.#ask((db) => (db ? readModels(db) : []));
  }

  modelFile(model: string): Uint8Array<ArrayBuffer> {
    return this.#ask((db) => readModelFile(known(db, "model", model), model));
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }
}

function known(db: Db | null, field: string, name: string): Db {
  if (db) return db;
  const reason = `there is no ${field} "${name}": the database is empty`;
  throw new BadInput([{ field, reason, remedy: "Start a study first" }]);
}

const noPredictions = (): Columns => ({
  ue: new Uint32Array(0),
  cell: new Uint32Array(0),
  atS: new Float32Array(0),
  ready: new Uint8Array(0),
  probability: new Float32Array(0),
});

export interface KeptModel {
  name: string;
  ablation: string;
  card: unknown;
  metrics: ClassifierMetrics;
  onnx: Uint8Array;
}

/** A type, not an interface, so that it passes as the free-form meta of a column file. */
export type SatelliteMeta = {
  knotS: number;
  firstS: number;
  knots: number;
  ids: string[];
  names: string[];
  lost: (string | null)[];
};

interface Constellation {
  ids: string;
  names: string;
  lost: string;
  first_s: number;
  knot_s: number;
  knots: number;
}

/** How many whole or begun seconds a run has, with its last instant. */
const seconds = ({ duration_s, step_s, steps_total }: RunRow) =>
  Math.floor(Math.max(duration_s, (steps_total - 1) * step_s)) + 1;

function toColumns(rows: number[][], types: Record<string, new (length: number) => Column>): Columns {
  return Object.fromEntries(
    Object.entries(types).map(([name, Type], c) => {
      const column = new Type(rows.length);
      for (let i = 0; i < rows.length; i++) column[i] = rows[i][c];
      return [name, column];
    }),
  );
}
