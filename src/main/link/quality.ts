import { toDb } from "../math/decibel.ts";

/** Resource elements of a resource block in one symbol (TS 38.211 §4.4.4.1). */
const ELEMENTS = 12;

/** SINR [dB] from powers per resource element [mW] at the antenna's output, as below too (TS 38.215 §5.1.5). */
export const sinrDb = (wantedMw: number, interferenceMw: number, noiseMw: number) =>
  toDb(wantedMw / (interferenceMw + noiseMw));

/**
 * RSRQ [dB]: N·RSRP / RSSI (TS 38.215 §5.1.3). The RSSI of N resource blocks holds 12·N times the cell's own power at its
 * load, interference and noise. A cell loaded fully and alone has −10.79 dB; `load` is the share of its resource elements
 * in use, 0 … 1, taken as even over the symbols measured.
 */
export const rsrqDb = (wantedMw: number, interferenceMw: number, noiseMw: number, load = 1) =>
  toDb(wantedMw / (ELEMENTS * (load * wantedMw + interferenceMw + noiseMw)));

/** Eb/N0 [dB] from C/N0 [dBHz] at a data rate. */
export const ebOverN0Db = (cOverN0DbHz: number, dataRateBps: number) => cOverN0DbHz - toDb(dataRateBps);

export interface Quality {
  cnDb: number;
  /** Infinity without interference */
  ciDb: number;
  sinrDb: number;
  rsrpDbm: number;
  rsrqDb: number;
}

/** All of it at once, for one UE and cell. */
export function quality(wantedMw: number, interferenceMw: number, noiseMw: number, load?: number): Quality {
  return {
    cnDb: toDb(wantedMw / noiseMw),
    ciDb: toDb(wantedMw / interferenceMw),
    sinrDb: sinrDb(wantedMw, interferenceMw, noiseMw),
    rsrpDbm: toDb(wantedMw),
    rsrqDb: rsrqDb(wantedMw, interferenceMw, noiseMw, load),
  };
}
