/**
 * Settings and closed forms of random access (TS 38.321 §5.1), which `assembly/access.ts` carries out: a preamble in an occasion, slotted ALOHA among the contention preambles, back-off, power ramping.
 * A preamble that two UEs send in one occasion is lost for both (no capture). The i-th try is detected with probability
 * 1 − e⁻ⁱ where power ramping is modelled (TR 37.868 Table 6.2.2.1.1). UEs with a contention-free preamble meet nobody.
 * Leaves out: several beams in a cell's random access, msg3 and msg4 collisions, two-step random access.
 */
import type { PrachConfiguration } from "./prach.ts";

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
