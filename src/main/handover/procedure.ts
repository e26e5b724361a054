/**
 * Ordinary and conditional handover as two state machines: states, events and transitions are data, and `Machine` is the
 * table that the engine of `signalling.ts` walks. TS 38.300 §9.2.3.2, §9.2.3.4; timers TS 38.331 §7.1.1; kinds of failure
 * TS 38.300 §15.5.2 (mobility robustness). An event that a state does not know is a bug and throws.
 *
 * T304 runs while a UE is `accessing`, T310 (after N310) decides `radioLinkFailure`, T311 runs in `searching`, T430 makes a UE
 * read SIB19 before it accesses a cell whose ephemeris is old. Leaves out: dual active protocol stack, several
 * executions of one configuration, and the choice of a conditional candidate at re-establishment (attemptCondReconfig).
 */
import { OUTCOME_NAMES } from "../../shared/storm.ts";
import {
  AGAIN,
  AGAIN_COMPLETE,
  AGAIN_REQUEST,
  COMMAND,
  COMPLETE,
  CONFIGURE,
  CONFIGURED,
  MESSAGES,
  RELEASE,
  REPORT,
  RETRIEVE,
  RETRIEVED,
  STATUS,
  SUCCESS,
  SWITCH,
  SWITCHED,
} from "./messages.ts";

export const STATES = [
  "idle",
  "grouped",
  "reporting",
  "preparing",
  "commanded",
  "configuring",
  "waiting",
  "accessing",
  "completing",
  "switching",
  "confirming",
  "releasing",
  "staying",
  "stranded",
  "searching",
  "reaccessing",
  "requesting",
  "retrieving",
  "fetching",
  "answering",
  "reestablishing",
  "ended",
] as const;
export type State = (typeof STATES)[number];

/** How a procedure ends. `overload`: a message was dropped more often than it may be sent again. */
export const OUTCOMES = OUTCOME_NAMES;
export type Outcome = (typeof OUTCOMES)[number];

/** Events beyond "message number n has been processed", which is event n. */
export const EVENTS = [
  "start",
  "join",
  "alone",
  "shared",
  "prepared",
  "refused",
  "condition",
  "accessed",
  "accessFailed",
  "radioLinkFailure",
  "targetLost",
  "found",
  "notFound",
  "overload",
  "completeInside",
  "stranded",
  "contextHere",
  "stayShort",
  "backAtSource",
] as const;
export type EventName = (typeof EVENTS)[number];
export const FIRST_EVENT = MESSAGES.length;
export const EVENT_COUNT = FIRST_EVENT + EVENTS.length;
export const event = (name: EventName): number => FIRST_EVENT + EVENTS.indexOf(name);

/** What a transition does beyond sending messages. */
export const ACTIONS = ["prepare", "access", "search", "cancel", "end"] as const;
export type Action = (typeof ACTIONS)[number];
export const FIRST_ACTION = MESSAGES.length;
export const action = (name: Action): number => FIRST_ACTION + ACTIONS.indexOf(name);

export interface Transition {
  from: State;
  on: EventName | number;
  to: State;
  /** message numbers to send and actions, in order */
  does: readonly (number | Action)[];
}

const on = (
  from: State,
  what: EventName | number,
  to: State,
  ...does: readonly (number | Action)[]
): Transition => ({ from, on: what, to, does });

const PATH_SWITCH = [
  on("switching", SWITCH, "confirming", SWITCHED),
  on("confirming", SWITCHED, "releasing", RELEASE),
  on("releasing", RELEASE, "ended", "end"),
  on("releasing", "stayShort", "staying"),
  on("staying", "targetLost", "searching", "search"),
  on("completing", "targetLost", "searching", "search"),
];

const REESTABLISHMENT = [
  on("searching", "found", "reaccessing", "access"),

  on("reaccessing", "accessed", "requesting", AGAIN_REQUEST),
  on("reaccessing", "accessFailed", "ended", "end"),
  on("requesting", AGAIN_REQUEST, "retrieving", RETRIEVE),
  on("requesting", "contextHere", "answering", AGAIN),
  on("retrieving", RETRIEVE, "fetching", RETRIEVED),
  on("fetching", RETRIEVED, "answering", AGAIN),
  on("answering", AGAIN, "reestablishing", AGAIN_COMPLETE),
  on("reestablishing", AGAIN_COMPLETE, "switching", SWITCH),
  on("reestablishing", "backAtSource", "ended", "end"),
];

