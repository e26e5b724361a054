import { EARTH_MEAN_RADIUS, WGS84_A, WGS84_B, WGS84_E2 } from "./constants.ts";

/** Geodetic to ECEF [rad, rad, m → m], WGS-84, written into `out` at `at`. */
export function geodeticToEcef(
  out: Float64Array,
  at: number,
  latitude: number,
  longitude: number,
  height: number,
): void {
  const s = Math.sin(latitude);
  const c = Math.cos(latitude);
  const n = WGS84_A / Math.sqrt(1 - WGS84_E2 * s * s);
  out[at] = (n + height) * c * Math.cos(longitude);
  out[at + 1] = (n + height) * c * Math.sin(longitude);
  out[at + 2] = (n * (1 - WGS84_E2) + height) * s;
}

/**
 * ECEF to geodetic, written as latitude, longitude [rad], height [m].
 * Bowring's start, then Newton steps until the latitude stands still; right at the poles and below the surface.
 */
export function ecefToGeodetic(out: Float64Array, at: number, x: number, y: number, z: number): void {
  const p = Math.hypot(x, y);
  const longitude = p === 0 ? 0 : Math.atan2(y, x);
  const beta = Math.atan2(z * WGS84_A, p * WGS84_B);
  const ep2 = WGS84_E2 / (1 - WGS84_E2);
  let latitude = Math.atan2(
    z + ep2 * WGS84_B * Math.sin(beta) ** 3,
    p - WGS84_E2 * WGS84_A * Math.cos(beta) ** 3,
  );
  for (let i = 0; i < 5; i++) {
    const s = Math.sin(latitude);
    const n = WGS84_A / Math.sqrt(1 - WGS84_E2 * s * s);
    const next = Math.atan2(z + WGS84_E2 * n * s, p);
    if (Math.abs(next - latitude) < 1e-14) break;
    latitude = next;
  }
  const s = Math.sin(latitude);
  const c = Math.cos(latitude);
  const n = WGS84_A / Math.sqrt(1 - WGS84_E2 * s * s);
  out[at] = latitude;
  out[at + 1] = longitude;
  out[at + 2] = p * c + z * s - (WGS84_A * WGS84_A) / n;
}

/** Great-circle distance [m] on the mean sphere (haversine); angles in rad. Leaves out the flattening, under 0.6 %. */
export function haversine(
  latitude1: number,
  longitude1: number,
  latitude2: number,
  longitude2: number,
): number {
  const a = Math.sin((latitude2 - latitude1) / 2);
  const b = Math.sin((longitude2 - longitude1) / 2);
  const h = a * a + Math.cos(latitude1) * Math.cos(latitude2) * b * b;
  return 2 * EARTH_MEAN_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Point at a great-circle distance [m] and azimuth [rad from north], on the mean sphere: latitude, longitude [rad]. */
export function destination(
  out: Float64Array,
  at: number,
  latitude: number,
  longitude: number,
  azimuth: number,
  distance: number,
): void {
  const d = distance / EARTH_MEAN_RADIUS;
  const up = Math.sin(latitude) * Math.cos(d) + Math.cos(latitude) * Math.sin(d) * Math.cos(azimuth);
  // in the axes of the start's meridian: neither loses digits near the poles, nor on them
  const outward = Math.cos(latitude) * Math.cos(d) - Math.sin(latitude) * Math.sin(d) * Math.cos(azimuth);
  const sideways = Math.sin(d) * Math.sin(azimuth);
  const east = longitude + Math.atan2(sideways, outward);
  out[at] = Math.atan2(up, Math.sqrt(outward * outward + sideways * sideways));
  out[at + 1] = Math.atan2(Math.sin(east), Math.cos(east));
}
