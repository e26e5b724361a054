import { GM_EARTH, J2, WGS84_A } from "../math/constants.ts";
import type { SatelliteSource } from "../../shared/mission.ts";

export type KeplerSource = Extract<SatelliteSource, { kind: "kepler" }>;

/** Eccentric anomaly [rad] of a mean anomaly [rad], Newton's method; eccentricity below 1. */
export function eccentricAnomaly(meanAnomaly: number, eccentricity: number): number {
  const m = meanAnomaly - 2 * Math.PI * Math.round(meanAnomaly / (2 * Math.PI));
  let e = eccentricity < 0.8 ? m : Math.sign(m) * Math.PI;
  for (let i = 0; i < 50; i++) {
    const step = (e - eccentricity * Math.sin(e) - m) / (1 - eccentricity * Math.cos(e));
    e -= step;
    if (Math.abs(step) < 1e-14) break;
  }
  return e;
}

/**
 * Ellipse with the secular rates of first order in J2 for node, perigee and mean anomaly (Vallado 2013 §9.6,
 * eqs. 9-38, 9-39, 9-41). Left out: short- and long-period terms (about 10 km in a low orbit), higher harmonics, drag,
 * Sun and Moon. The velocity is the exact derivative of the position, so it carries the three rates too; a circle
 * stays a circle of radius a and moves up to 0.3 % faster than √(GM/a).
 */
export function keplerOrbit(source: KeplerSource) {
  const { semiMajorAxisM: a, eccentricity: e, inclination, raan, argumentOfPerigee, meanAnomaly } = source;
  const sinI = Math.sin(inclination);
  const cosI = Math.cos(inclination);
  const root = Math.sqrt(1 - e * e);
  const n = Math.sqrt(GM_EARTH / a) / a;
  const k = n * J2 * (WGS84_A / (a * (1 - e * e))) ** 2;
  const nodeRate = -1.5 * k * cosI;
  const perigeeRate = 0.75 * k * (4 - 5 * sinI * sinI);
  const anomalyRate = n + 0.75 * k * root * (2 - 3 * sinI * sinI);

  /** Position [m] and velocity [m/s] on the true equator of the start, `seconds` after the elements hold. */
  return (out: Float64Array, at: number, seconds: number): void => {
    const anomaly = eccentricAnomaly(meanAnomaly + anomalyRate * seconds, e);
    const sinE = Math.sin(anomaly);
    const cosE = Math.cos(anomaly);
    const swing = (a * anomalyRate) / (1 - e * cosE);
    const perigee = argumentOfPerigee + perigeeRate * seconds;
    const sinW = Math.sin(perigee);
    const cosW = Math.cos(perigee);
    const p = a * (cosE - e);
    const q = a * root * sinE;
    const vp = -swing * sinE;
    const vq = swing * root * cosE;
    const x = p * cosW - q * sinW;
    const y = p * sinW + q * cosW;
    const vx = vp * cosW - vq * sinW - perigeeRate * y;
    const vy = vp * sinW + vq * cosW + perigeeRate * x;
    const node = raan + nodeRate * seconds;
    const sinN = Math.sin(node);
    const cosN = Math.cos(node);
    const px = x * cosN - y * cosI * sinN;
    const py = x * sinN + y * cosI * cosN;
    out[at] = px;
    out[at + 1] = py;
    out[at + 2] = y * sinI;
    out[at + 3] = vx * cosN - vy * cosI * sinN - nodeRate * py;
    out[at + 4] = vx * sinN + vy * cosI * cosN + nodeRate * px;
    out[at + 5] = vy * sinI;
  };
}
