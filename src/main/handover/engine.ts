/**
 * The discrete-event engine behind `signalling.ts`: takes events in order of time, walks the machines of `procedure.ts` and
 * does what their transitions say. One queue, columns by procedure, no objects per message. A message that a gNB takes is
 * known to be done at an instant, so its consequences are sent from that instant on without a further event.
 */
import { Access } from "./access.ts";
import type { Attempts, SignallingSettings } from "./attempts.ts";
import * as codes from "./codes.ts";
import { Completion } from "./completion.ts";
import { Failures } from "./failures.ts";
import type { Machinery } from "./machinery.ts";
import * as m from "./messages.ts";
import { Preparation } from "./preparation.ts";
import { EVENT_COUNT, eventName, FIRST_ACTION, STATES, UNKNOWN } from "./procedure.ts";
import { Progress } from "./progress.ts";
import { Preambles } from "./rach.ts";
import { Transport } from "./transport.ts";

// names of this module are constants to V8, those of another are looked up each time
const { A, E, S, MACHINE, OUTCOME, candidateOf, encode, againOf, typeOf } = codes;
const { START, CONDITION, TRY, OCCASION, ACCESSED, ACCESS_FAILED, EXPIRED } = codes;
const { LINK_FAILED, TARGET_LOST, FOUND, NOT_FOUND } = codes;
const { REQUEST, ACKNOWLEDGE, REFUSAL, COMMAND, STATUS, COMPLETE, SWITCH, RELEASE, CONFIGURE } = m;
const { CONFIGURED, SUCCESS, CANCEL, AGAIN_REQUEST, AGAIN_COMPLETE } = m;
const { next: NEXT, first: FIRST, count: COUNT, does: DOES } = MACHINE;
const [STATE_COUNT, EVENTS, MESSAGE_COUNT] = [STATES.length, EVENT_COUNT, FIRST_ACTION];

/** Messages that matter whatever has become of the procedure. */
const ASIDE = new Uint8Array(m.MESSAGES.length);
for (const kind of [STATUS, CANCEL, SUCCESS, CONFIGURED]) ASIDE[kind] = 1;

const SUCCEEDED = OUTCOME("success");
/** The last events are taken in growing steps: Infinity is no whole number of ticks, and V8 would compile anew for it. */
const STEP_MS = 1000;

