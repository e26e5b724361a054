import type { BeamPattern } from "../../shared/mission.ts";
import { EDGE_X, GAIN_FLOOR_DB, PER_UNIT, TABLE_MAX_X, relativeGainDb, type GainTable } from "./pattern.ts";

/** Off-axis angle over the half beamwidth where the main lobe of recommends 1.2 ends, for a circular beam (z = 1). */
const A = 2.58;
/** Where its plateau of near-in side lobes ends. */
const B = 6.32;
const ALPHA = 1.5;
/** Far-out side lobes of recommends 1.2 and of 1.3 for low orbits [dBi]. */
const FAR_OUT_DBI = 0;
const FAR_OUT_LEO_DBI = 5;
/** Near-in level of recommends 1.3 for low orbits, at 1.5 half beamwidths. */
export const LEO_NEAR_SIDELOBE_DB = -6.75;

/**
 * ITU-R S.1528-0 recommends 1.2 for a circular beam relative to its peak [dB]; `ratio` is the off-axis angle over the
 * half beamwidth, `peakDbi` stands for Gm. The back lobe, max(0, 15 + LN + Gm/4) dBi, reigns beyond 90°. The
 * Recommendation leaves the main lobe for LN = −30 dB to further study: it has the same one for every LN.
 */
export function s1528GainDb(nearSidelobeDb: number, ratio: number, peakDbi: number, behind: boolean): number {
  if (behind) return Math.max(0, 15 + nearSidelobeDb + peakDbi / 4) - peakDbi;
  if (ratio <= A) return -3 * ratio ** ALPHA;
  if (ratio <= B) return nearSidelobeDb;
  return Math.max(FAR_OUT_DBI - peakDbi, nearSidelobeDb - 25 * Math.log10(ratio / B));
}

/** ITU-R S.1528-0 recommends 1.3 for low orbits; LS = −6.75 dB where the main lobe meets the side lobes. */
function s1528Leo(ratio: number, peakDbi: number): number {
  if (ratio <= 1.5) return -3 * ratio ** 2;
  return Math.max(FAR_OUT_LEO_DBI - peakDbi, LEO_NEAR_SIDELOBE_DB - 25 * Math.log10(ratio / 1.5));
}

/** Straight lines between the rows; the last row holds beyond it. */
function interpolated(angles: number[], gains: number[], theta: number): number {
  let i = 1;
  while (i < angles.length && angles[i] < theta) i++;
  if (i === angles.length) return gains[i - 1];
  const share = (theta - angles[i - 1]) / (angles[i] - angles[i - 1]);
  return gains[i - 1] + (gains[i] - gains[i - 1]) * share;
}

/**
 * Gain relative to the peak [dB] at `theta` [rad] off the boresight of a beam with the half beamwidth [rad] at −3 dB.
 * S.1528 takes its peak gain from the directivity (k·a)² of the uniform aperture of the same beamwidth. Bessel has no
 * back: it is at the floor from 90° on.
 */
export function patternGainDb(pattern: BeamPattern, theta: number, halfBeamwidth: number): number {
  const scale = patternScale(halfBeamwidth);
  const behind = theta > Math.PI / 2;
  let gain: number;
  if (pattern.kind === "bessel") gain = behind ? GAIN_FLOOR_DB : relativeGainDb(scale * Math.sin(theta));
  else if (pattern.kind === "table") gain = interpolated(pattern.offAxisRad, pattern.relativeGainDb, theta);
  else {
    const peakDbi = 20 * Math.log10(scale);
    const ratio = theta / halfBeamwidth;
    gain =
      pattern.nearSidelobeDb === LEO_NEAR_SIDELOBE_DB
        ? s1528Leo(ratio, peakDbi)
        : s1528GainDb(pattern.nearSidelobeDb, ratio, peakDbi, behind);
  }
  return Math.min(0, Math.max(GAIN_FLOOR_DB, gain));
}

/** Angle [rad] at which a pattern is at −3.000 dB: that of the aperture, or where a table first falls to it. */
export function halfWidthOf(pattern: BeamPattern, apertureHalfBeamwidth: number): number {
  if (pattern.kind !== "table") return apertureHalfBeamwidth;
  const { offAxisRad: angles, relativeGainDb: gains } = pattern;
  const i = gains.findIndex((gain) => gain <= -3);
  if (i < 1) throw new Error("the pattern does not fall from its peak to −3 dB");
  let low = angles[i - 1];
  let high = angles[i];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (interpolated(angles, gains, middle) > -3) low = middle;
    else high = middle;
  }
  return high;
}

/** x per unit of sin θ that puts the −3.000 dB edge at `EDGE_X`, where the Bessel pattern has it: there it is k·a. */
export const patternScale = (halfBeamwidth: number) =>
  EDGE_X / Math.sin(Math.min(Math.PI / 2, halfBeamwidth));

/**
 * A pattern tabulated like `gainTable()` over x = scale · sin θ. From sin θ = 1 on it keeps that value; beyond
 * `TABLE_MAX_X` it is the highest that the pattern reaches from there to 90°.
 */
export function patternTable(pattern: BeamPattern, scale: number, halfBeamwidth: number): GainTable {
  const gainAt = (x: number) => patternGainDb(pattern, Math.asin(Math.min(1, x / scale)), halfBeamwidth);
  const db = new Float64Array(TABLE_MAX_X * PER_UNIT + 2);
  for (let i = 0; i < db.length - 2; i++) db[i] = gainAt(i / PER_UNIT);
  let beyond = gainAt(TABLE_MAX_X);
  for (let x = TABLE_MAX_X; x < scale; x += 1 / PER_UNIT) beyond = Math.max(beyond, gainAt(x));
  db.fill(Math.max(beyond, gainAt(scale)), db.length - 2);
  return { db, linear: db.map((level) => 10 ** (level / 10)) };
}

/** Aperture of the terminal with a dish that tracks its satellite; TR 38.821 Table 6.1.1.1-3. */
export const VSAT_APERTURE_M = 0.6;
