/**
 * Carries the messages of the signalling engine: who sends to which cell, how long it takes, what it costs, whether the radio link or
 * a full queue loses it. Every transmission is booked to its procedure and in the ledger, lost or not.
 */
import {
  OTHERS,
  type Attempts,
  type ChartLine,
  type Procedures,
  type SignallingSettings,
} from "./attempts.ts";
import { Ledger } from "./ledger.ts";
import { MESSAGES, PREAMBLE, RESPONSE, ROLES } from "./messages.ts";
import { Processors } from "./processing.ts";
import { EventQueue } from "./queue.ts";

const UE = ROLES.indexOf("ue");
const SOURCE = ROLES.indexOf("source");
const TARGET = ROLES.indexOf("target");
const OTHER = ROLES.indexOf("other");
const CORE = ROLES.indexOf("core");
const FROM = Uint8Array.from(MESSAGES, (m) => ROLES.indexOf(m.from));
const TO = Uint8Array.from(MESSAGES, (m) => ROLES.indexOf(m.to));

/** Event on the heap: type (6 bits; a message number or what `engine.ts` names), candidate (3), retransmission (8), phase (the rest). */
export const encode = (type: number, candidate: number, again: number, phase: number): number =>
  type | (candidate << 6) | (again << 9) | (phase << 17);

export class Transport {
  readonly heap = new EventQueue();
  readonly ledger: Ledger;
  readonly processors: Processors;
  /** [procedure] cell that it accesses: target, or the cell of a re-establishment */
  readonly accessCell: Uint32Array;
  /** [procedure] how often its events have been made void */
  readonly phase: Uint8Array;
  /** [procedure] UEs that its preparation and command stand for */
  readonly groupSize: Uint32Array;
  readonly chart: ChartLine[] = [];
  readonly #attempts: Attempts;
  readonly #settings: SignallingSettings;
  readonly #out: Procedures;
  readonly #watched: number;

  constructor(attempts: Attempts, settings: SignallingSettings, out: Procedures, watched: number) {
    this.#attempts = attempts;
    this.#settings = settings;
    this.#out = out;
    this.#watched = watched;
    const nodes = settings.nodeOf.reduce((most, node) => Math.max(most, node), 0) + 1;
    this.processors = new Processors(nodes, settings.processing);
    this.ledger = new Ledger(settings.nodeOf.length, settings.keepRows);
    this.accessCell = attempts.target.slice(0, attempts.count);
    this.phase = new Uint8Array(attempts.count);
    this.groupSize = new Uint32Array(attempts.count).fill(1);
  }

  /** Cell of a candidate: 0 is the target. */
  candidate(p: number, index: number): number {
    const others = this.#attempts.otherCandidates;
    return index === 0 || !others ? this.#attempts.target[p] : others[p * OTHERS + index - 1];
  }

  /** One way between the UE and the cell it accesses [ms]. */
  accessDelay(p: number): number {
    const { source, serviceDelayMs, targetDelayMs } = this.#attempts;
    return this.accessCell[p] === source[p] ? serviceDelayMs[p] : targetDelayMs[p];
  }

  /** Whether the UE can use a cell, which is its source or its target, at an instant. */
  usable(p: number, cell: number, atMs: number): boolean {
    const { source, sourceUntilMs, targetFromMs, targetUntilMs } = this.#attempts;
    if (cell === source[p]) return atMs <= sourceUntilMs[p];
    return atMs >= targetFromMs[p] && atMs <= targetUntilMs[p];
  }

  sameNode(a: number, b: number): boolean {
    return this.#settings.nodeOf[a] === this.#settings.nodeOf[b];
  }

  /** Sends message `kind`; answers whether it arrives. `candidate` tells which prepared cell takes part. */
  send(p: number, kind: number, candidate: number, again: number, atMs: number): boolean {
    const from = this.#cell(p, FROM[kind], candidate);
    const to = this.#cell(p, TO[kind], candidate);
    const way = this.#way(p, kind, from, to);
    const { messages, rrcMs } = this.#settings;
    const bytes = this.#bytes(p, kind);
    this.book(p, kind, to === 0 ? from : to, bytes, atMs);
    const radioLost =
      (TO[kind] === UE && !this.usable(p, from, atMs + way)) ||
      (FROM[kind] === UE && !this.usable(p, to, atMs));
    let arrives = atMs + way;
    let work = 0;
    if (TO[kind] === UE) work = rrcMs;
    if (TO[kind] === CORE) work = messages.serviceMs[kind];
    if (TO[kind] === UE || TO[kind] === CORE || radioLost) {
      this.note(p, kind, bytes, atMs, way, 0, radioLost ? 0 : work, radioLost);
      if (radioLost) return false;
      arrives += work;
    }
    this.heap.push(arrives, p, encode(kind, candidate, again, this.phase[p]));
    return true;
  }

