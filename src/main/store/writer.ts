import { createHash } from "node:crypto";
import { BadInput } from "../../shared/errors.ts";
import { bytesOf, columnType, type Columns } from "../../shared/columns.ts";
import { TRIGGERS, type EventColumns, type FrameBlock } from "../../shared/frame.ts";
import type { ClassifierMetrics, PlanSummary, RunStatus } from "../../shared/run.ts";
import { ownerAlive } from "./alive.ts";
import { explain, openForWriting, type Connection } from "./open.ts";

export interface RunStart {
  run: string;
  scenario: string;
  title: string;
  scenarioText: string;
  elementsName: string | null;
  elementsText: string | null;
  seed: number;
  version: string;
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
  /** [satellite] why it was lost, null while healthy */
  lost: (string | null)[];
  track: { firstS: number; knotS: number; knots: number; state: Float64Array };
  /** latitudeDeg f64, longitudeDeg f64, userClass u8 [ue] */
  users: Columns;
}

export interface BlockWrite {
  block: FrameBlock;
  events: EventColumns;
  /** cells that served at least one UE in this block, ascending */
  servedCells: Uint32Array;
  /** opaque: what the engine needs to go on after this block */
  state: Uint8Array;
}

export interface LearningWrite {
  /** per-UE columns of the marked instant, by name */
  ueColumns: Columns;
  centroids: { latitudeDeg: number; longitudeDeg: number; ues: number }[];
  wcss: number[];
  k: number;
  models: { name: string; ablation: string; onnx: Uint8Array; card: unknown; metrics: ClassifierMetrics }[];
  predicted: { ue: Uint32Array; cell: Uint32Array; atS: Float32Array; ready: Uint8Array; probability: Float32Array };
}

export interface ResumePoint {
  scenarioText: string;
  elementsName: string | null;
  elementsText: string | null;
  seed: number;
  stepsDone: number;
  state: Uint8Array | null;
}

interface OwnedRow {
  key: number;
  status: RunStatus;
  owner_pid: number | null;
  heartbeat_ms: number | null;
}

/** The one writing connection, in the engine process. Every method is one transaction. */
export class RunWriter {
  readonly #path: string;
  readonly #db: Connection;
  readonly #keys = new Map<string, number>();

  /** Opens or creates a database; runs that died while running are marked interrupted. */
  constructor(path: string) {
    this.#path = path;
    this.#db = openForWriting(path);
    this.#attempt(() => this.#markDead());
  }

  #attempt<T>(action: () => T): T {
    try {
      return this.#db.transaction(action).immediate();
    } catch (error) {
      throw explain(this.#path, error);
    }
  }

