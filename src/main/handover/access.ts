/** Random access of a procedure to its target, or to the cell of a re-establishment: tries, T304 and T311, success and failure. */
import { ACCESSED, ACCESS_FAILED, E, EXPIRED, OCCASION, S, TRY } from "./codes.ts";
import type { Machinery } from "./machinery.ts";
import { PREAMBLE, RESPONSE } from "./messages.ts";
import { detection } from "./rach.ts";
import { Random } from "../math/random.ts";

export class Access {
  readonly #of: Machinery;
  readonly #random: Random;
  /** [try] how likely it is heard */
  readonly #detection: Float64Array;

  constructor(machinery: Machinery) {
    this.#of = machinery;
    const { rach, seed } = machinery.settings;
    this.#random = new Random(seed, "signalling");
    this.#detection = new Float64Array(rach.triesMax + 1).map((_, i) => detection(i, rach.rampedDetection));
  }

  start(p: number, t: number): void {
    const { progress, transport } = this.#of;
    progress.tries[p] = 0;
    progress.heard[p] = 0;
    const from = progress.state[p] === S.accessing ? this.#startTimer(p, t) : t;
    transport.ledger.executed(t, progress.accessCell[p]);
    if (from > t) transport.push(from, p, TRY);
    else this.try(p, t);
  }

  /** T304 runs; answers when the first try may be made, which is after SIB19 where T430 has run out. */
  #startTimer(p: number, t: number): number {
    const { attempts, progress, settings, transport } = this.#of;
    progress.deadlineMs[p] = t + settings.t304Ms;
    const stale = attempts.kind[p] === 1 && t - progress.configuredMs[p] > settings.t430Ms;
    const from = stale ? t + settings.sib19Ms : t;
    if (p === transport.chart.watched) transport.chart.pause("read SIB19 of the target", "ue", t, from);
    return from;
  }

  /** Event at an instant, or the expiry of the timer if that is before. */
  #beforeDeadline(p: number, type: number, t: number): void {
    const deadline = this.#of.progress.deadlineMs[p];
    if (t <= deadline) this.#of.transport.push(t, p, type);
    else this.#of.transport.push(deadline, p, EXPIRED);
  }

  /** Draws of a procedure's next try: `part` 0 its preamble, 1 its luck. */
  #draw(p: number, part: 0 | 1): Random {
    return this.#random.atWords((p << 17) | (2 * this.#of.progress.out.tries[p] + part), p >>> 15);
  }

  try(p: number, t: number): void {
    const { preambles, progress, transport } = this.#of;
    const at = preambles.choose(progress.accessCell[p], p, t, this.#draw(p, 0), transport.events.time);
    const deadline = progress.deadlineMs[p];
    if (p === transport.chart.watched)
      transport.chart.pause("wait for an occasion", "ue", t, Math.min(at, deadline));
    // a UE that meets nobody knows at once what comes of it
    if (at <= deadline && preambles.meetsNobody(p)) this.occasion(p, at);
    else this.#beforeDeadline(p, OCCASION, at);
  }

  occasion(p: number, t: number): void {
    const { progress, preambles, settings, transport } = this.#of;
    const { rach } = settings;
    const cell = progress.accessCell[p];
    const met = preambles.met(p);
    const draw = this.#draw(p, 1);
    const chance = draw.next();
    const backoffMs = draw.next() * rach.backoffMs;
    progress.out.tries[p]++;
    const tries = ++progress.tries[p];
    const roundTripMs = 2 * progress.accessDelayMs(p);
    const usable = progress.usable(p, cell, t);
    if (usable) progress.heard[p] = 1;
    const heard =
      usable &&
      !met &&
      chance < this.#detection[tries] &&
      progress.usable(p, cell, t + roundTripMs + rach.responseMs);
    transport.ledger.tried(t, cell, met);
    transport.air(p, PREAMBLE, t, !heard);
    if (heard) {
      this.#respond(p, t);
      return;
    }
    const closed = t + roundTripMs + rach.responseWindowMs;
    if (tries >= rach.triesMax) this.#beforeDeadline(p, ACCESS_FAILED, closed);
    else this.#beforeDeadline(p, TRY, closed + backoffMs);
  }

  #respond(p: number, t: number): void {
    const { preambles, progress, settings, transport } = this.#of;
    const { responseMs } = settings.rach;
    const delayMs = progress.accessDelayMs(p);
    const sent = t + delayMs + responseMs;
    if (p === transport.chart.watched)
      transport.chart.pause("prepare the response", "cell", t + delayMs, sent, true);
    transport.air(p, RESPONSE, sent, false);
    const heard = t + 2 * delayMs + responseMs;
    // nobody waits for a preamble of contention
    if (heard <= progress.deadlineMs[p] && !preambles.meetsNobody(p)) this.accessed(p, heard);
    else this.#beforeDeadline(p, ACCESSED, heard);
  }

  accessed(p: number, t: number): void {
    const { attempts, preambles, progress } = this.#of;
    preambles.release(attempts.target[p], p);
    if (progress.state[p] === S.accessing) progress.out.upMs[p] = t - progress.lastUpMs[p];
    this.#of.fire(p, E.accessed, t);
  }

  /** All tries have failed, or the timer has run out. */
  failed(p: number, type: typeof ACCESS_FAILED | typeof EXPIRED, t: number): void {
    const { attempts, preambles, progress } = this.#of;
    preambles.release(attempts.target[p], p);
    if (progress.state[p] !== S.accessing) progress.resume(p, t);
    else if (progress.heard[p] === 1) progress.set(p, type === EXPIRED ? "t304-expiry" : "rach-failure");
    else if (t <= attempts.sourceUntilMs[p]) progress.set(p, "too-early");
    else progress.set(p, Number.isFinite(progress.targetAgainMs(p, t)) ? "t304-expiry" : "wrong-cell");
    this.#of.fire(p, E.accessFailed, t);
  }
}
