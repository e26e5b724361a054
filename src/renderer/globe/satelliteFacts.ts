import type { Track, UeColumns } from "../session/loadRun.ts";
import { groundUnder, OMEGA, placeAt } from "./trackPaths.ts";

const DEG = Math.PI / 180;

export interface SatelliteNow {
  heightM: number;
  /** in its orbit, not over the turning ground */
  speedMS: number;
  latitudeDeg: number;
  longitudeDeg: number;
  /** seen from a place; null where there is none */
  elevationDeg: number | null;
}

/** ECEF [m] of the middle of the UEs on the ground and its vertical; null where they are all around the Earth. */
export interface Middle {
  place: readonly [number, number, number];
  up: readonly [number, number, number];
}

/** How much of one another's way the places must look for there to be a middle. */
const LEAST_AGREEMENT = 0.5;
const SAMPLE = 5000;

export function middleOf({ latitudeDeg, longitudeDeg }: UeColumns): Middle | null {
  const stride = Math.max(1, Math.floor(latitudeDeg.length / SAMPLE));
  let [x, y, z, n] = [0, 0, 0, 0];
  for (let ue = 0; ue < latitudeDeg.length; ue += stride, n++) {
    const [latitude, longitude] = [latitudeDeg[ue]! * DEG, longitudeDeg[ue]! * DEG];
    x += Math.cos(latitude) * Math.cos(longitude);
    y += Math.cos(latitude) * Math.sin(longitude);
    z += Math.sin(latitude);
  }
  const length = Math.hypot(x, y, z);
  if (n === 0 || length < LEAST_AGREEMENT * n) return null;
  const up = [x / length, y / length, z / length] as const;
  const [a, e2] = [6_378_137, 0.006_694_379_990_141_4];
  const radius = a / Math.sqrt(1 - e2 * up[2] * up[2]);
  return { up, place: [radius * up[0], radius * up[1], radius * (1 - e2) * up[2]] };
}

/** Half of the time between the two places that make a speed, s. */
const HALF_S = 0.5;

/** Where a satellite is at an instant of the run; null where its orbit is lost. */
export function satelliteNow(
  track: Track,
  satellite: number,
  timeS: number,
  middle: Middle | null,
): SatelliteNow | null {
  const places = new Float64Array(12);
  placeAt(places, 0, track, satellite, timeS);
  placeAt(places, 3, track, satellite, timeS - HALF_S);
  placeAt(places, 6, track, satellite, timeS + HALF_S);
  groundUnder(places, 9, places, 0);
  const [x, y, z, x0, y0, z0, x1, y1, z1, gx, gy, gz] = places as unknown as number[];
  if (Number.isNaN(x!)) return null;
  const turned = [(x1! - x0!) / (2 * HALF_S) - OMEGA * y!, (y1! - y0!) / (2 * HALF_S) + OMEGA * x!];
  return {
    heightM: Math.hypot(x! - gx!, y! - gy!, z! - gz!),
    speedMS: Math.hypot(turned[0]!, turned[1]!, (z1! - z0!) / (2 * HALF_S)),
    latitudeDeg: Math.atan2(z! - gz!, Math.hypot(x! - gx!, y! - gy!)) / DEG,
    longitudeDeg: Math.atan2(y!, x!) / DEG,
    elevationDeg: middle && elevationFrom(middle, [x!, y!, z!]),
  };
}

function elevationFrom({ place, up }: Middle, at: readonly number[]): number {
  const way = at.map((value, k) => value - place[k]!);
  const rise = way.reduce((sum, value, k) => sum + value * up[k]!, 0);
  return Math.asin(rise / Math.hypot(...way)) / DEG;
}
