import { BadInput } from "../../shared/errors.ts";
import { asColumn, type ColumnType, type Columns } from "../../shared/columns.ts";
import { TRIGGERS, type EventColumns, type FrameBlock, type Trigger } from "../../shared/frame.ts";
import type { ClassifierMetrics, PlanSummary, RunRecord, RunStatus } from "../../shared/run.ts";
import { ownerAlive } from "./alive.ts";
import { openForReading, type Connection } from "./open.ts";

interface RunRow {
  key: number;
  id: string;
  scenario: string;
  title: string;
  scenario_hash: string;
  seed: number;
  version: string;
  status: RunStatus;
  owner_pid: number | null;
  heartbeat_ms: number | null;
  created_ms: number;
  start_ms: number;
  duration_s: number;
  step_s: number;
  mark_s: number;
  ues: number;
  satellites: number;
  beams: number;
  steps_total: number;
  steps_done: number;
  summary: string | null;
}

const RUN = `SELECT key, id, scenario, title, scenario_hash, seed, version, status, owner_pid, heartbeat_ms, created_ms, start_ms,
  duration_s, step_s, mark_s, ues, satellites, beams, steps_total, steps_done, summary FROM run`;

export interface KeptModel {
  name: string;
  ablation: string;
  card: unknown;
  metrics: ClassifierMetrics;
  onnx: Uint8Array;
}

/** Columns that the page shows for every UE; the rest of the data set is for exports. */
const PAGE_COLUMNS = ["latitudeDeg", "longitudeDeg", "userClass", "cluster", "ready", "label", "leaveS"];

