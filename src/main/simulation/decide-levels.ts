import { errorSigma, filter, filterWeight, MeasurementError } from "../handover/filter.ts";
import type { Measurement } from "../handover/a3.ts";
import type { Mission } from "../../shared/mission.ts";

/** Neighbours of one carrier that a UE has to measure (TS 38.133 §9.2.3), and candidates of a conditional handover. */
export const NEIGHBOURS = 8;
/** The neighbours and the serving cell. */
const MEASURED = NEIGHBOURS + 1;

/** The cells heard by one UE at one instant, and what it truly receives. */
interface Heard extends Measurement {
  /** dBm */
  servingRsrp: number;
}

/**
 * RSRP as the events see it: with measurement error, of the strongest `NEIGHBOURS` and of the serving cell, through the
 * layer-3 filter. A cell that drops out of these is forgotten; a change of cell keeps the filters.
 */
export class Levels implements Measurement {
  readonly #error: MeasurementError | null;
  readonly #weight: number;
  readonly #periodMs: number;
  /** [ue] entries of the filter in use, and [ue × MEASURED] cell and filtered RSRP; empty without a filter */
  readonly known: Uint8Array<ArrayBuffer>;
  readonly knownCell: Uint32Array<ArrayBuffer>;
  readonly knownRsrp: Float32Array<ArrayBuffer>;
  readonly filters: boolean;
  /** neighbours, strongest measurement first */
  count = 0;
  readonly cell = new Uint32Array(MEASURED);
  readonly rsrp = new Float64Array(MEASURED);
  servingRsrp = -Infinity;
  readonly #old = new Float32Array(MEASURED);
  readonly #new = new Float32Array(MEASURED);

  constructor(mission: Mission, ues: number) {
    const { l3FilterCoefficient, measurementErrorDb } = mission.handover;
    this.#periodMs = Math.round(mission.measurementPeriod * 1000);
    this.#error =
      measurementErrorDb > 0 ? new MeasurementError(mission.seed, errorSigma(measurementErrorDb)) : null;
    this.filters = l3FilterCoefficient !== null;
    this.#weight = filterWeight(l3FilterCoefficient ?? 0, this.#periodMs);
    const size = this.filters ? ues : 0;
    this.known = new Uint8Array(size);
    this.knownCell = new Uint32Array(size * MEASURED);
    this.knownRsrp = new Float32Array(size * MEASURED);
  }

  static readonly width = MEASURED;

  /** Whether the events see something else than what is received. */
  static changed({ handover }: Mission): boolean {
    return handover.l3FilterCoefficient !== null || handover.measurementErrorDb > 0;
  }

  /** Forgets the filters of a UE, as after a loss of coverage. */
  forget(ue: number): void {
    if (this.filters) this.known[ue] = 0;
  }

  /** Takes in what a UE receives at an instant; `number` is the UE's in the run. */
  take(ue: number, number: number, serving: number, nowMs: number, heard: Heard): void {
    const instant = Math.round(nowMs / this.#periodMs);
    const error = this.#error;
    const { cell, rsrp } = this;
    let count = 0;
    for (let i = 0; i < heard.count; i++) {
      const candidate = heard.cell[i];
      if (candidate === serving) continue;
      const level = heard.rsrp[i] + (error === null ? 0 : error.at(number, candidate, instant));
      if (count === NEIGHBOURS && !(level > rsrp[count - 1])) continue;
      let at = count < NEIGHBOURS ? count++ : count - 1;
      for (; at > 0 && level > rsrp[at - 1]; at--) {
        cell[at] = cell[at - 1];
        rsrp[at] = rsrp[at - 1];
      }
      cell[at] = candidate;
      rsrp[at] = level;
    }
    this.count = count;
    this.servingRsrp = heard.servingRsrp + (error === null ? 0 : error.at(number, serving, instant));
    if (this.filters) this.#filter(ue, serving);
  }

  #filter(ue: number, serving: number): void {
    const { cell, rsrp, count } = this;
    cell[count] = serving;
    rsrp[count] = this.servingRsrp;
    const base = ue * MEASURED;
    const known = this.known[ue];
    this.#old.fill(Number.NaN);
    this.#new.fill(Number.NaN);
    for (let i = 0; i <= count; i++) {
      this.#new[i] = rsrp[i];
      for (let k = 0; k < known; k++)
        if (this.knownCell[base + k] === cell[i]) this.#old[i] = this.knownRsrp[base + k];
    }
    filter(this.#old, this.#new, this.#weight);
    for (let i = 0; i <= count; i++) {
      rsrp[i] = this.#old[i];
      this.knownCell[base + i] = cell[i];
      this.knownRsrp[base + i] = rsrp[i];
    }
    this.known[ue] = count + 1;
    this.servingRsrp = rsrp[count];
  }
}
