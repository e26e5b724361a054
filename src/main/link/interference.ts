import { fromDb, toDb } from "../math/decibel.ts";

/** Carrier to noise and interference [dB]: the inverses of CNR and CIR add up in linear scale (TR 38.821 §6.1.3.1). */
export const cnirDb = (cnrDb: number, cirDb: number) => -toDb(fromDb(-cnrDb) + fromDb(-cirDb));
