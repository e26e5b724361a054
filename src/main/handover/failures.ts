/** Links that fail before, during and after a handover, and the re-establishment that follows (TS 38.331 §5.3.7). */
import { OTHERS } from "./attempts.ts";
import { E, FOUND, NOT_FOUND, ON_SOURCE, S } from "./codes.ts";
import type { Machinery } from "./machinery.ts";
import { AGAIN_COMPLETE, AGAIN_REQUEST } from "./messages.ts";

export class Failures {
  readonly #of: Machinery;

  constructor(machinery: Machinery) {
    this.#of = machinery;
  }

  linkFailed(p: number, t: number): void {
    const { progress } = this.#of;
    progress.set(p, progress.state[p] === S.waiting ? "radio-link-failure" : "too-late");
    this.#of.fire(p, E.radioLinkFailure, t);
  }

  targetLost(p: number, t: number): void {
    const early = t <= this.#of.attempts.sourceUntilMs[p];
    this.#of.progress.set(p, early ? "too-early" : "wrong-cell");
    this.#of.fire(p, E.targetLost, t);
  }

  notFound(p: number, t: number): void {
    this.#of.progress.resume(p, t);
    this.#of.fire(p, E.notFound, t);
  }

  /** After a radio-link failure or a failed access: T311 runs while the UE looks for the source or the target. */
  search(p: number, t: number): void {
    const { attempts, progress, settings, transport } = this.#of;
    this.#interrupt(p, t);
    this.forget(p);
    progress.phase[p]++;
    progress.deadlineMs[p] = t + settings.t311Ms;
    const atSource = t <= attempts.sourceUntilMs[p];
    const found = atSource ? t : progress.targetAgainMs(p, t);
    if (Number.isFinite(found)) {
      progress.accessCell[p] = atSource ? attempts.source[p] : attempts.target[p];
      if (p === transport.chart.watched) transport.chart.pause("look for a cell", "ue", t, found);
      transport.push(found, p, FOUND);
      return;
    }
    const next = progress.next[p];
    const served = next < 0 ? Infinity : Math.max(t, progress.startMs(next));
    transport.push(Math.min(progress.deadlineMs[p], served), p, NOT_FOUND);
  }

  /** User data flow no longer since the link's last good instant, or since they left the source. */
  #interrupt(p: number, t: number): void {
    const { attempts, progress } = this.#of;
    const stayed = progress.where[p] === attempts.target[p];
    const good = stayed
      ? attempts.targetUntilMs[p]
      : Math.max(attempts.sourceUntilMs[p], progress.out.startMs[p]);
    const last = Math.min(t, good);
    const left = stayed ? NaN : progress.lastDownMs[p];
    progress.lostMs[p] = left < last ? left : last;
    if (!stayed) progress.out.upMs[p] = 0;
  }

  /** The cell has worked on the re-establishment request: it may hold the UE's context. */
  requested(p: number, t: number): void {
    this.#of.fire(p, this.#of.progress.accessesSourceNode(p) ? E.contextHere : AGAIN_REQUEST, t);
  }

  reestablished(p: number, t: number): void {
    const { progress } = this.#of;
    progress.resume(p, t);
    progress.moveTo(p, progress.accessCell[p]);
    this.#of.fire(p, progress.accessesSourceNode(p) ? E.backAtSource : AGAIN_COMPLETE, t);
  }

  /** Gives back what candidates have admitted. */
  forget(p: number): void {
    const { attempts, preambles, progress } = this.#of;
    for (let c = 0; c <= OTHERS; c++)
      if ((progress.admitted[p] >> c) & 1)
        progress.held[progress.candidate(p, c)] -= c === 0 ? progress.places[p] : 1;
    progress.admitted[p] = 0;
    preambles.release(attempts.target[p], p);
  }

  /** Whether a failure of the source's radio link still matters. */
  matters(p: number): boolean {
    return ON_SOURCE[this.#of.progress.state[p]] === 1;
  }
}
