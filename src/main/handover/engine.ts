/**
 * The discrete-event engine behind `signalling.ts`: takes events in order of time, walks the machines of `procedure.ts` and
 * does what their transitions say. One heap, columns by procedure, no objects per message. A message that a gNB takes is
 * known to be done at an instant, so its consequences are sent from that instant on without a further event.
 */
import { Random } from "../math/random.ts";
import { OTHERS, procedures, type Attempts, type Procedures, type SignallingSettings } from "./attempts.ts";
import {
  A,
  ACCESSED,
  ACCESS_FAILED,
  CONDITION,
  E,
  EXPIRED,
  FOUND,
  LINK_FAILED,
  NOT_FOUND,
  OCCASION,
  ON_SOURCE,
  OUTCOME,
  RUNNING,
  S,
  START,
  TARGET_LOST,
  TRY,
} from "./codes.ts";
import * as m from "./messages.ts";
import {
  EVENT_COUNT,
  eventName,
  FIRST_ACTION,
  MACHINES,
  STATES,
  UNKNOWN,
  type Outcome,
} from "./procedure.ts";
import { detection, Preambles } from "./rach.ts";
import { failureDelay } from "./radio-link.ts";
import { encode, Transport } from "./transport.ts";

export class Engine {
  readonly out: Procedures;
  readonly transport: Transport;
  /** [cell] UEs it holds, with those it has admitted */
  readonly held: Int32Array;
  readonly #a: Attempts;
  readonly #s: SignallingSettings;
  readonly #random: Random;
  readonly #preambles: Preambles;
  readonly #failureDelay: number;
  /** [procedure] state of its machine */
  readonly #state: Uint8Array;
  /** the next procedure of the same UE, −1 none; 1 when its time has come while this one ran */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #due: Uint8Array;
  /** candidates that have not answered, and those that have admitted the UE (bits) */
  readonly #pending: Uint8Array;
  readonly #admitted: Uint8Array;
  /** UEs that the target has admitted under this procedure */
  readonly #places: Int32Array;
  readonly #conditionMet: Uint8Array;
  readonly #configuredMs: Float64Array;
  /** last user data down and up, as `procedures` counts them */
  readonly #lastDownMs: Float64Array;
  readonly #lastUpMs: Float64Array;
  /** when T304, or T311, runs out */
  readonly #deadlineMs: Float64Array;
  /** tries of the present access; 1: some preamble was sent while the cell was usable */
  readonly #tries: Uint16Array;
  readonly #heard: Uint8Array;
  readonly #lostMs: Float64Array;
  /** cell that counts the UE */
  readonly #where: Uint32Array;
  /** when a target that is lost too soon fails; NaN */
  readonly #targetFailsMs: Float64Array;
  /** first member that waits for this procedure's command, next member of the same; −1 none */
  readonly #member: Int32Array;
  readonly #nextMember: Int32Array;
  /** [group] procedure that prepares for it */
  readonly #leader: Int32Array;

  constructor(attempts: Attempts, settings: SignallingSettings, watched: number) {
    const n = attempts.count;
    this.#a = attempts;
    this.#s = settings;
    this.out = procedures(n);
    this.transport = new Transport(attempts, settings, this.out, watched);
    this.held = Int32Array.from(settings.held);
    this.#random = new Random(settings.seed, "signalling");
    this.#preambles = new Preambles(settings.nodeOf.length, n, settings.rach);
    this.#failureDelay = failureDelay(settings.radioLink);
    this.#state = new Uint8Array(n);
    this.#next = new Int32Array(n).fill(-1);
    this.#previous = new Int32Array(n).fill(-1);
    this.#due = new Uint8Array(n);
    this.#pending = new Uint8Array(n);
    this.#admitted = new Uint8Array(n);
    this.#places = new Int32Array(n);
    this.#conditionMet = new Uint8Array(n);
    this.#configuredMs = new Float64Array(n);
    this.#lastDownMs = new Float64Array(n).fill(NaN);
    this.#lastUpMs = new Float64Array(n);
    this.#deadlineMs = new Float64Array(n);
    this.#tries = new Uint16Array(n);
    this.#heard = new Uint8Array(n);
    this.#lostMs = new Float64Array(n);
    this.#where = attempts.source.slice(0, n);
    this.#targetFailsMs = new Float64Array(n).fill(NaN);
    this.#member = new Int32Array(n).fill(-1);
    this.#nextMember = new Int32Array(n).fill(-1);
    const groups = attempts.groupOf?.reduce((most, group) => Math.max(most, group), -1) ?? -1;
    this.#leader = new Int32Array(groups + 1).fill(-1);
    this.#chain();
  }