  /** Gives an arrived message to its gNB's processors: when it is done, or −1 if it was dropped. */
  work(p: number, kind: number, candidate: number, again: number, atMs: number): number {
    if (TO[kind] === UE || TO[kind] === CORE) return atMs;
    const cell = this.#cell(p, TO[kind], candidate);
    const { messages, nodeOf, retransmissionMs } = this.#settings;
    const service = again === 0 ? messages.serviceMs[kind] : retransmissionMs;
    const done = this.processors.offer(nodeOf[cell], atMs, service);
    this.ledger.queued(atMs, cell, this.processors.waiting, done < 0);
    if (p === this.#watched) {
      const way = this.#way(p, kind, this.#cell(p, FROM[kind], candidate), cell);
      const busy = done < 0 ? 0 : service;
      this.note(
        p,
        kind,
        this.#bytes(p, kind),
        atMs - way,
        way,
        done < 0 ? 0 : Math.max(0, done - atMs - service),
        busy,
        done < 0,
      );
    }
    if (done < 0) this.#out.drops[p]++;
    return done;
  }

  /** Sends again what met a full queue; answers false when it has been sent as often as allowed. */
  again(p: number, kind: number, candidate: number, times: number, atMs: number): boolean {
    if (times >= this.#settings.maxRetransmissions) return false;
    const from = this.#cell(p, FROM[kind], candidate);
    const way = this.#way(p, kind, from, this.#cell(p, TO[kind], candidate));
    return this.send(p, kind, candidate, times + 1, Math.max(atMs, atMs - way + this.#settings.retryMs));
  }

  /** Books one transmission. */
  book(p: number, kind: number, cell: number, bytes: number, atMs: number): void {
    this.#out.messages[p]++;
    this.#out.bytes[p] += bytes;
    this.ledger.sent(atMs, cell, kind, bytes);
  }

  /** Books preamble or response, which meet no queue. */
  air(p: number, kind: typeof PREAMBLE | typeof RESPONSE, atMs: number, lost: boolean): void {
    const bytes = this.#settings.messages.bytes[kind];
    this.book(p, kind, this.accessCell[p], bytes, atMs);
    this.note(p, kind, bytes, atMs, this.accessDelay(p), 0, 0, lost);
  }

  note(
    p: number,
    kind: number,
    bytes: number,
    startMs: number,
    wayMs: number,
    waitMs: number,
    workMs: number,
    lost: boolean,
  ): void {
    if (p !== this.#watched) return;
    const { name, from, to, interface: at } = MESSAGES[kind];
    const endMs = startMs + wayMs + waitMs + workMs;
    this.chart.push({
      what: name,
      from,
      to,
      interface: at,
      bytes,
      startMs,
      wayMs,
      waitMs,
      workMs,
      endMs,
      lost,
    });
  }

  /** A wait at the UE or in the cell it accesses. */
  pause(p: number, what: string, at: "ue" | "cell", startMs: number, endMs: number, working = false): void {
    if (p !== this.#watched || endMs <= startMs) return;
    const ms = endMs - startMs;
    const [waitMs, workMs] = working ? [0, ms] : [ms, 0];
    this.chart.push({
      what,
      from: at,
      to: at,
      interface: null,
      bytes: 0,
      startMs,
      wayMs: 0,
      waitMs,
      workMs,
      endMs,
      lost: false,
    });
  }

  #bytes(p: number, kind: number): number {
    const { bytes, memberBytes } = this.#settings.messages;
    return bytes[kind] + memberBytes[kind] * (this.groupSize[p] - 1);
  }

  #cell(p: number, role: number, candidate: number): number {
    if (role === SOURCE) return this.#attempts.source[p];
    if (role === TARGET || role === OTHER) return this.candidate(p, candidate);
    if (role === UE || role === CORE) return 0;
    return this.accessCell[p];
  }

  #way(p: number, kind: number, from: number, to: number): number {
    const a = this.#attempts;
    if (FROM[kind] === CORE || TO[kind] === CORE) return this.#settings.coreMs;
    if (from === 0 || to === 0) return from + to === a.source[p] ? a.serviceDelayMs[p] : a.targetDelayMs[p];
    const target = a.target[p];
    const far = from === target || to === target ? a.interSatellite[p] === 1 : !this.sameNode(from, to);
    return far ? this.#settings.interSatelliteMs : 0;
  }
}
