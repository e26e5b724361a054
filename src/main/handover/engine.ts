/**
 * The discrete-event engine behind `signalling.ts`: takes events in order of time, walks the machines of `procedure.ts` and
 * does what their transitions say. One queue, columns by procedure, no objects per message. A message that a gNB takes is
 * known to be done at an instant, so its consequences are sent from that instant on without a further event.
 */
import { Access } from "./access.ts";
import type { Attempts, SignallingSettings } from "./attempts.ts";
import {
  A,
  ACCESSED,
  ACCESS_FAILED,
  againOf,
  candidateOf,
  CONDITION,
  E,
  encode,
  EXPIRED,
  FOUND,
  LINK_FAILED,
  NOT_FOUND,
  OCCASION,
  OUTCOME,
  phaseOf,
  S,
  START,
  TARGET_LOST,
  TRY,
  typeOf,
} from "./codes.ts";
import { Completion } from "./completion.ts";
import { Failures } from "./failures.ts";
import type { Machinery } from "./machinery.ts";
import * as m from "./messages.ts";
import { Preparation } from "./preparation.ts";
import { EVENT_COUNT, eventName, FIRST_ACTION, MACHINES, STATES, UNKNOWN } from "./procedure.ts";
import { Progress } from "./progress.ts";
import { Preambles } from "./rach.ts";
import { Transport } from "./transport.ts";

/** Messages that matter whatever has become of the procedure. */
const ASIDE = new Uint8Array(m.MESSAGES.length);
for (const kind of [m.STATUS, m.CANCEL, m.SUCCESS, m.CONFIGURED]) ASIDE[kind] = 1;

const SUCCESS = OUTCOME("success");

export class Engine implements Machinery {
  readonly attempts: Attempts;
  readonly settings: SignallingSettings;
  readonly progress: Progress;
  readonly transport: Transport;
  readonly preambles: Preambles;
  readonly #preparation: Preparation;
  readonly #access: Access;
  readonly #completion: Completion;
  readonly #failures: Failures;

  constructor(attempts: Attempts, settings: SignallingSettings, watched: number) {
    this.attempts = attempts;
    this.settings = settings;
    this.progress = new Progress(attempts, settings);
    this.transport = new Transport(attempts, settings, this.progress, watched);
    this.preambles = new Preambles(settings.nodeOf.length, attempts.count, settings.rach);
    this.#preparation = new Preparation(this);
    this.#access = new Access(this);
    this.#completion = new Completion(this);
    this.#failures = new Failures(this);
  }

  run(): void {
    for (const p of this.#order()) {
      const startMs = this.progress.startMs(p);
      this.#drain(startMs);
      this.#begin(p, startMs);
    }
    this.#drain(Infinity);
  }

