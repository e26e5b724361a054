import { DEG, WGS84_B } from "../math/constants.ts";
import { feederAt, type FeederPlan } from "../orbit/feeder.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import type { Users, Whereabouts } from "./users.ts";

/** What the normal of the ellipsoid stands off the line from the Earth's centre at most, 0.193° (rad). */
const FLATTENING = 0.2 * DEG;

/** Latitude by longitude of a tile, which neighbours share. */
const TILE_DEG = [5, 15];
const TILES_ROUND = 360 / TILE_DEG[1] + 1;

function tileOf(latitude: number, longitude: number): number {
  const south = Math.floor((latitude / DEG + 90) / TILE_DEG[0]);
  return south * TILES_ROUND + Math.floor((longitude / DEG + 180) / TILE_DEG[1]);
}

/** The UEs tile by tile, in each from west to east. */
function orderByPlace({ count, latitude, longitude }: Users): Uint32Array {
  // one number to sort by: tile, hundredths of a degree in it, and the UE in the low 32 bits
  const keys = new Float64Array(count);
  for (let ue = 0; ue < count; ue++) {
    const east = Math.floor(((longitude[ue] / DEG + 180) % TILE_DEG[1]) * 100);
    keys[ue] = (tileOf(latitude[ue], longitude[ue]) * 100 * TILE_DEG[1] + east) * 2 ** 32 + ue;
  }
  return Uint32Array.from(keys.sort(), (key) => key % 2 ** 32);
}

/** The satellites that serve at one instant. */
export class Sky {
  /** [index] number of the satellite in the mission, ascending */
  readonly satellite: number[] = [];
  /** [index] ECEF position m, velocity m/s */
  readonly state: Float64Array[] = [];
  /** [index × 3] direction from the Earth's centre */
  readonly #direction: Float64Array;
  /** [index] greatest angle at the Earth's centre to a UE that sees it above the least elevation, rad */
  readonly #reach: Float64Array;

  /** @param feeders which gateway each works through; null where it needs none */
  constructor(track: Track, feeders: FeederPlan | null, time: number, minElevation: number) {
    for (let s = 0; s < track.count; s++) {
      const state = new Float64Array(6);
      if (feeders && feederAt(feeders, s, time) < 0) continue;
      if (!stateAt(state, 0, track, s, time)) continue;
      this.satellite.push(s);
      this.state.push(state);
    }
    this.#direction = new Float64Array(3 * this.state.length);
    this.#reach = new Float64Array(this.state.length);
    const lowest = Math.max(0, minElevation - FLATTENING);
    this.state.forEach(([x, y, z], index) => {
      const radius = Math.hypot(x, y, z);
      this.#direction.set([x / radius, y / radius, z / radius], 3 * index);
      this.#reach[index] = Math.acos((WGS84_B / radius) * Math.cos(lowest)) - lowest;
    });
  }

  /** Indices of the satellites that some of the UEs at these places ([ue × 3] ECEF, m) may see above the least elevation. */
  over(places: Float64Array): number[] {
    const { centre, spread } = capOf(places);
    const found: number[] = [];
    const direction = this.#direction;
    for (let index = 0; index < this.state.length; index++) {
      const angle = this.#reach[index] + spread;
      const d = 3 * index;
      const cosine = direction[d] * centre[0] + direction[d + 1] * centre[1] + direction[d + 2] * centre[2];
      if (angle >= Math.PI || cosine >= Math.cos(angle)) found.push(index);
    }
    return found;
  }
}

/** Unit vector to the middle of places, and the greatest angle [rad] of any of them from it. */
function capOf(places: Float64Array): { centre: Float64Array; spread: number } {
  const centre = new Float64Array(3);
  for (let i = 0; i < places.length; i++) centre[i % 3] += places[i];
  const length = Math.hypot(centre[0], centre[1], centre[2]);
  if (!(length > 0)) return { centre, spread: Math.PI };
  for (let k = 0; k < 3; k++) centre[k] /= length;
  let least = 1;
  for (let i = 0; i < places.length; i += 3) {
    const [x, y, z] = places.subarray(i, i + 3);
    least = Math.min(least, (x * centre[0] + y * centre[1] + z * centre[2]) / Math.hypot(x, y, z));
  }
  return { centre, spread: Math.acos(Math.max(-1, least)) + 1e-6 };
}

/** Neighbours that are taken at once: their columns stay in the cache; 512 take twice as long. */
const BLOCK_UES = 256;
/** UE × beam of one block that are held in memory, 56 bytes each. */
const MOST_LINKS = 2 ** 21;

/** Some UEs that stand close together. */
export interface Block {
  /** their numbers */
  ues: Uint32Array;
  /** indices into the sky of what they may see */
  satellites: number[];
}

/** All UEs in blocks of neighbours, as they stand at a time [s]. */
export function blocksOf(users: Users, places: Whereabouts, time: number, sky: Sky, beams: number): Block[] {
  const order = orderByPlace(users);
  const tile = (i: number) => tileOf(users.latitude[order[i]], users.longitude[order[i]]);
  const cut = (size: number): Block[] => {
    const position = new Float64Array(3 * size);
    const up = new Float64Array(3 * size);
    const blocks: Block[] = [];
    for (let from = 0, end = 0; from < order.length; from = end) {
      while (end < order.length && end < from + size && tile(end) === tile(from)) end++;
      const ues = order.subarray(from, end);
      ues.forEach((ue, k) => places.write(position, up, 3 * k, ue, time));
      const satellites = sky.over(position.subarray(0, 3 * ues.length));
      if (size > 1 && size * satellites.length * beams > MOST_LINKS) return cut(Math.ceil(size / 2));
      blocks.push({ ues, satellites });
    }
    return blocks;
  };
  return cut(Math.min(BLOCK_UES, users.count));
}