/** A read-only view of a database, for the doors. A database that does not exist yet reads as empty. */
export class RunReader {
  readonly #path: string;
  #db: Connection | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#connection();
  }

  #connection(): Connection | null {
    this.#db ??= openForReading(this.#path);
    return this.#db;
  }

  #all<T>(sql: string, ...values: unknown[]): T[] {
    return (this.#connection()?.prepare(sql).all(...values) ?? []) as T[];
  }

  /** All runs, the newest first. */
  runs(): RunRecord[] {
    return this.#all<RunRow>(`${RUN} ORDER BY created_ms DESC, key DESC`).map(recordOf);
  }

  /** One run by its name, or by the beginning of it where only one begins so. */
  run(id: string): RunRecord {
    return recordOf(this.#row(id));
  }

  #row(id: string): RunRow {
    const exact = this.#all<RunRow>(`${RUN} WHERE id = ?`, id);
    if (exact.length === 1) return exact[0];
    const near = id === "" ? [] : this.#all<RunRow>(`${RUN} WHERE substr(id, 1, ?) = ?`, id.length, id);
    if (near.length === 1) return near[0];
    const known = (near.length > 1 ? near : this.#all<RunRow>(`${RUN} ORDER BY created_ms DESC LIMIT 5`)).map((row) => row.id);
    const reason = near.length > 1 ? `${id} is the beginning of ${near.length} runs` : `there is no run ${id} in this database`;
    const remedy = known.length > 0 ? `Known: ${known.slice(0, 5).join(", ")}` : "Plan a scenario first";
    throw new BadInput([{ field: "run", reason, remedy }]);
  }

  scenarioText(run: string): { scenarioText: string; elementsName: string | null; elementsText: string | null; seed: number } {
    const [row] = this.#all<{ scenario_text: string; elements_name: string | null; elements_text: string | null; seed: number }>(
      "SELECT scenario_text, elements_name, elements_text, seed FROM run WHERE key = ?",
      this.#row(run).key,
    );
    return { scenarioText: row.scenario_text, elementsName: row.elements_name, elementsText: row.elements_text, seed: row.seed };
  }

  #columns(key: number, part: "ue" | "predicted", wanted?: string[]): Columns {
    const rows = this.#all<{ name: string; type: ColumnType; data: Uint8Array }>(
      `SELECT name, type, data FROM run_column WHERE run = ? AND part = ?${wanted ? ` AND name IN (${wanted.map(() => "?").join()})` : ""} ORDER BY rowid`,
      key,
      part,
      ...(wanted ?? []),
    );
    return Object.fromEntries(rows.map(({ name, type, data }) => [name, asColumn(data, type)]));
  }

  /** See `GET /data/runs/<run>/ues` in shared/operations.ts. */
  ues(run: string): Columns {
    const row = this.#row(run);
    const primary = this.#all<{ name: string }>("SELECT name FROM run_column WHERE run = ? AND part = 'ue' AND name LIKE 'probability.%'", row.key);
    const columns = this.#columns(row.key, "ue", [...PAGE_COLUMNS, ...primary.map((p) => p.name)]);
    const probability = columns[`probability.${this.#primary(run)}`];
    for (const { name } of primary) delete columns[name];
    return probability ? { ...columns, probability } : columns;
  }

  /** The classifier whose answers are the run's predictions. */
  #primary(run: string): string {
    const scenario = JSON.parse(this.scenarioText(run).scenarioText) as { learning?: { primary?: string } };
    return scenario.learning?.primary ?? "forest";
  }

  /** Every kept per-UE column, by name. */
  dataset(run: string): Columns {
    return this.#columns(this.#row(run).key, "ue");
  }

  /** Frames of the steps [from, to], as far as they exist. */
  frames(run: string, from: number, to: number): FrameBlock {
    const { key, ues } = this.#row(run);
    const blocks = this.#all<{ first_step: number; steps: number; cell_state: Uint8Array; rsrp: Uint8Array; sinr: Uint8Array }>(
      "SELECT first_step, steps, cell_state, rsrp, sinr FROM frame_block WHERE run = ? AND first_step <= ? AND first_step + steps > ? ORDER BY first_step",
      key,
      to,
      from,
    );
    const first = Math.max(from, blocks[0]?.first_step ?? from);
    const last = blocks.length === 0 ? first - 1 : Math.min(to, blocks.at(-1)!.first_step + blocks.at(-1)!.steps - 1);
    const steps = last - first + 1;
    const joined: FrameBlock = {
      firstStep: first,
      steps,
      ues,
      cellState: new Uint32Array(steps * ues),
      rsrp: new Int16Array(steps * ues),
      sinr: new Int16Array(steps * ues),
    };
    for (const block of blocks) {
      const begin = Math.max(first, block.first_step);
      const end = Math.min(last, block.first_step + block.steps - 1) + 1;
      const cut = [(begin - block.first_step) * ues, (end - block.first_step) * ues] as const;
      const at = (begin - first) * ues;
      joined.cellState.set(asColumn(block.cell_state, "u32").subarray(...cut), at);
      joined.rsrp.set(asColumn(block.rsrp, "i16").subarray(...cut), at);
      joined.sinr.set(asColumn(block.sinr, "i16").subarray(...cut), at);
    }
    return joined;
  }

  /** See `GET /data/runs/<run>/satellites` in shared/operations.ts. */
  satellites(run: string): { columns: Columns; meta: { firstS: number; knotS: number; knots: number; ids: string[]; names: string[]; lost: (string | null)[] } } {
    const { key } = this.#row(run);
    const [track] = this.#all<{ track: Uint8Array; track_first_s: number; track_knot_s: number; track_knots: number }>(
      "SELECT track, track_first_s, track_knot_s, track_knots FROM run WHERE key = ?",
      key,
    );
    const rows = this.#all<{ id: string; name: string; lost: string | null }>("SELECT id, name, lost FROM satellite WHERE run = ? ORDER BY number", key);
    return {
      columns: { knots: asColumn(track.track, "f64") },
      meta: {
        firstS: track.track_first_s,
        knotS: track.track_knot_s,
        knots: track.track_knots,
        ids: rows.map((row) => row.id),
        names: rows.map((row) => row.name),
        lost: rows.map((row) => row.lost),
      },
    };
  }

  /** Every change of cell, in the order (time, UE). */
  events(run: string): EventColumns {
    const rows = (this.#connection()
      ?.prepare(
        "SELECT time_ms, ue, source_cell, target_cell, rsrp_source_dbm, rsrp_target_dbm, trigger, ping_pong FROM event WHERE run = ? ORDER BY number",
      )
      .raw()
      .all(this.#row(run).key) ?? []) as [number, number, number, number, number | null, number, Trigger, number][];
    const events: EventColumns = {
      timeMs: new Uint32Array(rows.length),
      ue: new Uint32Array(rows.length),
      source: new Uint32Array(rows.length),
      target: new Uint32Array(rows.length),
      rsrpSource: new Float32Array(rows.length),
      rsrpTarget: new Float32Array(rows.length),
      trigger: new Uint8Array(rows.length),
      pingPong: new Uint8Array(rows.length),
    };
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      events.timeMs[i] = row[0];
      events.ue[i] = row[1];
      events.source[i] = row[2];
      events.target[i] = row[3];
      events.rsrpSource[i] = row[4] ?? Number.NaN;
      events.rsrpTarget[i] = row[5];
      events.trigger[i] = TRIGGERS.indexOf(row[6]);
      events.pingPong[i] = row[7];
    }
    return events;
  }

  /** ue u32, cell u32, atS f32, ready u8, probability f32 [predicted]; empty before the run has learned. */
  predicted(run: string): Columns {
    const columns = this.#columns(this.#row(run).key, "predicted");
    if (columns.ue) return columns;
    return { ue: new Uint32Array(0), cell: new Uint32Array(0), atS: new Float32Array(0), ready: new Uint8Array(0), probability: new Float32Array(0) };
  }

  #seconds(row: RunRow): number {
    return Math.floor(row.duration_s) + 1;
  }

  /** Handovers of all cells by second of the run. */
  density(run: string): Uint32Array {
    const row = this.#row(run);
    const rows = this.#all<{ second: number; n: number }>("SELECT second, sum(handovers_out) n FROM cell_load WHERE run = ? GROUP BY second", row.key);
    const density = new Uint32Array(Math.max(this.#seconds(row), ...rows.map((r) => r.second + 1)));
    for (const { second, n } of rows) density[second] = n;
    return density;
  }

  /** Handovers out of and into one cell, or of all cells together, by second of the run. */
  load(run: string, cell: number | null): { out: number[]; in: number[] } {
    const row = this.#row(run);
    const rows = this.#all<{ second: number; o: number; i: number }>(
      `SELECT second, sum(handovers_out) o, sum(handovers_in) i FROM cell_load WHERE run = ?${cell === null ? "" : " AND cell = ?"} GROUP BY second`,
      row.key,
      ...(cell === null ? [] : [cell]),
    );
    const seconds = Math.max(this.#seconds(row), ...rows.map((r) => r.second + 1));
    const load = { out: Array.from({ length: seconds }, () => 0), in: Array.from({ length: seconds }, () => 0) };
    for (const { second, o, i } of rows) {
      load.out[second] = o;
      load.in[second] = i;
    }
    return load;
  }

  /** Every second of every cell that has handovers: cell, second, handoversOut, handoversIn, in that order. */
  loads(run: string): { cell: number; second: number; handoversOut: number; handoversIn: number }[] {
    return this.#all(
      "SELECT cell, second, handovers_out AS handoversOut, handovers_in AS handoversIn FROM cell_load WHERE run = ? ORDER BY second, cell",
      this.#row(run).key,
    );
  }

  /** See `GET /data/runs/<run>/cells` in shared/operations.ts. */
  cells(run: string): Columns & { cell: Uint32Array } {
    const { key, beams } = this.#row(run);
    const rows = this.#all<{ cell: number; o: number; i: number; peak: number }>(
      `SELECT c.cell, coalesce(sum(l.handovers_out), 0) o, coalesce(sum(l.handovers_in), 0) i, coalesce(max(l.handovers_out), 0) peak
       FROM cell c LEFT JOIN cell_load l ON l.run = c.run AND l.cell = c.cell WHERE c.run = ? GROUP BY c.cell ORDER BY c.cell`,
      key,
    );
    return {
      cell: Uint32Array.from(rows, (row) => row.cell),
      satellite: Uint32Array.from(rows, (row) => Math.floor((row.cell - 1) / beams)),
      beam: Uint16Array.from(rows, (row) => (row.cell - 1) % beams),
      handoversOut: Uint32Array.from(rows, (row) => row.o),
      handoversIn: Uint32Array.from(rows, (row) => row.i),
      peakPerS: Uint16Array.from(rows, (row) => Math.min(65_535, row.peak)),
    };
  }

  models(run: string): KeptModel[] {
    const rows = this.#all<{ name: string; ablation: string; card: string; metrics: string; onnx: Uint8Array }>(
      "SELECT name, ablation, card, metrics, onnx FROM model WHERE run = ? ORDER BY ablation, name",
      this.#row(run).key,
    );
    return rows.map(({ card, metrics, ...row }) => ({ ...row, card: JSON.parse(card), metrics: JSON.parse(metrics) as ClassifierMetrics }));
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }
}

function recordOf(row: RunRow): RunRecord {
  const dead = row.status === "running" && !ownerAlive(row.owner_pid, row.heartbeat_ms);
  return {
    run: row.id,
    scenario: row.scenario,
    title: row.title,
    scenarioHash: row.scenario_hash,
    seed: row.seed,
    version: row.version,
    status: dead ? "interrupted" : row.status,
    createdMs: row.created_ms,
    startMs: row.start_ms,
    durationS: row.duration_s,
    stepS: row.step_s,
    markS: row.mark_s,
    ues: row.ues,
    satellites: row.satellites,
    beams: row.beams,
    stepsDone: row.steps_done,
    stepsTotal: row.steps_total,
    summary: row.summary === null ? null : (JSON.parse(row.summary) as PlanSummary),
  };
}
