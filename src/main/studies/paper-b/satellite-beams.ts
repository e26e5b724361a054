import type { HetnetSeries } from "../../hetnet/series.ts";
import { overheadShare, throughputBps } from "../../link/modulation.ts";
import { toDb } from "../../math/decibel.ts";
import { Random } from "../../math/random.ts";
import { destination, geodeticToEcef } from "../../math/wgs84.ts";
import { buildTrack, type Track } from "../../orbit/track.ts";
import { loadBundled } from "../../scenario/bundled.ts";
import { compileMission } from "../../scenario/compile.ts";
import { beamModel } from "../../simulation/beams.ts";
import { StepGeometry } from "../../simulation/geometry.ts";
import { Hearing } from "../../simulation/measure.ts";
import { discsAt } from "../../simulation/population.ts";
import { receivers } from "../../simulation/receivers.ts";
import type { Mission } from "../../../shared/mission.ts";

/** Lowest SINR that is reported (TS 38.133 Table 10.1.16.1-1); also where a beam is not heard. */
const FLOOR_DB = -23;
/** The pass is over the place in the middle of its three minutes. */
const MIDDLE_S = 90;
/** m; how far the place lies off the middle of the middle beam then, at most. */
const ACROSS_M = 90_000;
const ALONG_M = 60_000;
/** m above the ellipsoid */
const HEIGHT_M = 1.5;

/** The beams of the scenario's satellite, over a pass. */
export interface Pass {
  mission: Mission;
  track: Track;
  /** reports that a pass lasts */
  steps: number;
}

/** Three beams of one satellite at 300 km. `shadowing`: TR 38.811's, which the scenario itself leaves out. */
export function dahoudaPass(seed: number, shadowing: boolean): Pass {
  const mission = compileMission(loadBundled("dahouda-2023").scenario, null, seed);
  const heard = { ...mission, channel: { ...mission.channel, shadowing } };
  return {
    mission: heard,
    track: buildTrack(mission.satellites, mission.startMs, mission.duration),
    steps: Math.floor(mission.duration),
  };
}

/** What one beam is worth to a UE: powers of one resource element [mW]. */
export interface BeamPowers {
  /** [step × beam] */
  wanted: Float64Array;
  interference: Float64Array;
  noise: number;
}

/**
 * Hears every beam from a place that moves little: [step] local x and y [m] about `origin` [rad]. A beam is heard within
 * its main lobe and has no power outside; side lobes of the others interfere. `ue` draws the shadow.
 */
export function hearBeams(
  { mission, track }: Pass,
  origin: { latitude: number; longitude: number },
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  steps: number,
  ue: number,
): BeamPowers {
  const model = beamModel(mission);
  const beams = model.beams;
  const position = new Float64Array(3);
  const up = new Float64Array(3);
  place(position, up, origin, 0, 0);
  const geometry = new StepGeometry(mission, track, null, model, up.slice(), 0.01);
  const hearing = new Hearing(mission, model, receivers(mission), geometry);
  const out = { wanted: new Float64Array(steps * beams), interference: new Float64Array(steps * beams) };
  const way = new Float64Array(1);
  for (let step = 0; step < steps; step++) {
    if (step > 0) way[0] += Math.hypot(x[step] - x[step - 1], y[step] - y[step - 1]);
    place(position, up, origin, x[step], y[step]);
    geometry.prepare(Float64Array.of(step));
    if (!hearing.look(ue, 0, position, up, 0, 3, way, 1)) continue;
    hearing.listen(0, 0);
    for (let i = 0; i < hearing.count; i++) {
      const cell = hearing.cell[i];
      hearing.sinr(0, cell);
      out.wanted[step * beams + cell - 1] = hearing.wantedMw;
      out.interference[step * beams + cell - 1] = hearing.interferenceMw;
    }
  }
  return { ...out, noise: receivers(mission).noiseMw[0] };
}

const spot = new Float64Array(2);

