import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { BadInput } from "../../shared/errors.ts";
import type { RunStatus } from "../../shared/run.ts";
import type { KeptStudy, LibraryModel, StudyKind, StudyReport } from "../../shared/study.ts";
import { openForWriting, type Db } from "./database.ts";
import { explained } from "./failures.ts";
import { isAlive } from "./records.ts";

interface StudyRow {
  id: number;
  name: string;
  kind: StudyKind;
  settings: string;
  title: string;
  quick: number;
  seed: number;
  version: string;
  status: RunStatus;
  owner_pid: number | null;
  heartbeat_ms: number;
  created_ms: number;
  seconds: number;
  report: string | null;
  trials: number;
}

const SELECT = "SELECT study.*, (SELECT count(*) FROM trial WHERE study_id = study.id) AS trials FROM study";

const toStudy = (row: StudyRow): KeptStudy => ({
  study: row.name,
  kind: row.kind,
  title: row.title,
  quick: row.quick === 1,
  seed: row.seed,
  status: row.status === "running" && !isAlive(row) ? "interrupted" : row.status,
  createdMs: row.created_ms,
  seconds: row.seconds,
  trialsDone: row.trials,
});

/** All studies, the newest first. */
export const readStudies = (db: Db): KeptStudy[] =>
  (db.prepare(`${SELECT} ORDER BY created_ms DESC, id DESC`).all() as StudyRow[]).map(toStudy);

function findStudy(db: Db, name: string): StudyRow {
  const rows = db
    .prepare(`${SELECT} WHERE substr(name, 1, length(@name)) = @name ORDER BY id`)
    .all({ name }) as StudyRow[];
  const row = rows.find((one) => one.name === name) ?? (rows.length === 1 ? rows[0] : undefined);
  if (row && name !== "") return row;
  const reason =
    rows.length > 1 && name !== ""
      ? `"${name}" is the beginning of ${rows.length} studies`
      : `there is no study "${name}"`;
  throw new BadInput([{ field: "study", reason, remedy: "See the list of studies" }]);
}

/** What a finished study found. */
export function readReport(db: Db, name: string): StudyReport {
  const row = findStudy(db, name);
  if (row.report !== null) return JSON.parse(row.report);
  const reason = `${row.name} is ${toStudy(row).status}: it has no report yet`;
  throw new BadInput([{ field: "study", reason, remedy: "Start it again: what was done is kept" }]);
}

interface ModelRow {
  name: string;
  card: string;
  metrics: string;
  energy_j: number | null;
  lineage: string;
  created_ms: number;
  bytes: number;
}

/** The library, the newest first. */
export const readModels = (db: Db): LibraryModel[] =>
  (
    db
      .prepare(
        `SELECT name, card, metrics, energy_j, lineage, created_ms, length(onnx) AS bytes
         FROM library_model ORDER BY created_ms DESC, id DESC`,
      )
      .all() as ModelRow[]
  ).map((row) => ({
    model: row.name,
    card: JSON.parse(row.card),
    metrics: JSON.parse(row.metrics),
    energyJ: row.energy_j,
    lineage: row.lineage,
    createdMs: row.created_ms,
    bytes: row.bytes,
  }));

export function readModelFile(db: Db, model: string): Uint8Array<ArrayBuffer> {
  const onnx = db.prepare("SELECT onnx FROM library_model WHERE name = ?").pluck().get(model);
  if (onnx) return new Uint8Array(onnx as Uint8Array);
  const names = readModels(db).map((one) => one.model);
  const remedy = names.length > 0 ? `Use one of ${names.join(", ")}` : "Train or import one first";
  throw new BadInput([{ field: "model", reason: `there is no model "${model}"`, remedy }]);
}

export interface StudyStart {
  kind: StudyKind;
  title: string;
  quick: boolean;
  seed: number;
  version: string;
  /** everything it was asked: the same settings go on with the same study */
  settings: unknown;
  /** begins anew where an unfinished one could be gone on with */
  fresh: boolean;
}

