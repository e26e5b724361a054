import type { Attempts } from "../../src/main/handover/attempts.ts";

/** One attempt as a record, for tests; cells 1 and 2 and wide windows where nothing else is said. */
export interface AttemptRecord {
  timeMs: number;
  ue: number;
  source: number;
  target: number;
  kind: 0 | 1;
  preparedMs: number;
  sourceUntilMs: number;
  targetFromMs: number;
  targetUntilMs: number;
  serviceDelayMs: number;
  targetDelayMs: number;
  interSatellite: 0 | 1;
  others: number[];
  group: number;
}

/** The columns of a list of attempts, in the order given. */
export function attemptsOf(records: Partial<AttemptRecord>[]): Attempts {
  const all = records.map((r, i) => ({
    timeMs: 100,
    ue: i,
    source: 1,
    target: 2,
    kind: 0,
    preparedMs: NaN,
    sourceUntilMs: Infinity,
    targetFromMs: 0,
    targetUntilMs: Infinity,
    serviceDelayMs: 3,
    targetDelayMs: 3,
    interSatellite: 1,
    others: [],
    group: -1,
    ...r,
  }));
  const reals = (key: "timeMs" | "preparedMs" | "sourceUntilMs" | "targetFromMs" | "targetUntilMs") =>
    Float64Array.from(all, (a) => a[key]);
  return {
    count: all.length,
    timeMs: reals("timeMs"),
    ue: Uint32Array.from(all, (a) => a.ue),
    source: Uint32Array.from(all, (a) => a.source),
    target: Uint32Array.from(all, (a) => a.target),
    kind: Uint8Array.from(all, (a) => a.kind),
    preparedMs: reals("preparedMs"),
    sourceUntilMs: reals("sourceUntilMs"),
    targetFromMs: reals("targetFromMs"),
    targetUntilMs: reals("targetUntilMs"),
    serviceDelayMs: Float64Array.from(all, (a) => a.serviceDelayMs),
    targetDelayMs: Float64Array.from(all, (a) => a.targetDelayMs),
    interSatellite: Uint8Array.from(all, (a) => a.interSatellite),
    otherCandidates: Uint32Array.from(all.flatMap((a) => [...a.others, 0, 0, 0, 0, 0, 0, 0].slice(0, 7))),
    groupOf: Int32Array.from(all, (a) => a.group),
  };
}