  #markDead(): void {
    const rows = this.#db.prepare("SELECT key, status, owner_pid, heartbeat_ms FROM run WHERE status = 'running'").all() as OwnedRow[];
    const mark = this.#db.prepare("UPDATE run SET status = 'interrupted', owner_pid = NULL WHERE key = ?");
    for (const row of rows) if (!ownerAlive(row.owner_pid, row.heartbeat_ms)) mark.run(row.key);
  }

  #key(run: string): number {
    let key = this.#keys.get(run);
    if (key === undefined) {
      key = this.#db.prepare("SELECT key FROM run WHERE id = ?").pluck().get(run) as number | undefined;
      if (key === undefined) throw unknownRun(run);
      this.#keys.set(run, key);
    }
    return key;
  }

  begin(start: RunStart): void {
    this.#attempt(() => {
      const { track } = start;
      const key = this.#db
        .prepare(
          `INSERT INTO run (id, scenario, title, scenario_text, scenario_hash, elements_name, elements_text, seed, version, status,
             owner_pid, heartbeat_ms, created_ms, start_ms, duration_s, step_s, mark_s, ues, satellites, beams, steps_total,
             track_first_s, track_knot_s, track_knots, track)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          start.run, start.scenario, start.title, start.scenarioText, hashOf(start), start.elementsName, start.elementsText, start.seed,
          start.version, process.pid, Date.now(), Date.now(), start.startMs, start.durationS, start.stepS, start.markS, start.ues,
          start.satellites, start.beams, start.stepsTotal, track.firstS, track.knotS, track.knots, bytesOf(track.state),
        ).lastInsertRowid as number;
      const satellite = this.#db.prepare("INSERT INTO satellite (run, number, id, name, lost) VALUES (?, ?, ?, ?, ?)");
      start.satelliteIds.forEach((id, i) => satellite.run(key, i, id, start.satelliteNames[i], start.lost[i]));
      this.#columns(key, "ue", start.users);
    });
  }

  #columns(key: number, part: "ue" | "predicted", columns: Columns): void {
    const insert = this.#db.prepare("INSERT OR REPLACE INTO run_column (run, part, name, type, data) VALUES (?, ?, ?, ?, ?)");
    for (const [name, column] of Object.entries(columns)) insert.run(key, part, name, columnType(column), bytesOf(column));
  }

  /** Keeps one block of frames with its events, load and the state to go on from: all of it or nothing. */
  append(run: string, { block, events, servedCells, state }: BlockWrite): void {
    this.#attempt(() => {
      const key = this.#key(run);
      this.#db
        .prepare("INSERT OR REPLACE INTO frame_block (run, first_step, steps, cell_state, rsrp, sinr) VALUES (?, ?, ?, ?, ?, ?)")
        .run(key, block.firstStep, block.steps, bytesOf(block.cellState), bytesOf(block.rsrp), bytesOf(block.sinr));
      const cell = this.#db.prepare("INSERT OR IGNORE INTO cell (run, cell) VALUES (?, ?)");
      for (const number of servedCells) cell.run(key, number);
      this.#events(key, events);
      this.#load(key, events);
      this.#db
        .prepare("UPDATE run SET steps_done = ?, resume_state = ?, heartbeat_ms = ? WHERE key = ?")
        .run(block.firstStep + block.steps, state, Date.now(), key);
    });
  }

  #events(key: number, events: EventColumns): void {
    const before = this.#db.prepare("SELECT coalesce(max(number) + 1, 0) FROM event WHERE run = ?").pluck().get(key) as number;
    const insert = this.#db.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (let i = 0; i < events.ue.length; i++) {
      const level = events.rsrpSource[i];
      insert.run(
        key, before + i, events.timeMs[i], events.ue[i], events.source[i], events.target[i], Number.isNaN(level) ? null : level,
        events.rsrpTarget[i], TRIGGERS[events.trigger[i]], events.pingPong[i],
      );
    }
  }

  #load(key: number, events: EventColumns): void {
    const counts = new Map<number, { out: number; in: number }>();
    const at = (cell: number, second: number) => {
      const index = cell * 0x20_0000 + second;
      let count = counts.get(index);
      if (!count) counts.set(index, (count = { out: 0, in: 0 }));
      return count;
    };
    for (let i = 0; i < events.ue.length; i++) {
      const second = Math.floor(events.timeMs[i] / 1000);
      at(events.source[i], second).out++;
      at(events.target[i], second).in++;
    }
    const insert = this.#db.prepare(
      `INSERT INTO cell_load VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, cell, second)
       DO UPDATE SET handovers_out = handovers_out + excluded.handovers_out, handovers_in = handovers_in + excluded.handovers_in`,
    );
    for (const [index, count] of counts) insert.run(key, Math.floor(index / 0x20_0000), index % 0x20_0000, count.out, count.in);
  }

  /** Keeps what was learned at the marked instant, in place of what was there. */
  saveLearning(run: string, learned: LearningWrite): void {
    this.#attempt(() => {
      const key = this.#key(run);
      for (const table of ["cluster", "elbow", "model"]) this.#db.prepare(`DELETE FROM ${table} WHERE run = ?`).run(key);
      this.#columns(key, "ue", learned.ueColumns);
      this.#columns(key, "predicted", learned.predicted);
      const cluster = this.#db.prepare("INSERT INTO cluster VALUES (?, ?, ?, ?, ?)");
      learned.centroids.forEach((c, i) => cluster.run(key, i, c.latitudeDeg, c.longitudeDeg, c.ues));
      const elbow = this.#db.prepare("INSERT INTO elbow VALUES (?, ?, ?)");
      learned.wcss.forEach((wcss, i) => elbow.run(key, i + 1, wcss));
      const model = this.#db.prepare("INSERT INTO model VALUES (?, ?, ?, ?, ?, ?)");
      for (const m of learned.models) model.run(key, m.name, m.ablation, m.onnx, JSON.stringify(m.card), JSON.stringify(m.metrics));
    });
  }

  finish(run: string, status: RunStatus, summary: PlanSummary | null): void {
    this.#attempt(() => {
      const key = this.#key(run);
      const state = status === "finished" ? ", resume_state = NULL" : "";
      this.#db
        .prepare(`UPDATE run SET status = ?, summary = ?, owner_pid = NULL${state} WHERE key = ?`)
        .run(status, summary && JSON.stringify(summary), key);
    });
  }

  heartbeat(run: string): void {
    this.#db.prepare("UPDATE run SET heartbeat_ms = ? WHERE id = ?").run(Date.now(), run);
  }

  /** What a run needs to go on; BadInput where there is no such run or nothing left to do. */
  resumePoint(run: string): ResumePoint {
    const row = this.#db
      .prepare("SELECT id, status, scenario_text, elements_name, elements_text, seed, steps_done, resume_state FROM run WHERE id = ?")
      .get(run) as
      | { status: RunStatus; scenario_text: string; elements_name: string | null; elements_text: string | null; seed: number; steps_done: number; resume_state: Uint8Array | null }
      | undefined;
    if (!row) throw unknownRun(run);
    if (row.status === "finished") {
      throw new BadInput([{ field: "run", reason: `${run} is finished`, remedy: "Plan the scenario again for a new run" }]);
    }
    return {
      scenarioText: row.scenario_text,
      elementsName: row.elements_name,
      elementsText: row.elements_text,
      seed: row.seed,
      stepsDone: row.steps_done,
      state: row.resume_state,
    };
  }

  /** Makes this process the run's owner; BadInput where another living process is. */
  claim(run: string): void {
    this.#attempt(() => {
      const row = this.#db.prepare("SELECT key, status, owner_pid, heartbeat_ms FROM run WHERE key = ?").get(this.#key(run)) as OwnedRow;
      if (row.status === "running" && ownerAlive(row.owner_pid, row.heartbeat_ms)) {
        const reason = `${run} is being written by process ${row.owner_pid}`;
        throw new BadInput([{ field: "run", reason, remedy: "Wait until it is done, or cancel it first" }]);
      }
      this.#db.prepare("UPDATE run SET status = 'running', owner_pid = ?, heartbeat_ms = ? WHERE key = ?").run(process.pid, Date.now(), row.key);
    });
  }

  close(): void {
    this.#db.close();
  }
}

const unknownRun = (run: string) =>
  new BadInput([{ field: "run", reason: `there is no run ${run} in this database`, remedy: "See `beamwalk runs`, or choose another database with --db" }]);

/** SHA-256 over what decides a run's bytes: scenario, elements, seed. */
const hashOf = (start: RunStart) =>
  createHash("sha256").update(JSON.stringify([start.scenarioText, start.elementsText, start.seed])).digest("hex");
