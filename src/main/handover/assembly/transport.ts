/**
 * Carries the messages of the engine: who sends to which cell, how long it takes, what it costs, whether the radio link or a full
 * queue loses it. Every transmission is booked to its procedure and in the ledger, lost or not.
 */
import { Cell } from "./cell";
import {
  againOf,
  candidateOf,
  encode,
  LINK_FAILED,
  NOT_FOUND,
  ONCE_MORE,
  phaseOf,
  TARGET_LOST,
  typeOf,
} from "./codes";
import { chartMessage, chartPause } from "./host";
import { queued, sent } from "./ledger";
import { message, Message } from "./message";
import {
  AGAIN_REQUEST,
  CELL,
  COMMAND,
  COMPLETE,
  LINK_LOST,
  NG,
  OTHER,
  SEND_AGAIN,
  SOURCE,
  STATUS,
  TARGET,
  UU,
  WAIT_T311,
} from "./numbers";
import {
  airMs,
  candidate as candidateCell,
  isInside,
  isOnSource,
  isUsable,
  isValid,
  Procedure,
  procedureAt,
  sourceFailsMs,
} from "./procedure";
import { drop, offer, waiting } from "./processors";
import * as events from "./queue";
import * as repeats from "./repeats";
import {
  coreMs,
  failureDelayMs,
  interSatelliteMs,
  isGrouped,
  maxRetransmissions,
  retransmissionMs,
  retryMs,
} from "./settings";

/** the procedure whose chart is drawn */
export let watched: Procedure | null = null;

export function watch(index: i32): void {
  watched = index < 0 ? null : procedureAt(index);
}

/** An event of the UE, void once the procedure's phase is another. */
export function push(atMs: f64, p: Procedure, type: i32): void {
  events.push(atMs, p, encode(type, 0, p.phase), null);
}

/** Sends, except what stays inside a gNB that holds both cells. `candidate` tells which prepared cell takes part. */
export function send(p: Procedure, kind: i32, candidate: i32, atMs: f64): void {
  if (kind === STATUS && isInside(p)) return;
  if (!carry(p, kind, candidate, atMs)) radioLost(p, kind, atMs);
}

/** Sends the command; answers when the UE has worked on it, −1 where something may come between or the air loses it. */
export function command(p: Procedure, atMs: f64): f64 {
  const what = message(COMMAND);
  const wayMs = p.serviceDelayMs;
  const arrives = atMs + wayMs;
  const done = arrives + what.workMs;
  if (arrives > p.sourceUntilMs || done >= sourceFailsMs(p)) {
    send(p, COMMAND, 0, atMs);
    return -1;
  }
  const bytes = bytesOf(p, what);
  book(p, COMMAND, p.source, bytes, atMs);
  draw(p, COMMAND, 0, bytes, atMs, wayMs, 0, what.workMs, false);
  return done;
}

/** Sends to the core, which no other event concerns; answers when it has worked on the message. */
export function toCore(p: Procedure, kind: i32, atMs: f64): f64 {
  const what = message(kind);
  const bytes = bytesOf(p, what);
  book(p, kind, cellOf(p, what.at, 0), bytes, atMs);
  draw(p, kind, 0, bytes, atMs, coreMs, 0, what.workMs, false);
  return atMs + coreMs + what.workMs;
}

/** Sends again what met a full queue of its cell. */
export function again(p: Procedure, code: i32, cell: Cell, nowMs: f64): void {
  const kind = typeOf(code);
  const wayMs = way(p, message(kind), candidateOf(code), cell);
  const isNear = wayMs <= retryMs;
  const atMs = isNear ? nowMs - wayMs + retryMs : nowMs;
  const bytes = bytesOf(p, message(kind));
  book(p, kind, cell, bytes, atMs);
  const lost = message(kind).interface === <u8>UU && !isUsable(p, cell, atMs);
  if (p === watched)
    chartPause(SEND_AGAIN, nowMs, atMs, kind, candidateNumber(p, candidateOf(code)), p.access.number);
  if (lost) draw(p, kind, candidateOf(code), bytes, atMs, wayMs, 0, 0, true);
  const arrives = isNear ? nowMs + retryMs : nowMs + wayMs;
  expectFailure(p, lost ? Infinity : arrives);
  if (lost) radioLost(p, kind, atMs);
  else if (isNear) repeats.push(arrives, p, code + ONCE_MORE, cell, bytes, wayMs, calm(p, kind, cell, wayMs));
  else events.push(arrives, p, code + ONCE_MORE, cell);
}

