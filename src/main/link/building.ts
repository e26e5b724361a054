import { toDb } from "../math/decibel.ts";
import { normalQuantile } from "./quantile.ts";

/** Coefficients r … z of ITU-R P.2109-1 Table 1. */
const COEFFICIENTS = {
  traditional: { r: 12.64, s: 3.72, t: 0.96, u: 9.6, v: 2, w: 9.1, x: -3, y: 4.5, z: -2 },
  "thermally-efficient": { r: 28.19, s: -3, t: 8.48, u: 13.5, v: 3.8, w: 27.8, x: -2.9, y: 9.4, z: -2.1 },
};
export const BUILDINGS = ["traditional", "thermally-efficient"] as const;
export type Building = (typeof BUILDINGS)[number];

/**
 * Building entry loss [dB] not exceeded with a probability 0 … 1, 0.08 … 100 GHz; elevation of the path at the façade
 * in rad (ITU-R P.2109-1 §3). One building of each class: no storeys, no depth, no windows.
 */
export function buildingEntryLossDb(
  building: Building,
  frequencyHz: number,
  elevation: number,
  probability: number,
): number {
  const { r, s, t, u, v, w, x, y, z } = COEFFICIENTS[building];
  const log = Math.log10(frequencyHz / 1e9);
  const quantile = normalQuantile(probability);
  const median = r + s * log + t * log * log + (0.212 * Math.abs(elevation) * 180) / Math.PI;
  const a = quantile * (u + v * log) + median;
  const b = quantile * (y + z * log) + w + x * log;
  return toDb(10 ** (a / 10) + 10 ** (b / 10) + 10 ** -0.3);
}
