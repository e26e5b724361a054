/** How far each procedure has come: columns by procedure, and what follows from them and from the attempts without any event. */
import { OTHERS, procedures, type Attempts, type Procedures, type SignallingSettings } from "./attempts.ts";
import { OUTCOME, phaseOf, RUNNING, S } from "./codes.ts";
import type { Outcome } from "./procedure.ts";
import { failureDelay } from "./radio-link.ts";

const { ended: ENDED } = S;

export class Progress {
  readonly out: Procedures;
  /** [cell] UEs it holds, with those it has admitted */
  readonly held: Int32Array;
  /** from the end of a link to its failure [ms] */
  readonly failureDelayMs: number;
  /** [procedure] state of its machine */
  readonly state: Uint8Array;
  /** how often its events have been made void */
  readonly phase: Uint8Array;
  /** the next procedure of the same UE, −1 none; 1 when its time has come while this one ran */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly due: Uint8Array;
  /** candidates that have not answered, and those that have admitted the UE (bits) */
  readonly pending: Uint8Array;
  readonly admitted: Uint8Array;
  /** UEs that the target has admitted under this procedure */
  readonly places: Int32Array;
  readonly conditionMet: Uint8Array;
  readonly configuredMs: Float64Array;
  /** last user data down and up, as `procedures` counts them; since when there are none after a failure */
  readonly lastDownMs: Float64Array;
  readonly lastUpMs: Float64Array;
  readonly lostMs: Float64Array;
  /** when T304, or T311, runs out */
  readonly deadlineMs: Float64Array;
  /** cell that it accesses: target, or the cell of a re-establishment */
  readonly accessCell: Uint32Array;
  /** tries of the present access; 1: some preamble was sent while the cell was usable */
  readonly tries: Uint16Array;
  readonly heard: Uint8Array;
  /** cell that counts the UE */
  readonly where: Uint32Array;
  /** when a target that is lost too soon fails; NaN */
  readonly targetFailsMs: Float64Array;
  /** UEs that its preparation and command stand for */
  readonly groupSize: Uint32Array;
  /** first member that waits for this procedure's command, next member of the same; −1 none */
  readonly member: Int32Array;
  readonly nextMember: Int32Array;
  readonly #attempts: Attempts;
  /** columns of the attempts that every message meets */
  readonly #source: Uint32Array;
  readonly #sourceUntilMs: Float64Array;
  readonly #targetFromMs: Float64Array;
  readonly #targetUntilMs: Float64Array;
  readonly #serviceDelayMs: Float64Array;
  readonly #targetDelayMs: Float64Array;
  readonly #nodeOf: Uint32Array;
  readonly #t311Ms: number;

  constructor(attempts: Attempts, settings: SignallingSettings) {
    const n = attempts.count;
    this.#attempts = attempts;
    this.#source = attempts.source;
    this.#sourceUntilMs = attempts.sourceUntilMs;
    this.#targetFromMs = attempts.targetFromMs;
    this.#targetUntilMs = attempts.targetUntilMs;
    this.#serviceDelayMs = attempts.serviceDelayMs;
    this.#targetDelayMs = attempts.targetDelayMs;
    this.#nodeOf = settings.nodeOf;
    this.#t311Ms = settings.t311Ms;
    this.out = procedures(n);
    this.held = Int32Array.from(settings.held);
    this.failureDelayMs = failureDelay(settings.radioLink);
    this.state = new Uint8Array(n);
    this.phase = new Uint8Array(n);
    this.next = new Int32Array(n).fill(-1);
    this.previous = new Int32Array(n).fill(-1);
    this.due = new Uint8Array(n);
    this.pending = new Uint8Array(n);
    this.admitted = new Uint8Array(n);
    this.places = new Int32Array(n);
    this.conditionMet = new Uint8Array(n);
    this.configuredMs = new Float64Array(n);
    this.lastDownMs = new Float64Array(n).fill(NaN);
    this.lastUpMs = new Float64Array(n);
    this.lostMs = new Float64Array(n);
    this.deadlineMs = new Float64Array(n);
    this.accessCell = attempts.target.slice(0, n);
    this.tries = new Uint16Array(n);
    this.heard = new Uint8Array(n);
    this.where = attempts.source.slice(0, n);
    this.targetFailsMs = new Float64Array(n).fill(NaN);
    this.groupSize = new Uint32Array(n).fill(1);
    this.member = new Int32Array(n).fill(-1);
    this.nextMember = new Int32Array(n).fill(-1);
    this.#chain();
  }

