import { FIRST_NULL_X, relativeGainDb } from "../../src/main/beam/pattern.ts";
import { freeSpaceLossDb, resourceElementEirpDbm } from "../../src/main/link/budget.ts";
import { elevationTermsDb } from "../../src/main/link/elevation-loss.ts";
import { CorrelatedFading } from "../../src/main/link/fading.ts";
import { normalShare } from "../../src/main/link/quantile.ts";
import { clutterLossDb, lineOfSightProbability, shadowSigmaDb } from "../../src/main/link/surroundings.ts";
import { Random } from "../../src/main/math/random.ts";
import { destination, geodeticToEcef } from "../../src/main/math/wgs84.ts";
import { stateAt, type Track } from "../../src/main/orbit/track.ts";
import { lookAngles } from "../../src/main/orbit/visibility.ts";
import { Aims } from "../../src/main/simulation/aims.ts";
import { beamModel, patternArgument, type BeamModel } from "../../src/main/simulation/beams.ts";
import { hearGround } from "./naive-ground.ts";
import type { Users } from "../../src/main/simulation/users.ts";
import type { Mission } from "../../src/shared/mission.ts";

/** Loss of one path by where the UE stands, straight from the tables. */
function channelLoss(
  mission: Mission,
  users: Users,
  ue: number,
  satellite: number,
  elevation: number,
  time: number,
) {
  const { channel, radio, seed, userClasses } = mission;
  const { motion, speed } = userClasses[users.userClass[ue]];
  const { fixed } = channel;
  const always = fixed.scintillationDb + fixed.polarisationDb + fixed.bodyDb + fixed.otherDb;
  if (motion === "aircraft") return always;
  const path = ue * 2 ** 24 + satellite;
  const random = new Random(seed, "channel").at(path);
  const along = (stream: string, distance: number) =>
    new CorrelatedFading(seed, stream, distance).at(path, speed * time);
  const [uniform, withSight, without] =
    speed > 0
      ? [normalShare(along("sight", 50)), along("fading-los", 37), along("fading-nlos", 50)]
      : [random.next(), random.normal(), random.normal()];
  const sight = !channel.drawLineOfSight || uniform < lineOfSightProbability(channel.surroundings, elevation);
  const band = radio.frequencyHz < 6e9 ? "s" : "ka";
  const sigma = channel.shadowing ? shadowSigmaDb(channel.surroundings, band, sight, elevation) : 0;
  const clutter = sight ? 0 : clutterLossDb(channel.surroundings, band, elevation);
  return always + clutter - sigma * (sight ? withSight : without);
}

/** ECEF [m] of a UE that has gone along its great circle. */
export function placeOf({ userClasses }: Mission, users: Users, ue: number, time: number): Float64Array {
  const { speed, motion } = userClasses[users.userClass[ue]];
  const place = new Float64Array(3);
  destination(place, 0, users.latitude[ue], users.longitude[ue], users.heading[ue], speed * time);
  geodeticToEcef(place, 0, place[0], place[1], motion === "aircraft" ? 10_000 : 0);
  return place;
}

/** Whether a gateway sees the satellite, at the middle of the step of a time. */
function fed(
  { gateways, payload, step, measurementPeriod }: Mission,
  track: Track,
  satellite: number,
  time: number,
) {
  if (payload.processing === "regenerative" || !gateways || gateways.interSatelliteLinks) return true;
  const last = Math.ceil(time / step - 1e-9) * step;
  const middle = last === 0 ? 0 : last - (step - measurementPeriod) / 2;
  const state = new Float64Array(6);
  stateAt(state, 0, track, satellite, middle);
  const gateway = new Float64Array(3);
  const look = new Float64Array(3);
  return gateways.stations.some(({ latitude, longitude, heightM }) => {
    geodeticToEcef(gateway, 0, latitude, longitude, heightM);
    lookAngles(look, 0, gateway[0], gateway[1], gateway[2], state[0], state[1], state[2]);
    return look[1] >= gateways.minElevation;
  });
}

const models = new WeakMap<Mission, BeamModel>();
function modelOf(mission: Mission): BeamModel {
  const model = models.get(mission) ?? beamModel(mission);
  models.set(mission, model);
  return model;
}

const known = new WeakMap<Mission, Aims>();
export function aimsOf(mission: Mission, track: Track): Aims {
  const aims = known.get(mission) ?? new Aims(mission, modelOf(mission), track);
  known.set(mission, aims);
  return aims;
}

/**
 * RSRP of every cell at one UE [dBm] and its pattern argument, term by term, without tables or pruning; only of the cells
 * with an argument `below` another where nobody asks for the others.
 */
