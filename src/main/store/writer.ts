import { createHash } from "node:crypto";
import type { Columns } from "../../shared/columns.ts";
import { BadInput } from "../../shared/errors.ts";
import type { EventColumns, FrameBlock } from "../../shared/frame.ts";
import type { ClassifierMetrics, PlanSummary, RunStatus } from "../../shared/run.ts";
import { blob, saveColumns } from "./blobs.ts";
import type { StrategyCurves } from "../../shared/storm.ts";
import { openForWriting, type Db } from "./database.ts";
import { explained } from "./failures.ts";
import { insertEvents, insertLoad } from "./events.ts";
import { findRun, isAlive, type RunRow } from "./records.ts";
import { keepSignalling, type SignallingWrite } from "./signalling.ts";

export interface RunStart {
  run: string;
  scenario: string;
  title: string;
  scenarioText: string;
  elementsName: string | null;
  elementsText: string | null;
  seed: number;
  version: string;
  /** Unix time, ms */
  startMs: number;
  durationS: number;
  stepS: number;
  markS: number;
  ues: number;
  satellites: number;
  beams: number;
  stepsTotal: number;
  satelliteIds: string[];
  satelliteNames: string[];
  /** by satellite: why it cannot be propagated, null while it can */
  lost: (string | null)[];
  /** state [knot × satellite × 6], ECEF position m, velocity m/s */
  track: { firstS: number; knotS: number; knots: number; state: Float64Array };
  /** latitudeDeg f64, longitudeDeg f64, userClass u8, and where anybody moves headingDeg f32, speedMS f32 [ue] */
  users: Columns;
  /** in the order (time, satellite), gateways from 0, −1 none; null where satellites need no gateway */
  feederSwitches: { timeMs: Uint32Array; satellite: Uint32Array; from: Int16Array; to: Int16Array } | null;
}

export interface BlockWrite {
  block: FrameBlock;
  events: EventColumns;
  /** cells that served at least one UE in this block, ascending */
  servedCells: Uint32Array;
  /** opaque: what the engine needs to resume after this block */
  state: Uint8Array;
}

export interface LearningWrite {
  /** by UE at the marked instant: the data set by key, cluster, distanceKm, label, leaveS, ready, `probability.<classifier>` */
  ueColumns: Columns;
  centroids: { latitudeDeg: number; longitudeDeg: number; ues: number }[];
  wcss: number[];
  k: number;
  models: { name: string; ablation: string; onnx: Uint8Array; card: unknown; metrics: ClassifierMetrics }[];
  predicted: {
    ue: Uint32Array;
    cell: Uint32Array;
    atS: Float32Array;
    ready: Uint8Array;
    probability: Float32Array;
  };
}

/** [hold] */
export interface Holds {
  cell: Uint32Array;
  fromMs: Uint32Array;
  untilMs: Uint32Array;
  latitudeDeg: Float64Array;
  longitudeDeg: Float64Array;
}

export interface ResumePoint {
  scenarioText: string;
  elementsName: string | null;
  elementsText: string | null;
  seed: number;
  stepsDone: number;
  state: Uint8Array | null;
}

/** The one writing connection of the engine process. Every method is one transaction: it happens whole or not at all. */
export class RunWriter {
  protected readonly db: Db;
  readonly #path: string;

