import { fromDb, toDb } from "../math/decibel.ts";

/** Modulation order and code rate × 1024 of MCS 0 … 28, up to 64QAM (TS 38.214 Table 5.1.3.1-1). */
// prettier-ignore
const SCHEMES: readonly (readonly [order: number, rate1024: number])[] = [
  [2, 120], [2, 157], [2, 193], [2, 251], [2, 308], [2, 379], [2, 449], [2, 526], [2, 602], [2, 679],
  [4, 340], [4, 378], [4, 434], [4, 490], [4, 553], [4, 616], [4, 658],
  [6, 438], [6, 466], [6, 517], [6, 567], [6, 616], [6, 666], [6, 719], [6, 772], [6, 822], [6, 873], [6, 910],
  [6, 948],
];

/** Modulation order of an MCS [bit per symbol]. */
export const modulationOrder = (mcs: number) => SCHEMES[mcs][0];

/** Spectral efficiency of an MCS [bit/s/Hz]: order × code rate. */
export const mcsEfficiency = (mcs: number) => (SCHEMES[mcs][0] * SCHEMES[mcs][1]) / 1024;

/** The MCS by rising efficiency; 17 stands before 16, being 64QAM at a rate that carries less. */
const RISING = Uint8Array.from(
  SCHEMES.map((_, mcs) => mcs).sort((a, b) => mcsEfficiency(a) - mcsEfficiency(b)),
);
const EFFICIENCY = Float64Array.from(RISING, mcsEfficiency);
/** SINR at which Shannon's bound reaches each efficiency, as a ratio of powers. */
const BOUND = Float64Array.from(EFFICIENCY, (efficiency) => 2 ** efficiency - 1);

/** Distance from Shannon's bound unless told otherwise [dB]: a choice, no published figure. */
const DEFAULT_MARGIN_DB = 2;

/** SINR that an MCS needs [dB]: Shannon's bound 2^SE − 1 and a margin for the code and the receiver. */
export const requiredSinrDb = (mcs: number, marginDb = DEFAULT_MARGIN_DB) =>
  toDb(2 ** mcsEfficiency(mcs) - 1) + marginDb;

/** Place in RISING of the best MCS that a SINR carries; −1 below all of them. */
function bestPlace(sinrDb: number, marginDb: number): number {
  const ratio = fromDb(sinrDb - marginDb);
  let place = BOUND.length - 1;
  while (place >= 0 && !(BOUND[place] <= ratio)) place--;
  return place;
}

/** Spectral efficiency [bit/s/Hz] of the best MCS that a SINR carries, before overhead; 0 where none does. */
export function spectralEfficiency(sinrDb: number, marginDb: number): number {
  const place = bestPlace(sinrDb, marginDb);
  return place < 0 ? 0 : EFFICIENCY[place];
}

/**
 * Share of the resource elements taken by control channels and reference signals (TS 38.306 §4.1.2). FR1 ends at
 * 7.125 GHz; what lies above counts as FR2, as 17.3 … 30 GHz do for satellites (TS 38.101-5 Table 5.1-1).
 */
export function overheadShare(frequencyHz: number, direction: "down" | "up"): number {
  const fr2 = frequencyHz > 7.125e9;
  if (direction === "up") return fr2 ? 0.1 : 0.08;
  return fr2 ? 0.18 : 0.14;
}

export interface Throughput {
  /** one UE that has the whole bandwidth, one layer */
  bps: number;
  /** −1: no MCS is carried */
  mcs: number;
  /** of the MCS, before overhead [bit/s/Hz] */
  spectralEfficiency: number;
}

/**
 * Data rate of the best MCS whose required SINR is met: bandwidth × efficiency × (1 − overhead). Without overhead unless
 * one is given. Leaves out block errors, repetitions, guard bands, cyclic prefix and the UE's share of the cell.
 */
export function throughputBps(
  sinrDb: number,
  bandwidthHz: number,
  { marginDb = DEFAULT_MARGIN_DB, overhead = 0 }: { marginDb?: number; overhead?: number } = {},
): Throughput {
  const place = bestPlace(sinrDb, marginDb);
  if (place < 0) return { bps: 0, mcs: -1, spectralEfficiency: 0 };
  const efficiency = EFFICIENCY[place];
  return {
    bps: bandwidthHz * efficiency * (1 - overhead),
    mcs: RISING[place],
    spectralEfficiency: efficiency,
  };
}
