import { CorrelatedFading } from "../../link/fading.ts";
import { Random } from "../../math/random.ts";
import { measure, type World } from "./world.ts";

/** Seven sites, one in the middle and six around it. */
const SITES = 7;
const SITE_DISTANCE_M = 500;
/** Roads from west to east and as many from south to north, and the way between two crossings, m. */
const ROADS = 9;
const BLOCK_M = 130;
const MIDDLE_M = ((ROADS - 1) * BLOCK_M) / 2;
/** Share of the crossings at which a UE turns off. */
const TURNS = 0.25;
const SPEED_MPS = { least: 10, most: 25 };
/** Height of the antennas over the UEs, m (25 m and 1.5 m of TR 38.901 Table 7.2-1). */
const HEIGHT_M = 23.5;
const FREQUENCY_GHZ = 3.5;
/** 46 dBm over 273 resource blocks of 12 subcarriers of 30 kHz, and 8 dBi. */
const EIRP_DBM = 46 - 10 * Math.log10(273 * 12) + 8;
/** Standard deviation and correlation distance of shadow fading, urban macro without line of sight (TR 38.901 Table 7.5-6). */
const SHADOW_DB = 6;
const SHADOW_M = 50;
/** −174 dBm/Hz, 30 kHz, noise figure 9 dB. */
const NOISE_DBM = -174 + 10 * Math.log10(30e3) + 9;

/** Path loss of the urban macro cell without line of sight [dB], distance in m (TR 38.901 Table 7.4.1-1, PL′ for UMa NLOS). */
export const pathLossDb = (distance: number) =>
  13.54 + 39.08 * Math.log10(distance) + 20 * Math.log10(FREQUENCY_GHZ);

const sites = Array.from({ length: SITES }, (_, i) => {
  if (i === 0) return [0, 0] as const;
  const angle = (2 * Math.PI * i) / (SITES - 1);
  return [SITE_DISTANCE_M * Math.cos(angle), SITE_DISTANCE_M * Math.sin(angle)] as const;
});

/** Where a UE is at every step: number of the road, from west to east first, and the way along it, m. */
interface Drive {
  road: Uint8Array;
  along: Float64Array;
}

/** A UE that keeps one speed, goes straight on at most crossings and turns at random at the others. */
export function driveRoads(seed: number, ue: number, steps: number, periodS: number): Drive {
  const random = new Random(seed, "paper-c roads").at(ue);
  const stride = (SPEED_MPS.least + random.next() * (SPEED_MPS.most - SPEED_MPS.least)) * periodS;
  const last = ROADS - 1;
  const road = new Uint8Array(steps);
  const along = new Float64Array(steps);
  let now = random.below(2 * ROADS);
  // in blocks; whole numbers are crossings
  let at = random.next() * last;
  let ahead = random.below(2) * 2 - 1;
  for (let step = 0; step < steps; step++) {
    road[step] = now;
    along[step] = at * BLOCK_M;
    let left = stride / BLOCK_M;
    for (;;) {
      const crossing = ahead > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1;
      const gap = Math.abs(crossing - at);
      if (gap > left) break;
      left -= gap;
      at = crossing;
      const ends = ahead > 0 ? at === last : at === 0;
      if (!ends && random.next() >= TURNS) continue;
      // onto the road that crosses: its number is where we are, its crossing with ours is our number
      const crossed = (now < ROADS ? ROADS : 0) + at;
      at = now % ROADS;
      now = crossed;
      ahead = at === 0 ? 1 : at === last ? -1 : random.below(2) * 2 - 1;
    }
    at += ahead * left;
  }
  return { road, along };
}

/**
 * UEs on the roads among seven sites: path loss by distance, and shadow fading that belongs to the place: each site has one
 * correlated process along each road (Gudmundson 1991), the same for all UEs, so that there is something to learn. Leaves out
 * sectors, fast fading, and what the shadows of two sites or of two roads at their crossing have in common.
 */
export function terrestrialWorld(seed: number, ues: number, seconds: number, periodS: number): World {
  const steps = Math.round(seconds / periodS);
  const fading = new CorrelatedFading(seed, "paper-c shadows", SHADOW_M);
  const level: Float32Array[] = [];
  for (let ue = 0; ue < ues; ue++) {
    const { road, along } = driveRoads(seed, ue, steps, periodS);
    const row = new Float32Array(steps * SITES);
    for (let step = 0; step < steps; step++)
      for (let site = 0; site < SITES; site++) {
        const way = along[step] - MIDDLE_M;
        const side = (road[step] % ROADS) * BLOCK_M - MIDDLE_M;
        const [x, y] = road[step] < ROADS ? [way, side] : [side, way];
        const distance = Math.hypot(x - sites[site][0], y - sites[site][1], HEIGHT_M);
        const shadow = SHADOW_DB * fading.at(road[step] * SITES + site, along[step]);
        row[step * SITES + site] = EIRP_DBM - pathLossDb(distance) + shadow;
      }
    level.push(row);
  }
  return {
    ues,
    steps,
    periodS,
    classes: SITES,
    ranked: false,
    cells: new Int32Array(ues).fill(SITES),
    level,
    channel: level.map(() => new Int32Array(SITES)),
    measured: level.map((row, ue) => measure(row, seed, ue)),
    noiseDbm: NOISE_DBM,
    centreDbm: -100,
    spreadDb: 10,
    about: `${SITES} sites ${SITE_DISTANCE_M} m apart, 3.5 GHz, urban macro without line of sight, shadow fading ${SHADOW_DB} dB over ${SHADOW_M} m, ${ues} UEs at ${SPEED_MPS.least}–${SPEED_MPS.most} m/s on ${2 * ROADS} roads for ${seconds} s`,
  };
}
