/**
 * Layer-3 filtering (TS 38.331 §5.5.3.2) and measurement error, as columns.
 *
 * F_n = (1 − a)·F_(n−1) + a·M_n with a = 1/2^(k/4), F_0 = M_1, in the domain of the quantity (dBm for RSRP).
 * k assumes one measurement per `FILTER_PERIOD_MS`; at another period T the filter keeps its time characteristics when
 * what is left of an old value after the same time is the same: (1 − a_T) = (1 − a)^(T / 200 ms). The clause asks for
 * that and leaves the way open.
 */
import { philox, Random } from "../math/random.ts";

/** One intra-frequency L1 measurement period without DRX (TS 38.133 §9.2.5.2: 200 ms in FR1). */
export const FILTER_PERIOD_MS = 200;

/** Weight of a new measurement for filterCoefficient k and a measurement every `periodMs`. */
export function filterWeight(k: number, periodMs: number): number {
  return 1 - (1 - 2 ** (-k / 4)) ** (periodMs / FILTER_PERIOD_MS);
}

/**
 * Filters `measured` into `filtered` (same order, any number of cells of any number of UEs), in place. NaN in `filtered`
 * is a filter that starts with the next value; NaN in `measured` (cell not heard) forgets.
 */
export function filter(filtered: Float32Array, measured: Float32Array, weight: number): void {
  for (let i = 0; i < filtered.length; i++) {
    const old = filtered[i];
    filtered[i] = old === old ? old + weight * (measured[i] - old) : measured[i];
  }
}

/**
 * Standard deviation of a normal error that stays within ±`accuracyDb` in 90 % of the measurements, the share that
 * requirements of accuracy are tested by. The accuracies themselves (TS 38.133 §10.1) are the scenario's.
 */
export function errorSigma(accuracyDb: number): number {
  return accuracyDb / 1.6448536269514722;
}

/**
 * Errors of RSRP: normal, without mean, independent between UEs, cells and measurements, and a function of these three
 * alone, so that neither threads nor candidates dropped change the error of another.
 */
export class MeasurementError {
  readonly #words = new Uint32Array(4);
  readonly #key: readonly [number, number];
  readonly #sigma: number;

  constructor(seed: number, sigmaDb: number) {
    const random = new Random(seed, "measurement error");
    this.#key = [random.bits(), random.bits()];
    this.#sigma = sigmaDb;
  }

  /** dB; `step` is the number of the measurement. */
  at(ue: number, cell: number, step: number): number {
    if (this.#sigma === 0) return 0;
    const words = this.#words;
    philox(words, ue, cell, step, 0, this.#key[0], this.#key[1]);
    const radius = Math.sqrt(-2 * Math.log(1 - words[0] / 4294967296 - words[1] / 18446744073709551616));
    return this.#sigma * radius * Math.cos((2 * Math.PI * words[2]) / 4294967296);
  }
}
