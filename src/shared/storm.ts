import { z } from "zod";

/** Signalling of a run per cell and second that has any, in the order (cell, second): typed arrays of one length. */
export interface StormColumns {
  /** cell numbers of the run */
  cell: Uint32Array<ArrayBuffer>;
  /** second of the run */
  second: Uint32Array<ArrayBuffer>;
  handoversOut: Uint32Array<ArrayBuffer>;
  handoversIn: Uint32Array<ArrayBuffer>;
  /** messages worked on for the cell, and their bytes */
  messages: Uint32Array<ArrayBuffer>;
  bytes: Uint32Array<ArrayBuffer>;
  /** preambles sent, and those of them that collided */
  tries: Uint32Array<ArrayBuffer>;
  collisions: Uint32Array<ArrayBuffer>;
  /** longest queue that a message of the cell met */
  queue: Uint32Array<ArrayBuffer>;
  /** messages that met a full queue */
  drops: Uint32Array<ArrayBuffer>;
}
export const STORM_KEYS = [
  "cell",
  "second",
  "handoversOut",
  "handoversIn",
  "messages",
  "bytes",
  "tries",
  "collisions",
  "queue",
  "drops",
] as const satisfies (keyof StormColumns)[];

/**
 * Signalling by second of a run's strategies, to be laid over one another. Curves of one strategy stand together: of all cells,
 * of its own worst cell, and of the worst cell of the run's own strategy where that is another one. `cell` [curve] is 0 for all
 * cells together; the other columns are [curve × second], of all cells the sum, and the longest of their queues.
 */
export interface StrategyCurves extends Omit<StormColumns, "second"> {
  /** [curve] index into the summary's list of strategies */
  strategy: Uint8Array<ArrayBuffer>;
}
export const CURVE_KEYS = [
  "handoversOut",
  "handoversIn",
  "messages",
  "bytes",
  "tries",
  "collisions",
  "queue",
  "drops",
] as const satisfies (keyof StrategyCurves & keyof StormColumns)[];

/** How a procedure ends, by its number. */
export const OUTCOME_NAMES = [
  "success",
  "too-late",
  "too-early",
  "wrong-cell",
  "refused",
  "rach-failure",
  "t304-expiry",
  "radio-link-failure",
  "overload",
] as const;
/** Outcome of an event without a procedure. */
export const NO_PROCEDURE = 255;

/** What became of each event of a run's event table (same order): typed arrays [event]. */
export interface ProcedureColumns {
  /** index into OUTCOME_NAMES; NO_PROCEDURE for a reselection */
  outcome: Uint8Array<ArrayBuffer>;
  /** ms since the start of the run; NaN without a procedure */
  startMs: Float64Array<ArrayBuffer>;
  endMs: Float64Array<ArrayBuffer>;
  /** interruption down and up, ms */
  downMs: Float32Array<ArrayBuffer>;
  upMs: Float32Array<ArrayBuffer>;
  messages: Uint16Array<ArrayBuffer>;
  bytes: Uint32Array<ArrayBuffer>;
  tries: Uint16Array<ArrayBuffer>;
}

/** Messages of `handover/messages.ts`, by number: what a scenario may give other sizes and times. */
export const MESSAGE_NAMES = [
  "MeasurementReport",
  "HANDOVER REQUEST",
  "HANDOVER REQUEST ACKNOWLEDGE",
  "HANDOVER PREPARATION FAILURE",
  "RRCReconfiguration (handover)",
  "SN STATUS TRANSFER",
  "random-access preamble",
  "random-access response",
  "RRCReconfigurationComplete",
  "PATH SWITCH REQUEST",
  "PATH SWITCH REQUEST ACKNOWLEDGE",
  "UE CONTEXT RELEASE",
  "RRCReconfiguration (conditional)",
  "RRCReconfigurationComplete (conditional)",
  "HANDOVER SUCCESS",
  "HANDOVER CANCEL",
  "RRCReestablishmentRequest",
  "RETRIEVE UE CONTEXT REQUEST",
  "RETRIEVE UE CONTEXT RESPONSE",
  "RRCReestablishment",
  "RRCReestablishmentComplete",
] as const;
export type MessageName = (typeof MESSAGE_NAMES)[number];

/** Mean with the half width of its 95 % confidence interval over seeds (Student's t); null half width with one seed. */
export const meanSchema = z.object({ mean: z.number(), ci95: z.number().nullable() });

/** Changes of cell a second, of all cells together, mean over the run; a change of gateway under the same cell is none. */
export const cellChangeRatesSchema = z.object({
  /** handovers and reselections */
  meanPerS: z.number(),
  /** the fewest, by geometry, that keep every UE inside the −3 dB contour of its cell whenever it is inside one */
  atContourPerS: z.number(),
  /** the fewest that let every UE hear its cell, in the main lobe, whenever it is inside a contour: no strategy has fewer */
  leastPerS: z.number(),
  /** UEs that the fewest were counted with */
  ues: z.int(),
});
export type CellChangeRates = z.output<typeof cellChangeRatesSchema>;

/** Random access over a run; null where nobody tried, or none succeeded. */
export const randomAccessSchema = z.object({
  /** share of the preambles that collide in closed form, 1 − exp(−λ/M) in each cell and second, all by contention */
  expectedShare: z.number().nullable(),
  /** from the UE's readiness to the response, of handovers that succeed: simulated, and in closed form at that share */
  meanMs: z.number().nullable(),
  expectedMs: z.number().nullable(),
});
export type RandomAccess = z.output<typeof randomAccessSchema>;

/** What one run's handovers cost. Ratios over nothing are null and print as "none". */
export const signallingSummarySchema = z.object({
  strategy: z.string(),
  procedures: z.int(),
  /** by name of the outcome */
  outcomes: z.record(z.string(), z.int()),
  successShare: z.number().nullable(),
  pingPongs: z.int(),
  reselections: z.int(),
  interruptionDownMs: z.object({ mean: z.number().nullable(), p95: z.number().nullable() }),
  interruptionUpMs: z.object({ mean: z.number().nullable(), p95: z.number().nullable() }),
  messages: z.int(),
  bytes: z.number(),
  /** commands sent to UEs: one for a whole group */
  commands: z.int(),
  /**
   * handovers out of and into one cell in one second: the greatest, and the 99th percentile over cells and seconds with any;
   * at a feeder-link switch the cell of the old gNB and that of the new one count apart
   */
  peakPerS: z.int(),
  peakCell: z.int(),
  peakAtS: z.number(),
  p99PerS: z.number(),
  /** share of preambles that collided */
  collisionShare: z.number().nullable(),
  /** absent in runs of earlier versions */
  access: randomAccessSchema.optional(),
  longestQueue: z.int(),
  drops: z.int(),
  /** absent in runs of earlier versions */
  changes: cellChangeRatesSchema.optional(),
  /** flattened only: no assignment of executions to the windows has a lower peak than this */
  peakBound: z.int().nullable(),
});
export type SignallingSummary = z.output<typeof signallingSummarySchema>;
