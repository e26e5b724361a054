/**
 * Carries the messages of the signalling engine: who sends to which cell, how long it takes, what it costs, whether the radio link or
 * a full queue loses it. Every transmission is booked to its procedure and in the ledger, lost or not.
 */
import type { Attempts, SignallingSettings } from "./attempts.ts";
import { Chart } from "./chart.ts";
import {
  AGAIN,
  againOf,
  candidateOf,
  encode,
  LINK_FAILED,
  NOT_FOUND,
  ON_SOURCE,
  START,
  TARGET_LOST,
  typeOf,
} from "./codes.ts";
import { INTERFACE_OF, Ledger } from "./ledger.ts";
import { AGAIN_REQUEST, COMMAND, COMPLETE, INTERFACES, MESSAGES, ROLES, STATUS } from "./messages.ts";
import type { PREAMBLE, RESPONSE } from "./messages.ts";
import { Processors } from "./processing.ts";
import type { Progress } from "./progress.ts";
import { EventQueue } from "./queue.ts";
import { Repeats } from "./repeats.ts";

const UE = ROLES.indexOf("ue");
const CORE = ROLES.indexOf("core");
const FROM = Uint8Array.from(MESSAGES, (m) => ROLES.indexOf(m.from));
const TO = Uint8Array.from(MESSAGES, (m) => ROLES.indexOf(m.to));
/** [message] 1: a gNB works on it */
const TO_GNB = TO.map((role) => (role === UE || role === CORE ? 0 : 1));
/** [message] role of the cell that it is booked to: the receiver's, or the sender's where that is no gNB */
const AT = TO.map((role, kind) => (TO_GNB[kind] === 1 ? role : FROM[kind]));
/** [role] 1: it is the source's, or the cell's of a re-establishment, whichever candidate takes part */
const AT_SOURCE = Uint8Array.from(ROLES, (role) => (role === "source" || role === "cell" ? 1 : 0));
// names of this module are constants to V8, those of another are looked up each time
const INTERFACE = INTERFACE_OF;
const STAYING = ON_SOURCE;
const UU = INTERFACES.indexOf("Uu");
const NG = INTERFACES.indexOf("NG");

export class Transport {
  readonly events: EventQueue;
  readonly repeats = new Repeats();
  readonly chart: Chart;
  readonly ledger: Ledger;
  readonly processors: Processors;
  readonly #settings: SignallingSettings;
  readonly #retryMs: number;
  readonly #watched: number;
  /** whether what procedures send can grow by those that join them */
  readonly #isGrouped: boolean;
  readonly #progress: Progress;
  /** columns of the attempts, of their progress and of the messages: each is met at every message */
  readonly #source: Uint32Array;
  readonly #target: Uint32Array;
  readonly #state: Uint8Array;
  readonly #phase: Uint8Array;
  readonly #drops: Uint16Array;
  readonly #messages: Uint32Array;
  readonly #allBytes: Uint32Array;
  readonly #nodeOf: Uint32Array;
  readonly #bytes: Uint32Array;
  readonly #memberBytes: Uint32Array;
  readonly #serviceMs: Float64Array;
  /** [role] column of its cells */
  readonly #cells: Uint32Array[];
  /** [message] work at a receiver that is no gNB */
  readonly #workMs: Float64Array;

