import { toDb } from "../math/decibel.ts";

/** Steps of the frequency term and of the slope: from this frequency [GHz] on (P.618-13 §4.1 steps 1 and 2). */
function frequencyTerm(f: number): number {
  if (f < 9) return 60 * Math.log10(f) - 28.3;
  if (f < 36) return 26 * Math.log10(f) + 4.1;
  return 35.9 * Math.log10(f) - 11.3;
}
function attenuationSlope(f: number): number {
  if (f < 9) return 30.8 * f ** -0.21;
  if (f < 20) return 12.8 * f ** 0.19;
  if (f < 40) return 22.6;
  return 13 * f ** 0.15;
}

/** Effective standard deviation of the raindrops' canting [deg] by exceedance (P.618-13 §4.1 step 5). */
function cantingDeg(exceedancePercent: number): number {
  if (exceedancePercent <= 0.001) return 15;
  if (exceedancePercent <= 0.01) return 10;
  return exceedancePercent <= 0.1 ? 5 : 0;
}

/**
 * Cross-polarisation discrimination [dB] not exceeded in a share of the time, from the co-polar rain attenuation [dB]
 * exceeded in it; 6 … 55 GHz, elevation up to 60°, tilt of the linear polarisation in rad, 45° for circular
 * (ITU-R P.618-13 §4.1, ice included).
 */
export function crossPolarDiscriminationDb(
  frequencyHz: number,
  elevation: number,
  tilt: number,
  rainAttenuationDb: number,
  exceedancePercent: number,
): number {
  const f = frequencyHz / 1e9;
  const rain =
    frequencyTerm(f) -
    attenuationSlope(f) * Math.log10(rainAttenuationDb) -
    toDb(1 - 0.484 * (1 + Math.cos(4 * tilt))) -
    40 * Math.log10(Math.cos(elevation)) +
    0.0053 * cantingDeg(exceedancePercent) ** 2;
  return rain - (rain * (0.3 + 0.1 * Math.log10(exceedancePercent))) / 2;
}

/**
 * Loss [dB] between two polarisation ellipses: axial ratios [dB] (0 circular, ∞ linear), the same sense of rotation,
 * angle between the major axes in rad. Between circular and linear: 3 dB. Textbook form (Stutzman, "Polarization in
 * Electromagnetic Systems", §3): p = 1/2 + (4·r1·r2 + (r1² − 1)(r2² − 1)·cos 2τ) / (2(r1² + 1)(r2² + 1)).
 */
export function polarisationLossDb(axialRatio1Db: number, axialRatio2Db: number, tilt: number): number {
  // with the inverse ratio e = 1/r the formula is the same and linear polarisation is e = 0
  const e1 = 10 ** (-axialRatio1Db / 20);
  const e2 = 10 ** (-axialRatio2Db / 20);
  const both = 4 * e1 * e2 + (1 - e1 * e1) * (1 - e2 * e2) * Math.cos(2 * tilt);
  return -toDb(Math.max(1e-12, 0.5 + both / (2 * (1 + e1 * e1) * (1 + e2 * e2))));
}