export class Engine implements Machinery {
  readonly attempts: Attempts;
  readonly settings: SignallingSettings;
  readonly progress: Progress;
  readonly transport: Transport;
  readonly preambles: Preambles;
  /** columns that every event meets */
  readonly #kind: Uint8Array;
  readonly #state: Uint8Array;
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
    this.#kind = attempts.kind;
    this.#state = this.progress.state;
    this.#preparation = new Preparation(this);
    this.#access = new Access(this);
    this.#completion = new Completion(this);
    this.#failures = new Failures(this);
  }

  run(): void {
    const { events, repeats } = this.transport;
    const order = this.#order();
    let untilMs = 0;
    for (let i = 0; i < order.length; i++) {
      untilMs = this.progress.startMs(order[i]);
      this.#drain(untilMs);
      this.#begin(order[i], untilMs);
    }
    for (let ms = STEP_MS; events.size + repeats.size > 0 && untilMs < Infinity; ms *= 2)
      this.#drain((untilMs += ms));
  }

  /** Everything that is due before a time; a method of its own, because V8 leaves optimised code at the end of an inner loop. */
  #drain(untilMs: number): void {
    const { events, repeats } = this.transport;
    for (;;) {
      const againMs = repeats.timeMs;
      if (events.next(Math.min(untilMs, againMs))) this.#take();
      else if (againMs < untilMs) this.#repeat();
      else return;
    }
  }

  /** A message that was sent again arrives. */
  #repeat(): void {
    if (this.transport.dropAgain()) return;
    const { repeats } = this.transport;
    const { item, code, cell, timeMs } = repeats;
    this.transport.takeRepeated();
    this.#arrive(item, code, cell, timeMs);
  }

  /** Procedures in order of their start: ordinary ones have that of their attempts. */
  #order(): Uint32Array {
    const { attempts, progress } = this;
    const order = new Uint32Array(attempts.count);
    for (let i = 0; i < order.length; i++) order[i] = i;
    const late =
      attempts.kind.includes(1) && order.some((p) => p > 0 && progress.startMs(p) < progress.startMs(p - 1));
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
    const waits = attempts.kind[p] === 1 || attempts.groupOf !== undefined;
    if (waits && fails < Infinity) transport.push(fails, p, LINK_FAILED);
    if (attempts.kind[p] === 1) transport.push(Math.max(t, attempts.timeMs[p]), p, CONDITION);
    this.#preparation.begin(p, t);
  }

  /** Does what the event says that the queue has given last. */
  #take(): void {
    const { events } = this.transport;
    const type = typeOf(events.code);
    if (type < START) this.#arrive(events.item, events.code, events.cell, events.time);
    else if (type === START) this.#begin(events.item, events.time);
    else if (this.progress.isValid(events.item, events.code)) this.#happen(events.item, type, events.time);
  }

  /** What happens at the UE. */
  #happen(p: number, type: number, t: number): void {
    switch (type) {
      case CONDITION:
        this.#conditionMet(p, t);
        return;
      case TRY:
        this.#access.try(p, t);
        return;
      case OCCASION:
        this.#access.occasion(p, t);
        return;
      case ACCESSED:
        this.#access.accessed(p, t);
        return;
      case ACCESS_FAILED:
      case EXPIRED:
        this.#access.failed(p, type, t);
        return;
      case LINK_FAILED:
        this.#linkFailed(p, t);
        return;
      case TARGET_LOST:
        this.#failures.targetLost(p, t);
        return;
      case FOUND:
        this.fire(p, E.found, t);
        return;
      case NOT_FOUND:
        this.#failures.notFound(p, t);
    }
  }

  #conditionMet(p: number, t: number): void {
    this.progress.conditionMet[p] = 1;
    if (this.progress.state[p] === S.waiting) this.#execute(p, t);
  }

  #linkFailed(p: number, t: number): void {
    if (!this.#failures.matters(p)) return;
    this.#preparation.dissolve(p, t);
    this.#failures.linkFailed(p, t);
  }

  /** A message reaches its receiver: it is worked on, dropped and sent again, or given up. */
  #arrive(p: number, code: number, cell: number, time: number): void {
    const done = this.transport.work(p, code, cell, time);
    const kind = typeOf(code);
    if (done < 0) this.#dropped(p, code, cell, time);
    else if (ASIDE[kind] === 1) this.#reactAside(p, kind, candidateOf(code), done);
    else if (this.progress.isValid(p, code)) this.#react(p, kind, candidateOf(code), done);
  }

  #dropped(p: number, code: number, cell: number, t: number): void {
    const kind = typeOf(code);
    const candidate = candidateOf(code);
    const aside = ASIDE[kind] === 1;
    this.progress.out.drops[p]++;
    if (!aside && !this.progress.isValid(p, code)) return;
    if (this.transport.again(p, code, cell, t)) return;
    // a timer of the network does in the end what the lost message should have done
    if (aside) this.#reactAside(p, kind, candidate, t);
    else this.#givenUp(p, kind, candidate, againOf(code), t);
  }

  #givenUp(p: number, kind: number, candidate: number, again: number, t: number): void {
    if (again < this.settings.maxRetransmissions) this.transport.radioLost(p, kind, t);
    else if (candidate > 0) this.#preparation.answered(p, t);
    else this.#preparation.networkFailed(p, E.overload, "overload", t);
  }

  #reactAside(p: number, kind: number, candidate: number, t: number): void {
    if (kind === SUCCESS) this.#completion.succeeded(p, t);
    else if (kind === CANCEL) this.progress.held[this.progress.candidate(p, candidate)]--;
  }

  #react(p: number, kind: number, candidate: number, t: number): void {
    switch (kind) {
      case REQUEST:
        this.#preparation.requested(p, candidate, t);
        return;
      case ACKNOWLEDGE:
      case REFUSAL:
        this.#preparation.answered(p, t);
        return;
      case COMPLETE:
        this.#completion.completed(p, t);
        return;
      case RELEASE:
        this.#completion.released(p, t);
        return;
      case CONFIGURE:
        this.#configured(p, t);
        return;
      case AGAIN_REQUEST:
        this.#failures.requested(p, t);
        return;
      case AGAIN_COMPLETE:
        this.#failures.reestablished(p, t);
        return;
      default:
        this.fire(p, kind, t);
    }
  }

  #configured(p: number, t: number): void {
    this.progress.configuredMs[p] = t;
    this.fire(p, CONFIGURE, t);
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
    const state = this.#state;
    const row = (this.#kind[p] * STATE_COUNT + state[p]) * EVENTS + what;
    if (NEXT[row] === UNKNOWN) throw new Error(`${STATES[state[p]]} does not know ${eventName(what)}`);
    state[p] = NEXT[row];
    const end = FIRST[row] + COUNT[row];
    for (let i = FIRST[row]; i < end; i++) this.#do(p, DOES[i], t);
  }

  #do(p: number, what: number, t: number): void {
    if (what === COMMAND) this.#preparation.command(p, t);
    else if (what === SWITCH) this.fire(p, SWITCH, this.transport.toCore(p, SWITCH, t));
    else if (what < MESSAGE_COUNT) this.transport.send(p, what, 0, t);
    else if (what === A.end) this.#end(p, t);
    else if (what === A.access) this.#access.start(p, t);
    else if (what === A.prepare) this.#preparation.prepare(p, t);
    else if (what === A.search) this.#failures.search(p, t);
    else this.#completion.cancel(p, t);
  }

  #end(p: number, t: number): void {
    const { out, due, next } = this.progress;
    if (!Number.isNaN(out.endMs[p])) throw new Error(`procedure ${p} ended twice`);
    out.endMs[p] = t;
    this.progress.set(p, "success");
    if (out.outcome[p] !== SUCCEEDED) this.#failures.forget(p);
    if (due[p] === 1) this.transport.events.push(t, next[p], encode(START, 0, 0, 0), 0);
  }
}
