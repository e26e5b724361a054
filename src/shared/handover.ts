import { z } from "zod";
import { OUTCOME_NAMES } from "./storm.ts";

export const cellHeardSchema = z.object({
  cell: z.int(),
  satellite: z.string(),
  beam: z.int(),
  role: z.enum(["source", "target", "other"]),
  rsrpDbm: z.number(),
  /** with all other cells as interference */
  sinrDb: z.number(),
  elevationDeg: z.number(),
  rangeKm: z.number(),
});
export type CellHeard = z.output<typeof cellHeardSchema>;

/** One line of a message chart: from `startMs` to `endMs`, on the way, waiting and being worked on. */
const chartLineSchema = z.object({
  what: z.string(),
  from: z.string(),
  to: z.string(),
  interface: z.string().nullable(),
  bytes: z.number(),
  startMs: z.number(),
  /** propagation */
  wayMs: z.number(),
  /** in a queue, for an occasion or for a timer */
  waitMs: z.number(),
  /** at the receiver */
  workMs: z.number(),
  endMs: z.number(),
  /** lost on the air or at a full queue */
  lost: z.boolean(),
});

/** One handover of a kept run, opened. `beamwalk handover --show --json` prints exactly this. */
export const handoverShownSchema = z.object({
  event: z.int(),
  ue: z.int(),
  timeS: z.number(),
  source: z.int(),
  target: z.int(),
  trigger: z.string(),
  /** the inequality that was fulfilled, with its numbers */
  condition: z.string(),
  /** the strongest cells heard at that instant; the source first, then the target */
  candidates: z.array(cellHeardSchema),
  /** cells heard beyond those */
  unlisted: z.int(),
  staying: z.object({
    /** until the source's SINR falls below Qout; null: not within what was searched */
    outageAfterS: z.number().nullable(),
    searchedS: z.number(),
    qoutDb: z.number(),
    /** with all other cells as interference; null where the source is not heard any more */
    sinr: z.array(z.object({ afterS: z.number(), sinrDb: z.number().nullable() })),
  }),
  /** how it went: null for a run without signalling */
  outcome: z.enum(OUTCOME_NAMES).nullable(),
  /** ms since the start of the run */
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  /** interruption down and up */
  downMs: z.number().nullable(),
  upMs: z.number().nullable(),
  messages: z.int().nullable(),
  bytes: z.int().nullable(),
  tries: z.int().nullable(),
  /** its messages; null where they were not asked for */
  lines: z.array(chartLineSchema).nullable(),
});
export type HandoverShown = z.output<typeof handoverShownSchema>;