/** Until when a message can only be dropped or served: its link holds, and none has failed that its UE waits at. */
function calm(p: Procedure, kind: i32, cell: Cell, wayMs: f64): f64 {
  if (isGrouped || p === watched) return -Infinity;
  const fails = isOnSource(p) ? sourceFailsMs(p) : Infinity;
  if (message(kind).interface !== <u8>UU) return fails;
  const untilMs = cell === p.source ? p.sourceUntilMs : p.targetUntilMs;
  return Math.min(fails, untilMs + wayMs);
}

/**
 * Most that are sent again only meet the full queue again. Does that with the first of them, as `work` and `again` would;
 * answers false where more is to be done.
 */
export function dropAgain(): bool {
  const repeat = repeats.first();
  const timeMs = repeat.timeMs;
  const code = repeat.code;
  const cell = repeat.cell;
  const arrives = timeMs + retryMs;
  if (arrives >= repeat.calmMs || againOf(code) >= maxRetransmissions) return false;
  if (!isValid(repeat.procedure, phaseOf(code)) || !drop(cell.node, timeMs)) return false;
  queued(timeMs, cell, waiting, true);
  sent(timeMs - repeat.wayMs + retryMs, cell, typeOf(code), repeat.bytes);
  repeat.code = code + ONCE_MORE;
  repeat.dropped++;
  repeats.turn(arrives);
  return true;
}

/** Books to its procedure what `dropAgain` has done with the first of them, and takes that out. */
export function takeRepeated(): void {
  const repeat = repeats.first();
  const p = repeat.procedure;
  p.messages += repeat.dropped;
  p.bytes += repeat.dropped * repeat.bytes;
  p.drops += <u16>repeat.dropped;
  repeats.drop();
}

/** The air has lost a message. Those at the source are followed by its radio-link failure: see `expectFailure`. */
function radioLost(p: Procedure, kind: i32, t: f64): void {
  if (kind === COMPLETE) {
    const fails = Math.max(t, Math.min(t, p.targetUntilMs) + failureDelayMs);
    pause(p, LINK_LOST, t, fails);
    push(fails, p, TARGET_LOST);
  }
  if (kind >= AGAIN_REQUEST) {
    pause(p, WAIT_T311, t, p.deadlineMs);
    push(Math.max(t, p.deadlineMs), p, NOT_FOUND);
  }
}

/** Gives an arrived message to the processors of its cell's gNB, if it has one: when it is done, or −1 if it was dropped. */
export function work(p: Procedure, code: i32, cell: Cell | null, atMs: f64): f64 {
  if (cell === null) return atMs;
  const serviceMs = againOf(code) === 0 ? message(typeOf(code)).serviceMs : retransmissionMs;
  const done = offer(cell.node, atMs, serviceMs);
  queued(atMs, cell, waiting, done < 0);
  if (p === watched) noteWork(p, code, atMs, serviceMs, done);
  return done;
}

/** Books preamble or response, which meet no queue. */
export function air(p: Procedure, kind: i32, atMs: f64, lost: bool): void {
  const bytes = message(kind).bytes;
  book(p, kind, p.access, bytes, atMs);
  draw(p, kind, 0, bytes, atMs, airMs(p, p.access), 0, 0, lost);
}

/**
 * The failure of the source's radio link becomes an event only where it comes before what a UE at its source waits for: a message
 * that is done or arrives at an instant (Infinity: lost). Those that wait for something else have it from their start.
 */
