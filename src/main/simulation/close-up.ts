import { elevationTermsDb, type ElevationTerms } from "../link/elevation-loss.ts";
import { lookUp } from "../beam/pattern.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import { lookAngles } from "../orbit/visibility.ts";
import type { Mission } from "../../shared/mission.ts";
import { Aims } from "./aims.ts";
import { beamModel, patternArgument } from "./beams.ts";
import { Channel, DRAWS, type ChannelTerms } from "./channel.ts";
import { feedersOf } from "./feeders.ts";
import { StepGeometry } from "./geometry.ts";
import { firstSite, Ground } from "./ground.ts";
import { Hearing } from "./measure.ts";
import { receivers } from "./receivers.ts";
import { Whereabouts, type Users } from "./users.ts";

/** What stands behind the levels of one UE at one instant; SI, levels in dB. */
export interface CloseUp {
  azimuth: number;
  elevation: number;
  range: number;
  relativeGainDb: number;
  down: { elevation: ElevationTerms; channel: ChannelTerms };
  up: { elevation: ElevationTerms; channel: ChannelTerms };
  /** per resource element */
  wantedMw: number;
  interferenceMw: number;
  noiseMw: number;
  rsrpDbm: number;
  /** the cells heard, in no order */
  heard: { cell: number; rsrpDbm: number }[];
}

/** Begin, middle and end of the step that ends at a time [s]: on them hangs which satellites the time loop takes. */
function instantsOf({ step, measurementPeriod }: Mission, time: number): Float64Array {
  if (time === 0) return Float64Array.of(0);
  const first = time - step + measurementPeriod;
  return Float64Array.of(first, (first + time) / 2, time);
}

/**
 * One UE (its number in the run) with its serving cell at the time [s] of a frame: the same formulas as in the time loop,
 * each term on its own; of a cell on the ground only what the layers have in common. The uplink has the same draws, with the σ and the clutter of its own band.
 */
export function closeUp(
  mission: Mission,
  track: Track,
  users: Users,
  ue: number,
  serving: number,
  time: number,
): CloseUp {
  const model = beamModel(mission);
  const places = new Whereabouts(mission, users);
  const instants = instantsOf(mission, time);
  const last = instants.length - 1;
  const positions = new Float64Array(3 * instants.length);
  const normals = new Float64Array(3 * instants.length);
  instants.forEach((instant, i) => places.write(positions, normals, 3 * i, ue, instant));
  const position = positions.subarray(3 * last);
  const userClass = users.userClass[ue];
  const way = places.moves(ue) ? instants.map((instant) => places.travelled(ue, instant)) : null;

  const centre = normals.slice(3 * last);
  const geometry = new StepGeometry(mission, track, feedersOf(mission, track), model, centre, 0.01);
  const hearing = new Hearing(mission, model, receivers(mission), geometry);
  geometry.prepare(instants);
  hearing.look(ue, userClass, positions, normals, 0, 3, way, instants.length);
  hearing.listen(last, serving);
  hearing.sinr(last, serving);

  const powers = {
    wantedMw: hearing.wantedMw,
    interferenceMw: hearing.interferenceMw,
    noiseMw: hearing.noiseMw,
    rsrpDbm: hearing.servingRsrp,
    heard: Array.from({ length: hearing.count }, (_, i) => ({
      cell: hearing.cell[i],
      rsrpDbm: hearing.rsrp[i],
    })),
  };
  if (serving >= firstSite(mission))
    return { ...closeUpOfSite(mission, ue, serving, position, way ? way[last] : 0), ...powers };
  const satellite = Math.floor((serving - 1) / model.beams);
  const state = new Float64Array(6);
  stateAt(state, 0, track, satellite, time);
  const aim = new Float64Array(3 * model.beams);
  new Aims(mission, model, track).write(aim, 0, satellite, state, 0, time);
  const look = new Float64Array(3);
  const [x, y, z] = position;
  lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
  const [azimuth, elevation, range] = look;
  const beam = 3 * ((serving - 1) % model.beams);
  const argument = patternArgument(
    model,
    aim,
    beam,
    x,
    y,
    z,
    state[0] - x,
    state[1] - y,
    state[2] - z,
    range,
  );
  const path = (frequencyHz: number) => {
    const channel = new Channel({ ...mission, radio: { ...mission.radio, frequencyHz } });
    const draws = new Float64Array(DRAWS);
    if (way) channel.drawMoving(draws, 0, ue, userClass, satellite, way[last], Math.sin(elevation));
    else channel.draw(draws, 0, ue, userClass, satellite);
    return {
      elevation: elevationTermsDb(mission.channel.elevation, frequencyHz, elevation),
      channel: channel.terms(draws, 0, Math.sin(elevation)),
    };
  };
  return {
    azimuth,
    elevation,
    range,
    relativeGainDb: lookUp(model.gain.db, argument),
    down: path(mission.radio.frequencyHz),
    up: path(mission.radio.uplink.frequencyHz),
    ...powers,
  };
}

/** Where the antenna of a site on the ground stands to a UE, and its draws; it has no losses by elevation and no clutter. */
function closeUpOfSite(mission: Mission, ue: number, cell: number, position: Float64Array, wayM: number) {
  const ground = new Ground(mission);
  const site = cell - ground.first;
  const [sx, sy, sz] = ground.antenna(site);
  const [x, y, z] = position;
  const look = new Float64Array(3);
  lookAngles(look, 0, x, y, z, sx, sy, sz);
  const [azimuth, elevation, range] = look;
  const none = { gas: 0, scintillation: 0, rain: 0, cloud: 0, building: 0 };
  const path = { elevation: none, channel: { ...ground.pathOf(site, ue, position, 0, wayM), clutterDb: 0 } };
  return { azimuth, elevation, range, relativeGainDb: 0, down: path, up: path };
}
