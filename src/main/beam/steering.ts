import { EARTH_MEAN_RADIUS, EARTH_RATE, WGS84_A, WGS84_B } from "../math/constants.ts";
import { destination, ecefToGeodetic, geodeticToEcef } from "../math/wgs84.ts";

/**
 * Directions of the satellite's axes in ECEF, written as nine numbers at `at`: along the flight, to the left of it,
 * to the Earth's centre. The flight is that of the orbital plane (inertial velocity), as TR 38.821 §6.1.1.1 has the
 * U axis, or that of the ground track (Earth-fixed velocity).
 */
export function satelliteAxes(
  out: Float64Array,
  at: number,
  state: Float64Array,
  from: number,
  plane: "orbit" | "track",
): void {
  const x = state[from];
  const y = state[from + 1];
  const z = state[from + 2];
  const spin = plane === "orbit" ? EARTH_RATE : 0;
  const vx = state[from + 3] - spin * y;
  const vy = state[from + 4] + spin * x;
  const vz = state[from + 5];
  const r = Math.sqrt(x * x + y * y + z * z);
  const wx = -x / r;
  const wy = -y / r;
  const wz = -z / r;
  const down = vx * wx + vy * wy + vz * wz;
  let ux = vx - down * wx;
  let uy = vy - down * wy;
  let uz = vz - down * wz;
  const speed = Math.sqrt(ux * ux + uy * uy + uz * uz);
  ux /= speed;
  uy /= speed;
  uz /= speed;
  out[at] = ux;
  out[at + 1] = uy;
  out[at + 2] = uz;
  // left of the flight, seen from above: up × along = −w × u
  out[at + 3] = -(wy * uz - wz * uy);
  out[at + 4] = -(wz * ux - wx * uz);
  out[at + 5] = -(wx * uy - wy * ux);
  out[at + 6] = wx;
  out[at + 7] = wy;
  out[at + 8] = wz;
}

/** Unit vector in ECEF of the direction (u, v) on the UV plane; u² + v² must be below 1. */
export function boresight(
  out: Float64Array,
  at: number,
  axes: Float64Array,
  from: number,
  u: number,
  v: number,
): void {
  const w = Math.sqrt(Math.max(0, 1 - u * u - v * v));
  for (let k = 0; k < 3; k++)
    out[at + k] = u * axes[from + k] + v * axes[from + 3 + k] + w * axes[from + 6 + k];
}

/** Where a ray from (x, y, z) along a unit vector meets the WGS-84 ellipsoid; false where it passes the limb. */
export function groundPoint(
  out: Float64Array,
  at: number,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
): boolean {
  const s = WGS84_A / WGS84_B;
  const zs = z * s;
  const dzs = dz * s;
  const a = dx * dx + dy * dy + dzs * dzs;
  const b = x * dx + y * dy + zs * dzs;
  const c = x * x + y * y + zs * zs - WGS84_A * WGS84_A;
  const discriminant = b * b - a * c;
  if (discriminant < 0) return false;
  const distance = (-b - Math.sqrt(discriminant)) / a;
  if (distance < 0) return false;
  out[at] = x + distance * dx;
  out[at + 1] = y + distance * dy;
  out[at + 2] = z + distance * dz;
  return true;
}

const geodetic = new Float64Array(3);

/**
 * Centre of a circular cell in ECEF: from the sub-satellite point, `along` metres in the direction of flight and
 * `left` metres to the left of it, on great circles of the mean sphere.
 */
export function cellCentre(
  out: Float64Array,
  at: number,
  state: Float64Array,
  from: number,
  axes: Float64Array,
  axesAt: number,
  along: number,
  left: number,
): void {
  ecefToGeodetic(geodetic, 0, state[from], state[from + 1], state[from + 2]);
  const latitude = geodetic[0];
  const longitude = geodetic[1];
  const distance = Math.hypot(along, left);
  if (distance > 0) {
    const ux = axes[axesAt];
    const uy = axes[axesAt + 1];
    const uz = axes[axesAt + 2];
    const east = -Math.sin(longitude) * ux + Math.cos(longitude) * uy;
    const north =
      -Math.sin(latitude) * (Math.cos(longitude) * ux + Math.sin(longitude) * uy) + Math.cos(latitude) * uz;
    const heading = Math.atan2(east, north);
    destination(geodetic, 0, latitude, longitude, heading + Math.atan2(-left, along), distance);
  }
  geodeticToEcef(out, at, geodetic[0], geodetic[1], 0);
}

/** Chord [m] of an arc [m] on the mean sphere. */
export const chordOf = (arc: number) => 2 * EARTH_MEAN_RADIUS * Math.sin(arc / (2 * EARTH_MEAN_RADIUS));