function expectFailure(p: Procedure, untilMs: f64): void {
  if (!isOnSource(p)) return;
  const fails = sourceFailsMs(p);
  if (fails <= untilMs && fails < Infinity) push(fails, p, LINK_FAILED);
}

/** Puts a message on its way; tells whether it arrives. */
function carry(p: Procedure, kind: i32, candidate: i32, atMs: f64): bool {
  const what = message(kind);
  const cell = cellOf(p, what.at, candidate);
  const wayMs = way(p, what, candidate, cell);
  const bytes = bytesOf(p, what);
  book(p, kind, cell, bytes, atMs);
  const toGnb = what.toGnb === 1;
  const arrives = atMs + wayMs;
  const lost = what.interface === <u8>UU && !isUsable(p, cell, toGnb ? atMs : arrives);
  const workMs = what.workMs;
  if (lost || !toGnb) draw(p, kind, candidate, bytes, atMs, wayMs, 0, lost ? 0 : workMs, lost);
  expectFailure(p, lost ? Infinity : arrives + workMs);
  if (lost) return false;
  events.push(arrives + workMs, p, encode(kind, candidate, p.phase), toGnb ? cell : null);
  return true;
}

function book(p: Procedure, kind: i32, cell: Cell, bytes: u32, atMs: f64): void {
  p.messages++;
  p.bytes += bytes;
  sent(atMs, cell, kind, bytes);
}

function noteWork(p: Procedure, code: i32, atMs: f64, serviceMs: f64, done: f64): void {
  const what = message(typeOf(code));
  const candidate = candidateOf(code);
  const wayMs = way(p, what, candidate, cellOf(p, what.at, candidate));
  const lost = done < 0;
  const waitMs = lost ? 0 : Math.max(0, done - atMs - serviceMs);
  const bytes = bytesOf(p, what);
  draw(p, typeOf(code), candidate, bytes, atMs - wayMs, wayMs, waitMs, lost ? 0 : serviceMs, lost);
}

/** A message of the chart, if this is the watched procedure. */
export function draw(
  p: Procedure,
  kind: i32,
  candidate: i32,
  bytes: u32,
  startMs: f64,
  wayMs: f64,
  waitMs: f64,
  workMs: f64,
  lost: bool,
): void {
  if (p !== watched) return;
  const other = candidateNumber(p, candidate);
  chartMessage(kind, bytes, startMs, wayMs, waitMs, workMs, lost, other, p.access.number);
}

/** A wait of the chart, if this is the watched procedure. */
export function pause(p: Procedure, what: i32, startMs: f64, endMs: f64): void {
  if (p === watched) chartPause(what, startMs, endMs, -1, 0, p.access.number);
}

function candidateNumber(p: Procedure, candidate: i32): u32 {
  return candidate === 0 ? 0 : candidateCell(p, candidate)!.number;
}

/** Bytes of a message with the further UEs that it stands for. */
function bytesOf(p: Procedure, what: Message): u32 {
  return isGrouped ? what.bytes + what.memberBytes * (p.groupSize - 1) : what.bytes;
}

/** Cell of a role that a gNB plays; the UE and the core have that of the source. */
function cellOf(p: Procedure, role: u8, candidate: i32): Cell {
  if (role === <u8>CELL) return p.access;
  const isTarget = role === <u8>TARGET || role === <u8>OTHER;
  if (candidate === 0) return isTarget ? p.target : p.source;
  return role === <u8>SOURCE ? p.source : candidateCell(p, candidate)!;
}

/** Propagation of a message that is booked to a cell. */
function way(p: Procedure, what: Message, candidate: i32, cell: Cell): f64 {
  if (what.interface === <u8>UU) return airMs(p, cell);
  if (what.interface === <u8>NG) return coreMs;
  const from = cellOf(p, what.from, candidate);
  const isAtTarget = from === p.target || cell === p.target;
  const isFar = isAtTarget ? p.interSatellite === 1 : from.node !== cell.node;
  return isFar ? interSatelliteMs : 0;
}
