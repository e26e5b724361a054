/** The end of a handover at its target: path switch, release, prepared cells that were not chosen, a target that does not last. */
import { TARGET_LOST } from "./codes";
import { fire } from "./engine";
import { chartOff } from "./host";
import {
  CANCEL,
  COMPLETE,
  DOWN,
  E_COMPLETE_INSIDE,
  E_STAY_SHORT,
  OTHERS,
  RELEASE,
  RUNNING,
  STATUS,
  STAY_AT_TARGET,
} from "./numbers";
import { candidate as candidateCell, isInside, Procedure } from "./procedure";
import { failureDelayMs, minTimeOfStayMs } from "./settings";
import { linkLost } from "./failures";
import { pause, push, send, watched } from "./transport";

/** The target has the UE. Its link may be known to fail before the minimum time of stay, with no further handover to save it. */
export function completed(p: Procedure, t: f64): void {
  p.downMs = t - p.lastDownMs;
  if (p === watched) chartOff(DOWN, p.lastDownMs, t);
  p.where.held--;
  p.where = p.target;
  p.admitted &= ~1;
  const fails = Math.max(t, p.targetUntilMs + failureDelayMs);
  const following = p.next;
  const isSaved = following !== null && following.timeMs < fails;
  if (p.targetUntilMs < t + minTimeOfStayMs && !isSaved) p.targetFailsMs = fails;
  if (!isInside(p)) fire(p, COMPLETE, t);
  else if (isNaN(p.targetFailsMs)) fire(p, E_COMPLETE_INSIDE, t);
  else stayShort(p, t);
}

export function released(p: Procedure, t: f64): void {
  if (isNaN(p.targetFailsMs) || p.outcome !== <u8>RUNNING) fire(p, RELEASE, t);
  else stayShort(p, t);
}

function stayShort(p: Procedure, t: f64): void {
  fire(p, E_STAY_SHORT, t);
  const fails = Math.max(t, p.targetFailsMs);
  pause(p, STAY_AT_TARGET, t, p.targetUntilMs);
  linkLost(p, p.targetUntilMs, fails);
  push(fails, p, TARGET_LOST);
}

/** The source learns that a conditional handover has been executed. */
export function succeeded(p: Procedure, t: f64): void {
  send(p, STATUS, 0, t);
  cancel(p, t);
}

/** Tells the prepared cells that were not chosen. */
export function cancel(p: Procedure, t: f64): void {
  for (let c = 1; c <= OTHERS; c++)
    if (((p.admitted >> <u8>c) & 1) === 1) {
      const cell = candidateCell(p, c)!;
      if (p.source.node === cell.node) cell.held--;
      else send(p, CANCEL, c, t);
    }
  p.admitted = 0;
}
