import { ecefToGeodetic } from "../math/wgs84.ts";

const geodetic = new Float64Array(3);

/**
 * Azimuth [rad from north over east, 0…2π), elevation [rad] above the plane of the WGS-84 ellipsoid, range [m] of a
 * satellite seen from a UE, both in ECEF [m], written into `out[at … at + 2]`. No refraction.
 * On the pole "north" is along the meridian of 180°.
 */
export function lookAngles(
  out: Float64Array,
  at: number,
  ueX: number,
  ueY: number,
  ueZ: number,
  satelliteX: number,
  satelliteY: number,
  satelliteZ: number,
): void {
  ecefToGeodetic(geodetic, 0, ueX, ueY, ueZ);
  const sinLat = Math.sin(geodetic[0]);
  const cosLat = Math.cos(geodetic[0]);
  const sinLon = Math.sin(geodetic[1]);
  const cosLon = Math.cos(geodetic[1]);
  const x = satelliteX - ueX;
  const y = satelliteY - ueY;
  const z = satelliteZ - ueZ;
  const outward = cosLon * x + sinLon * y;
  const east = cosLon * y - sinLon * x;
  const north = cosLat * z - sinLat * outward;
  const up = cosLat * outward + sinLat * z;
  const azimuth = Math.atan2(east, north);
  out[at] = azimuth < 0 ? azimuth + 2 * Math.PI : azimuth;
  out[at + 1] = Math.atan2(up, Math.sqrt(east * east + north * north));
  out[at + 2] = Math.sqrt(x * x + y * y + z * z);
}
