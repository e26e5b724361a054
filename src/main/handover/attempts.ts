/** What the time loop hands to the signalling engine, and what it gets back: columns by attempt (procedure). */
import { messageCosts, type Message, type MessageCosts } from "./messages.ts";
import { PROCESSING, type ProcessingSettings } from "./processing.ts";
import { PRACH_27 } from "./prach.ts";
import { RACH, type RachSettings } from "./rach.ts";
import { RADIO_LINK, type RadioLinkSettings } from "./radio-link.ts";

/** CHO candidates of a UE: one target and up to seven others (maxNrofCondCells). */
export const OTHERS = 7;

/** Handovers to carry out, ordered by `timeMs`. Cells are numbered from 1. */
export interface Attempts {
  count: number;
  /** [attempt] report sent, or condition fulfilled */
  timeMs: Float64Array;
  ue: Uint32Array;
  source: Uint32Array;
  target: Uint32Array;
  /** 0 ordinary, 1 conditional */
  kind: Uint8Array;
  /** when a conditional handover is configured; NaN for an ordinary one */
  preparedMs: Float64Array;
  /** source link usable (SINR above Qout) until */
  sourceUntilMs: Float64Array;
  /** target link usable from, until */
  targetFromMs: Float64Array;
  targetUntilMs: Float64Array;
  /** one way between UE and the gNB of the source, of the target */
  serviceDelayMs: Float64Array;
  targetDelayMs: Float64Array;
  /** 1: the gNBs of source and target are on different satellites */
  interSatellite: Uint8Array;
  /** [attempt × 7] further prepared cells of a conditional handover, 0 none */
  otherCandidates?: Uint32Array;
  /** [attempt] group whose members share one preparation and one command, −1 alone */
  groupOf?: Int32Array;
}

export interface SignallingSettings {
  seed: number;
  /** [cell] number of its gNB; cell 0 is none */
  nodeOf: Uint32Array;
  /** [cell] UEs held at the start */
  held: Uint32Array;
  /** UEs that a cell can hold; 65,519 C-RNTIs (TR 38.821 §7.3.2.1.6) */
  capacity: number;
  interSatelliteMs: number;
  coreMs: number;
  /** UE's processing of an RRC reconfiguration (TS 38.331 §12) */
  rrcMs: number;
  /** wait for the target's SIB19 when T430 has run out; assumed: one period of SIB19 */
  sib19Ms: number;
  t304Ms: number;
  t311Ms: number;
  t430Ms: number;
  /** a target link that fails earlier than this after completion makes the handover too early */
  minTimeOfStayMs: number;
  maxRetransmissions: number;
  /** until an unanswered message is sent again: assumed, no standard fixes it and LEOhandover does not say */
  retryMs: number;
  /** what working on a message that is sent again costs */
  retransmissionMs: number;
  messages: MessageCosts;
  processing: ProcessingSettings;
  rach: RachSettings;
  radioLink: RadioLinkSettings;
  /** also keep each message */
  keepRows: boolean;
}

/**
 * 1 ms between satellites, 10 ms to the core, 15 retransmissions at 0.35 ms: zbh888/LEOhandover; timers TS 38.331. Assumed: 20 ms until a
 * message is sent again, 160 ms for SIB19, and what `MESSAGES` and `RACH` name so. All of it can be changed.
 */
export function signallingSettings(
  seed: number,
  nodeOf: Uint32Array,
  change: Partial<SignallingSettings> = {},
): SignallingSettings {
  return {
    seed,
    nodeOf,
    held: new Uint32Array(nodeOf.length),
    capacity: 65_519,
    interSatelliteMs: 1,
    coreMs: 10,
    rrcMs: 10,
    sib19Ms: 160,
    t304Ms: 500,
    t311Ms: 30_000,
    t430Ms: 30_000,
    minTimeOfStayMs: 1000,
    maxRetransmissions: 15,
    retryMs: 20,
    retransmissionMs: 0.35,
    messages: messageCosts(),
    processing: PROCESSING,
    rach: { prach: PRACH_27, ...RACH },
    radioLink: RADIO_LINK,
    keepRows: true,
    ...change,
  };
}

/** What became of every attempt. Times in ms. */
export interface Procedures {
  count: number;
  /** number in OUTCOMES */
  outcome: Uint8Array;
  startMs: Float64Array;
  endMs: Float64Array;
  /** how long no user data reach the UE, and how long it may send none; 0 where it never left the source */
  downMs: Float64Array;
  upMs: Float64Array;
  messages: Uint32Array;
  bytes: Uint32Array;
  tries: Uint16Array;
  /** transmissions that met a full queue */
  drops: Uint16Array;
}

/** A time without user data in one direction. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** One line of a message chart: from `startMs` to `endMs`, on the way, waiting and being worked on. */
export interface ChartLine {
  what: string;
  from: Message["from"];
  to: Message["to"];
  /** their cells, by the numbers of the attempts; null for UE and core */
  fromCell: number | null;
  toCell: number | null;
  interface: Message["interface"] | null;
  bytes: number;
  startMs: number;
  /** propagation */
  wayMs: number;
  /** in a queue, for an occasion or for a timer */
  waitMs: number;
  /** at the receiver */
  workMs: number;
  endMs: number;
  /** lost on the air or at a full queue */
  lost: boolean;
}
