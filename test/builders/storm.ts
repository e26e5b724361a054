import {
  NO_PROCEDURE,
  OUTCOME_NAMES,
  type ProcedureColumns,
  type SignallingSummary,
  type StormColumns,
} from "../../src/shared/storm.ts";

/** A storm of known content; `rows` are cell, second and the eight counts. */
export function stormOf(rows: number[][]): StormColumns {
  const column = (place: number) => Uint32Array.from(rows, (row) => row[place]);
  return {
    cell: column(0),
    second: column(1),
    handoversOut: column(2),
    handoversIn: column(3),
    messages: column(4),
    bytes: column(5),
    tries: column(6),
    collisions: column(7),
    queue: column(8),
    drops: column(9),
  };
}

/** One procedure for each event; every fourth has none. */
export function proceduresOf(events: number): ProcedureColumns {
  const has = (i: number) => i % 4 !== 3;
  const each = (value: (i: number) => number) =>
    Array.from({ length: events }, (_, i) => (has(i) ? value(i) : 0));
  const times = (value: (i: number) => number) =>
    Float64Array.from({ length: events }, (_, i) => (has(i) ? value(i) : Number.NaN));
  return {
    outcome: Uint8Array.from({ length: events }, (_, i) =>
      has(i) ? i % OUTCOME_NAMES.length : NO_PROCEDURE,
    ),
    startMs: times((i) => 100 * i),
    endMs: times((i) => 100 * i + 41.25),
    downMs: Float32Array.from(each((i) => 20.5 + i)),
    upMs: Float32Array.from(each((i) => 18.25 + i)),
    messages: Uint16Array.from(each((i) => 9 + i)),
    bytes: Uint32Array.from(each((i) => 2000 + i)),
    tries: Uint16Array.from(each(() => 1)),
  };
}

export const stormSummary = (changes: Partial<SignallingSummary> = {}): SignallingSummary => ({
  strategy: "a3",
  procedures: 3,
  outcomes: { success: 2, "too-late": 1 },
  successShare: 2 / 3,
  pingPongs: 1,
  reselections: 1,
  interruptionDownMs: { mean: 21.5, p95: 22.5 },
  interruptionUpMs: { mean: 19.25, p95: 20.25 },
  messages: 30,
  bytes: 6003,
  commands: 3,
  peakPerS: 2,
  peakCell: 2,
  peakAtS: 1,
  p99PerS: 2,
  collisionShare: null,
  longestQueue: 4,
  drops: 0,
  peakBound: null,
  ...changes,
});
