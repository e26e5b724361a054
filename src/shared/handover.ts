import { z } from "zod";
import { OUTCOME_NAMES } from "./storm.ts";

export const cellHeardSchema = z.object({
  cell: z.int(),
  satellite: z.string(),
  beam: z.int(),
  role: z.enum(["source", "target", "other"]),
  /** asked before whether it takes the UE: the target, and what else a conditional handover had prepared */
  prepared: z.boolean(),
  rsrpDbm: z.number(),
  /** with all other cells as interference */
  sinrDb: z.number(),
  elevationDeg: z.number(),
  rangeKm: z.number(),
});
export type CellHeard = z.output<typeof cellHeardSchema>;

/** What staying in the source would have meant, in one sentence. */
export function stayingSentence({ outageAfterS, endedBy, searchedS, qoutDb, signalling }: Staying): string {
  const signals = signalling === null ? "" : `; ${signallingSentence(signalling.afterS)}`;
  if (outageAfterS === null) return `no outage within ${searchedS.toFixed(1)} s${signals}`;
  return `${outageSentence(outageAfterS, endedBy ?? "qout", qoutDb)}${signals}`;
}

const ENDS: Record<NonNullable<Staying["endedBy"]>, string> = {
  qout: "its SINR falls below",
  elevation: "its satellite sinks below the least elevation",
  gateway: "its satellite has no gateway any more",
  lobe: "the UE leaves its main lobe",
  rsrp: "its RSRP falls below the least one",
  feeder: "the old gateway's link ends",
};

function outageSentence(afterS: number, endedBy: NonNullable<Staying["endedBy"]>, qoutDb: number): string {
  const ends = endedBy === "qout" ? `${ENDS.qout} ${String(qoutDb).replace("-", "−")} dB` : ENDS[endedBy];
  if (endedBy === "feeder" && Math.abs(afterS) < 0.005) return `outage at once: ${ends} at this instant`;
  if (afterS < 0) return `outage since ${(-afterS).toFixed(2)} s before: ${ends}`;
  return `outage after ${afterS.toFixed(2)} s: ${ends}`;
}

function signallingSentence(afterS: number | null): string {
  const until =
    afterS === null
      ? "to outlast that"
      : afterS < 0
        ? `to have ended ${(-afterS).toFixed(2)} s before`
        : `to last until ${afterS.toFixed(2)} s`;
  return `the signalling takes the link ${until}: it counts the interference of the two cells' satellites only`;
}

/** One line of a message chart: from `startMs` to `endMs`, on the way, waiting and being worked on. */
const chartLineSchema = z.object({
  what: z.string(),
  from: z.string(),
  to: z.string(),
  /** their cells; null for UE and core */
  fromCell: z.int().nullable(),
  toCell: z.int().nullable(),
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

const spanSchema = z.object({ fromMs: z.number(), toMs: z.number() });

/** One of the conditions that had to be fulfilled at once. */
const conditionHeldSchema = z.object({
  event: z.string(),
  clause: z.string(),
  /** a trigger of TR 38.821 that RRC does not have */
  study: z.boolean(),
  /** the entering condition with its numbers at the measurement that decided */
  inequality: z.string(),
  /** entered, and fulfilled once the time-to-trigger had gone by [s since the start of the run]; T1 has none */
  heldFromS: z.number(),
  timeToTriggerMs: z.number().nullable(),
  fulfilledS: z.number(),
  /** the one that was fulfilled last */
  decided: z.boolean(),
});
export type ConditionHeld = z.output<typeof conditionHeldSchema>;

const stayingSchema = z.object({
  /** the last instant at which the source can be used, with all other cells as interference; null: not within what was searched */
  outageAfterS: z.number().nullable(),
  /** what ended it: SINR below Qout, satellite too low or without gateway, outside the main lobe, RSRP below the least one, end of the old feeder link */
  endedBy: z.enum(["qout", "elevation", "gateway", "lobe", "rsrp", "feeder"]).nullable(),
  searchedS: z.number(),
  qoutDb: z.number(),
  /** until when the signalling takes the link to last, which counts interference of source's and target's satellites only; null where that is the same */
  signalling: z.object({ afterS: z.number().nullable() }).nullable(),
  /** with all other cells as interference; null where the source is not heard any more */
  sinr: z.array(z.object({ afterS: z.number(), sinrDb: z.number().nullable() })),
});
export type Staying = z.output<typeof stayingSchema>;

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
  /** its parts, which had to hold at once; none where a satellite changed its gateway, or where they cannot be told */
  conditions: z.array(conditionHeldSchema),
  /** the strongest cells heard at that instant; the source first, then the target */
  candidates: z.array(cellHeardSchema),
  /** cells heard beyond those */
  unlisted: z.int(),
  staying: stayingSchema,
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
  /** its messages and waits, without a gap; null where they were not asked for */
  lines: z.array(chartLineSchema).nullable(),
  /** when no user data went down, and up: adds up to the interruptions; null like the messages */
  down: z.array(spanSchema).nullable(),
  up: z.array(spanSchema).nullable(),
});
export type HandoverShown = z.output<typeof handoverShownSchema>;
