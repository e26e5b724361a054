/**
 * The discrete-event engine behind `signalling.ts`: takes events in order of time, walks the machines of `procedure.ts` and
 * does what their transitions say. A message that a gNB takes is known to be done at an instant, so its consequences are sent
 * from that instant on without a further event.
 */
import { accessed, attempt, failed, occasion, start as startAccess } from "./access";
import { Cell } from "./cell";
import * as codes from "./codes";
import { againOf, candidateOf, encode, phaseOf, START, typeOf } from "./codes";
import { cancel, completed, released, succeeded } from "./completion";
import {
  forget,
  linkFailed,
  linkLost,
  notFound,
  reestablished,
  requested,
  search,
  sourceGoodMs,
  targetLost,
} from "./failures";
import { endedTwice, unknown } from "./host";
import { allocate } from "./memory";
import { isAside } from "./message";
import {
  A_ACCESS,
  A_END,
  A_PREPARE,
  A_SEARCH,
  ACKNOWLEDGE,
  AGAIN_COMPLETE,
  AGAIN_REQUEST,
  CANCEL,
  COMMAND,
  COMPLETE,
  CONFIGURE,
  E_CONDITION,
  E_FOUND,
  E_OVERLOAD,
  E_RADIO_LINK_FAILURE,
  ENDED,
  EVENT_COUNT,
  MESSAGE_COUNT,
  O_OVERLOAD,
  O_RADIO_LINK_FAILURE,
  O_SUCCESS,
  REFUSAL,
  RELEASE,
  REQUEST,
  STATE_COUNT,
  SUCCESS,
  SWITCH,
  WAIT_CONDITION,
  WAITING,
} from "./numbers";
import * as preparation from "./preparation";
import {
  candidate as candidateCell,
  conclude,
  count,
  isOnSource,
  isValid,
  Procedure,
  procedureAt,
  sourceFailsMs,
} from "./procedure";
import * as events from "./queue";
import * as repeats from "./repeats";
import { isGrouped, maxRetransmissions } from "./settings";
import { again, dropAgain, pause, push, send, takeRepeated, toCore, work } from "./transport";

/** The last events are taken in growing steps. */
const STEP_MS: f64 = 1000;
const UNKNOWN = 255;

/** A row of both machines: kind × states + state, by event. */
@unmanaged
export class Transition {
  next: u8;
  count: u8;
  /** message numbers and actions */
  does: u32;
}

const machine: usize = allocate(2 * STATE_COUNT * EVENT_COUNT, offsetof<Transition>());

/** Sets what happens in a row: `does` holds one message or action in each byte. */
export function setTransition(row: i32, next: i32, steps: i32, does: u32): void {
  const transition = changetype<Transition>(machine + <usize>row * offsetof<Transition>());
  transition.next = <u8>next;
  transition.count = <u8>steps;
  transition.does = does;
}

/** Carries out all procedures; `order` holds their numbers in order of their start, 0: they are in order. */
export function run(order: usize): void {
  let untilMs: f64 = 0;
  for (let i = 0; i < count; i++) {
    const p = procedureAt(order === 0 ? i : load<i32>(order + <usize>i * 4));
    untilMs = p.beginMs;
    drain(untilMs);
    begin(p, untilMs);
  }
  for (let ms = STEP_MS; events.size + repeats.size > 0 && untilMs < Infinity; ms *= 2) {
    untilMs += ms;
    drain(untilMs);
  }
}

/** Everything that is due before a time. */
function drain(untilMs: f64): void {
  for (;;) {
    const againMs = repeats.timeMs;
    if (events.next(Math.min(untilMs, againMs))) take();
    else if (againMs < untilMs) repeat();
    else return;
  }
}

/** A message that was sent again arrives. */
function repeat(): void {
  if (dropAgain()) return;
  const first = repeats.first();
  const p = first.procedure;
  const code = first.code;
  const cell = first.cell;
  const timeMs = first.timeMs;
  takeRepeated();
  arrive(p, code, cell, timeMs);
}

/** Starts a procedure; one UE has one at a time, and a later one waits for the end of the one before. */
function begin(p: Procedure, t: f64): void {
  const before = p.previous;
  if (before !== null && before.state !== <u8>ENDED) {
    before.due = 1;
    return;
  }
  // its end is known, but still to come
  if (before !== null && before.endMs > t) {
    events.push(before.endMs, p, encode(START, 0, 0), null);
    return;
  }
  p.startMs = t;
  const fails = sourceFailsMs(p);
  if (fails <= t) {
    conclude(p, O_RADIO_LINK_FAILURE);
    linkLost(p, sourceGoodMs(p), t);
    fire(p, E_RADIO_LINK_FAILURE, t);
    return;
  }
  const waits = p.kind === 1 || isGrouped;
  if (waits && fails < Infinity) push(fails, p, codes.LINK_FAILED);
  if (p.kind === 1) push(Math.max(t, p.timeMs), p, codes.CONDITION);
  preparation.begin(p, t);
}

/** Does what the event says that the queue has given last. */
function take(): void {
  const p = events.procedure;
  const code = events.code;
  const type = typeOf(code);
  if (type < START) arrive(p, code, events.cell, events.time);
  else if (type === START) begin(p, events.time);
  else if (isValid(p, phaseOf(code))) happen(p, type, events.time);
}

