/** Links that fail before, during and after a handover, and the re-establishment that follows (TS 38.331 §5.3.7). */
import { FOUND, NOT_FOUND } from "./codes";
import { fire } from "./engine";
import { chartPause } from "./host";
import {
  AGAIN_COMPLETE,
  AGAIN_REQUEST,
  E_BACK_AT_SOURCE,
  E_CONTEXT_HERE,
  E_NOT_FOUND,
  E_RADIO_LINK_FAILURE,
  E_TARGET_LOST,
  LOOK_FOR_CELL,
  O_RADIO_LINK_FAILURE,
  O_TOO_EARLY,
  O_TOO_LATE,
  O_WRONG_CELL,
  OTHERS,
  WAITING,
} from "./numbers";
import { release } from "./preambles";
import {
  candidate as candidateCell,
  conclude,
  moveTo,
  Procedure,
  resume,
  targetAgainMs,
  wantedMs,
} from "./procedure";
import { t311Ms } from "./settings";
import { push, watched } from "./transport";

export function linkFailed(p: Procedure, t: f64): void {
  conclude(p, p.state === <u8>WAITING ? O_RADIO_LINK_FAILURE : O_TOO_LATE);
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
    if (p === watched) chartPause(LOOK_FOR_CELL, t, found);
    push(found, p, FOUND);
    return;
  }
  const following = p.next;
  const served = following === null ? Infinity : Math.max(t, wantedMs(following));
  push(Math.min(p.deadlineMs, served), p, NOT_FOUND);
}

/**
 * User data flow no longer since the link's last good instant, or since they left the source. Where that was before the UE came to the
 * source, its procedure before has counted until its own end.
 */
function interrupt(p: Procedure, t: f64): void {
  const stayed = p.where === p.target;
  const before = p.previous;
  const good = stayed ? p.targetUntilMs : Math.max(p.sourceUntilMs, before === null ? 0 : before.endMs);
  const last = Math.min(t, good);
  const left = stayed ? NaN : p.lastDownMs;
  p.lostMs = left < last ? left : last;
  if (!stayed) p.upMs = 0;
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
