import { DEG } from "../math/constants.ts";
import { geodeticToEcef } from "../math/wgs84.ts";

/** UEs as columns: where they are and of which class. They stand still. */
export interface Users {
  count: number;
  /** [ue] geodetic, rad */
  latitude: Float64Array<ArrayBuffer>;
  longitude: Float64Array<ArrayBuffer>;
  /** [ue] index into the mission's classes */
  userClass: Uint8Array<ArrayBuffer>;
}

/** Positions of UEs [ue × 3] ECEF m, and the normals of the ellipsoid there [ue × 3]. */
export interface UserVectors {
  position: Float64Array;
  up: Float64Array;
}

export function userVectors(users: Users): UserVectors {
  const position = new Float64Array(users.count * 3);
  const up = new Float64Array(users.count * 3);
  for (let ue = 0; ue < users.count; ue++) {
    const latitude = users.latitude[ue];
    const longitude = users.longitude[ue];
    geodeticToEcef(position, 3 * ue, latitude, longitude, 0);
    up[3 * ue] = Math.cos(latitude) * Math.cos(longitude);
    up[3 * ue + 1] = Math.cos(latitude) * Math.sin(longitude);
    up[3 * ue + 2] = Math.sin(latitude);
  }
  return { position, up };
}

/** The UEs [from, to) as columns of their own. */
export function sliceUsers(users: Users, from: number, to: number): Users {
  return {
    count: to - from,
    latitude: users.latitude.slice(from, to),
    longitude: users.longitude.slice(from, to),
    userClass: users.userClass.slice(from, to),
  };
}

/** Unit vector to the middle of the UEs and the greatest angle of any of them from it [rad]. */
export function region(vectors: UserVectors): { centre: Float64Array; spread: number } {
  const { up } = vectors;
  const centre = new Float64Array(3);
  for (let i = 0; i < up.length; i++) centre[i % 3] += up[i];
  const length = Math.hypot(centre[0], centre[1], centre[2]);
  if (length < 1e-9 * up.length) return { centre: Float64Array.of(0, 0, 1), spread: Math.PI };
  for (let k = 0; k < 3; k++) centre[k] /= length;
  let least = 1;
  for (let i = 0; i < up.length; i += 3) {
    least = Math.min(least, up[i] * centre[0] + up[i + 1] * centre[1] + up[i + 2] * centre[2]);
  }
  return { centre, spread: Math.acos(Math.max(-1, Math.min(1, least))) + 0.01 * DEG };
}
