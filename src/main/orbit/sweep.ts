import type { SatelliteSource } from "../../shared/mission.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import { fastAzimuth, twiceArctangent } from "./arctangent.ts";
import { gmst } from "./frames.ts";
import { createPropagator } from "./propagator.ts";
import type { Track } from "./track.ts";

/** Geodetic place [rad, m] that stands still on the Earth. */
export interface Observer {
  latitude: number;
  longitude: number;
  heightM: number;
}

/** Each [instant × satellite]: rad from north over east (0…2π), rad above the plane of the ellipsoid, m; NaN where lost. */
export interface Looks {
  azimuth: Float64Array;
  elevation: Float64Array;
  range: Float64Array;
}

/** Satellites at a time: their elements and one line of each output stay in the nearest cache. */
const BLOCK = 8;

/**
 * Look angles from straight propagation, for a catalogue at many instants [s since the start], as `lookAngles` gives
 * them within 1e-10 rad. Returns [instant × satellite] 1 where a satellite is lost. satellite.js's WebAssembly propagator is not used: it
 * is no faster, and takes the time as a Julian date in one number, metres away from these positions.
 */
export function sweepLook(
  sources: readonly SatelliteSource[],
  startMs: number,
  times: Float64Array,
  observer: Observer,
  out: Looks,
): Uint8Array {
  const count = sources.length;
  const lost = new Uint8Array(times.length * count);
  const { axes, offset } = horizonOf(observer);
  const turned = turnedAxes(axes, startMs, times);
  const propagators = sources.map((source) => createPropagator(source, startMs));
  const state = new Float64Array(6);
  for (let first = 0; first < count; first += BLOCK)
    for (let k = 0; k < times.length; k++)
      for (let s = first; s < Math.min(first + BLOCK, count); s++) {
        const i = k * count + s;
        if (propagators[s].teme(state, 0, times[k]) !== null) lost[i] = 1;
        lookInto(out, i, turned, 9 * k, offset, state[0], state[1], state[2]);
      }
  return lost;
}

/** The same from a track (`stateAt`'s positions), many times faster; NaN where a satellite is lost or the track does not reach. */
export function trackLook(track: Track, times: Float64Array, observer: Observer, out: Looks): void {
  const { state, count, firstS, knotS: h, knots } = track;
  const { axes, offset } = horizonOf(observer);
  for (let k = 0; k < times.length; k++) {
    const at = (times[k] - firstS) / h;
    if (!(at >= 0 && at <= knots - 1)) {
      for (const column of [out.azimuth, out.elevation, out.range])
        column.fill(NaN, k * count, (k + 1) * count);
      continue;
    }
    const knot = Math.min(Math.floor(at), knots - 2);
    const u = at - knot;
    const late = u * u * (3 - 2 * u);
    const leave = u * (1 - u) * (1 - u) * h;
    const arrive = u * u * (u - 1) * h;
    const first = knot * count * 6;
    interpolateLooks(out, k * count, axes, offset, state, first, first + count * 6, count, [
      late,
      leave,
      arrive,
    ]);
  }
}

/** Unit vectors east, north and up [9] in ECEF, and the observer's own coordinates [m] along them. */
function horizonOf({ latitude, longitude, heightM }: Observer) {
  const [sinLat, cosLat] = [Math.sin(latitude), Math.cos(latitude)];
  const [sinLon, cosLon] = [Math.sin(longitude), Math.cos(longitude)];
  const east = [-sinLon, cosLon, 0];
  const north = [-sinLat * cosLon, -sinLat * sinLon, cosLat];
  const up = [cosLat * cosLon, cosLat * sinLon, sinLat];
  const axes = Float64Array.of(...east, ...north, ...up);
  const place = new Float64Array(3);
  geodeticToEcef(place, 0, latitude, longitude, heightM);
  const along = (i: number) => axes[i] * place[0] + axes[i + 1] * place[1] + axes[i + 2] * place[2];
  return { axes, offset: Float64Array.of(along(0), along(3), along(6)) };
}

/** [instant × 9] the axes as they stand in TEME. */
function turnedAxes(axes: Float64Array, startMs: number, times: Float64Array): Float64Array {
  const turned = new Float64Array(9 * times.length);
  for (let k = 0; k < times.length; k++) {
    const angle = gmst(startMs + times[k] * 1000);
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    for (let i = 0; i < 9; i += 3) {
      turned[9 * k + i] = c * axes[i] - s * axes[i + 1];
      turned[9 * k + i + 1] = s * axes[i] + c * axes[i + 1];
      turned[9 * k + i + 2] = axes[i + 2];
    }
  }
  return turned;
}

/** Look angles of all satellites between the knots whose states begin at `a` and `b`. */
function interpolateLooks(
  { azimuth, elevation, range }: Looks,
  at: number,
  axes: Float64Array,
  offset: Float64Array,
  state: Float64Array,
  a: number,
  b: number,
  count: number,
  [late, leave, arrive]: readonly [number, number, number],
): void {
  const [eastX, eastY, eastZ, northX, northY, northZ, upX, upY, upZ] = axes;
  const [east0, north0, up0] = offset;
  for (let i = at; i < at + count; i++, a += 6, b += 6) {
    const x0 = state[a];
    const y0 = state[a + 1];
    const z0 = state[a + 2];
    const x = x0 + late * (state[b] - x0) + leave * state[a + 3] + arrive * state[b + 3];
    const y = y0 + late * (state[b + 1] - y0) + leave * state[a + 4] + arrive * state[b + 4];
    const z = z0 + late * (state[b + 2] - z0) + leave * state[a + 5] + arrive * state[b + 5];
    const east = eastX * x + eastY * y + eastZ * z - east0;
    const north = northX * x + northY * y + northZ * z - north0;
    const up = upX * x + upY * y + upZ * z - up0;
    const levelSquared = east * east + north * north;
    const level = Math.sqrt(levelSquared);
    const far = Math.sqrt(levelSquared + up * up);
    azimuth[i] = fastAzimuth(east, north, level);
    elevation[i] = twiceArctangent(up / (far + level));
    range[i] = far;
  }
}

function lookInto(
  out: Looks,
  i: number,
  axes: Float64Array,
  at: number,
  offset: Float64Array,
  x: number,
  y: number,
  z: number,
): void {
  const east = axes[at] * x + axes[at + 1] * y + axes[at + 2] * z - offset[0];
  const north = axes[at + 3] * x + axes[at + 4] * y + axes[at + 5] * z - offset[1];
  const up = axes[at + 6] * x + axes[at + 7] * y + axes[at + 8] * z - offset[2];
  const levelSquared = east * east + north * north;
  const level = Math.sqrt(levelSquared);
  const range = Math.sqrt(levelSquared + up * up);
  out.azimuth[i] = fastAzimuth(east, north, level);
  out.elevation[i] = twiceArctangent(up / (range + level));
  out.range[i] = range;
}
