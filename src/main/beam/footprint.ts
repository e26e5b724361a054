import { ecefToGeodetic } from "../math/wgs84.ts";
import { groundPoint } from "./steering.ts";

/** Rays around the cone that draws a footprint. */
export const RING = 48;

/**
 * The −3 dB contour of one beam on WGS-84: where the cone of half the beamwidth around the boresight meets the ground,
 * written as RING points [point × 3] ECEF m. Rays that pass the limb are NaN. Returns how many met the ground.
 *
 * @param at index of the satellite's position in `satellite`; @param aimAt index of the boresight's unit vector in `aim`
 */
export function footprintRing(
  out: Float64Array,
  satellite: Float64Array,
  at: number,
  aim: Float64Array,
  aimAt: number,
  halfBeamwidth: number,
): number {
  const bx = aim[aimAt];
  const by = aim[aimAt + 1];
  const bz = aim[aimAt + 2];
  // any two unit vectors across the boresight
  const steep = Math.abs(bz) > 0.9;
  let px = steep ? 0 : -by;
  let py = steep ? -bz : bx;
  let pz = steep ? by : 0;
  const length = Math.hypot(px, py, pz);
  px /= length;
  py /= length;
  pz /= length;
  const qx = by * pz - bz * py;
  const qy = bz * px - bx * pz;
  const qz = bx * py - by * px;
  const c = Math.cos(halfBeamwidth);
  const s = Math.sin(halfBeamwidth);
  let met = 0;
  for (let i = 0; i < RING; i++) {
    const p = s * Math.cos((2 * Math.PI * i) / RING);
    const q = s * Math.sin((2 * Math.PI * i) / RING);
    const hit = groundPoint(
      out,
      3 * i,
      satellite[at],
      satellite[at + 1],
      satellite[at + 2],
      c * bx + p * px + q * qx,
      c * by + p * py + q * qy,
      c * bz + p * pz + q * qz,
    );
    if (hit) met++;
    else out.fill(Number.NaN, 3 * i, 3 * i + 3);
  }
  return met;
}

export interface Ellipse {
  /** geodetic, rad */
  latitude: number;
  longitude: number;
  semiMajorM: number;
  semiMinorM: number;
  /** of the major axis, rad from north over east, 0…π */
  azimuth: number;
}

const geodetic = new Float64Array(3);

/** Ellipse with the second moments of a ring of points [point × 3] ECEF; NaN points are left out; null for fewer than three. */
export function ellipseOf(ring: Float64Array, points: number): Ellipse | null {
  let n = 0;
  const centre = [0, 0, 0];
  for (let i = 0; i < points; i++) {
    if (Number.isNaN(ring[3 * i])) continue;
    n++;
    for (let k = 0; k < 3; k++) centre[k] += ring[3 * i + k];
  }
  if (n < 3) return null;
  const [x, y, z] = centre.map((sum) => sum / n);
  ecefToGeodetic(geodetic, 0, x, y, z);
  const [latitude, longitude] = geodetic;
  let ee = 0;
  let en = 0;
  let nn = 0;
  for (let i = 0; i < points; i++) {
    if (Number.isNaN(ring[3 * i])) continue;
    const dx = ring[3 * i] - x;
    const dy = ring[3 * i + 1] - y;
    const dz = ring[3 * i + 2] - z;
    const east = -Math.sin(longitude) * dx + Math.cos(longitude) * dy;
    const north =
      -Math.sin(latitude) * (Math.cos(longitude) * dx + Math.sin(longitude) * dy) + Math.cos(latitude) * dz;
    ee += east * east;
    en += east * north;
    nn += north * north;
  }
  const half = Math.hypot((nn - ee) / 2, en);
  const mean = (nn + ee) / 2;
  const turn = Math.atan2(en, (nn - ee) / 2) / 2;
  return {
    latitude,
    longitude,
    semiMajorM: Math.sqrt((2 * (mean + half)) / n),
    semiMinorM: Math.sqrt((2 * Math.max(0, mean - half)) / n),
    azimuth: turn < 0 ? turn + Math.PI : turn,
  };
}