  /** Opens or makes the database; runs whose process has died become interrupted. */
  constructor(path: string) {
    this.#path = path;
    this.db = openForWriting(path);
    this.#write(() => {
      const running = this.db.prepare("SELECT * FROM run WHERE status = 'running'").all() as RunRow[];
      for (const row of running)
        if (!isAlive(row)) this.db.prepare("UPDATE run SET status = 'interrupted' WHERE id = ?").run(row.id);
    });
  }

  #write<T>(work: () => T): T {
    try {
      return this.db.transaction(work).immediate();
    } catch (error) {
      throw explained(error, this.#path);
    }
  }

  #insert(table: string, row: Record<string, unknown>): number {
    const keys = Object.keys(row);
    const sql = `INSERT INTO ${table} (${keys.join(", ")}) VALUES (${keys.map((key) => `@${key}`).join(", ")})`;
    return Number(this.db.prepare(sql).run(row).lastInsertRowid);
  }

  #keepDocument(text: string): string {
    const hash = createHash("sha256").update(text).digest("hex");
    this.db.prepare("INSERT OR IGNORE INTO document (hash, text) VALUES (?, ?)").run(hash, text);
    return hash;
  }

  begin(start: RunStart): void {
    this.#write(() => {
      const now = Date.now();
      const id = this.#insert("run", {
        name: start.run,
        scenario: start.scenario,
        title: start.title,
        scenario_hash: this.#keepDocument(start.scenarioText),
        elements_name: start.elementsName,
        elements_hash: start.elementsText === null ? null : this.#keepDocument(start.elementsText),
        seed: start.seed,
        version: start.version,
        status: "running",
        owner_pid: process.pid,
        heartbeat_ms: now,
        created_ms: now,
        start_ms: start.startMs,
        duration_s: start.durationS,
        step_s: start.stepS,
        mark_s: start.markS,
        ues: start.ues,
        satellites: start.satellites,
        beams: start.beams,
        steps_total: start.stepsTotal,
      });
      saveColumns(this.db, id, "user", start.users);
      this.#keepTrack(id, start);
      if (start.feederSwitches) this.#keepSwitches(id, start.feederSwitches);
    });
  }

  /** What quasi-earth-fixed cells held; a resumed run says it again. */
  keepHolds(run: string, holds: Holds): void {
    this.#write(() => {
      const { id } = this.#own(run);
      const insert = this.db.prepare("INSERT OR REPLACE INTO hold VALUES (?, ?, ?, ?, ?, ?)");
      for (let i = 0; i < holds.cell.length; i++)
        insert.run(
          id,
          holds.cell[i],
          holds.fromMs[i],
          holds.untilMs[i],
          holds.latitudeDeg[i],
          holds.longitudeDeg[i],
        );
    });
  }

  #keepSwitches(id: number, { timeMs, satellite, from, to }: NonNullable<RunStart["feederSwitches"]>): void {
    const insert = this.db.prepare("INSERT INTO feeder_switch VALUES (?, ?, ?, ?, ?, ?)");
    for (let i = 0; i < timeMs.length; i++) insert.run(id, i, timeMs[i], satellite[i], from[i], to[i]);
  }

  #keepTrack(id: number, { track, satellites, satelliteIds, satelliteNames, lost }: RunStart): void {
    this.#insert("constellation", {
      run_id: id,
      ids: JSON.stringify(satelliteIds),
      names: JSON.stringify(satelliteNames),
      lost: JSON.stringify(lost),
      first_s: track.firstS,
      knot_s: track.knotS,
      knots: track.knots,
    });
    const size = satellites * 6;
    for (let number = 0; number < track.knots; number++) {
      const state = track.state.subarray(number * size, (number + 1) * size);
      this.#insert("knot", { run_id: id, number, state: blob(state) });
    }
  }

  append(run: string, { block, events, servedCells, state }: BlockWrite): void {
    this.#write(() => {
      const row = this.#own(run);
      if (block.firstStep !== row.steps_done)
        throw new Error(`run ${run} goes on at step ${row.steps_done}, not at ${block.firstStep}`);
      this.#insert("frame_block", {
        run_id: row.id,
        first_step: block.firstStep,
        steps: block.steps,
        cell_state: blob(block.cellState),
        rsrp: blob(block.rsrp),
        sinr: blob(block.sinr),
      });
      insertEvents(this.db, row.id, row.events, events);
      insertLoad(this.db, row.id, events);
      const serve = this.db.prepare("INSERT OR IGNORE INTO served_cell (run_id, cell) VALUES (?, ?)");
      for (const cell of servedCells) serve.run(row.id, cell);
      this.db.prepare("INSERT OR REPLACE INTO resume (run_id, state) VALUES (?, ?)").run(row.id, blob(state));
      this.db
        .prepare(
          "UPDATE run SET steps_done = ?, events = ?, heartbeat_ms = ?, status = 'running' WHERE id = ?",
        )
        .run(block.firstStep + block.steps, row.events + events.ue.length, Date.now(), row.id);
    });
  }

  /** Keeps clusters, classifiers and predictions, in the place of any kept before. */
  saveLearning(run: string, { ueColumns, centroids, wcss, k, models, predicted }: LearningWrite): void {
    this.#write(() => {
      const { id } = this.#own(run);
      for (const table of ["clustering", "cluster", "model"])
        this.db.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(id);
      saveColumns(this.db, id, "mark", ueColumns);
      saveColumns(this.db, id, "predicted", predicted as Columns);
      this.#insert("clustering", { run_id: id, k, wcss: JSON.stringify(wcss) });
      centroids.forEach(({ latitudeDeg, longitudeDeg, ues }, number) =>
        this.#insert("cluster", {
          run_id: id,
          number,
          latitude_deg: latitudeDeg,
          longitude_deg: longitudeDeg,
          ues,
        }),
      );
      for (const { name, ablation, onnx, card, metrics } of models)
        this.#insert("model", {
          run_id: id,
          name,
          ablation,
          card: JSON.stringify(card),
          metrics: JSON.stringify(metrics),
          onnx: blob(onnx),
        });
    });
  }

  /** Keeps what the run's handovers cost, in the place of any kept before. `procedures` are as long as the run's events. */
  saveSignalling(run: string, written: SignallingWrite, curves: StrategyCurves | null = null): void {
    this.#write(() => keepSignalling(this.db, this.#own(run), written, curves));
  }

  finish(run: string, status: RunStatus, summary: PlanSummary | null): void {
    this.#write(() => {
      const { id } = this.#own(run);
      this.db
        .prepare("UPDATE run SET status = ?, summary = ?, owner_pid = NULL, heartbeat_ms = ? WHERE id = ?")
        .run(status, summary && JSON.stringify(summary), Date.now(), id);
      if (status === "finished") this.db.prepare("DELETE FROM resume WHERE run_id = ?").run(id);
    });
  }

  /** A sign of life. A run that was taken for dead meanwhile (the machine slept) lives again. */
  heartbeat(run: string): void {
    this.#write(() =>
      this.db
        .prepare(
          "UPDATE run SET heartbeat_ms = ?, status = 'running' WHERE name = ? AND owner_pid = ? AND status IN ('running', 'interrupted')",
        )
        .run(Date.now(), run, process.pid),
    );
  }

  /** Where an unfinished run goes on. */
  resumePoint(run: string): ResumePoint {
    return this.#write(() => {
      const row = unfinished(findRun(this.db, run));
      const document = this.db.prepare("SELECT text FROM document WHERE hash = ?").pluck();
      const state = this.db.prepare("SELECT state FROM resume WHERE run_id = ?").pluck().get(row.id);
      return {
        scenarioText: document.get(row.scenario_hash) as string,
        elementsName: row.elements_name,
        elementsText: row.elements_hash === null ? null : (document.get(row.elements_hash) as string),
        seed: row.seed,
        stepsDone: row.steps_done,
        state: (state as Uint8Array | undefined) ?? null,
      };
    });
  }

  /** Makes this process the owner of an unfinished run. */
  claim(run: string): void {
    this.#write(() => {
      const row = unfinished(findRun(this.db, run));
      if (row.status === "running" && row.owner_pid !== process.pid && isAlive(row)) {
        const reason = `${row.name} is being worked on by process ${row.owner_pid}`;
        throw new BadInput([{ field: "run", reason, remedy: "Wait until it has ended, or stop it" }]);
      }
      this.db
        .prepare("UPDATE run SET status = 'running', owner_pid = ?, heartbeat_ms = ? WHERE id = ?")
        .run(process.pid, Date.now(), row.id);
    });
  }

  #own(run: string): RunRow {
    const row = findRun(this.db, run);
    if (row.owner_pid !== process.pid)
      throw new Error(`run ${run} is no longer this process's: another one has taken it over or ended it`);
    return row;
  }

  close(): void {
    this.db.close();
  }
}

function unfinished(row: RunRow): RunRow {
  if (row.status !== "finished") return row;
  const remedy = "There is nothing to resume: read or export it, or plan anew";
  throw new BadInput([{ field: "run", reason: `${row.name} is finished`, remedy }]);
}