  run(): void {
    const { heap } = this.transport;
    const order = this.#order();
    let begun = 0;
    while (begun < order.length || heap.size > 0) {
      const startMs = begun < order.length ? this.#startMs(order[begun]) : Infinity;
      if (heap.size === 0 || startMs <= heap.time) {
        this.#begin(order[begun++], startMs);
        continue;
      }
      const { time, item, code } = heap;
      heap.pop();
      this.#take(item, code, time);
    }
  }

  /** Links the procedures of each UE. */
  #chain(): void {
    const { count, ue } = this.#a;
    const ues = ue.reduce((most, u) => Math.max(most, u), -1) + 1;
    const last = new Int32Array(ues).fill(-1);
    for (let p = 0; p < count; p++) {
      const before = last[ue[p]];
      this.#previous[p] = before;
      if (before >= 0) this.#next[before] = p;
      last[ue[p]] = p;
    }
  }

  #startMs(p: number): number {
    return this.#a.kind[p] === 1 ? this.#a.preparedMs[p] : this.#a.timeMs[p];
  }

  /** Procedures in order of their start. */
  #order(): Uint32Array {
    const order = new Uint32Array(this.#a.count);
    for (let i = 0; i < order.length; i++) order[i] = i;
    const late = order.some((p) => p > 0 && this.#startMs(p) < this.#startMs(p - 1));
    return late ? order.sort((a, b) => this.#startMs(a) - this.#startMs(b) || a - b) : order;
  }

  /** Starts a procedure; one UE has one at a time, and a later one waits for the end of the one before. */
  #begin(p: number, t: number): void {
    const before = this.#previous[p];
    if (before >= 0 && this.#state[before] !== S.ended) {
      this.#due[before] = 1;
      return;
    }
    this.out.startMs[p] = t;
    const fails = this.#a.sourceUntilMs[p] + this.#failureDelay;
    if (fails <= t) {
      this.#set(p, "radio-link-failure");
      this.#fire(p, E.radioLinkFailure, t);
      return;
    }
    if (fails < Infinity) this.transport.heap.push(fails, p, encode(LINK_FAILED, 0, 0, 0));
    if (this.#a.kind[p] === 1)
      this.transport.heap.push(Math.max(t, this.#a.timeMs[p]), p, encode(CONDITION, 0, 0, 0));
    const group = this.#a.groupOf?.[p] ?? -1;
    if (group < 0 || this.#a.kind[p] === 1) this.#fire(p, E.start, t);
    else this.#beginInGroup(p, group, t);
  }

  #beginInGroup(p: number, group: number, t: number): void {
    const { source, target } = this.#a;
    const leader = this.#leader[group];
    const joins =
      leader >= 0 &&
      this.#state[leader] === S.reporting &&
      source[leader] === source[p] &&
      target[leader] === target[p];
    if (!joins) {
      this.#leader[group] = p;
      this.#fire(p, E.start, t);
      return;
    }
    this.#nextMember[p] = this.#member[leader];
    this.#member[leader] = p;
    this.transport.groupSize[leader]++;
    this.#fire(p, E.join, t);
  }

  #take(p: number, code: number, t: number): void {
    const type = code & 63;
    const valid = code >> 17 === this.transport.phase[p] && this.#state[p] !== S.ended;
    if (type < START) this.#arrive(p, type, (code >> 6) & 7, (code >> 9) & 255, valid, t);
    else if (type === START) this.#begin(p, t);
    else if (valid) this.#happen(p, type, t);
  }

  /** What happens at the UE. */
  #happen(p: number, type: number, t: number): void {
    if (type === CONDITION) {
      this.#conditionMet[p] = 1;
      if (this.#state[p] === S.waiting) this.#execute(p, t);
    } else if (type === TRY) this.#try(p, t);
    else if (type === OCCASION) this.#occasion(p, t);
    else if (type === ACCESSED) this.#accessed(p, t);
    else if (type === ACCESS_FAILED || type === EXPIRED) this.#accessFailed(p, type, t);
    else if (type === LINK_FAILED) this.#linkFailed(p, t);
    else if (type === TARGET_LOST) this.#targetLost(p, t);
    else if (type === FOUND) this.#fire(p, E.found, t);
    else if (type === NOT_FOUND) {
      this.#interrupt(p, t);
      this.#fire(p, E.notFound, t);
    }
  }

  /** A message reaches its receiver: it is worked on, dropped and sent again, or given up. */
  #arrive(p: number, kind: number, candidate: number, again: number, valid: boolean, t: number): void {
    const done = this.transport.work(p, kind, candidate, again, t);
    const aside = kind === m.STATUS || kind === m.CANCEL || kind === m.SUCCESS || kind === m.CONFIGURED;
    if (done < 0) {
      if (!valid && !aside) return;
      if (this.transport.again(p, kind, candidate, again, t)) return;
      // a timer of the network does in the end what the lost message should have done
      if (aside) this.#reactAside(p, kind, candidate, t);
      else this.#givenUp(p, kind, candidate, again, t);
    } else if (aside) this.#reactAside(p, kind, candidate, done);
    else if (valid) this.#react(p, kind, candidate, done);
  }

  #givenUp(p: number, kind: number, candidate: number, again: number, t: number): void {
    if (again < this.#s.maxRetransmissions) this.#radioLost(p, kind, t);
    else if (candidate > 0) this.#answered(p, t);
    else {
      this.#networkFailed(p, E.overload, "overload", t);
    }
  }

  #reactAside(p: number, kind: number, candidate: number, t: number): void {
    if (kind === m.SUCCESS) {
      this.transport.send(p, m.STATUS, 0, 0, t);
      this.#cancel(p, t);
    } else if (kind === m.CANCEL) this.held[this.transport.candidate(p, candidate)]--;
  }

  #react(p: number, kind: number, candidate: number, t: number): void {
    if (kind === m.REQUEST) {
      const admitted = this.#admit(p, candidate);
      this.#send(p, admitted ? m.ACKNOWLEDGE : m.REFUSAL, candidate, t);
    } else if (kind === m.ACKNOWLEDGE || kind === m.REFUSAL) this.#answered(p, t);
    else if (kind === m.CONFIGURE) {
      this.#configuredMs[p] = t;
      this.#fire(p, kind, t);
      if (this.#conditionMet[p] === 1) this.#execute(p, t);
    } else if (kind === m.COMPLETE) this.#completed(p, t);
    else if (kind === m.RELEASE) this.#released(p, t);
    else if (kind === m.AGAIN_REQUEST) this.#fire(p, this.#accessesSourceNode(p) ? E.contextHere : kind, t);
    else if (kind === m.AGAIN_COMPLETE) {
      this.#interrupt(p, t);

      this.#moveTo(p, this.transport.accessCell[p]);
      this.#fire(p, this.#accessesSourceNode(p) ? E.backAtSource : kind, t);
    } else this.#fire(p, kind, t);
  }

  #accessesSourceNode(p: number): boolean {
    return this.transport.sameNode(this.transport.accessCell[p], this.#a.source[p]);
  }

  /** Walks the machine by one event. */
  #fire(p: number, what: number, t: number): void {
    const machine = MACHINES[this.#a.kind[p]];
    const row = this.#state[p] * EVENT_COUNT + what;
    const next = machine.next[row];
    if (next === UNKNOWN) throw new Error(`${STATES[this.#state[p]]} does not know ${eventName(what)}`);
    this.#state[p] = next;
    const first = machine.first[row];
    for (let i = first; i < first + machine.count[row]; i++) this.#do(p, machine.does[i], t);
  }

  #do(p: number, what: number, t: number): void {
    if (what < FIRST_ACTION) {
      if (what === m.COMMAND) this.#command(p, t);
      else this.#send(p, what, 0, t);
    } else if (what === A.prepare) this.#prepare(p, t);
    else if (what === A.access) this.#access(p, t);
    else if (what === A.search) this.#search(p, t);
    else if (what === A.cancel) this.#cancel(p, t);
    else this.#end(p, t);
  }

  /** Sends, except what stays inside a gNB that holds both cells. */
  #send(p: number, kind: number, candidate: number, t: number): void {
    if (kind === m.STATUS && this.transport.sameNode(this.#a.source[p], this.#a.target[p])) return;
    if (!this.transport.send(p, kind, candidate, 0, t)) this.#radioLost(p, kind, t);
  }

  /** The air has lost a message. Those at the source are followed by its radio-link failure, which is on the heap. */
  #radioLost(p: number, kind: number, t: number): void {
    if (kind === m.COMPLETE) this.#push(t + this.#failureDelay, p, TARGET_LOST);
    if (kind >= m.AGAIN_REQUEST) this.#push(Math.max(t, this.#deadlineMs[p]), p, NOT_FOUND);
  }

  #push(t: number, p: number, type: number): void {
    this.transport.heap.push(t, p, encode(type, 0, 0, this.transport.phase[p]));
  }

  #set(p: number, outcome: Outcome): void {
    if (this.out.outcome[p] === RUNNING) this.out.outcome[p] = OUTCOME(outcome);
  }

  /** Asks every candidate; one at the same gNB answers without a message. */
  #prepare(p: number, t: number): void {
    const { source, otherCandidates, kind } = this.#a;
    const others = kind[p] === 1 && otherCandidates ? OTHERS : 0;
    this.#pending[p] = 1;
    for (let c = 0; c <= others; c++) {
      const cell = this.transport.candidate(p, c);
      if (cell === 0) continue;
      if (this.transport.sameNode(source[p], cell)) this.#admit(p, c);
      else {
        this.#pending[p]++;
        this.#send(p, m.REQUEST, c, t);
      }
    }
    this.#answered(p, t);
  }

  #admit(p: number, candidate: number): boolean {
    const cell = this.transport.candidate(p, candidate);
    const places = candidate === 0 ? this.transport.groupSize[p] : 1;
    if (this.held[cell] + places > this.#s.capacity) return false;
    this.held[cell] += places;
    this.#admitted[p] |= 1 << candidate;
    if (candidate === 0) {
      this.#places[p] = places;
      if (this.#a.kind[p] === 0) this.#preambles.reserve(cell, p);
    }
    return true;
  }

  /** One candidate less to wait for; with the last answer the machine moves on. */
  #answered(p: number, t: number): void {
    if (--this.#pending[p] > 0) return;
    if ((this.#admitted[p] & 1) === 1) {
      this.#fire(p, E.prepared, t);
      return;
    }
    this.#networkFailed(p, E.refused, "refused", t);
  }

  /** One command, for the UE or for all that joined it. */
  #command(p: number, t: number): void {
    this.#lastDownMs[p] = this.#lastUpMs[p] = t;
    this.#send(p, m.COMMAND, 0, t);
    const { serviceDelayMs, sourceUntilMs, target } = this.#a;
    const spare = this.#places[p] - 1;
    let taken = 0;
    for (let member = this.#member[p]; member >= 0; member = this.#nextMember[member]) {
      if (this.#state[member] !== S.grouped) continue;
      taken++;
      this.#places[member] = 1;
      this.#admitted[member] = 1;
      this.#preambles.reserve(target[p], member);
      this.#lastDownMs[member] = this.#lastUpMs[member] = t;
      this.#fire(member, E.shared, t);
      const arrives = t + serviceDelayMs[member];
      const lost = arrives > sourceUntilMs[member];
      this.transport.note(member, m.COMMAND, 0, t, serviceDelayMs[member], 0, lost ? 0 : this.#s.rrcMs, lost);
      if (!lost) this.#push(arrives + this.#s.rrcMs, member, m.COMMAND);
    }
    this.#member[p] = -1;
    this.#places[p] = 1;
    this.held[target[p]] -= spare - taken;
  }

  /** The network has refused or lost a procedure, and with it all that joined it. */
  #networkFailed(p: number, what: number, outcome: Outcome, t: number): void {
    for (let member = this.#member[p]; member >= 0; member = this.#nextMember[member])
      if (this.#state[member] === S.grouped) this.#leave(member, what, outcome, t);
    this.#member[p] = -1;
    this.#leave(p, what, outcome, t);
  }

  /** A UE that is still at its source stays there, until that fails or its next handover comes. */
  #leave(p: number, what: number, outcome: Outcome, t: number): void {
    this.#set(p, outcome);
    const fails = this.#a.sourceUntilMs[p] + this.#failureDelay;
    const next = this.#next[p];
    const saved = fails === Infinity || (next >= 0 && this.#a.timeMs[next] < fails);
    this.#fire(p, ON_SOURCE[this.#state[p]] === 1 && !saved ? E.stranded : what, t);
  }

  /** The condition holds and the configuration is there: the UE leaves the source on its own. */
  #execute(p: number, t: number): void {
    const { sourceUntilMs, serviceDelayMs } = this.#a;
    const last = Math.min(t, sourceUntilMs[p]);
    this.#lastUpMs[p] = last;
    this.#lastDownMs[p] = last - serviceDelayMs[p];
    this.#fire(p, E.condition, t);
  }

  #access(p: number, t: number): void {
    this.#tries[p] = 0;
    this.#heard[p] = 0;
    let from = t;
    if (this.#state[p] === S.accessing) {
      this.#deadlineMs[p] = t + this.#s.t304Ms;
      const stale = this.#a.kind[p] === 1 && t - this.#configuredMs[p] > this.#s.t430Ms;
      if (stale) from += this.#s.sib19Ms;
      this.transport.pause(p, "read SIB19 of the target", "ue", t, from);
    }
    this.transport.ledger.executed(t, this.transport.accessCell[p]);
    if (from > t) this.#push(from, p, TRY);
    else this.#try(p, t);
  }

  /** Event at an instant, or the expiry of the timer if that is before. */
  #beforeDeadline(p: number, type: number, t: number): void {
    const deadline = this.#deadlineMs[p];
    if (t <= deadline) this.#push(t, p, type);
    else this.#push(deadline, p, EXPIRED);
  }

  /** Draws of a procedure's next try: `part` 0 its preamble, 1 its luck. */
  #draw(p: number, part: 0 | 1): Random {
    return this.#random.at(p * 131_072 + 2 * this.out.tries[p] + part);
  }

  #try(p: number, t: number): void {
    const at = this.#preambles.choose(this.transport.accessCell[p], p, t, this.#draw(p, 0));
    this.transport.pause(p, "wait for an occasion", "ue", t, Math.min(at, this.#deadlineMs[p]));
    this.#beforeDeadline(p, OCCASION, at);
  }

  #occasion(p: number, t: number): void {
    const { rach } = this.#s;
    const cell = this.transport.accessCell[p];
    const delay = this.transport.accessDelay(p);
    const met = this.#preambles.met(p);
    const draw = this.#draw(p, 1);
    const chance = draw.next();
    const backoff = draw.next() * rach.backoffMs;
    this.out.tries[p]++;
    const tries = ++this.#tries[p];
    const usable = this.transport.usable(p, cell, t);
    if (usable) this.#heard[p] = 1;
    const answered = t + 2 * delay + rach.responseMs;
    const heard =
      usable &&
      !met &&
      chance < detection(tries, rach.rampedDetection) &&
      this.transport.usable(p, cell, answered);
    this.transport.ledger.tried(t, cell, met);
    this.transport.air(p, m.PREAMBLE, t, !heard);
    if (heard) {
      this.transport.pause(p, "prepare the response", "cell", t + delay, t + delay + rach.responseMs, true);
      this.transport.air(p, m.RESPONSE, t + delay + rach.responseMs, false);
      this.#beforeDeadline(p, ACCESSED, answered);
      return;
    }
    const closed = t + 2 * delay + rach.responseWindowMs;
    if (tries >= rach.triesMax) this.#beforeDeadline(p, ACCESS_FAILED, closed);
    else this.#beforeDeadline(p, TRY, closed + backoff);
  }

  #accessed(p: number, t: number): void {
    this.#preambles.release(this.#a.target[p], p);
    if (this.#state[p] === S.accessing) this.out.upMs[p] = t - this.#lastUpMs[p];
    this.#fire(p, E.accessed, t);
  }

  #accessFailed(p: number, type: number, t: number): void {
    this.#preambles.release(this.#a.target[p], p);
    if (this.#state[p] !== S.accessing) this.#interrupt(p, t);
    else if (this.#heard[p] === 1) this.#set(p, type === EXPIRED ? "t304-expiry" : "rach-failure");
    else if (t <= this.#a.sourceUntilMs[p]) this.#set(p, "too-early");
    else this.#set(p, Number.isFinite(this.#targetAgain(p, t)) ? "t304-expiry" : "wrong-cell");
    this.#fire(p, E.accessFailed, t);
  }

  /** User data flow again, or the UE gives up, after a failure. */
  #interrupt(p: number, t: number): void {
    this.out.downMs[p] += t - this.#lostMs[p];
    this.out.upMs[p] += t - this.#lostMs[p];
  }

  #linkFailed(p: number, t: number): void {
    const now = this.#state[p];
    if (ON_SOURCE[now] === 0) return;
    this.#set(p, now === S.waiting ? "radio-link-failure" : "too-late");
    for (let member = this.#member[p]; member >= 0; member = this.#nextMember[member])
      if (this.#state[member] === S.grouped) this.#fire(member, E.alone, t);
    this.#member[p] = -1;
    this.#fire(p, E.radioLinkFailure, t);
  }

  #targetLost(p: number, t: number): void {
    this.#set(p, t <= this.#a.sourceUntilMs[p] ? "too-early" : "wrong-cell");
    this.#fire(p, E.targetLost, t);
  }

  /** The target has the UE. Its link may be known to fail before the minimum time of stay, with no further handover to save it. */
  #completed(p: number, t: number): void {
    this.out.downMs[p] = t - this.#lastDownMs[p];
    this.held[this.#where[p]]--;
    this.#where[p] = this.#a.target[p];
    this.#admitted[p] &= ~1;
    const fails = Math.max(t, this.#a.targetUntilMs[p] + this.#failureDelay);
    const next = this.#next[p];
    const saved = next >= 0 && this.#a.timeMs[next] < fails;
    if (this.#a.targetUntilMs[p] < t + this.#s.minTimeOfStayMs && !saved) this.#targetFailsMs[p] = fails;
    const inside = this.transport.sameNode(this.#a.source[p], this.#a.target[p]);
    if (!inside) this.#fire(p, m.COMPLETE, t);
    else if (Number.isNaN(this.#targetFailsMs[p])) this.#fire(p, E.completeInside, t);
    else this.#stayShort(p, t);
  }

  #released(p: number, t: number): void {
    if (Number.isNaN(this.#targetFailsMs[p]) || this.out.outcome[p] !== RUNNING) this.#fire(p, m.RELEASE, t);
    else this.#stayShort(p, t);
  }

  #stayShort(p: number, t: number): void {
    this.#fire(p, E.stayShort, t);
    this.#push(Math.max(t, this.#targetFailsMs[p]), p, TARGET_LOST);
  }

  /** After a radio-link failure or a failed access: T311 runs while the UE looks for the source or the target. */
  #search(p: number, t: number): void {
    const { sourceUntilMs, targetUntilMs, source, target } = this.#a;
    const stayed = this.#where[p] === target[p];
    const last = Math.min(t, stayed ? targetUntilMs[p] : Math.max(sourceUntilMs[p], this.out.startMs[p]));
    const left = stayed ? NaN : this.#lastDownMs[p];
    this.#lostMs[p] = left < last ? left : last;
    if (!stayed) this.out.upMs[p] = 0;

    this.#forget(p);
    this.transport.phase[p]++;
    this.#deadlineMs[p] = t + this.#s.t311Ms;
    const again = this.#targetAgain(p, t);
    const atSource = t <= sourceUntilMs[p];
    const found = atSource ? t : again;
    if (Number.isFinite(found)) {
      this.transport.accessCell[p] = atSource ? source[p] : target[p];
      this.transport.pause(p, "look for a cell", "ue", t, found);
      this.#push(found, p, FOUND);
      return;
    }
    const next = this.#next[p];
    const served = next < 0 ? Infinity : Math.max(t, this.#startMs(next));
    this.#push(Math.min(this.#deadlineMs[p], served), p, NOT_FOUND);
  }

  /** When the target can be used again while T311 runs; Infinity: not. */
  #targetAgain(p: number, t: number): number {
    const from = Math.max(t, this.#a.targetFromMs[p]);
    return from <= this.#a.targetUntilMs[p] && from <= t + this.#s.t311Ms ? from : Infinity;
  }

  #moveTo(p: number, cell: number): void {
    this.held[this.#where[p]]--;
    this.held[cell]++;
    this.#where[p] = cell;
  }

  /** Tells the prepared cells that were not chosen. */
  #cancel(p: number, t: number): void {
    for (let c = 1; c <= OTHERS; c++)
      if ((this.#admitted[p] >> c) & 1) {
        const inside = this.transport.sameNode(this.#a.source[p], this.transport.candidate(p, c));
        if (inside) this.held[this.transport.candidate(p, c)]--;
        else this.#send(p, m.CANCEL, c, t);
      }
    this.#admitted[p] = 0;
  }

  /** Gives back what candidates have admitted. */
  #forget(p: number): void {
    for (let c = 0; c <= OTHERS; c++)
      if ((this.#admitted[p] >> c) & 1)
        this.held[this.transport.candidate(p, c)] -= c === 0 ? this.#places[p] : 1;
    this.#admitted[p] = 0;
    this.#preambles.release(this.#a.target[p], p);
  }

  #end(p: number, t: number): void {
    if (!Number.isNaN(this.out.endMs[p])) throw new Error(`procedure ${p} ended twice`);
    this.out.endMs[p] = t;
    this.#set(p, "success");
    if (this.out.outcome[p] !== OUTCOME("success")) this.#forget(p);
    if (this.#due[p] === 1) this.transport.heap.push(t, this.#next[p], encode(START, 0, 0, 0));
  }
}
