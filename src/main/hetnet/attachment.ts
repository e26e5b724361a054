import type { Memory } from "./decision.ts";
import { forget, newMemory } from "./decision.ts";

export interface Limits {
  /** [node] dB below which a link is out of sync */
  qOutDb: readonly number[];
  /** reports in a row below it that make a radio-link failure: T310 */
  outReports: number;
  /** reports within which a return to the node before is a ping-pong */
  stayReports: number;
}

export interface Handover {
  /** report from which the target serves */
  step: number;
  from: number;
  to: number;
}

export interface Tally {
  /** node that serves, report by report from the first one on */
  serving: number[];
  /** executed with success */
  handovers: Handover[];
  pingPongs: number;
  /** the command did not reach the UE, the serving link being out */
  lostCommands: number;
  /** the target was out of sync when the UE came */
  wrongTargets: number;
  /** radio-link failures before any handover */
  tooLate: number;
  /** refused by admission control */
  refused: number;
  /** reports whose serving link was out */
  outReports: number;
  sumSinrDb: number;
}

/**
 * One UE's attachment, report by report: execution of what was ordered one report before, radio-link failure, and what is
 * ordered now. After a failure the UE comes back at once at the best node of the report, which counts as no handover.
 */
export class Attachment {
  serving: number;
  readonly memory: Memory;
  readonly tally: Tally;
  readonly #limits: Limits;
  /** node that the UE goes to with the next report, or −1 */
  ordered = -1;
  #before = -1;
  #since = 0;
  #out = 0;

  constructor(serving: number, nodes: number, limits: Limits) {
    this.serving = serving;
    this.memory = newMemory(nodes);
    this.#limits = limits;
    this.tally = {
      serving: [],
      handovers: [],
      pingPongs: 0,
      lostCommands: 0,
      wrongTargets: 0,
      tooLate: 0,
      refused: 0,
      outReports: 0,
      sumSinrDb: 0,
    };
  }

  /** Takes the report of a step: executes, watches the link, counts. Gives the node that was left, or −1. */
  report(step: number, sinr: ArrayLike<number>): number {
    const left = this.serving;
    const { tally } = this;
    const { qOutDb, outReports } = this.#limits;
    if (this.ordered >= 0) this.#execute(step, sinr);
    this.#out = sinr[this.serving] < qOutDb[this.serving] ? this.#out + 1 : 0;
    if (this.#out >= outReports) {
      tally.tooLate++;
      this.#fail(step, sinr);
    }
    this.memory.reachable = sinr[this.serving] >= qOutDb[this.serving];
    if (!this.memory.reachable) tally.outReports++;
    tally.sumSinrDb += sinr[this.serving];
    tally.serving.push(this.serving);
    return left === this.serving ? -1 : left;
  }

  /** Orders a handover for the next report; false where the command is lost. */
  order(target: number): boolean {
    const { memory } = this;
    if (memory.prepared[target] === 0 && !memory.reachable) {
      this.tally.lostCommands++;
      return false;
    }
    this.ordered = target;
    return true;
  }

  #execute(step: number, sinr: ArrayLike<number>): void {
    const { tally, serving } = this;
    const target = this.ordered;
    if (sinr[target] < this.#limits.qOutDb[target]) {
      tally.wrongTargets++;
      this.#fail(step, sinr);
      return;
    }
    tally.handovers.push({ step, from: serving, to: target });
    if (target === this.#before && step - this.#since <= this.#limits.stayReports) tally.pingPongs++;
    this.#before = serving;
    this.#attach(step, target);
  }

  /** Comes back at the best node; what the last handover left is no longer the node before. */
  #fail(step: number, sinr: ArrayLike<number>): void {
    this.#before = -1;
    this.#attach(step, bestOf(sinr));
  }

  #attach(step: number, node: number): void {
    this.serving = node;
    this.#since = step;
    this.ordered = -1;
    this.#out = 0;
    forget(this.memory);
  }
}

export function bestOf(sinr: ArrayLike<number>): number {
  let best = 0;
  for (let node = 1; node < sinr.length; node++) if (sinr[node] > sinr[best]) best = node;
  return best;
}
