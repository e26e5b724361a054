/**
 * Carries the messages of the signalling engine: who sends to which cell, how long it takes, what it costs, whether the radio link or
 * a full queue loses it. Every transmission is booked to its procedure and in the ledger, lost or not.
 */
import type { Attempts, SignallingSettings } from "./attempts.ts";
import { Chart } from "./chart.ts";
import { encode, NOT_FOUND, TARGET_LOST } from "./codes.ts";
import { Ledger } from "./ledger.ts";
import { AGAIN_REQUEST, COMPLETE, MESSAGES, PREAMBLE, RESPONSE, ROLES, STATUS } from "./messages.ts";
import { Processors } from "./processing.ts";
import type { Progress } from "./progress.ts";
import { EventQueue } from "./queue.ts";

const UE = ROLES.indexOf("ue");
const SOURCE = ROLES.indexOf("source");
const TARGET = ROLES.indexOf("target");
const OTHER = ROLES.indexOf("other");
const CORE = ROLES.indexOf("core");
const FROM = Uint8Array.from(MESSAGES, (m) => ROLES.indexOf(m.from));
const TO = Uint8Array.from(MESSAGES, (m) => ROLES.indexOf(m.to));

export class Transport {
  readonly events = new EventQueue();
  readonly chart: Chart;
  readonly ledger: Ledger;
  readonly processors: Processors;
  readonly #attempts: Attempts;
  readonly #settings: SignallingSettings;
  readonly #progress: Progress;

  constructor(attempts: Attempts, settings: SignallingSettings, progress: Progress, watched: number) {
    this.#attempts = attempts;
    this.#settings = settings;
    this.#progress = progress;
    this.chart = new Chart(watched);
    const nodes = settings.nodeOf.reduce((most, node) => Math.max(most, node), 0) + 1;
    this.processors = new Processors(nodes, settings.processing);
    this.ledger = new Ledger(settings.nodeOf.length, settings.keepRows);
  }

