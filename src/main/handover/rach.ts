/**
 * Random access (TS 38.321 §5.1): a preamble in an occasion, slotted ALOHA among the contention preambles, back-off, power ramping.
 * A preamble that two UEs send in one occasion is lost for both (no capture). The i-th try is detected with probability
 * 1 − e⁻ⁱ where power ramping is modelled (TR 37.868 Table 6.2.2.1.1). UEs with a contention-free preamble meet nobody.
 * Leaves out: several beams in a cell's random access, msg3 and msg4 collisions, two-step random access.
 */
import type { Random } from "../math/random.ts";
import { nextOccasion, type PrachConfiguration } from "./prach.ts";

export interface RachSettings {
  prach: PrachConfiguration;
  /** occasions side by side in frequency: msg1-FDM 1, 2, 4, 8 */
  fdm: number;
  /** preambles for contention in an occasion, of 64 */
  contentionPreambles: number;
  /** preambles without contention that a cell can have given out at once */
  dedicatedPreambles: number;
  /** preambleTransMax */
  triesMax: number;
  /** back-off drawn from 0 to this [ms] */
  backoffMs: number;
  /** ra-ResponseWindow after the round trip [ms] */
  responseWindowMs: number;
  /** from the preamble's arrival until the response leaves [ms] */
  responseMs: number;
  rampedDetection: boolean;
}

/** PRACH index 27, 56 of 64 preambles for contention and 8 FDM positions (TR 38.821 §7.2.1.1.1); the rest assumed within TS 38.331's ranges. */
export const RACH: Omit<RachSettings, "prach"> = {
  fdm: 8,
  contentionPreambles: 56,
  dedicatedPreambles: 8 * 8,
  triesMax: 10,
  backoffMs: 20,
  responseWindowMs: 10,
  responseMs: 3,
  rampedDetection: true,
};

/** lists of the choices that are kept; room for choices at first */
const LISTS = 4096;
const CHOICES = 1024;

/** Preambles in use, and who sends in the coming occasions of every cell. UEs (procedures) are numbers from 0. */
export class Preambles {
  readonly #settings: RachSettings;
  readonly #places: number;
  /** first choice of each list, −1 none; of those not in use */
  readonly #lists = new Int32Array(LISTS).fill(-1);
  #free = -1;
  /** [choice] its occasion [ms]; [choice × 3] place in its cell, who chose it first, next of its list */
  #chosenMs: Float64Array<ArrayBuffer>;
  #choices: Int32Array<ArrayBuffer>;
  /** [cell] contention-free preambles left */
  readonly #left: Int32Array;
  /** [procedure] 1: met another in the occasion it chose */
  readonly #met: Uint8Array;
  /** [procedure] 1: holds a contention-free preamble */
  readonly #dedicated: Uint8Array;

  constructor(cells: number, procedures: number, settings: RachSettings) {
    this.#settings = settings;
    this.#places = settings.fdm * settings.contentionPreambles;
    this.#chosenMs = new Float64Array(0);
    this.#choices = new Int32Array(0);
    this.#extend(CHOICES);
    this.#left = new Int32Array(cells).fill(settings.dedicatedPreambles);
    this.#met = new Uint8Array(procedures);
    this.#dedicated = new Uint8Array(procedures);
  }

