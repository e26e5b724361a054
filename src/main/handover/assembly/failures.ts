/** Links that fail before, during and after a handover, and the re-establishment that follows (TS 38.331 §5.3.7). */
import { FOUND, NOT_FOUND } from "./codes";
import { fire } from "./engine";
import { chartOff, chartUpAnew } from "./host";
import {
  AGAIN_COMPLETE,
  AGAIN_REQUEST,
  COMPLETING,
  DOWN,
  FETCHING,
  E_BACK_AT_SOURCE,
  E_CONTEXT_HERE,
  E_NOT_FOUND,
  E_RADIO_LINK_FAILURE,
  E_TARGET_LOST,
  GROUPED,
  LINK_LOST,
  LOOK_FOR_CELL,
  NO_CELL,
  NO_LINK,
  O_RADIO_LINK_FAILURE,
  O_TOO_EARLY,
  O_TOO_LATE,
  O_WRONG_CELL,
  OTHERS,
  REESTABLISHING,
  REQUESTING,
  RETRIEVING,
  UP,
  WAIT_CONDITION,
  WAIT_GROUP,
  WAITING,
} from "./numbers";
import { release } from "./preambles";
import {
  candidate as candidateCell,
  conclude,
  moveTo,
  Procedure,
  targetAgainMs,
  wantedMs,
} from "./procedure";
import { failureDelayMs, t311Ms } from "./settings";
import { pause, push, watched } from "./transport";

export function linkFailed(p: Procedure, t: f64): void {
  conclude(p, p.state === <u8>WAITING ? O_RADIO_LINK_FAILURE : O_TOO_LATE);
  const good = sourceGoodMs(p);
  if (p.state === <u8>WAITING) pause(p, WAIT_CONDITION, p.configuredMs, good);
  if (p.state === <u8>GROUPED) pause(p, WAIT_GROUP, p.startMs, good);
  linkLost(p, good, t);
  fire(p, E_RADIO_LINK_FAILURE, t);
}

export function targetLost(p: Procedure, t: f64): void {
  conclude(p, t <= p.sourceUntilMs ? O_TOO_EARLY : O_WRONG_CELL);
  fire(p, E_TARGET_LOST, t);
}

export function notFound(p: Procedure, t: f64): void {
  resume(p, t);
  fire(p, E_NOT_FOUND, t);
}

/** After a radio-link failure or a failed access: T311 runs while the UE looks for the source or the target. */
export function search(p: Procedure, t: f64): void {
  interrupt(p, t);
  forget(p);
  p.phase++;
  p.deadlineMs = t + t311Ms;
  const isAtSource = t <= p.sourceUntilMs;
  const found = isAtSource ? t : targetAgainMs(p, t);
  if (found < Infinity) {
    p.access = isAtSource ? p.source : p.target;
    pause(p, LOOK_FOR_CELL, t, found);
    push(found, p, FOUND);
    return;
  }
  const following = p.next;
  const served = following === null ? Infinity : Math.max(t, wantedMs(following));
  const ends = Math.min(p.deadlineMs, served);
  pause(p, NO_CELL, t, ends);
  push(ends, p, NOT_FOUND);
}

/**
 * The last good instant of the source's link. Where that was before the UE came to the source, its procedure before has counted
 * until its own end.
 */
export function sourceGoodMs(p: Procedure): f64 {
  const before = p.previous;
  return Math.max(p.sourceUntilMs, before === null ? 0 : before.endMs);
}

/** Draws a link that is good until an instant, fails and is missing until another. */
export function linkLost(p: Procedure, goodMs: f64, untilMs: f64): void {
  const fails = Math.min(untilMs, goodMs + failureDelayMs);
  pause(p, LINK_LOST, goodMs, fails);
  pause(p, NO_LINK, fails, untilMs);
}

/** User data flow no longer since the link's last good instant, or since they left the source. */
function interrupt(p: Procedure, t: f64): void {
  const stayed = p.where === p.target;
  const last = Math.min(t, stayed ? p.targetUntilMs : sourceGoodMs(p));
  p.lostMs = !stayed && p.lastDownMs < last ? p.lastDownMs : last;
  p.lostUpMs = !stayed && p.lastUpMs < last ? p.lastUpMs : last;
  if (stayed) return;
  p.upMs = 0;
  if (p === watched) chartUpAnew();
}

/** User data flow again, or the UE gives up, after a failure. */
export function resume(p: Procedure, t: f64): void {
  p.downMs += t - p.lostMs;
  p.upMs += t - p.lostUpMs;
  if (p !== watched) return;
  chartOff(DOWN, p.lostMs, t);
  chartOff(UP, p.lostUpMs, t);
}

/** The network gives a procedure up: a UE that has left its source, or has lost its link, has no user data until the end. */
export function giveUp(p: Procedure, t: f64): void {
  const again = (1 << REQUESTING) | (1 << RETRIEVING) | (1 << FETCHING) | (1 << REESTABLISHING);
  if (((again >> <i32>p.state) & 1) === 1) resume(p, t);
  if (p.state !== <u8>COMPLETING) return;
  p.downMs = t - p.lastDownMs;
  if (p === watched) chartOff(DOWN, p.lastDownMs, t);
}

/** The cell has worked on the re-establishment request: it may hold the UE's context. */
export function requested(p: Procedure, t: f64): void {
  fire(p, p.access.node === p.source.node ? E_CONTEXT_HERE : AGAIN_REQUEST, t);
}

export function reestablished(p: Procedure, t: f64): void {
  resume(p, t);
  moveTo(p, p.access);
  fire(p, p.access.node === p.source.node ? E_BACK_AT_SOURCE : AGAIN_COMPLETE, t);
}

/** Gives back what candidates have admitted. */
export function forget(p: Procedure): void {
  for (let c = 0; c <= OTHERS; c++)
    if (((p.admitted >> <u8>c) & 1) === 1) candidateCell(p, c)!.held -= c === 0 ? p.places : 1;
  p.admitted = 0;
  release(p.target, p);
}