  /** Links the procedures of each UE. */
  #chain(): void {
    const { count, ue } = this.#attempts;
    let ues = 0;
    for (let p = 0; p < count; p++) ues = Math.max(ues, ue[p] + 1);
    const last = new Int32Array(ues).fill(-1);
    for (let p = 0; p < count; p++) {
      const before = last[ue[p]];
      this.previous[p] = before;
      if (before >= 0) this.next[before] = p;
      last[ue[p]] = p;
    }
  }

  /** Whether an event is none of what has been made void. */
  isValid(p: number, code: number): boolean {
    return phaseOf(code) === this.phase[p] && this.state[p] !== ENDED;
  }

  startMs(p: number): number {
    return this.#attempts.kind[p] === 1 ? this.#attempts.preparedMs[p] : this.#attempts.timeMs[p];
  }

  /** When the source's radio link fails. */
  sourceFailsMs(p: number): number {
    return this.#attempts.sourceUntilMs[p] + this.failureDelayMs;
  }

  /** When the target can be used again while T311 runs; Infinity: not. */
  targetAgainMs(p: number, t: number): number {
    const from = Math.max(t, this.#attempts.targetFromMs[p]);
    return from <= this.#attempts.targetUntilMs[p] && from <= t + this.#t311Ms ? from : Infinity;
  }

  /** Cell of a candidate: 0 is the target. */
  candidate(p: number, index: number): number {
    const others = this.#attempts.otherCandidates;
    return index === 0 || !others ? this.#attempts.target[p] : others[p * OTHERS + index - 1];
  }

  /** One way between the UE and the cell it accesses [ms]. */
  accessDelayMs(p: number): number {
    return this.airMs(p, this.accessCell[p]);
  }

  /** One way between the UE and its source or its target [ms]. */
  airMs(p: number, cell: number): number {
    return cell === this.#source[p] ? this.#serviceDelayMs[p] : this.#targetDelayMs[p];
  }

  /** Whether the UE can use a cell, which is its source or its target, at an instant. */
  usable(p: number, cell: number, atMs: number): boolean {
    if (cell === this.#source[p]) return atMs <= this.#sourceUntilMs[p];
    return atMs >= this.#targetFromMs[p] && atMs <= this.#targetUntilMs[p];
  }

  /** Until when it can use it. */
  usableUntilMs(p: number, cell: number): number {
    return cell === this.#source[p] ? this.#sourceUntilMs[p] : this.#targetUntilMs[p];
  }

  sameNode(a: number, b: number): boolean {
    return this.#nodeOf[a] === this.#nodeOf[b];
  }

  /** Whether one gNB has source and target. */
  inside(p: number): boolean {
    return this.sameNode(this.#attempts.source[p], this.#attempts.target[p]);
  }

  interSatellite(p: number): boolean {
    return this.#attempts.interSatellite[p] === 1;
  }

  accessesSourceNode(p: number): boolean {
    return this.sameNode(this.accessCell[p], this.#attempts.source[p]);
  }

  /** The first outcome stays. */
  set(p: number, outcome: Outcome): void {
    if (this.out.outcome[p] === RUNNING) this.out.outcome[p] = OUTCOME(outcome);
  }

  moveTo(p: number, cell: number): void {
    this.held[this.where[p]]--;
    this.held[cell]++;
    this.where[p] = cell;
  }

  /** User data flow again, or the UE gives up, after a failure. */
  resume(p: number, t: number): void {
    this.out.downMs[p] += t - this.lostMs[p];
    this.out.upMs[p] += t - this.lostMs[p];
  }
}