  constructor(attempts: Attempts, settings: SignallingSettings, progress: Progress, watched: number) {
    this.#settings = settings;
    this.#watched = watched;
    this.#retryMs = settings.retryMs;
    this.#isGrouped = attempts.groupOf !== undefined;
    this.#progress = progress;
    const { source, target } = attempts;
    const cells = { ue: source, source, target, other: target, core: source, cell: progress.accessCell };
    this.#cells = ROLES.map((role) => cells[role]);
    this.#source = source;
    this.#target = target;
    this.#state = progress.state;
    this.#phase = progress.phase;
    this.#drops = progress.out.drops;
    this.#messages = progress.out.messages;
    this.#allBytes = progress.out.bytes;
    this.#nodeOf = settings.nodeOf;
    this.#bytes = settings.messages.bytes;
    this.#memberBytes = settings.messages.memberBytes;
    this.#serviceMs = settings.messages.serviceMs;
    this.#workMs = this.#serviceMs.map((ms, kind) =>
      TO[kind] === UE ? settings.rrcMs : TO_GNB[kind] ? 0 : ms,
    );
    this.chart = new Chart(watched);
    this.events = new EventQueue(
      attempts.count,
      (p, code) => typeOf(code) > START && !progress.isValid(p, code),
    );
    const nodes = settings.nodeOf.reduce((most, node) => Math.max(most, node), 0) + 1;
    this.processors = new Processors(nodes, settings.processing);
    this.ledger = new Ledger(settings.nodeOf.length, settings.keepRows);
  }

  /** An event of the UE, void once the procedure's phase is another. */
  push(atMs: number, p: number, type: number): void {
    this.events.push(atMs, p, encode(type, 0, 0, this.#phase[p]), 0);
  }

  /** Sends, except what stays inside a gNB that holds both cells. `candidate` tells which prepared cell takes part. */
  send(p: number, kind: number, candidate: number, atMs: number): void {
    if (kind === STATUS && this.#progress.inside(p)) return;
    if (!this.#carry(p, kind, candidate, atMs)) this.radioLost(p, kind, atMs);
  }

  /** Sends the command; answers when the UE has worked on it, −1 where something may come between or the air loses it. */
  command(p: number, atMs: number): number {
    const cell = this.#source[p];
    const wayMs = this.#progress.airMs(p, cell);
    const arrives = atMs + wayMs;
    const done = arrives + this.#workMs[COMMAND];
    const lost = !this.#progress.usable(p, cell, arrives);
    if (lost || done >= this.#progress.sourceFailsMs(p)) {
      this.send(p, COMMAND, 0, atMs);
      return -1;
    }
    const bytes = this.#size(p, COMMAND);
    this.#book(p, COMMAND, cell, bytes, atMs);
    if (p === this.#watched) this.chart.message(COMMAND, bytes, atMs, wayMs, 0, this.#workMs[COMMAND], false);
    return done;
  }

  /** Sends to the core, which no other event concerns; answers when it has worked on the message. */
  toCore(p: number, kind: number, atMs: number): number {
    const { coreMs } = this.#settings;
    const workMs = this.#workMs[kind];
    const bytes = this.#size(p, kind);
    this.#book(p, kind, this.#cell(p, AT[kind], 0), bytes, atMs);
    if (p === this.#watched) this.chart.message(kind, bytes, atMs, coreMs, 0, workMs, false);
    return atMs + coreMs + workMs;
  }

  /** Sends again what met a full queue of its cell; answers false when the air loses it or it has been sent as often as allowed. */
  again(p: number, code: number, cell: number, nowMs: number): boolean {
    if (againOf(code) >= this.#settings.maxRetransmissions) return false;
    const kind = typeOf(code);
    const wayMs = this.#way(p, kind, candidateOf(code), cell);
    const isNear = wayMs <= this.#retryMs;
    const atMs = isNear ? nowMs - wayMs + this.#retryMs : nowMs;
    const bytes = this.#size(p, kind);
    this.#book(p, kind, cell, bytes, atMs);
    const lost = INTERFACE[kind] === UU && !this.#progress.usable(p, cell, atMs);
    if (lost && p === this.#watched) this.chart.message(kind, bytes, atMs, wayMs, 0, 0, true);
    const arrives = isNear ? nowMs + this.#retryMs : nowMs + wayMs;
    this.#expectFailure(p, lost ? Infinity : arrives);
    if (lost) return false;
    if (isNear)
      this.repeats.push(arrives, p, code + AGAIN, cell, bytes, wayMs, this.#calm(p, kind, cell, wayMs), 0);
    else this.events.push(arrives, p, code + AGAIN, cell);
    return true;
  }

  /** Until when a message can only be dropped or served: its link holds, and none has failed that its UE waits at. */
  #calm(p: number, kind: number, cell: number, wayMs: number): number {
    if (this.#isGrouped || p === this.#watched) return -Infinity;
    const fails = STAYING[this.#state[p]] === 1 ? this.#progress.sourceFailsMs(p) : Infinity;
    if (INTERFACE[kind] !== UU) return fails;
    return Math.min(fails, this.#progress.usableUntilMs(p, cell) + wayMs);
  }

  /**
   * Most that are sent again only meet the full queue again. Does that with the first of them, as `work` and `again` would;
   * answers false where more is to be done.
   */
  dropAgain(): boolean {
    const { repeats, processors } = this;
    const { timeMs, item: p, code, cell } = repeats;
    const arrives = timeMs + this.#retryMs;
    if (arrives >= repeats.calmMs || againOf(code) >= this.#settings.maxRetransmissions) return false;
    if (!this.#progress.isValid(p, code) || !processors.drop(this.#nodeOf[cell], timeMs)) return false;
    const { bytes, dropped, wayMs, calmMs } = repeats;
    this.ledger.queued(timeMs, cell, processors.waiting, true);
    this.ledger.sent(timeMs - wayMs + this.#retryMs, cell, typeOf(code), bytes);
    repeats.drop();
    repeats.push(arrives, p, code + AGAIN, cell, bytes, wayMs, calmMs, dropped + 1);
    return true;
  }

  /** Books to its procedure what `dropAgain` has done with the first of them, and takes that out. */
  takeRepeated(): void {
    const { item: p, bytes, dropped } = this.repeats;
    this.#messages[p] += dropped;
    this.#allBytes[p] += dropped * bytes;
    this.#drops[p] += dropped;
    this.repeats.drop();
  }

  /** The air has lost a message. Those at the source are followed by its radio-link failure: see `#expectFailure`. */
  radioLost(p: number, kind: number, t: number): void {
    const { failureDelayMs, deadlineMs } = this.#progress;
    if (kind === COMPLETE) this.push(t + failureDelayMs, p, TARGET_LOST);
    if (kind >= AGAIN_REQUEST) this.push(Math.max(t, deadlineMs[p]), p, NOT_FOUND);
  }

  /** Gives an arrived message to the processors of its cell's gNB, if it has one: when it is done, or −1 if it was dropped. */
  work(p: number, code: number, cell: number, atMs: number): number {
    if (cell === 0) return atMs;
    const serviceMs = againOf(code) === 0 ? this.#serviceMs[typeOf(code)] : this.#settings.retransmissionMs;
    const done = this.processors.offer(this.#nodeOf[cell], atMs, serviceMs);
    this.ledger.queued(atMs, cell, this.processors.waiting, done < 0);
    if (p === this.#watched) this.#noteWork(p, typeOf(code), candidateOf(code), atMs, serviceMs, done);
    return done;
  }

  /** Books preamble or response, which meet no queue. */
  air(p: number, kind: typeof PREAMBLE | typeof RESPONSE, atMs: number, lost: boolean): void {
    const bytes = this.#bytes[kind];
    this.#book(p, kind, this.#progress.accessCell[p], bytes, atMs);
    if (p === this.#watched)
      this.chart.message(kind, bytes, atMs, this.#progress.accessDelayMs(p), 0, 0, lost);
  }

  /**
   * The failure of the source's radio link becomes an event only where it comes before what a UE at its source waits for: a message
   * that is done or arrives at an instant (Infinity: lost). Those that wait for something else have it from their start.
   */
  #expectFailure(p: number, untilMs: number): void {
    if (STAYING[this.#state[p]] === 0) return;
    const fails = this.#progress.sourceFailsMs(p);
    if (fails <= untilMs && fails < Infinity) this.push(fails, p, LINK_FAILED);
  }

  /** Puts a message on its way; tells whether it arrives. */
  #carry(p: number, kind: number, candidate: number, atMs: number): boolean {
    const cell = this.#cell(p, AT[kind], candidate);
    const wayMs = this.#way(p, kind, candidate, cell);
    const bytes = this.#size(p, kind);
    this.#book(p, kind, cell, bytes, atMs);
    const toGnb = TO_GNB[kind] === 1;
    const arrives = atMs + wayMs;
    const lost = INTERFACE[kind] === UU && !this.#progress.usable(p, cell, toGnb ? atMs : arrives);
    const workMs = this.#workMs[kind];
    if (p === this.#watched && (lost || !toGnb))
      this.chart.message(kind, bytes, atMs, wayMs, 0, lost ? 0 : workMs, lost);
    this.#expectFailure(p, lost ? Infinity : arrives + workMs);
    if (lost) return false;
    const code = encode(kind, candidate, 0, this.#phase[p]);
    this.events.push(arrives + workMs, p, code, toGnb ? cell : 0);
    return true;
  }

  #book(p: number, kind: number, cell: number, bytes: number, atMs: number): void {
    this.#messages[p]++;
    this.#allBytes[p] += bytes;
    this.ledger.sent(atMs, cell, kind, bytes);
  }

  #noteWork(p: number, kind: number, candidate: number, atMs: number, serviceMs: number, done: number): void {
    const wayMs = this.#way(p, kind, candidate, this.#cell(p, AT[kind], candidate));
    const lost = done < 0;
    const waitMs = lost ? 0 : Math.max(0, done - atMs - serviceMs);
    this.chart.message(kind, this.#size(p, kind), atMs - wayMs, wayMs, waitMs, lost ? 0 : serviceMs, lost);
  }

  /** Bytes of a message with the further UEs that it stands for. */
  #size(p: number, kind: number): number {
    const bytes = this.#bytes[kind];
    return this.#isGrouped ? bytes + this.#memberBytes[kind] * (this.#progress.groupSize[p] - 1) : bytes;
  }

  /** Cell of a role that a gNB plays. */
  #cell(p: number, role: number, candidate: number): number {
    return candidate === 0 || AT_SOURCE[role] === 1
      ? this.#cells[role][p]
      : this.#progress.candidate(p, candidate);
  }

  /** Propagation of a message that is booked to a cell. */
  #way(p: number, kind: number, candidate: number, cell: number): number {
    const at = INTERFACE[kind];
    if (at === UU) return this.#progress.airMs(p, cell);
    if (at === NG) return this.#settings.coreMs;
    const from = this.#cell(p, FROM[kind], candidate);
    const target = this.#target[p];
    const far =
      from === target || cell === target
        ? this.#progress.interSatellite(p)
        : !this.#progress.sameNode(from, cell);
    return far ? this.#settings.interSatelliteMs : 0;
  }
}
