/** Numbers by which the signalling engine names outcomes, events, actions and states, and the events of its queue. */
import { action, event, MACHINES, OUTCOMES, state, STATES, type Machine, type Outcome } from "./procedure.ts";

export const OUTCOME = (name: Outcome) => OUTCOMES.indexOf(name);
export const RUNNING = 255;

/** Event in the queue: type (6 bits; a message number or one of those below), candidate (3), retransmission (8), phase (the rest). */
export const encode = (type: number, candidate: number, again: number, phase: number): number =>
  type | (candidate << 6) | (again << 9) | (phase << 17);
/** what a further retransmission adds */
export const AGAIN = 1 << 9;
export const typeOf = (code: number): number => code & 63;
export const candidateOf = (code: number): number => (code >> 6) & 7;
export const againOf = (code: number): number => (code >> 9) & 255;
export const phaseOf = (code: number): number => code >> 17;

/** Events in the queue beyond arrivals of messages. */
export const START = 32;
export const CONDITION = 33;
export const TRY = 34;
export const OCCASION = 35;
export const ACCESSED = 36;
export const ACCESS_FAILED = 37;
export const EXPIRED = 38;
export const LINK_FAILED = 39;
export const TARGET_LOST = 40;
export const FOUND = 41;
export const NOT_FOUND = 42;

export const E = {
  start: event("start"),
  join: event("join"),
  alone: event("alone"),
  shared: event("shared"),
  prepared: event("prepared"),
  refused: event("refused"),
  condition: event("condition"),
  accessed: event("accessed"),
  accessFailed: event("accessFailed"),
  radioLinkFailure: event("radioLinkFailure"),
  targetLost: event("targetLost"),
  found: event("found"),
  notFound: event("notFound"),
  overload: event("overload"),
  completeInside: event("completeInside"),
  contextHere: event("contextHere"),
  stayShort: event("stayShort"),
  stranded: event("stranded"),
  backAtSource: event("backAtSource"),
};
export const A = {
  prepare: action("prepare"),
  access: action("access"),
  search: action("search"),
  cancel: action("cancel"),
  end: action("end"),
};
export const S = {
  idle: state("idle"),
  grouped: state("grouped"),
  reporting: state("reporting"),
  preparing: state("preparing"),
  commanded: state("commanded"),
  configuring: state("configuring"),
  waiting: state("waiting"),
  accessing: state("accessing"),
  staying: state("staying"),
  stranded: state("stranded"),
  ended: state("ended"),
};
/** [state] 1: a failure of the source's radio link ends what the UE does */
export const ON_SOURCE = new Uint8Array(STATES.length);
for (const s of [S.grouped, S.reporting, S.preparing, S.commanded, S.configuring, S.waiting, S.stranded])
  ON_SOURCE[s] = 1;

/** Both machines as one: row = (kind × states + state) × EVENT_COUNT + event. */
export const MACHINE: Machine = joined(MACHINES);

function joined([ordinary, conditional]: readonly Machine[]): Machine {
  const behind = ordinary.does.length;
  return {
    next: Uint8Array.of(...ordinary.next, ...conditional.next),
    first: Uint16Array.of(...ordinary.first, ...conditional.first.map((i) => i + behind)),
    count: Uint8Array.of(...ordinary.count, ...conditional.count),
    does: Uint8Array.of(...ordinary.does, ...conditional.does),
  };
}
