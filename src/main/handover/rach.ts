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

/** Preambles in use, and who sends in the coming occasion of every cell. UEs (procedures) are numbers from 0. */
export class Preambles {
  readonly #settings: RachSettings;
  readonly #places: number;
  /** [cell × place] occasion in which it was last chosen [ms] */
  readonly #chosenMs: Float64Array;
  /** [cell × place] who chose it first */
  readonly #first: Int32Array;
  /** [cell] contention-free preambles left */
  readonly #left: Int32Array;
  /** [procedure] 1: met another in the occasion it chose */
  readonly #met: Uint8Array;
  /** [procedure] 1: holds a contention-free preamble */
  readonly #dedicated: Uint8Array;

  constructor(cells: number, procedures: number, settings: RachSettings) {
    this.#settings = settings;
    this.#places = settings.fdm * settings.contentionPreambles;
    this.#chosenMs = new Float64Array(cells * this.#places).fill(-1);
    this.#first = new Int32Array(cells * this.#places);
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

  /** Chooses the next occasion and a preamble; answers the occasion [ms]. Calls come in order of time at every cell. */
  choose(cell: number, procedure: number, nowMs: number, random: Random): number {
    const at = nextOccasion(this.#settings.prach, nowMs);
    this.#met[procedure] = 0;
    if (this.#dedicated[procedure] === 1) return at;
    const place = cell * this.#places + random.below(this.#places);
    if (this.#chosenMs[place] === at) {
      this.#met[procedure] = 1;
      this.#met[this.#first[place]] = 1;
    } else {
      this.#chosenMs[place] = at;
      this.#first[place] = procedure;
    }
    return at;
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