  /** Everything that is due before a time; a method of its own, because V8 leaves optimised code at the end of an inner loop. */
  #drain(untilMs: number): void {
    const { events } = this.transport;
    while (events.next(untilMs)) {
      const { time, item, code, cell } = events;
      events.pop();
      this.#take(item, code, cell, time);
    }
  }

  /** Procedures in order of their start. */
  #order(): Uint32Array {
    const { progress } = this;
    const order = new Uint32Array(this.attempts.count);
    for (let i = 0; i < order.length; i++) order[i] = i;
    const late = order.some((p) => p > 0 && progress.startMs(p) < progress.startMs(p - 1));
    return late ? order.sort((a, b) => progress.startMs(a) - progress.startMs(b) || a - b) : order;
  }

  /** Starts a procedure; one UE has one at a time, and a later one waits for the end of the one before. */
  #begin(p: number, t: number): void {
    const { attempts, progress, transport } = this;
    const before = progress.previous[p];
    if (before >= 0 && progress.state[before] !== S.ended) {
      progress.due[before] = 1;
      return;
    }
    progress.out.startMs[p] = t;
    const fails = progress.sourceFailsMs(p);
    if (fails <= t) {
      progress.set(p, "radio-link-failure");
      this.fire(p, E.radioLinkFailure, t);
      return;
    }
    if (fails < Infinity) transport.push(fails, p, LINK_FAILED);
    if (attempts.kind[p] === 1) transport.push(Math.max(t, attempts.timeMs[p]), p, CONDITION);
    this.#preparation.begin(p, t);
  }

  #take(p: number, code: number, cell: number, t: number): void {
    const type = typeOf(code);
    const valid = phaseOf(code) === this.progress.phase[p] && this.progress.state[p] !== S.ended;
    if (type < START) this.#arrive(p, code, cell, valid, t);
    else if (type === START) this.#begin(p, t);
    else if (valid) this.#happen(p, type, t);
  }

  /** What happens at the UE. */
  #happen(p: number, type: number, t: number): void {
    if (type === OCCASION) this.#access.occasion(p, t);
    else if (type === TRY) this.#access.try(p, t);
    else if (type === ACCESSED) this.#access.accessed(p, t);
    else if (type === LINK_FAILED) this.#linkFailed(p, t);
    else if (type === CONDITION) {
      this.progress.conditionMet[p] = 1;
      if (this.progress.state[p] === S.waiting) this.#execute(p, t);
    } else if (type === ACCESS_FAILED || type === EXPIRED) this.#access.failed(p, type, t);
    else if (type === TARGET_LOST) this.#failures.targetLost(p, t);
    else if (type === FOUND) this.fire(p, E.found, t);
    else if (type === NOT_FOUND) this.#failures.notFound(p, t);
  }

  #linkFailed(p: number, t: number): void {
    if (!this.#failures.matters(p)) return;
    this.#preparation.dissolve(p, t);
    this.#failures.linkFailed(p, t);
  }

  /** A message reaches its receiver: it is worked on, dropped and sent again, or given up. */
  #arrive(p: number, code: number, cell: number, valid: boolean, t: number): void {
    const kind = typeOf(code);
    const candidate = candidateOf(code);
    const again = againOf(code);
    const done = this.transport.work(p, kind, candidate, again, cell, t);
    const aside = ASIDE[kind] === 1;
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
    if (again < this.settings.maxRetransmissions) this.transport.radioLost(p, kind, t);
    else if (candidate > 0) this.#preparation.answered(p, t);
    else this.#preparation.networkFailed(p, E.overload, "overload", t);
  }

  #reactAside(p: number, kind: number, candidate: number, t: number): void {
    if (kind === m.SUCCESS) this.#completion.succeeded(p, t);
    else if (kind === m.CANCEL) this.progress.held[this.progress.candidate(p, candidate)]--;
  }

  #react(p: number, kind: number, candidate: number, t: number): void {
    if (kind === m.REQUEST) this.#preparation.requested(p, candidate, t);
    else if (kind === m.ACKNOWLEDGE || kind === m.REFUSAL) this.#preparation.answered(p, t);
    else if (kind === m.CONFIGURE) this.#configured(p, t);
    else if (kind === m.COMPLETE) this.#completion.completed(p, t);
    else if (kind === m.RELEASE) this.#completion.released(p, t);
    else if (kind === m.AGAIN_REQUEST) this.#failures.requested(p, t);
    else if (kind === m.AGAIN_COMPLETE) this.#failures.reestablished(p, t);
    else this.fire(p, kind, t);
  }

  #configured(p: number, t: number): void {
    this.progress.configuredMs[p] = t;
    this.fire(p, m.CONFIGURE, t);
    if (this.progress.conditionMet[p] === 1) this.#execute(p, t);
  }

  /** The condition holds and the configuration is there: the UE leaves the source on its own. */
  #execute(p: number, t: number): void {
    const { sourceUntilMs, serviceDelayMs } = this.attempts;
    const last = Math.min(t, sourceUntilMs[p]);
    this.progress.lastUpMs[p] = last;
    this.progress.lastDownMs[p] = last - serviceDelayMs[p];
    this.fire(p, E.condition, t);
  }

  fire(p: number, what: number, t: number): void {
    const { state } = this.progress;
    const machine = MACHINES[this.attempts.kind[p]];
    const row = state[p] * EVENT_COUNT + what;
    const next = machine.next[row];
    if (next === UNKNOWN) throw new Error(`${STATES[state[p]]} does not know ${eventName(what)}`);
    state[p] = next;
    const first = machine.first[row];
    for (let i = first; i < first + machine.count[row]; i++) this.#do(p, machine.does[i], t);
  }

  #do(p: number, what: number, t: number): void {
    if (what === m.COMMAND) this.#preparation.command(p, t);
    else if (what < FIRST_ACTION) this.transport.send(p, what, 0, t);
    else if (what === A.prepare) this.#preparation.prepare(p, t);
    else if (what === A.access) this.#access.start(p, t);
    else if (what === A.search) this.#failures.search(p, t);
    else if (what === A.cancel) this.#completion.cancel(p, t);
    else this.#end(p, t);
  }

  #end(p: number, t: number): void {
    const { out, due, next } = this.progress;
    if (!Number.isNaN(out.endMs[p])) throw new Error(`procedure ${p} ended twice`);
    out.endMs[p] = t;
    this.progress.set(p, "success");
    if (out.outcome[p] !== SUCCESS) this.#failures.forget(p);
    if (due[p] === 1) this.transport.events.push(t, next[p], encode(START, 0, 0, 0), 0);
  }
}