  /** Gives a contention-free preamble if the cell has one left. */
  reserve(cell: number, procedure: number): void {
    if (this.#left[cell] === 0 || this.#dedicated[procedure] === 1) return;
    this.#left[cell]--;
    this.#dedicated[procedure] = 1;
  }

  release(cell: number, procedure: number): void {
    if (this.#dedicated[procedure] === 0) return;
    this.#left[cell]++;
    this.#dedicated[procedure] = 0;
  }

  /** Whether a UE has a contention-free preamble. */
  meetsNobody(procedure: number): boolean {
    return this.#dedicated[procedure] === 1;
  }

  /**
   * Chooses the first occasion after an instant and a preamble; answers the occasion [ms]. Calls may come before that instant:
   * what was chosen for occasions until `nowMs` is forgotten.
   */
  choose(cell: number, procedure: number, afterMs: number, random: Random, nowMs = afterMs): number {
    const at = nextOccasion(this.#settings.prach, afterMs);
    this.#met[procedure] = 0;
    if (this.#dedicated[procedure] === 1) return at;
    const place = cell * this.#places + random.below(this.#places);
    const other = this.#take(place, at, procedure, nowMs);
    if (other >= 0) this.#met[procedure] = this.#met[other] = 1;
    return at;
  }

  /** Who has taken a place of an occasion before; −1: nobody, and now this one has. */
  #take(place: number, at: number, procedure: number, nowMs: number): number {
    const list = (place ^ Math.imul(at, 0x9e3779b1)) & (LISTS - 1);
    const lists = this.#lists;
    let before = -1;
    for (let choice = lists[list]; choice >= 0;) {
      const choices = this.#choices;
      const atMs = this.#chosenMs[choice];
      const next = choices[3 * choice + 2];
      if (atMs === at && choices[3 * choice] === place) return choices[3 * choice + 1];
      if (atMs <= nowMs) {
        if (before < 0) lists[list] = next;
        else choices[3 * before + 2] = next;
        choices[3 * choice + 2] = this.#free;
        this.#free = choice;
      } else before = choice;
      choice = next;
    }
    if (this.#free < 0) this.#extend(2 * this.#chosenMs.length);
    const choice = this.#free;
    this.#free = this.#choices[3 * choice + 2];
    this.#chosenMs[choice] = at;
    this.#choices[3 * choice] = place;
    this.#choices[3 * choice + 1] = procedure;
    this.#choices[3 * choice + 2] = lists[list];
    lists[list] = choice;
    return -1;
  }

  /** Room for more choices: the new ones hang together as not in use. */
  #extend(length: number): void {
    const used = this.#chosenMs.length;
    const chosenMs = new Float64Array(length);
    const choices = new Int32Array(3 * length);
    chosenMs.set(this.#chosenMs);
    choices.set(this.#choices);
    for (let choice = used; choice < length; choice++)
      choices[3 * choice + 2] = choice + 1 < length ? choice + 1 : -1;
    this.#chosenMs = chosenMs;
    this.#choices = choices;
    this.#free = used;
  }

  /** Whether the preamble chosen meets another; known once its occasion has come. */
  met(procedure: number): boolean {
    return this.#met[procedure] === 1;
  }
}

/** Probability that the `attempt`-th try is heard, collisions aside. */
export function detection(attempt: number, ramped: boolean): number {
  return ramped ? 1 - Math.exp(-attempt) : 1;
}

/** Whether all tries of a random access fail when each fails alike with probability p. */
export function failureProbability(p: number, triesMax: number): number {
  return p ** triesMax;
}

/** Mean tries of an access that ends with success or after `triesMax`, when each try fails with probability p. */
export function meanTries(p: number, triesMax: number): number {
  return (1 - p ** triesMax) / (1 - p);
}

/**
 * Mean delay [ms] of a successful access: geometric tries that each fail with probability p (not ramped), evenly spread occasions
 * `intervalMs` apart. A failed try costs round trip, window and mean back-off; each try then waits half an interval for its occasion.
 */
export function meanAccessDelay(
  p: number,
  roundTripMs: number,
  intervalMs: number,
  settings: RachSettings,
): number {
  const n = settings.triesMax;
  const tail = p ** n;
  const failures = p / (1 - p) - (n * tail) / (1 - tail);
  const failed = roundTripMs + settings.responseWindowMs + settings.backoffMs / 2 + intervalMs / 2;
  return intervalMs / 2 + roundTripMs + settings.responseMs + failures * failed;
}