export function hear(
  mission: Mission,
  track: Track,
  users: Users,
  ue: number,
  time: number,
  below = Infinity,
) {
  const model = modelOf(mission);
  const receiver = mission.userClasses[users.userClass[ue]];
  const aims = aimsOf(mission, track);
  const state = new Float64Array(6);
  const aim = new Float64Array(3 * model.beams);
  const look = new Float64Array(3);
  const [x, y, z] = placeOf(mission, users, ue, time);
  const cells: {
    cell: number;
    x: number;
    rsrp: number;
    elevation: number;
    channel: number;
    polarisation: number;
    satellite: number;
    direction: number[];
    range: number;
    /** what stands for the beam, see `BeamModel` */
    aim: number[];
    /** ECEF, m */
    satelliteAt: number[];
    /** what is added where cells are compared, dB */
    offset: number;
    onGround: boolean;
  }[] = [];
  for (let satellite = 0; satellite < track.count; satellite++) {
    if (!fed(mission, track, satellite, time)) continue;
    stateAt(state, 0, track, satellite, time);
    aims.write(aim, 0, satellite, state, 0, time);
    lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
    const direction = [state[0] - x, state[1] - y, state[2] - z].map((d) => d / look[2]);
    const elevationDb = elevationLoss(mission, look[1]);
    const channelDb = channelLoss(mission, users, ue, satellite, look[1], time);
    const freeSpaceDb = freeSpaceLossDb(mission.radio.frequencyHz, look[2]);
    for (let beam = 0; beam < model.beams; beam++) {
      const argument = patternArgument(
        model,
        aim,
        3 * beam,
        x,
        y,
        z,
        state[0] - x,
        state[1] - y,
        state[2] - z,
        look[2],
      );
      if (argument > below) continue;
      const rsrp =
        resourceElementEirpDbm(mission.radio.eirpDensityDbwPerHz, mission.radio.subcarrierSpacingHz) +
        relativeGainDb(Math.min(argument, 63.9)) -
        freeSpaceDb -
        elevationDb +
        receiver.antennaGainDbi -
        channelDb;
      cells.push({
        cell: satellite * model.beams + beam + 1,
        x: argument,
        rsrp,
        elevation: look[1],
        channel: model.channel[beam],
        polarisation: model.polarisation[beam],
        satellite,
        direction,
        range: look[2],
        aim: [...aim.subarray(3 * beam, 3 * beam + 3)],
        satelliteAt: [...state.subarray(0, 3)],
        offset: 0,
        onGround: false,
      });
    }
  }
  // a site covers where it is heard, and has no elevation that could be too low
  for (const { site, colour, rsrp } of hearGround(mission, users, ue, time, Float64Array.of(x, y, z)))
    cells.push({
      cell: track.count * model.beams + site + 1,
      x: 0,
      rsrp,
      elevation: Math.PI / 2,
      channel: 1000 + colour,
      polarisation: 0,
      satellite: -1 - site,
      direction: [0, 0, 1],
      range: 0,
      aim: [0, 0, 0],
      satelliteAt: [0, 0, 0],
      offset: mission.terrestrial!.offsetDb,
      onGround: true,
    });
  return cells;
}

/** What each UE hears in the main lobes at each instant of a mission, kept: it is the same under every strategy. */
export function listener(mission: Mission, track: Track, users: Users) {
  const kept = new Map<number, ReturnType<typeof hear>>();
  return (ue: number) => (instant: number) => {
    const key = ue * 100_000 + instant;
    const time = instant * mission.measurementPeriod;
    const heard = kept.get(key) ?? hear(mission, track, users, ue, time, FIRST_NULL_X);
    kept.set(key, heard);
    return heard;
  };
}

function elevationLoss({ channel, radio }: Mission, elevation: number): number {
  if (!(elevation > 0.02)) return 0;
  const terms = elevationTermsDb(channel.elevation, radio.frequencyHz, elevation);
  return terms.gas + terms.scintillation + terms.rain + terms.cloud + terms.building;
}

/** Pattern argument of one cell towards a UE; ∞ below the least elevation. */
export function argumentOf(
  mission: Mission,
  track: Track,
  users: Users,
  ue: number,
  cell: number,
  time: number,
) {
  const model = modelOf(mission);
  const state = new Float64Array(6);
  const aim = new Float64Array(3 * model.beams);
  const look = new Float64Array(3);
  const [x, y, z] = placeOf(mission, users, ue, time);
  const satellite = Math.floor((cell - 1) / model.beams);
  stateAt(state, 0, track, satellite, time);
  aimsOf(mission, track).write(aim, 0, satellite, state, 0, time);
  lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
  if (look[1] < mission.minElevation) return Infinity;
  const [dx, dy, dz] = [state[0] - x, state[1] - y, state[2] - z];
  return patternArgument(model, aim, 3 * ((cell - 1) % model.beams), x, y, z, dx, dy, dz, look[2]);
}