/** What happens at the UE. */
function happen(p: Procedure, type: i32, t: f64): void {
  switch (type) {
    case codes.CONDITION: {
      p.conditionMet = 1;
      if (p.state === <u8>WAITING) execute(p, t);
      return;
    }
    case codes.TRY: {
      attempt(p, t);
      return;
    }
    case codes.OCCASION: {
      occasion(p, t);
      return;
    }
    case codes.ACCESSED: {
      accessed(p, t);
      return;
    }
    case codes.ACCESS_FAILED:
    case codes.EXPIRED: {
      failed(p, type, t);
      return;
    }
    case codes.LINK_FAILED: {
      if (!isOnSource(p)) return;
      preparation.dissolve(p, t);
      linkFailed(p, t);
      return;
    }
    case codes.TARGET_LOST: {
      targetLost(p, t);
      return;
    }
    case codes.FOUND: {
      fire(p, E_FOUND, t);
      return;
    }
    case codes.NOT_FOUND: {
      notFound(p, t);
    }
  }
}

/** A message reaches its receiver: it is worked on, dropped and sent again, or given up. */
function arrive(p: Procedure, code: i32, cell: Cell | null, time: f64): void {
  const done = work(p, code, cell, time);
  const kind = typeOf(code);
  if (done < 0) dropped(p, code, cell!, time);
  else if (isAside(kind)) reactAside(p, kind, candidateOf(code), done);
  else if (isValid(p, phaseOf(code))) react(p, kind, candidateOf(code), done);
}

function dropped(p: Procedure, code: i32, cell: Cell, t: f64): void {
  const kind = typeOf(code);
  const aside = isAside(kind);
  p.drops++;
  if (!aside && !isValid(p, phaseOf(code))) return;
  if (againOf(code) < maxRetransmissions) again(p, code, cell, t);
  // a timer of the network does in the end what the lost message should have done
  else if (aside) reactAside(p, kind, candidateOf(code), t);
  else if (candidateOf(code) > 0) preparation.answered(p, t);
  else preparation.networkFailed(p, E_OVERLOAD, O_OVERLOAD, t);
}

function reactAside(p: Procedure, kind: i32, candidate: i32, t: f64): void {
  if (kind === SUCCESS) succeeded(p, t);
  else if (kind === CANCEL) candidateCell(p, candidate)!.held--;
}

function react(p: Procedure, kind: i32, candidate: i32, t: f64): void {
  switch (kind) {
    case REQUEST: {
      preparation.requested(p, candidate, t);
      return;
    }
    case ACKNOWLEDGE:
    case REFUSAL: {
      preparation.answered(p, t);
      return;
    }
    case COMPLETE: {
      completed(p, t);
      return;
    }
    case RELEASE: {
      released(p, t);
      return;
    }
    case CONFIGURE: {
      p.configuredMs = t;
      fire(p, CONFIGURE, t);
      if (p.conditionMet === 1) execute(p, t);
      return;
    }
    case AGAIN_REQUEST: {
      requested(p, t);
      return;
    }
    case AGAIN_COMPLETE: {
      reestablished(p, t);
      return;
    }
    default: {
      fire(p, kind, t);
    }
  }
}

/** The condition holds and the configuration is there: the UE leaves the source on its own. */
function execute(p: Procedure, t: f64): void {
  const last = Math.min(t, p.sourceUntilMs);
  p.lastUpMs = last;
  p.lastDownMs = last - p.serviceDelayMs;
  pause(p, WAIT_CONDITION, p.configuredMs, t);
  fire(p, E_CONDITION, t);
}

/** Walks a procedure's machine by one event. */
export function fire(p: Procedure, what: i32, t: f64): void {
  const row = (<i32>p.kind * STATE_COUNT + <i32>p.state) * EVENT_COUNT + what;
  const transition = changetype<Transition>(machine + <usize>row * offsetof<Transition>());
  if (transition.next === <u8>UNKNOWN) unknown(p.state, what);
  p.state = transition.next;
  let does = transition.does;
  for (let left = transition.count; left > 0; left--, does >>= 8) act(p, does & 255, t);
}

function act(p: Procedure, what: i32, t: f64): void {
  if (what === COMMAND) preparation.command(p, t);
  else if (what === SWITCH) fire(p, SWITCH, toCore(p, SWITCH, t));
  else if (what < MESSAGE_COUNT) send(p, what, 0, t);
  else if (what === A_END) finish(p, t);
  else if (what === A_ACCESS) startAccess(p, t);
  else if (what === A_PREPARE) preparation.prepare(p, t);
  else if (what === A_SEARCH) search(p, t);
  else cancel(p, t);
}

function finish(p: Procedure, t: f64): void {
  if (!isNaN(p.endMs)) endedTwice(p.index);
  p.endMs = t;
  conclude(p, O_SUCCESS);
  if (p.outcome !== <u8>O_SUCCESS) forget(p);
  if (p.due === 1) events.push(t, p.next!, encode(START, 0, 0), null);
}
