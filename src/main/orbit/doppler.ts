import { EARTH_RATE, GM_EARTH, SPEED_OF_LIGHT } from "../math/constants.ts";

/**
 * Range and its rates between a satellite and a UE, written as three numbers at `at`: range ρ [m], ρ̇ [m/s], ρ̈ [m/s²].
 * Both are ECEF states [x, y, z, vx, vy, vz], m and m/s. The satellite's acceleration is that of the two-body field with the
 * Coriolis and centrifugal terms of the turning axes; left out: J2 (0.1 %) and the UE's own acceleration (under
 * 0.02 m/s² on a great circle at 1,200 km/h).
 */
export function rangeRates(
  out: Float64Array,
  at: number,
  satellite: Float64Array,
  from: number,
  ue: Float64Array,
  ueAt: number,
): void {
  const x = satellite[from];
  const y = satellite[from + 1];
  const z = satellite[from + 2];
  const vx = satellite[from + 3];
  const vy = satellite[from + 4];
  const pull = -GM_EARTH / Math.sqrt(x * x + y * y + z * z) ** 3;
  const ax = (pull + EARTH_RATE * EARTH_RATE) * x + 2 * EARTH_RATE * vy;
  const ay = (pull + EARTH_RATE * EARTH_RATE) * y - 2 * EARTH_RATE * vx;
  const dx = x - ue[ueAt];
  const dy = y - ue[ueAt + 1];
  const dz = z - ue[ueAt + 2];
  const wx = vx - ue[ueAt + 3];
  const wy = vy - ue[ueAt + 4];
  const wz = satellite[from + 5] - ue[ueAt + 5];
  const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
  const rate = (dx * wx + dy * wy + dz * wz) / range;
  out[at] = range;
  out[at + 1] = rate;
  out[at + 2] = (wx * wx + wy * wy + wz * wz - rate * rate + dx * ax + dy * ay + dz * pull * z) / range;
}

/**
 * Doppler shift as a share of the carrier from a range rate [m/s], and its rate [1/s] from a range acceleration [m/s²]:
 * −ρ̇/c (TR 38.811 §5.3.4.3). First order; left out: the relativistic terms, under 4e-10.
 */
export const dopplerOf = (rangeRate: number) => -rangeRate / SPEED_OF_LIGHT;

/** Doppler left at a UE [share of the carrier] when that of a point, as a rule the beam's centre, is taken out (TR 38.821 §6.1.1.1). */
export const residualDoppler = (rangeRate: number, rangeRateAtCentre: number) =>
  dopplerOf(rangeRate) - dopplerOf(rangeRateAtCentre);

/**
 * Velocity in ECEF [m/s] of a UE at a geodetic place [rad] that moves level on a great circle: heading [rad from north over
 * east], speed over ground [m/s]; three numbers at `at`.
 */
export function levelVelocity(
  out: Float64Array,
  at: number,
  latitude: number,
  longitude: number,
  heading: number,
  speed: number,
): void {
  const north = speed * Math.cos(heading);
  const east = speed * Math.sin(heading);
  const sinLat = Math.sin(latitude);
  const sinLon = Math.sin(longitude);
  const cosLon = Math.cos(longitude);
  out[at] = -sinLat * cosLon * north - sinLon * east;
  out[at + 1] = -sinLat * sinLon * north + cosLon * east;
  out[at + 2] = Math.cos(latitude) * north;
}
