import { EARTH_MEAN_RADIUS, WGS84_A, WGS84_E2 } from "../math/constants.ts";
import type { UserClass } from "../../shared/mission.ts";
import { levelVelocity } from "../orbit/doppler.ts";

/** Height over the ellipsoid [m]; that of aircraft is assumed. */
export const HEIGHT_M: Record<UserClass["motion"], number> = {
  static: 0,
  pedestrian: 0,
  vehicle: 0,
  train: 0,
  ship: 0,
  aircraft: 10_000,
};

/** Angle [rad] of the great circle that a speed over ground [m/s] covers in a time [s]; the height is left out. */
export const travelAngle = (speed: number, t: number): number => (speed * t) / EARTH_MEAN_RADIUS;

/** Unit vector (ECEF, three numbers at `at`) level at a geodetic place [rad] along a heading [rad from north over east]. */
export function aheadOf(
  out: Float64Array,
  at: number,
  latitude: number,
  longitude: number,
  heading: number,
): void {
  levelVelocity(out, at, latitude, longitude, heading, 1);
}

/**
 * Writes the ECEF position [m] and the ellipsoid's normal (three numbers each at `at`) of a UE that has gone an angle [rad]
 * of a great circle from where `normal` and `ahead` (unit vectors, three numbers each at `from`) were its normal and its
 * heading. The normal turns as on the sphere of `destination`, so that the way is right to the flattening, 0.7 %, and the
 * speed at a height is that over ground. `up` must not be `normal` itself.
 */
export function moveUser(
  position: Float64Array,
  up: Float64Array,
  at: number,
  normal: Float64Array,
  ahead: Float64Array,
  from: number,
  angle: number,
  heightM: number,
): void {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const x = c * normal[from] + s * ahead[from];
  const y = c * normal[from + 1] + s * ahead[from + 1];
  const z = c * normal[from + 2] + s * ahead[from + 2];
  const n = WGS84_A / Math.sqrt(1 - WGS84_E2 * z * z);
  up[at] = x;
  up[at + 1] = y;
  up[at + 2] = z;
  position[at] = (n + heightM) * x;
  position[at + 1] = (n + heightM) * y;
  position[at + 2] = (n * (1 - WGS84_E2) + heightM) * z;
}

/** Writes geodetic latitude and longitude [rad] of a normal of the ellipsoid (three numbers at `from`). */
export function latitudeLongitude(out: Float64Array, at: number, up: Float64Array, from: number): void {
  const x = up[from];
  const y = up[from + 1];
  out[at] = Math.atan2(up[from + 2], Math.sqrt(x * x + y * y));
  out[at + 1] = Math.atan2(y, x);
}
