/** The end of a handover at its target: path switch, release, prepared cells that were not chosen, a target that does not last. */
import { OTHERS } from "./attempts.ts";
import { E, RUNNING, TARGET_LOST } from "./codes.ts";
import type { Machinery } from "./machinery.ts";
import { CANCEL, COMPLETE, RELEASE, STATUS } from "./messages.ts";

export class Completion {
  readonly #of: Machinery;

  constructor(machinery: Machinery) {
    this.#of = machinery;
  }

  /** The target has the UE. Its link may be known to fail before the minimum time of stay, with no further handover to save it. */
  completed(p: number, t: number): void {
    const { attempts, progress, settings } = this.#of;
    progress.out.downMs[p] = t - progress.lastDownMs[p];
    progress.held[progress.where[p]]--;
    progress.where[p] = attempts.target[p];
    progress.admitted[p] &= ~1;
    const fails = Math.max(t, attempts.targetUntilMs[p] + progress.failureDelayMs);
    const next = progress.next[p];
    const saved = next >= 0 && attempts.timeMs[next] < fails;
    if (attempts.targetUntilMs[p] < t + settings.minTimeOfStayMs && !saved) progress.targetFailsMs[p] = fails;
    if (!progress.inside(p)) this.#of.fire(p, COMPLETE, t);
    else if (Number.isNaN(progress.targetFailsMs[p])) this.#of.fire(p, E.completeInside, t);
    else this.#stayShort(p, t);
  }

  released(p: number, t: number): void {
    const { out, targetFailsMs } = this.#of.progress;
    const lasts = Number.isNaN(targetFailsMs[p]) || out.outcome[p] !== RUNNING;
    if (lasts) this.#of.fire(p, RELEASE, t);
    else this.#stayShort(p, t);
  }

  #stayShort(p: number, t: number): void {
    this.#of.fire(p, E.stayShort, t);
    this.#of.transport.push(Math.max(t, this.#of.progress.targetFailsMs[p]), p, TARGET_LOST);
  }

  /** The source learns that a conditional handover has been executed. */
  succeeded(p: number, t: number): void {
    this.#of.transport.send(p, STATUS, 0, t);
    this.cancel(p, t);
  }

  /** Tells the prepared cells that were not chosen. */
  cancel(p: number, t: number): void {
    const { attempts, progress, transport } = this.#of;
    for (let c = 1; c <= OTHERS; c++)
      if ((progress.admitted[p] >> c) & 1) {
        const cell = progress.candidate(p, c);
        if (progress.sameNode(attempts.source[p], cell)) progress.held[cell]--;
        else transport.send(p, CANCEL, c, t);
      }
    progress.admitted[p] = 0;
  }
}
