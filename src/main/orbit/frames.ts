import { DEG, EARTH_RATE } from "../math/constants.ts";

/** 2000-01-01 12:00 as Unix milliseconds. */
const J2000_MS = 946_728_000_000;
const CENTURY_MS = 36_525 * 86_400_000;

/**
 * Greenwich mean sidereal time [rad, 0…2π), IAU 1982 (Vallado 2013 eq. 3-47), the convention of SGP4's TEME.
 * UT1 is taken equal to UTC: |UT1 − UTC| < 0.9 s turns the Earth by less than 420 m at the equator.
 */
export function gmst(unixMs: number): number {
  const t = (unixMs - J2000_MS) / CENTURY_MS;
  const seconds = 67_310.548_41 + (3_164_400_184.812_866 + (0.093_104 - 6.2e-6 * t) * t) * t;
  const angle = ((seconds / 240) * DEG) % (2 * Math.PI);
  return angle < 0 ? angle + 2 * Math.PI : angle;
}

/**
 * TEME to Earth-fixed axes: position [m] and velocity [m/s] of six numbers, turned by GMST, the velocity less ω × r.
 * The result is the pseudo-Earth-fixed frame, used as ECEF: polar motion is left out (under 0.6″, about 16 m in a low orbit).
 */
export function temeToEcef(
  out: Float64Array,
  at: number,
  teme: Float64Array,
  from: number,
  gmstAngle: number,
): void {
  const c = Math.cos(gmstAngle);
  const s = Math.sin(gmstAngle);
  const x = c * teme[from] + s * teme[from + 1];
  const y = c * teme[from + 1] - s * teme[from];
  const z = teme[from + 2];
  const vx = c * teme[from + 3] + s * teme[from + 4] + EARTH_RATE * y;
  const vy = c * teme[from + 4] - s * teme[from + 3] - EARTH_RATE * x;
  const vz = teme[from + 5];
  out[at] = x;
  out[at + 1] = y;
  out[at + 2] = z;
  out[at + 3] = vx;
  out[at + 4] = vy;
  out[at + 5] = vz;
}