function place(
  position: Float64Array,
  up: Float64Array,
  { latitude, longitude }: { latitude: number; longitude: number },
  x: number,
  y: number,
): void {
  destination(spot, 0, latitude, longitude, Math.atan2(x, y), Math.hypot(x, y));
  const [lat, lon] = spot;
  geodeticToEcef(position, 0, lat, lon, HEIGHT_M);
  up[0] = Math.cos(lat) * Math.cos(lon);
  up[1] = Math.cos(lat) * Math.sin(lon);
  up[2] = Math.sin(lat);
}

/**
 * Where the network lies under the pass of one path: near the middle beam in the middle of the pass, off it by a seeded
 * distance. To move the place under a pass is to take another pass over the place.
 */
export function placeUnder({ mission, track }: Pass, seed: number, path: number) {
  const [front, middle] = discsAt(mission, track, MIDDLE_S);
  const along = Math.atan2(
    (front.longitude - middle.longitude) * Math.cos(middle.latitude),
    front.latitude - middle.latitude,
  );
  const random = new Random(seed, "third-rat-place").at(path);
  const ahead = ALONG_M * (2 * random.next() - 1);
  const aside = ACROSS_M * (2 * random.next() - 1);
  const azimuth = along + Math.atan2(aside, ahead);
  const out = new Float64Array(2);
  destination(out, 0, middle.latitude, middle.longitude, azimuth, Math.hypot(ahead, aside));
  return { latitude: out[0], longitude: out[1] };
}

/** SINR [dB] of powers, not below what is reported. */
export const reportedSinrDb = (wanted: number, interference: number, noise: number) =>
  Math.max(FLOOR_DB, toDb(wanted / (interference + noise)));

/**
 * The same reports with one node more for each beam, as long as the pass lasts: paths are cut to it. The satellite is heard at
 * the instant of the report.
 */
export function withBeams(series: HetnetSeries, pass: Pass, seed: number): HetnetSeries {
  const { mission, steps: most } = pass;
  const beams = beamModel(mission).beams;
  const old = series.nodes.length;
  const count = old + beams;
  const paths = series.paths.map(({ id, steps, x, y }) => {
    const kept = Math.min(most, steps);
    return { id, steps: kept, x: x.slice(0, kept), y: y.slice(0, kept) };
  });
  const firstStep = new Uint32Array(paths.length + 1);
  paths.forEach(({ steps }, path) => (firstStep[path + 1] = firstStep[path] + steps));
  const size = firstStep[paths.length] * count;
  const columns = {
    rssiDbm: new Float32Array(size),
    sinrDb: new Float32Array(size),
    throughputMbps: new Float32Array(size),
  };
  const { radio } = mission;
  const toBand = toDb(radio.bandwidthHz / radio.subcarrierSpacingHz);
  const rate = {
    marginDb: radio.implementationMarginDb,
    overhead: overheadShare(radio.frequencyHz, "down"),
  };
  paths.forEach(({ id, steps, x, y }, path) => {
    const powers = hearBeams(pass, placeUnder(pass, seed, id), x, y, steps, id);
    for (let step = 0; step < steps; step++) {
      const from = (series.firstStep[path] + step) * old;
      const into = (firstStep[path] + step) * count;
      for (const name of ["rssiDbm", "sinrDb", "throughputMbps"] as const)
        columns[name].set(series[name].subarray(from, from + old), into);
      for (let beam = 0; beam < beams; beam++) {
        const at = into + old + beam;
        const wanted = powers.wanted[step * beams + beam];
        const sinr = reportedSinrDb(wanted, powers.interference[step * beams + beam], powers.noise);
        columns.sinrDb[at] = sinr;
        columns.rssiDbm[at] = toBand + Math.max(toDb(wanted), toDb(powers.noise) + FLOOR_DB);
        columns.throughputMbps[at] = throughputBps(sinr, radio.bandwidthHz, rate).bps / 1e6;
      }
    }
  });
  const satellites = Array.from({ length: beams }, (_, i) => ({
    name: `beam ${i + 1}`,
    rat: "satellite" as const,
  }));
  return { ...columns, nodes: [...series.nodes, ...satellites], paths, firstStep, stepS: series.stepS };
}
