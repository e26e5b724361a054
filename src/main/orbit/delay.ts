import { SPEED_OF_LIGHT } from "../math/constants.ts";

/** Delays over free space; left out: the troposphere and ionosphere (under 0.3 µs above 10°) and processing on board. */

/** One-way delay [s] of a path [m]. */
export const pathDelay = (range: number) => range / SPEED_OF_LIGHT;

/**
 * Round trip [s]: over the service link alone where the payload is regenerative (`feederRange` null), over service and
 * feeder link where it is transparent (TR 38.821 Table 4.2-2).
 */
export const roundTripOf = (serviceRange: number, feederRange: number | null) =>
  2 * pathDelay(serviceRange + (feederRange ?? 0));

/** Rate of the round trip [s/s] from range rates [m/s]; UE motion is in that of the service link (TR 38.821 Table 7.1-1). */
export const roundTripRate = (serviceRate: number, feederRate: number | null) =>
  (2 * (serviceRate + (feederRate ?? 0))) / SPEED_OF_LIGHT;

/** Basic time unit of NR [s]: 1 / (480 kHz · 4096) (TS 38.211 §4.1). */
export const NR_TC = 1 / (480e3 * 4096);

/**
 * Timing advance in units of Tc, in the two parts of TS 38.211 §4.3.1: what the UE works out from its place and the
 * ephemeris (service link), and the common part that the network announces (feeder link, reference point at the gateway;
 * 0 for a regenerative payload). Left out: N_TA and N_TA,offset, which the cell commands.
 */
export function timingAdvance(serviceRange: number, feederRange: number | null) {
  return {
    ueTc: Math.round((2 * pathDelay(serviceRange)) / NR_TC),
    commonTc: Math.round((2 * pathDelay(feederRange ?? 0)) / NR_TC),
  };
}
