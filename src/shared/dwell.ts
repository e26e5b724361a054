/** A footprint: centre and azimuth of its major axis from north [rad], semi-axes [m]. */
export interface Contour {
  latitude: number;
  longitude: number;
  semiMajorM: number;
  semiMinorM: number;
  azimuth: number;
}

export interface Dwell {
  /** of the footprint over the ground [m/s] */
  speed: number;
  /** across the motion [m]: the diameter D of a circle */
  widthM: number;
  /** mean time inside of what stands still where it passes [s]: area / (width · speed), πD/4v for a circle */
  seconds: number;
}

const EARTH_RADIUS_M = 6_371_008.8;

/** From one place to another [m], flat: good for the size of a footprint. */
function offset(from: Contour, to: Contour): { north: number; east: number } {
  const apart = to.longitude - from.longitude;
  const turn = Math.atan2(Math.sin(apart), Math.cos(apart));
  return {
    north: (to.latitude - from.latitude) * EARTH_RADIUS_M,
    east: turn * Math.cos((from.latitude + to.latitude) / 2) * EARTH_RADIUS_M,
  };
}

/** How long a footprint that moves from one place to the next in `apartS` stays over the ground below it; null where it rests. */
export function dwellOf(now: Contour, then: Contour, apartS: number): Dwell | null {
  const { north, east } = offset(now, then);
  const speed = Math.hypot(north, east) / apartS;
  if (!(speed > 0)) return null;
  const angle = Math.atan2(east, north) - now.azimuth;
  const widthM = 2 * Math.hypot(now.semiMajorM * Math.sin(angle), now.semiMinorM * Math.cos(angle));
  return { speed, widthM, seconds: (Math.PI * now.semiMajorM * now.semiMinorM) / (widthM * speed) };
}

/** Points of a contour that are looked at. */
const POINTS = 360;

/** Share of what leaves a footprint over its trailing edge, 0 … 1, that is inside one of the others there. */
export function shareInto(now: Contour, then: Contour, others: readonly Contour[]): number {
  const { north, east } = offset(now, then);
  const angle = Math.atan2(east, north) - now.azimuth;
  const [a, b] = [now.semiMajorM, now.semiMinorM];
  const [cos, sin] = [Math.cos(now.azimuth), Math.sin(now.azimuth)];
  const places = others.map((other) => ({ other, ...offset(now, other) }));
  let all = 0;
  let into = 0;
  for (let i = 0; i < POINTS; i++) {
    const at = (2 * Math.PI * i) / POINTS;
    const leaves = -(b * Math.cos(at) * Math.cos(angle) + a * Math.sin(at) * Math.sin(angle));
    if (leaves <= 0) continue;
    all += leaves;
    const [along, across] = [a * Math.cos(at), b * Math.sin(at)];
    const [y, x] = [along * cos - across * sin, along * sin + across * cos];
    if (places.some((place) => isInside(place.other, y - place.north, x - place.east))) into += leaves;
  }
  return into / all;
}

/** @param north from its centre [m] */
function isInside({ semiMajorM, semiMinorM, azimuth }: Contour, north: number, east: number): boolean {
  const along = north * Math.cos(azimuth) + east * Math.sin(azimuth);
  const across = east * Math.cos(azimuth) - north * Math.sin(azimuth);
  return (along / semiMajorM) ** 2 + (across / semiMinorM) ** 2 <= 1;
}
