/**
 * The messages of the ordinary handover and of conditional handover (TS 38.300 §9.2.3.2 and §9.2.3.4; names of
 * TS 38.331, TS 38.423 and TS 38.413), with who sends them to whom.
 *
 * Bytes are assumptions: no standard fixes them and no authoritative table is known. Processing times marked "measured model" are
 * those of zbh888/LEOhandover (the simulator of arXiv 2403.13936); the others are assumed. All of them can be edited.
 */
export const ROLES = ["ue", "source", "target", "other", "core", "cell"] as const;
/** Who takes part: `other` is a prepared cell that was not chosen, `cell` the one of a re-establishment. */
export type Role = (typeof ROLES)[number];
export const INTERFACES = ["Uu", "Xn", "NG"] as const;
export type Interface = (typeof INTERFACES)[number];

export interface Message {
  name: string;
  from: Role;
  to: Role;
  interface: Interface;
  bytes: number;
  /** further bytes for each further UE of a group that shares the message */
  memberBytes: number;
  /** at the receiver [ms] */
  serviceMs: number;
  /** where the processing time is from; the bytes are assumed throughout */
  source: "LEOhandover" | "assumed";
}

const message = (
  name: string,
  way: `${Role}→${Role}`,
  at: Interface,
  bytes: number,
  serviceMs: number,
  source: Message["source"] = "assumed",
  memberBytes = 0,
): Message => {
  const [from, to] = way.split("→") as [Role, Role];
  return { name, from, to, interface: at, bytes, memberBytes, serviceMs, source };
};

/** Every message; its number is its place here. */
export const MESSAGES: readonly Message[] = [
  message("MeasurementReport", "ue→source", "Uu", 40, 0.35, "LEOhandover", 0),
  message("HANDOVER REQUEST", "source→target", "Xn", 1000, 0.3, "LEOhandover", 600),
  message("HANDOVER REQUEST ACKNOWLEDGE", "target→source", "Xn", 400, 0.3, "LEOhandover", 40),
  message("HANDOVER PREPARATION FAILURE", "target→source", "Xn", 40, 0.3),
  message("RRCReconfiguration (handover)", "source→ue", "Uu", 250, 0, "assumed", 10),
  message("SN STATUS TRANSFER", "source→target", "Xn", 100, 0.3),
  message("random-access preamble", "ue→cell", "Uu", 0, 0),
  message("random-access response", "cell→ue", "Uu", 10, 0),
  message("RRCReconfigurationComplete", "ue→target", "Uu", 15, 0.3, "LEOhandover"),
  message("PATH SWITCH REQUEST", "target→core", "NG", 200, 0.3, "LEOhandover"),
  message("PATH SWITCH REQUEST ACKNOWLEDGE", "core→target", "NG", 150, 0.15, "LEOhandover"),
  message("UE CONTEXT RELEASE", "target→source", "Xn", 40, 0.3),
  message("RRCReconfiguration (conditional)", "source→ue", "Uu", 300, 0),
  message("RRCReconfigurationComplete (conditional)", "ue→source", "Uu", 15, 0.3, "LEOhandover"),
  message("HANDOVER SUCCESS", "target→source", "Xn", 40, 0.3),
  message("HANDOVER CANCEL", "source→other", "Xn", 40, 0.3),
  message("RRCReestablishmentRequest", "ue→cell", "Uu", 10, 0.3),
  message("RETRIEVE UE CONTEXT REQUEST", "cell→source", "Xn", 100, 0.3),
  message("RETRIEVE UE CONTEXT RESPONSE", "source→cell", "Xn", 1000, 0.3),
  message("RRCReestablishment", "cell→ue", "Uu", 20, 0),
  message("RRCReestablishmentComplete", "ue→cell", "Uu", 15, 0.3),
];

export {
  ACKNOWLEDGE,
  AGAIN,
  AGAIN_COMPLETE,
  AGAIN_REQUEST,
  CANCEL,
  COMMAND,
  COMPLETE,
  CONFIGURE,
  CONFIGURED,
  PREAMBLE,
  REFUSAL,
  RELEASE,
  REPORT,
  REQUEST,
  RESPONSE,
  RETRIEVE,
  RETRIEVED,
  STATUS,
  SUCCESS,
  SWITCH,
  SWITCHED,
} from "./assembly/numbers.ts";

/** What can be edited of every message, as columns by message number. */
export interface MessageCosts {
  bytes: Uint32Array;
  memberBytes: Uint32Array;
  /** [ms] at the receiver */
  serviceMs: Float64Array;
}

export function messageCosts(table: readonly Message[] = MESSAGES): MessageCosts {
  return {
    bytes: Uint32Array.from(table, (m) => m.bytes),
    memberBytes: Uint32Array.from(table, (m) => m.memberBytes),
    serviceMs: Float64Array.from(table, (m) => m.serviceMs),
  };
}
