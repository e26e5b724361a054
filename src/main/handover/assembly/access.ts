/** Random access of a procedure to its target, or to the cell of a re-establishment: tries, T304 and T311, success and failure. */
import { ACCESS_FAILED, ACCESSED, EXPIRED, OCCASION, TRY } from "./codes";
import { fire } from "./engine";
import { resume } from "./failures";
import { chartOff } from "./host";
import { executed, tried } from "./ledger";
import { allocate } from "./memory";
import {
  ACCESSING,
  BACK_OFF,
  E_ACCESS_FAILED,
  E_ACCESSED,
  O_RACH_FAILURE,
  O_T304_EXPIRY,
  O_TOO_EARLY,
  O_WRONG_CELL,
  PREAMBLE,
  PREPARE_RESPONSE,
  READ_SIB19,
  RESPONSE,
  UP,
  WAIT_OCCASION,
  WAIT_RESPONSE,
} from "./numbers";
import { choose, nextOccasion, release } from "./preambles";
import { airMs, conclude, isUsable, Procedure, targetAgainMs } from "./procedure";
import { time as eventMs } from "./queue";
import * as random from "./random";
import { backoffMs, responseMs, responseWindowMs, sib19Ms, t304Ms, t430Ms, triesMax } from "./settings";
import { air, pause, push, watched } from "./transport";

/** [try] how likely it is heard */
let detection: usize = 0;

export function makeDetection(): usize {
  detection = allocate(triesMax + 1, 8);
  return detection;
}

export function start(p: Procedure, t: f64): void {
  p.triesNow = 0;
  p.heard = 0;
  const from = p.state === <u8>ACCESSING ? startTimer(p, t) : t;
  executed(t, p.access);
  if (from > t) beforeDeadline(p, TRY, from);
  else attempt(p, t);
}

/** T304 runs; answers when the first try may be made, which is after SIB19 where T430 has run out. */
function startTimer(p: Procedure, t: f64): f64 {
  p.deadlineMs = t + t304Ms;
  const isStale = p.kind === 1 && t - p.configuredMs > t430Ms;
  const from = isStale ? t + sib19Ms : t;
  pause(p, READ_SIB19, t, Math.min(from, p.deadlineMs));
  return from;
}

/** Event at an instant, or the expiry of the timer if that is before. */
function beforeDeadline(p: Procedure, type: i32, t: f64): void {
  if (t <= p.deadlineMs) push(t, p, type);
  else push(p.deadlineMs, p, EXPIRED);
}

/** Draws of a procedure's next try: `part` 0 its preamble, 1 its luck. */
function draw(p: Procedure, part: i32): void {
  random.draw((p.index << 17) | (2 * <i32>p.tries + part), <u32>p.index >>> 15);
}

/** A try for the next occasion. */
export function attempt(p: Procedure, t: f64): void {
  const at = nextOccasion(t);
  p.met = 0;
  if (p.dedicated === 0 && at <= p.deadlineMs) {
    draw(p, 0);
    choose(p.access, p, at, eventMs);
  }
  pause(p, WAIT_OCCASION, t, Math.min(at, p.deadlineMs));
  // a UE that meets nobody knows at once what comes of it
  if (at <= p.deadlineMs && p.dedicated === 1) occasion(p, at);
  else beforeDeadline(p, OCCASION, at);
}

export function occasion(p: Procedure, t: f64): void {
  const cell = p.access;
  const met = p.met === 1;
  draw(p, 1);
  const chance = random.first;
  const waitMs = random.second * backoffMs;
  p.tries++;
  p.triesNow++;
  const tries = <i32>p.triesNow;
  const roundTripMs = 2 * airMs(p, cell);
  const usable = isUsable(p, cell, t);
  if (usable) p.heard = 1;
  const heard =
    usable &&
    !met &&
    chance < load<f64>(detection + <usize>tries * 8) &&
    isUsable(p, cell, t + roundTripMs + responseMs);
  tried(t, cell, met);
  air(p, PREAMBLE, t, !heard);
  if (heard) {
    respond(p, t);
    return;
  }
  const closed = t + roundTripMs + responseWindowMs;
  pause(p, WAIT_RESPONSE, t + 0.5 * roundTripMs, Math.min(closed, p.deadlineMs));
  if (tries >= triesMax) beforeDeadline(p, ACCESS_FAILED, closed);
  else {
    pause(p, BACK_OFF, closed, Math.min(closed + waitMs, p.deadlineMs));
    beforeDeadline(p, TRY, closed + waitMs);
  }
}

function respond(p: Procedure, t: f64): void {
  const delayMs = airMs(p, p.access);
  const sent = t + delayMs + responseMs;
  pause(p, PREPARE_RESPONSE, t + delayMs, sent);
  air(p, RESPONSE, sent, false);
  const heard = t + 2 * delayMs + responseMs;
  // nobody waits for a preamble of contention
  if (heard <= p.deadlineMs && p.dedicated === 0) accessed(p, heard);
  else beforeDeadline(p, ACCESSED, heard);
}

export function accessed(p: Procedure, t: f64): void {
  release(p.target, p);
  if (p.state === <u8>ACCESSING) {
    p.upMs = t - p.lastUpMs;
    if (p === watched) chartOff(UP, p.lastUpMs, t);
  }
  fire(p, E_ACCESSED, t);
}

/** All tries have failed, or the timer has run out. */
export function failed(p: Procedure, type: i32, t: f64): void {
  release(p.target, p);
  if (p.state !== <u8>ACCESSING) resume(p, t);
  else if (p.heard === 1) conclude(p, type === EXPIRED ? O_T304_EXPIRY : O_RACH_FAILURE);
  else if (t <= p.sourceUntilMs) conclude(p, O_TOO_EARLY);
  else conclude(p, targetAgainMs(p, t) < Infinity ? O_T304_EXPIRY : O_WRONG_CELL);
  fire(p, E_ACCESS_FAILED, t);
}
