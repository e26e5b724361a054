/** Preparation of targets: requests, admission, groups that share one preparation and one command. */
import { LINK_FAILED } from "./codes";
import { fire } from "./engine";
import { giveUp } from "./failures";
import { allocate } from "./memory";
import { message } from "./message";
import {
  ACKNOWLEDGE,
  COMMAND,
  E_ALONE,
  E_JOIN,
  E_PREPARED,
  E_REFUSED,
  E_SHARED,
  E_START,
  E_STRANDED,
  GROUPED,
  O_REFUSED,
  OTHERS,
  REFUSAL,
  REPORTING,
  REQUEST,
  STAY_AT_SOURCE,
  WAIT_GROUP,
} from "./numbers";
import { reserve } from "./preambles";
import {
  candidate as candidateCell,
  conclude,
  hasOthers,
  isOnSource,
  Procedure,
  sourceFailsMs,
  wantedMs,
} from "./procedure";
import { capacity } from "./settings";
import { command as sendCommand, draw, pause, push, send } from "./transport";

/** [group] procedure that prepares for it */
let leaders: usize = 0;

export function makeGroups(groups: i32): void {
  leaders = allocate(groups, 4);
}

/** Starts a procedure alone, or joins it to the one that prepares for its group. */
export function begin(p: Procedure, t: f64): void {
  if (leaders === 0 || p.group < 0 || p.kind === 1) {
    fire(p, E_START, t);
    return;
  }
  const place = leaders + <usize>p.group * 4;
  const leader = changetype<Procedure | null>(load<usize>(place));
  if (leader === null || !joins(p, leader)) {
    store<usize>(place, changetype<usize>(p));
    fire(p, E_START, t);
    return;
  }
  const last = leader.lastMember;
  if (leader.member === null || last === null) leader.member = p;
  else last.nextMember = p;
  leader.lastMember = p;
  leader.groupSize++;
  fire(p, E_JOIN, t);
}

function joins(p: Procedure, leader: Procedure): bool {
  return leader.state === <u8>REPORTING && leader.source === p.source && leader.target === p.target;
}

/** Asks every candidate; one at the same gNB answers without a message. */
export function prepare(p: Procedure, t: f64): void {
  const others = p.kind === 1 && hasOthers() ? OTHERS : 0;
  p.pending = 1;
  p.answeredMs = t;
  for (let c = 0; c <= others; c++) {
    const cell = candidateCell(p, c);
    if (cell === null) continue;
    if (p.source.node === cell.node) admit(p, c);
    else {
      p.pending++;
      send(p, REQUEST, c, t);
    }
  }
  answered(p, t);
}

/** A candidate has worked on the request. */
export function requested(p: Procedure, candidate: i32, t: f64): void {
  send(p, admit(p, candidate) ? ACKNOWLEDGE : REFUSAL, candidate, t);
}

function admit(p: Procedure, candidate: i32): bool {
  const cell = candidateCell(p, candidate)!;
  const places = candidate === 0 ? p.groupSize : 1;
  if (cell.held + places > capacity) return false;
  cell.held += places;
  p.admitted |= <u8>(1 << (<u8>candidate));
  if (candidate === 0) {
    p.places = places;
    if (p.kind === 0) reserve(cell, p);
  }
  return true;
}

/** One candidate less to wait for; with the last answer the machine moves on. */
export function answered(p: Procedure, t: f64): void {
  const left = <i32>p.pending - 1;
  p.pending = <u8>left;
  p.answeredMs = Math.max(p.answeredMs, t);
  if (left > 0) return;
  if ((p.admitted & 1) === 1) fire(p, E_PREPARED, p.answeredMs);
  else networkFailed(p, E_REFUSED, O_REFUSED, p.answeredMs);
}

/** One command, for the UE or for all that joined it. */
export function command(p: Procedure, t: f64): void {
  p.lastDownMs = p.lastUpMs = t;
  const done = sendCommand(p, t);
  const spare = p.places - 1;
  let taken = 0;
  let member = p.member;
  while (member !== null) {
    if (member.state === <u8>GROUPED) {
      taken++;
      share(member, t);
    }
    member = member.nextMember;
  }
  p.member = null;
  p.places = 1;
  p.target.held -= spare - taken;
  if (done >= 0) fire(p, COMMAND, done);
}

/** The command of its group reaches a member: it has its own air, and costs no message of its own. */
function share(member: Procedure, t: f64): void {
  member.places = 1;
  member.admitted = 1;
  reserve(member.target, member);
  member.lastDownMs = member.lastUpMs = t;
  pause(member, WAIT_GROUP, member.startMs, t);
  fire(member, E_SHARED, t);
  const wayMs = member.serviceDelayMs;
  const workMs = message(COMMAND).workMs;
  const lost = t + wayMs > member.sourceUntilMs;
  draw(member, COMMAND, 0, 0, t, wayMs, 0, lost ? 0 : workMs, lost);
  if (!lost) push(t + wayMs + workMs, member, COMMAND);
}

/** Those that joined a procedure no longer wait for it. */
export function dissolve(p: Procedure, t: f64): void {
  let member = p.member;
  while (member !== null) {
    if (member.state === <u8>GROUPED) {
      pause(member, WAIT_GROUP, member.startMs, t);
      fire(member, E_ALONE, t);
    }
    member = member.nextMember;
  }
  p.member = null;
}

/** The network has refused or lost a procedure, and with it all that joined it. */
export function networkFailed(p: Procedure, what: i32, outcome: i32, t: f64): void {
  let member = p.member;
  while (member !== null) {
    if (member.state === <u8>GROUPED) {
      pause(member, WAIT_GROUP, member.startMs, t);
      leave(member, what, outcome, t);
    }
    member = member.nextMember;
  }
  p.member = null;
  leave(p, what, outcome, t);
}

/** A UE that is still at its source stays there, until that fails or its next handover comes. */
function leave(p: Procedure, what: i32, outcome: i32, t: f64): void {
  conclude(p, outcome);
  giveUp(p, t);
  const fails = sourceFailsMs(p);
  const following = p.next;
  const isSaved = fails === Infinity || (following !== null && wantedMs(following) < fails);
  const isStranded = isOnSource(p) && !isSaved;
  if (isStranded) {
    pause(p, STAY_AT_SOURCE, t, p.sourceUntilMs);
    push(fails, p, LINK_FAILED);
  }
  fire(p, isStranded ? E_STRANDED : what, t);
}
