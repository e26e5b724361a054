/** Preparation of targets: requests, admission, groups that share one preparation and one command. */
import { OTHERS } from "./attempts.ts";
import { E, LINK_FAILED, ON_SOURCE, S } from "./codes.ts";
import type { Machinery } from "./machinery.ts";
import * as m from "./messages.ts";
import type { Outcome } from "./procedure.ts";

export class Preparation {
  readonly #of: Machinery;
  /** [group] procedure that prepares for it */
  readonly #leader: Int32Array;

  constructor(machinery: Machinery) {
    this.#of = machinery;
    const { groupOf } = machinery.attempts;
    const groups = groupOf?.reduce((most, group) => Math.max(most, group), -1) ?? -1;
    this.#leader = new Int32Array(groups + 1).fill(-1);
  }

  /** Starts a procedure alone, or joins it to the one that prepares for its group. */
  begin(p: number, t: number): void {
    const { attempts, progress } = this.#of;
    const group = attempts.groupOf?.[p] ?? -1;
    if (group < 0 || attempts.kind[p] === 1) {
      this.#of.fire(p, E.start, t);
      return;
    }
    const leader = this.#leader[group];
    if (leader < 0 || !this.#joins(p, leader)) {
      this.#leader[group] = p;
      this.#of.fire(p, E.start, t);
      return;
    }
    progress.nextMember[p] = progress.member[leader];
    progress.member[leader] = p;
    progress.groupSize[leader]++;
    this.#of.fire(p, E.join, t);
  }

  #joins(p: number, leader: number): boolean {
    const { source, target } = this.#of.attempts;
    const early = this.#of.progress.state[leader] === S.reporting;
    return early && source[leader] === source[p] && target[leader] === target[p];
  }

  /** Asks every candidate; one at the same gNB answers without a message. */
  prepare(p: number, t: number): void {
    const { attempts, progress, transport } = this.#of;
    const others = attempts.kind[p] === 1 && attempts.otherCandidates ? OTHERS : 0;
    progress.pending[p] = 1;
    for (let c = 0; c <= others; c++) {
      const cell = progress.candidate(p, c);
      if (cell === 0) continue;
      if (progress.sameNode(attempts.source[p], cell)) this.#admit(p, c);
      else {
        progress.pending[p]++;
        transport.send(p, m.REQUEST, c, t);
      }
    }
    this.answered(p, t);
  }

  /** A candidate has worked on the request. */
  requested(p: number, candidate: number, t: number): void {
    const answer = this.#admit(p, candidate) ? m.ACKNOWLEDGE : m.REFUSAL;
    this.#of.transport.send(p, answer, candidate, t);
  }

  #admit(p: number, candidate: number): boolean {
    const { attempts, progress, preambles, settings } = this.#of;
    const cell = progress.candidate(p, candidate);
    const places = candidate === 0 ? progress.groupSize[p] : 1;
    if (progress.held[cell] + places > settings.capacity) return false;
    progress.held[cell] += places;
    progress.admitted[p] |= 1 << candidate;
    if (candidate === 0) {
      progress.places[p] = places;
      if (attempts.kind[p] === 0) preambles.reserve(cell, p);
    }
    return true;
  }

  /** One candidate less to wait for; with the last answer the machine moves on. */
  answered(p: number, t: number): void {
    const { pending, admitted } = this.#of.progress;
    if (--pending[p] > 0) return;
    if ((admitted[p] & 1) === 1) this.#of.fire(p, E.prepared, t);
    else this.networkFailed(p, E.refused, "refused", t);
  }

  /** One command, for the UE or for all that joined it. */
  command(p: number, t: number): void {
    const { attempts, progress, transport } = this.#of;
    progress.lastDownMs[p] = progress.lastUpMs[p] = t;
    const done = transport.command(p, t);
    const spare = progress.places[p] - 1;
    let taken = 0;
    for (let member = progress.member[p]; member >= 0; member = progress.nextMember[member]) {
      if (progress.state[member] !== S.grouped) continue;
      taken++;
      this.#share(member, t);
    }
    progress.member[p] = -1;
    progress.places[p] = 1;
    progress.held[attempts.target[p]] -= spare - taken;
    if (done >= 0) this.#of.fire(p, m.COMMAND, done);
  }

  /** The command of its group reaches a member: it has its own air, and costs no message of its own. */
  #share(member: number, t: number): void {
    const { attempts, progress, preambles, settings, transport } = this.#of;
    progress.places[member] = 1;
    progress.admitted[member] = 1;
    preambles.reserve(attempts.target[member], member);
    progress.lastDownMs[member] = progress.lastUpMs[member] = t;
    this.#of.fire(member, E.shared, t);
    const wayMs = attempts.serviceDelayMs[member];
    const lost = t + wayMs > attempts.sourceUntilMs[member];
    const workMs = lost ? 0 : settings.rrcMs;
    if (member === transport.chart.watched) transport.chart.message(m.COMMAND, 0, t, wayMs, 0, workMs, lost);
    if (!lost) transport.push(t + wayMs + settings.rrcMs, member, m.COMMAND);
  }

  /** Those that joined a procedure no longer wait for it. */
  dissolve(p: number, t: number): void {
    const { progress } = this.#of;
    for (let member = progress.member[p]; member >= 0; member = progress.nextMember[member])
      if (progress.state[member] === S.grouped) this.#of.fire(member, E.alone, t);
    progress.member[p] = -1;
  }

  /** The network has refused or lost a procedure, and with it all that joined it. */
  networkFailed(p: number, what: number, outcome: Outcome, t: number): void {
    const { progress } = this.#of;
    for (let member = progress.member[p]; member >= 0; member = progress.nextMember[member])
      if (progress.state[member] === S.grouped) this.#leave(member, what, outcome, t);
    progress.member[p] = -1;
    this.#leave(p, what, outcome, t);
  }

  /** A UE that is still at its source stays there, until that fails or its next handover comes. */
  #leave(p: number, what: number, outcome: Outcome, t: number): void {
    const { attempts, progress, transport } = this.#of;
    progress.set(p, outcome);
    const fails = progress.sourceFailsMs(p);
    const next = progress.next[p];
    const saved = fails === Infinity || (next >= 0 && attempts.timeMs[next] < fails);
    const stranded = ON_SOURCE[progress.state[p]] === 1 && !saved;
    if (stranded) transport.push(fails, p, LINK_FAILED);
    this.#of.fire(p, stranded ? E.stranded : what, t);
  }
}
