import type { Track } from "../session/loadRun.ts";

/** Rotation of the Earth [rad/s] (IERS Conventions 2010, Table 1.1) and its gravity [m³/s²] (WGS-84). */
export const OMEGA = 7.292115e-5;
const MU = 3.986004418e14;

/** A path reaches this far behind and ahead of the clock, and has a point every so often; s. */
export const TRACK_REACH_S = 300;
export const POINT_S = 30;
/** Points of one path: those of the clock's own stretch of 30 s, and of the reach on both sides. */
export const TRACK_POINTS = (2 * TRACK_REACH_S) / POINT_S + 2;
export const TRACK_COLOURS = { orbit: "#ebf5ff", ground: "#ffb554" };
/** As many paths as an eye can follow. */
export const MOST_TRACKS = 100;

/** When the first point of the paths around an instant stands, s of the run. */
export const firstPointAt = (timeS: number) => Math.floor(timeS / POINT_S) * POINT_S - TRACK_REACH_S;

/** ECEF [m] of `TRACK_POINTS` points of one satellite's path from `fromS` on, NaN where it is lost. */
export function pathOf(out: Float64Array, track: Track, satellite: number, fromS: number): void {
  for (let point = 0; point < TRACK_POINTS; point++)
    placeAt(out, 3 * point, track, satellite, fromS + point * POINT_S);
}

/** Between knots a cubic Hermite curve, as the satellites themselves; before the first and after the last an ellipse. */
export function placeAt(out: Float64Array, at: number, track: Track, satellite: number, timeS: number): void {
  const { knots, count, satellites, knotS, firstS } = track;
  const place = (timeS - firstS) / knotS;
  if (place < 0) return onEllipse(out, at, knots, 6 * satellite, place * knotS);
  const last = count - 1;
  if (place >= last)
    return onEllipse(out, at, knots, 6 * (last * satellites + satellite), (place - last) * knotS);
  const knot = Math.floor(place);
  const u = place - knot;
  const a = 6 * (knot * satellites + satellite);
  const b = a + 6 * satellites;
  const h01 = u * u * (3 - 2 * u);
  const h10 = u * (1 - u) * (1 - u) * knotS;
  const h11 = u * u * (u - 1) * knotS;
  for (let k = 0; k < 3; k++)
    out[at + k] =
      (1 - h01) * knots[a + k]! + h10 * knots[a + 3 + k]! + h01 * knots[b + k]! + h11 * knots[b + 3 + k]!;
}

/**
 * The ellipse of two bodies from a state in ECEF [m, m/s], `seconds` later, turned back by the Earth's rotation
 * (Lagrange's coefficients over the change of the eccentric anomaly; Battin 1999, §4.3). The oblateness is left out:
 * some kilometres after 5 min.
 */
function onEllipse(out: Float64Array, at: number, state: Float64Array, from: number, seconds: number): void {
  const x = state[from]!;
  const y = state[from + 1]!;
  const z = state[from + 2]!;
  const vx = state[from + 3]! - OMEGA * y;
  const vy = state[from + 4]! + OMEGA * x;
  const vz = state[from + 5]!;
  const r = Math.sqrt(x * x + y * y + z * z);
  const axis = 1 / (2 / r - (vx * vx + vy * vy + vz * vz) / MU);
  const motion = Math.sqrt(MU / axis ** 3);
  const cosine = 1 - r / axis;
  const sine = (x * vx + y * vy + z * vz) / Math.sqrt(MU * axis);
  let turn = motion * seconds;
  for (let i = 0; i < 4; i++) {
    const s = Math.sin(turn);
    const c = Math.cos(turn);
    turn -= (turn - cosine * s + sine * (1 - c) - motion * seconds) / (1 - cosine * c + sine * s);
  }
  const f = 1 - (axis / r) * (1 - Math.cos(turn));
  const g = seconds - (turn - Math.sin(turn)) / motion;
  const px = f * x + g * vx;
  const py = f * y + g * vy;
  const c = Math.cos(OMEGA * seconds);
  const s = Math.sin(OMEGA * seconds);
  out[at] = c * px + s * py;
  out[at + 1] = c * py - s * px;
  out[at + 2] = f * z + g * vz;
}

const A = 6_378_137;
const E2 = 0.006_694_379_990_141_4;

/** The place on WGS-84 under a place above it [ECEF m], to some metres below 2,000 km (Bowring 1976, one step). */
export function groundUnder(out: Float64Array, at: number, from: Float64Array, i: number): void {
  const b = A * Math.sqrt(1 - E2);
  const z = from[i + 2]!;
  const p = Math.sqrt(from[i]! ** 2 + from[i + 1]! ** 2);
  const beta = Math.atan2(z * A, p * b);
  const up = z + (E2 / (1 - E2)) * b * Math.sin(beta) ** 3;
  const out1 = p - E2 * A * Math.cos(beta) ** 3;
  const length = Math.sqrt(up * up + out1 * out1);
  const sine = up / length;
  const radius = A / Math.sqrt(1 - E2 * sine * sine);
  const scale = p > 0 ? (radius * out1) / length / p : 0;
  out[at] = from[i]! * scale;
  out[at + 1] = from[i + 1]! * scale;
  out[at + 2] = radius * (1 - E2) * sine;
}

/**
 * The satellites [up to `into.length`] nearest to a place [ECEF m] by their places now [satellite × 3], in ascending
 * order; answers how many. `square` [satellite] is room to work in.
 */
export function nearestSatellites(
  into: Uint32Array,
  position: Float64Array,
  to: ArrayLike<number>,
  square: Float64Array,
): number {
  const satellites = position.length / 3;
  const away = (s: number) =>
    (position[3 * s]! - to[0]!) ** 2 +
    (position[3 * s + 1]! - to[1]!) ** 2 +
    (position[3 * s + 2]! - to[2]!) ** 2;
  let limit = Number.POSITIVE_INFINITY;
  if (satellites > into.length) {
    // a lost one is farthest
    for (let s = 0; s < satellites; s++) square[s] = Number.isNaN(away(s)) ? Infinity : away(s);
    limit = square.sort()[into.length - 1]!;
  }
  let n = 0;
  for (let s = 0; s < satellites && n < into.length; s++) if (away(s) <= limit) into[n++] = s;
  return n;
}