const failing = (states: State[], what: EventName, to: State, ...does: Action[]): Transition[] =>
  states.map((state) => on(state, what, to, ...does));

const QUEUED: State[] = [
  "grouped",
  "reporting",
  "preparing",
  "completing",
  "switching",
  "confirming",
  "releasing",
  "requesting",
  "retrieving",
  "fetching",
  "reestablishing",
];

const COMMON = [
  ...failing(["searching", "requesting", "answering", "reestablishing"], "notFound", "ended", "end"),

  ...PATH_SWITCH,
  ...REESTABLISHMENT,
  ...failing(QUEUED, "overload", "ended", "end"),
  ...failing(["grouped", "preparing"], "refused", "ended", "end"),
  ...failing(["accessing"], "accessFailed", "searching", "search"),
  ...failing(["grouped", "reporting", "preparing"], "stranded", "stranded"),
  ...failing(["idle", "reporting", "preparing", "stranded"], "radioLinkFailure", "searching", "search"),
  on("idle", "start", "reporting", REPORT),
  on("reporting", REPORT, "preparing", "prepare"),

  on("accessing", "accessed", "completing", COMPLETE),
];

/** Ordinary handover: report, request, acknowledge, command, detach, access, complete, path switch, release. */
export const ORDINARY: readonly Transition[] = [
  ...COMMON,
  on("idle", "join", "grouped"),
  on("grouped", "alone", "reporting", REPORT),
  on("grouped", "shared", "commanded"),

  ...failing(["grouped", "commanded"], "radioLinkFailure", "searching", "search"),
  on("preparing", "prepared", "commanded", COMMAND, STATUS),
  on("commanded", COMMAND, "accessing", "access"),
  on("completing", COMPLETE, "switching", SWITCH),
  on("completing", "completeInside", "ended", "end"),
  on("completing", "stayShort", "staying"),
];

/** Conditional handover: configure, prepare, execute when the condition holds, complete; the source learns of it by HANDOVER SUCCESS. */
export const CONDITIONAL: readonly Transition[] = [
  ...COMMON,
  on("preparing", "prepared", "configuring", CONFIGURE),
  on("configuring", CONFIGURE, "waiting", CONFIGURED),
  on("waiting", "condition", "accessing", "access"),
  ...failing(["configuring", "waiting"], "radioLinkFailure", "searching", "search"),
  on("completing", COMPLETE, "switching", SUCCESS, SWITCH),
  on("completing", "completeInside", "ended", "cancel", "end"),
  on("completing", "stayShort", "staying", "cancel"),
];

/** A machine as arrays: row = state × EVENT_COUNT + event. */
export interface Machine {
  /** [row] next state, 255 where the event is not known */
  next: Uint8Array;
  /** [row] start in `does` */
  first: Uint16Array;
  /** [row] number of entries in `does` */
  count: Uint8Array;
  /** message numbers and actions */
  does: Uint8Array;
}

export const UNKNOWN = 255;
export const state = (name: State): number => STATES.indexOf(name);

export function compileMachine(transitions: readonly Transition[]): Machine {
  const rows = STATES.length * EVENT_COUNT;
  const next = new Uint8Array(rows).fill(UNKNOWN);
  const first = new Uint16Array(rows);
  const count = new Uint8Array(rows);
  const does: number[] = [];
  for (const t of transitions) {
    const number = typeof t.on === "number" ? t.on : event(t.on);
    const row = state(t.from) * EVENT_COUNT + number;
    if (next[row] !== UNKNOWN) throw new Error(`two transitions from ${t.from} on ${eventName(number)}`);
    next[row] = state(t.to);
    first[row] = does.length;
    count[row] = t.does.length;
    for (const what of t.does) does.push(typeof what === "number" ? what : action(what));
  }
  return { next, first, count, does: Uint8Array.from(does) };
}

/** Message or event in words. */
export function eventName(number: number): string {
  return number < FIRST_EVENT ? MESSAGES[number].name : EVENTS[number - FIRST_EVENT];
}

/** The machines by kind of attempt: 0 ordinary, 1 conditional. */
export const MACHINES: readonly Machine[] = [compileMachine(ORDINARY), compileMachine(CONDITIONAL)];
