import { BadInput } from "../../shared/errors.ts";
import type { RunRecord, RunStatus } from "../../shared/run.ts";
import type { Db } from "./database.ts";

/** A row of the table `run`. */
export interface RunRow {
  id: number;
  name: string;
  scenario: string;
  title: string;
  scenario_hash: string;
  elements_name: string | null;
  elements_hash: string | null;
  seed: number;
  version: string;
  status: RunStatus;
  owner_pid: number | null;
  heartbeat_ms: number;
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
  events: number;
  summary: string | null;
}

/** An owner that has not been heard of for this long is taken for dead, even where its process id lives on. */
const SILENCE_MS = 60_000;

export function isAlive({ owner_pid, heartbeat_ms }: Pick<RunRow, "owner_pid" | "heartbeat_ms">): boolean {
  if (owner_pid === null || Date.now() - heartbeat_ms > SILENCE_MS) return false;
  try {
    return process.kill(owner_pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export const toRecord = (row: RunRow): RunRecord => ({
  run: row.name,
  scenario: row.scenario,
  title: row.title,
  scenarioHash: row.scenario_hash,
  seed: row.seed,
  version: row.version,
  status: row.status === "running" && !isAlive(row) ? "interrupted" : row.status,
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
  summary: row.summary === null ? null : JSON.parse(row.summary),
});

/** The run of that name, or the only one whose name starts so. */
export function findRun(db: Db, name: string): RunRow {
  const exact = db.prepare("SELECT * FROM run WHERE name = ?").get(name) as RunRow | undefined;
  if (exact) return exact;
  const names = db.prepare("SELECT name FROM run ORDER BY name").pluck().all() as string[];
  const longer = name === "" ? [] : names.filter((other) => other.startsWith(name));
  if (longer.length === 1) return db.prepare("SELECT * FROM run WHERE name = ?").get(longer[0]) as RunRow;
  throw longer.length > 1 ? ambiguous(name, longer) : unknownRun(name, names);
}

const LISTED = 3;

function ambiguous(name: string, candidates: string[]): BadInput {
  const list = candidates.slice(0, LISTED).join(", ") + (candidates.length > LISTED ? ", …" : "");
  const reason = `"${name}" is the beginning of ${candidates.length} runs: ${list}`;
  return new BadInput([{ field: "run", reason, remedy: "Give more of the name" }]);
}

export function unknownRun(name: string, names: string[]): BadInput {
  const near = names
    .map((other) => ({ other, distance: editDistance(name, other) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, LISTED)
    .map(({ other }) => other);
  const remedy =
    near.length === 0 ? "Plan something first: the database holds no runs" : `Near it are ${near.join(", ")}`;
  return new BadInput([{ field: "run", reason: `there is no run "${name}"`, remedy }]);
}

/** Levenshtein distance: letters to insert, delete or replace. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