  /** An event of the UE, void once the procedure's phase is another. */
  push(atMs: number, p: number, type: number): void {
    this.events.push(atMs, p, encode(type, 0, 0, this.#progress.phase[p]), 0);
  }

  /** Sends, except what stays inside a gNB that holds both cells. `candidate` tells which prepared cell takes part. */
  send(p: number, kind: number, candidate: number, atMs: number): void {
    if (kind === STATUS && this.#progress.inside(p)) return;
    const from = this.#cell(p, FROM[kind], candidate);
    const to = this.#cell(p, TO[kind], candidate);
    const wayMs = this.#way(p, kind, from, to);
    if (!this.#carry(p, kind, candidate, 0, from, to, wayMs, atMs)) this.radioLost(p, kind, atMs);
  }

  /** Sends again what met a full queue; answers false when the air loses it or it has been sent as often as allowed. */
  again(p: number, kind: number, candidate: number, times: number, atMs: number): boolean {
    if (times >= this.#settings.maxRetransmissions) return false;
    const from = this.#cell(p, FROM[kind], candidate);
    const to = this.#cell(p, TO[kind], candidate);
    const wayMs = this.#way(p, kind, from, to);
    const sentMs = Math.max(atMs, atMs - wayMs + this.#settings.retryMs);
    return this.#carry(p, kind, candidate, times + 1, from, to, wayMs, sentMs);
  }

  /** The air has lost a message. Those at the source are followed by its radio-link failure, which is among the events. */
  radioLost(p: number, kind: number, t: number): void {
    const { failureDelayMs, deadlineMs } = this.#progress;
    if (kind === COMPLETE) this.push(t + failureDelayMs, p, TARGET_LOST);
    if (kind >= AGAIN_REQUEST) this.push(Math.max(t, deadlineMs[p]), p, NOT_FOUND);
  }

  /** Gives an arrived message to the processors of its cell's gNB, if it has one: when it is done, or −1 if it was dropped. */
  work(p: number, kind: number, candidate: number, again: number, cell: number, atMs: number): number {
    if (cell === 0) return atMs;
    const { messages, nodeOf, retransmissionMs } = this.#settings;
    const serviceMs = again === 0 ? messages.serviceMs[kind] : retransmissionMs;
    const done = this.processors.offer(nodeOf[cell], atMs, serviceMs);
    this.ledger.queued(atMs, cell, this.processors.waiting, done < 0);
    if (p === this.chart.watched) this.#noteWork(p, kind, candidate, atMs, serviceMs, done);
    if (done < 0) this.#progress.out.drops[p]++;
    return done;
  }

  /** Books preamble or response, which meet no queue. */
  air(p: number, kind: typeof PREAMBLE | typeof RESPONSE, atMs: number, lost: boolean): void {
    const bytes = this.#settings.messages.bytes[kind];
    this.#book(p, kind, this.#progress.accessCell[p], bytes, atMs);
    if (p === this.chart.watched)
      this.chart.message(kind, bytes, atMs, this.#progress.accessDelayMs(p), 0, 0, lost);
  }

  /** Puts one transmission on its way; answers whether it arrives. */
  #carry(
    p: number,
    kind: number,
    candidate: number,
    again: number,
    from: number,
    to: number,
    wayMs: number,
    atMs: number,
  ): boolean {
    const bytes = this.#bytes(p, kind);
    this.#book(p, kind, to === 0 ? from : to, bytes, atMs);
    let arrives = atMs + wayMs;
    const receiver = TO[kind];
    const lost =
      (receiver === UE && !this.#progress.usable(p, from, arrives)) ||
      (FROM[kind] === UE && !this.#progress.usable(p, to, atMs));
    if (receiver === UE || receiver === CORE || lost) {
      const { messages, rrcMs } = this.#settings;
      const workMs = receiver === UE ? rrcMs : receiver === CORE ? messages.serviceMs[kind] : 0;
      if (p === this.chart.watched) this.chart.message(kind, bytes, atMs, wayMs, 0, lost ? 0 : workMs, lost);
      if (lost) return false;
      arrives += workMs;
    }
    this.events.push(arrives, p, encode(kind, candidate, again, this.#progress.phase[p]), to);
    return true;
  }

  #book(p: number, kind: number, cell: number, bytes: number, atMs: number): void {
    const { out } = this.#progress;
    out.messages[p]++;
    out.bytes[p] += bytes;
    this.ledger.sent(atMs, cell, kind, bytes);
  }

  #noteWork(p: number, kind: number, candidate: number, atMs: number, serviceMs: number, done: number): void {
    const from = this.#cell(p, FROM[kind], candidate);
    const wayMs = this.#way(p, kind, from, this.#cell(p, TO[kind], candidate));
    const lost = done < 0;
    const waitMs = lost ? 0 : Math.max(0, done - atMs - serviceMs);
    this.chart.message(kind, this.#bytes(p, kind), atMs - wayMs, wayMs, waitMs, lost ? 0 : serviceMs, lost);
  }

  #bytes(p: number, kind: number): number {
    const { bytes, memberBytes } = this.#settings.messages;
    return bytes[kind] + memberBytes[kind] * (this.#progress.groupSize[p] - 1);
  }

  #cell(p: number, role: number, candidate: number): number {
    if (role === SOURCE) return this.#attempts.source[p];
    if (role === TARGET || role === OTHER) return this.#progress.candidate(p, candidate);
    if (role === UE || role === CORE) return 0;
    return this.#progress.accessCell[p];
  }

  #way(p: number, kind: number, from: number, to: number): number {
    const a = this.#attempts;
    if (FROM[kind] === CORE || TO[kind] === CORE) return this.#settings.coreMs;
    if (from === 0 || to === 0) return from + to === a.source[p] ? a.serviceDelayMs[p] : a.targetDelayMs[p];
    const target = a.target[p];
    const far =
      from === target || to === target ? a.interSatellite[p] === 1 : !this.#progress.sameNode(from, to);
    return far ? this.#settings.interSatelliteMs : 0;
  }
}
