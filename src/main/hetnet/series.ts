import { SPEED_OF_LIGHT } from "../math/constants.ts";
import { fromDb, toDb } from "../math/decibel.ts";
import { Random } from "../math/random.ts";
import { cellularLevelDbm, distanceM, sinrDb, throughputMbps, wifiLevelDbm } from "./channel.ts";
import { RicianFading, ShadowMap } from "./fading.ts";
import { randomWaypoints, walk } from "./paths.ts";
import { DEFAULT_WORLD, type Place, type World } from "./world.ts";

export type Rat = "cellular" | "wifi" | "satellite";

export interface HetnetOptions {
  /** of world and paths; the shadows belong to the world, so that all paths of a seed cross the same one */
  seed: number;
  paths: number;
  /** number of the first path: path n of a seed is the same in every series. From 1 unless told otherwise. */
  firstPath?: number;
  /** waypoints of the first paths, instead of random ones */
  routes?: readonly (readonly Place[])[];
  world?: Partial<World>;
}

export interface Path {
  id: number;
  steps: number;
  /** m, at every report */
  x: Float64Array;
  y: Float64Array;
}

/** Time-aligned reports of all nodes: columns at (firstStep[path] + step) · nodes + node. */
export interface HetnetSeries {
  nodes: { name: string; rat: Rat }[];
  paths: Path[];
  /** power received from the node itself */
  rssiDbm: Float32Array;
  /** (2) for base stations, (4) for access points */
  sinrDb: Float32Array;
  throughputMbps: Float32Array;
  /** [path], and the number of all steps at the end */
  firstStep: Uint32Array;
  stepS: number;
}

/**
 * A report averages the power over its interval: 5 periods of layer 1, each with 5 samples of the fading (TS 38.133
 * §9.2.5: 200 ms). At 3 m/s the samples are 0.12 m apart, 1.4 wavelengths at 3.5 GHz, so that their fading hardly hangs
 * together and that of two reports not at all; what is left of it is about 0.4 dB. No layer-3 filter.
 */
const PERIODS = 5;
const SAMPLES = 5;

/** Streams of fading for each path, so that a path keeps its own whatever the number of nodes. */
const STREAMS = 64;

/** Reports of every node along seeded paths. The same options give the same bytes. */
export function hetnetSeries(options: HetnetOptions): HetnetSeries {
  const world = { ...DEFAULT_WORLD, ...options.world };
  const nodes = [
    ...world.stations.map((_, i) => ({ name: `BS${i + 1}`, rat: "cellular" as const })),
    ...world.accessPoints.map((_, i) => ({ name: `AP${i + 1}`, rat: "wifi" as const })),
  ];
  const spacing = world.speedMps * world.stepS;
  const first = options.firstPath ?? 1;
  const walks = Array.from({ length: options.paths }, (_, i) =>
    walk(options.routes?.[i] ?? randomWaypoints(world, options.seed, first + i), spacing),
  );
  const firstStep = new Uint32Array(walks.length + 1);
  walks.forEach(({ x }, i) => (firstStep[i + 1] = firstStep[i] + x.length - 1));
  const size = firstStep[walks.length] * nodes.length;
  const series: HetnetSeries = {
    nodes,
    paths: walks.map(({ x, y }, i) => ({ id: first + i, steps: x.length - 1, x: x.slice(1), y: y.slice(1) })),
    rssiDbm: new Float32Array(size),
    sinrDb: new Float32Array(size),
    throughputMbps: new Float32Array(size),
    firstStep,
    stepS: world.stepS,
  };
  const { shadowDb, shadowCorrelationM } = world.cellular;
  const shadows = world.stations.map(
    (_, i) => new ShadowMap(new Random(options.seed, "hetnet-shadow").at(i), shadowDb, shadowCorrelationM),
  );
  walks.forEach((way, i) => reportsOf(series, world, shadows, options.seed, i, way));
  return series;
}

/** Fills in one path. `way` begins one interval before its first report. */
function reportsOf(
  series: HetnetSeries,
  world: World,
  shadows: ShadowMap[],
  seed: number,
  path: number,
  { x, y }: { x: Float64Array; y: Float64Array },
): void {
  const { cellular, wifi, stations } = world;
  const random = new Random(seed, "hetnet-fading");
  const id = series.paths[path].id;
  const wavelength = SPEED_OF_LIGHT / cellular.frequencyHz;
  const fading = stations.map(
    (_, i) => new RicianFading(random.at(id * STREAMS + i), cellular.ricianKDb, wavelength),
  );
  const count = series.nodes.length;
  const powers = new Float64Array(count);
  for (let step = 0; step < x.length - 1; step++) {
    averagePowers(powers, world, shadows, fading, x, y, step);
    const at = (series.firstStep[path] + step) * count;
    for (let node = 0; node < count; node++) {
      const sinr = sinrDb(world, powers, node);
      series.rssiDbm[at + node] = toDb(powers[node]);
      series.sinrDb[at + node] = sinr;
      series.throughputMbps[at + node] = throughputMbps(node < stations.length ? cellular : wifi, sinr);
    }
  }
}

/** Mean power of every node [mW] over the way from point `step` to the next. */
function averagePowers(
  powers: Float64Array,
  world: World,
  shadows: ShadowMap[],
  fading: RicianFading[],
  x: Float64Array,
  y: Float64Array,
  step: number,
): void {
  const { stations, accessPoints, cellular } = world;
  const spacing = world.speedMps * world.stepS;
  const dx = x[step + 1] - x[step];
  const dy = y[step + 1] - y[step];
  powers.fill(0);
  for (let period = 1; period <= PERIODS; period++) {
    const share = period / PERIODS;
    const px = x[step] + share * dx;
    const py = y[step] + share * dy;
    for (let i = 0; i < stations.length; i++) {
      const level = fromDb(cellularLevelDbm(world, stations[i], px, py) + shadows[i].atDb(px, py));
      let sum = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        const back = sample / (PERIODS * SAMPLES);
        const distance = distanceM(stations[i], cellular.heightM, world, px - back * dx, py - back * dy);
        sum += fading[i].power((step + share - back) * spacing, distance);
      }
      powers[i] += (level * sum) / (PERIODS * SAMPLES);
    }
    for (let i = 0; i < accessPoints.length; i++)
      powers[stations.length + i] += fromDb(wifiLevelDbm(world, accessPoints[i], px, py)) / PERIODS;
  }
}