/** The engine's writing connection for studies. Every method is one transaction. */
export class StudyWriter {
  readonly #db: Db;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#db = openForWriting(path);
  }

  #write<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate();
    } catch (error) {
      throw explained(error, this.#path);
    }
  }

  /** A new study, or the newest one with these settings that did not end and that nobody works on. */
  begin({ kind, title, quick, seed, version, settings, fresh }: StudyStart): {
    study: string;
    trials: number;
    seconds: number;
  } {
    return this.#write(() => {
      const text = JSON.stringify(settings);
      const same = this.#db
        .prepare(
          `${SELECT} WHERE kind = ? AND settings = ? AND version = ? AND status != 'finished' ORDER BY id DESC`,
        )
        .all(kind, text, version) as StudyRow[];
      const open = fresh ? undefined : same.find((row) => row.status !== "running" || !isAlive(row));
      const now = Date.now();
      if (open) {
        this.#db
          .prepare("UPDATE study SET status = 'running', owner_pid = ?, heartbeat_ms = ? WHERE id = ?")
          .run(process.pid, now, open.id);
        return { study: open.name, trials: open.trials, seconds: open.seconds };
      }
      const number = (this.#db.prepare("SELECT coalesce(max(id), 0) + 1 FROM study").pluck().get() as number)
        .toString()
        .padStart(3, "0");
      const name = `${kind}-${number}`;
      this.#db
        .prepare(
          `INSERT INTO study (name, kind, settings, title, quick, seed, version, status, owner_pid, heartbeat_ms, created_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)`,
        )
        .run(name, kind, text, title, quick ? 1 : 0, seed, version, process.pid, now, now);
      return { study: name, trials: 0, seconds: 0 };
    });
  }

  /** The kept answer of a trial, or undefined. */
  answer(study: string, kind: string, ask: string): { answer: unknown; seconds: number } | undefined {
    return this.#write(() => {
      const row = this.#db
        .prepare("SELECT answer, seconds FROM trial WHERE study_id = ? AND hash = ?")
        .get(findStudy(this.#db, study).id, hashOf(kind, ask)) as
        | { answer: Buffer; seconds: number }
        | undefined;
      return row && { answer: deserialize(row.answer), seconds: row.seconds };
    });
  }

  keep(study: string, kind: string, ask: string, answer: unknown, seconds: number): void {
    this.#write(() =>
      this.#db
        .prepare(
          "INSERT OR REPLACE INTO trial (study_id, hash, kind, ask, answer, seconds) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .run(findStudy(this.#db, study).id, hashOf(kind, ask), kind, ask, serialize(answer), seconds),
    );
  }

  heartbeat(study: string): void {
    this.#write(() =>
      this.#db
        .prepare("UPDATE study SET heartbeat_ms = ? WHERE name = ? AND owner_pid = ?")
        .run(Date.now(), study, process.pid),
    );
  }

  /** The end of a sitting; a finished study keeps its report. */
  finish(study: string, status: RunStatus, seconds: number, report: StudyReport | null): void {
    this.#write(() =>
      this.#db
        .prepare(
          "UPDATE study SET status = ?, seconds = seconds + ?, report = ?, title = ?, owner_pid = NULL WHERE id = ?",
        )
        .run(
          status,
          seconds,
          report && JSON.stringify(report),
          report?.title ?? findStudy(this.#db, study).title,
          findStudy(this.#db, study).id,
        ),
    );
  }

  /** Puts a model into the library, in the place of one of the same name. */
  keepModel(written: Omit<LibraryModel, "createdMs" | "bytes"> & { onnx: Uint8Array }): void {
    const { model, card, energyJ, lineage, onnx } = written;
    // JSON has no NaN: what a training that came to nothing is worth is left out
    const metrics = Object.fromEntries(
      Object.entries(written.metrics).filter(([, value]) => Number.isFinite(value)),
    );
    this.#write(() =>
      this.#db
        .prepare(
          `INSERT OR REPLACE INTO library_model (name, card, metrics, energy_j, lineage, created_ms, onnx)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(model, JSON.stringify(card), JSON.stringify(metrics), energyJ, lineage, Date.now(), onnx),
    );
  }

  close(): void {
    this.#db.close();
  }
}

const hashOf = (kind: string, ask: string) => createHash("sha256").update(`${kind}\n${ask}`).digest("hex");
