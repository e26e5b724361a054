/**
 * Carries the messages of the signalling engine: who sends to which cell, how long it takes, what it costs, whether the radio link or
 * a full queue loses it. Every transmission is booked to its procedure and in the ledger, lost or not.
 */
import type { Attempts, SignallingSettings } from "./attempts.ts";
import { Chart } from "./chart.ts";
import { againOf, candidateOf, encode, NOT_FOUND, START, TARGET_LOST, typeOf } from "./codes.ts";
import { INTERFACE_OF, Ledger } from "./ledger.ts";
import { AGAIN_REQUEST, COMPLETE, INTERFACES, MESSAGES, ROLES, STATUS } from "./messages.ts";
import type { PREAMBLE, RESPONSE } from "./messages.ts";
import { Processors } from "./processing.ts";
import type { Progress } from "./progress.ts";
import { EventQueue } from "./queue.ts";

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
const UU = INTERFACES.indexOf("Uu");
const NG = INTERFACES.indexOf("NG");

export class Transport {
  readonly events: EventQueue;
  readonly chart: Chart;
  readonly ledger: Ledger;
  readonly processors: Processors;
  readonly #settings: SignallingSettings;
  readonly #progress: Progress;
  /** columns of the attempts, of their progress and of the messages: each is met at every message */
  readonly #target: Uint32Array;
  readonly #phase: Uint8Array;
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
    this.#progress = progress;
    const { source, target } = attempts;
    const cells = { ue: source, source, target, other: target, core: source, cell: progress.accessCell };
    this.#cells = ROLES.map((role) => cells[role]);
    this.#target = target;
    this.#phase = progress.phase;
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
    if (!this.#carry(p, kind, candidate, 0, atMs)) this.radioLost(p, kind, atMs);
  }

  /** Sends again what met a full queue; answers false when the air loses it or it has been sent as often as allowed. */
  again(p: number, code: number, atMs: number): boolean {
    const times = againOf(code);
    if (times >= this.#settings.maxRetransmissions) return false;
    return this.#carry(p, typeOf(code), candidateOf(code), times + 1, atMs);
  }

  /** The air has lost a message. Those at the source are followed by its radio-link failure, which is among the events. */
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
    if (p === this.chart.watched) this.#noteWork(p, typeOf(code), candidateOf(code), atMs, serviceMs, done);
    return done;
  }

  /** Books preamble or response, which meet no queue. */
  air(p: number, kind: typeof PREAMBLE | typeof RESPONSE, atMs: number, lost: boolean): void {
    const bytes = this.#bytes[kind];
    this.#book(p, kind, this.#progress.accessCell[p], bytes, atMs);
    if (p === this.chart.watched)
      this.chart.message(kind, bytes, atMs, this.#progress.accessDelayMs(p), 0, 0, lost);
  }

  /** Puts one transmission on its way, a repeated one when its answer has been missed; tells whether it arrives. */
  #carry(p: number, kind: number, candidate: number, again: number, nowMs: number): boolean {
    const cell = this.#cell(p, AT[kind], candidate);
    const wayMs = this.#way(p, kind, candidate, cell);
    const atMs = again === 0 ? nowMs : Math.max(nowMs, nowMs - wayMs + this.#settings.retryMs);
    const bytes = this.#size(p, kind);
    this.#book(p, kind, cell, bytes, atMs);
    const toGnb = TO_GNB[kind] === 1;
    const arrives = atMs + wayMs;
    const lost = INTERFACE_OF[kind] === UU && !this.#progress.usable(p, cell, toGnb ? atMs : arrives);
    const workMs = this.#workMs[kind];
    if (p === this.chart.watched && (lost || !toGnb))
      this.chart.message(kind, bytes, atMs, wayMs, 0, lost ? 0 : workMs, lost);
    if (lost) return false;
    const code = encode(kind, candidate, again, this.#phase[p]);
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
    return this.#bytes[kind] + this.#memberBytes[kind] * (this.#progress.groupSize[p] - 1);
  }

  /** Cell of a role that a gNB plays. */
  #cell(p: number, role: number, candidate: number): number {
    return candidate === 0 || AT_SOURCE[role] === 1
      ? this.#cells[role][p]
      : this.#progress.candidate(p, candidate);
  }

  /** Propagation of a message that is booked to a cell. */
  #way(p: number, kind: number, candidate: number, cell: number): number {
    const at = INTERFACE_OF[kind];
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
