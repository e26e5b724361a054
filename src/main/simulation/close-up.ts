import { elevationTermsDb, type ElevationTerms } from "../link/elevation-loss.ts";
import { FIRST_NULL_X, lookUp } from "../beam/pattern.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import { lookAngles } from "../orbit/visibility.ts";
import type { Mission } from "../../shared/mission.ts";
import { Aims } from "./aims.ts";
import { beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { Channel, DRAWS, type ChannelTerms } from "./channel.ts";
import { feedersOf } from "./feeders.ts";
import { StepGeometry } from "./geometry.ts";
import { firstSite, Ground } from "./ground.ts";
import { Hearing } from "./measure.ts";
import { receivers } from "./receivers.ts";
import { region, sliceUsers, Whereabouts, type Users } from "./users.ts";

/** What stands behind the levels of one UE at one instant; SI, levels in dB. */
export interface CloseUp {
  azimuth: number;
  elevation: number;
  range: number;
  relativeGainDb: number;
  /** whether the UE lies in the main lobe, without which it does not hear the cell */
  inLobe: boolean;
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
 * One UE (its number in the run) with a serving cell at the times [s] of frames: the same formulas as in the time loop, each
 * term on its own; of a cell on the ground only what the layers have in common. The uplink has the same draws, with the σ and the
 * clutter of its own band.
 */
export class CloseUps {
  readonly #mission: Mission;
  readonly #track: Track;
  readonly #ue: number;
  readonly #userClass: number;
  readonly #model: BeamModel;
  readonly #places: Whereabouts;
  readonly #geometry: StepGeometry;
  readonly #hearing: Hearing;
  readonly #aims: Aims;
  readonly #channels: { down: Channel; up: Channel };

  constructor(mission: Mission, track: Track, users: Users, ue: number) {
    this.#mission = mission;
    this.#track = track;
    this.#ue = ue;
    this.#userClass = users.userClass[ue];
    this.#model = beamModel(mission);
    // of this UE alone, the first of them
    const own = sliceUsers(users, ue, ue + 1);
    const { centre, spread } = region(mission, own);
    this.#places = new Whereabouts(mission, own);
    this.#geometry = new StepGeometry(
      mission,
      track,
      feedersOf(mission, track),
      this.#model,
      centre,
      spread + 0.01,
    );
    this.#hearing = new Hearing(mission, this.#model, receivers(mission), this.#geometry);
    this.#aims = new Aims(mission, this.#model, track);
    const channel = (frequencyHz: number) =>
      new Channel({ ...mission, radio: { ...mission.radio, frequencyHz } });
    this.#channels = {
      down: channel(mission.radio.frequencyHz),
      up: channel(mission.radio.uplink.frequencyHz),
    };
  }

  at(serving: number, time: number): CloseUp {
    const mission = this.#mission;
    const instants = instantsOf(mission, time);
    const last = instants.length - 1;
    const positions = new Float64Array(3 * instants.length);
    const normals = new Float64Array(3 * instants.length);
    instants.forEach((instant, i) => this.#places.write(positions, normals, 3 * i, 0, instant));
    const position = positions.subarray(3 * last);
    const moves = this.#places.moves(0);
    const way = moves ? instants.map((instant) => this.#places.travelled(0, instant)) : null;
    const powers = this.#hear(serving, instants, positions, normals, way);
    if (serving >= firstSite(mission))
      return { ...closeUpOfSite(mission, this.#ue, serving, position, way ? way[last] : 0), ...powers };
    return { ...this.#lookAt(serving, time, position, way ? way[last] : null), ...powers };
  }

  #hear(
    serving: number,
    instants: Float64Array,
    positions: Float64Array,
    normals: Float64Array,
    way: Float64Array | null,
  ) {
    const hearing = this.#hearing;
    const last = instants.length - 1;
    this.#geometry.prepare(instants);
    hearing.look(this.#ue, this.#userClass, positions, normals, 0, 3, way, instants.length);
    hearing.listen(last, serving);
    hearing.sinr(last, serving);
    return {
      wantedMw: hearing.wantedMw,
      interferenceMw: hearing.interferenceMw,
      noiseMw: hearing.noiseMw,
      rsrpDbm: hearing.servingRsrp,
      heard: Array.from({ length: hearing.count }, (_, i) => ({
        cell: hearing.cell[i],
        rsrpDbm: hearing.rsrp[i],
      })),
    };
  }

  #lookAt(serving: number, time: number, position: Float64Array, way: number | null) {
    const model = this.#model;
    const satellite = Math.floor((serving - 1) / model.beams);
    const state = new Float64Array(6);
    stateAt(state, 0, this.#track, satellite, time);
    const aim = new Float64Array(3 * model.beams);
    this.#aims.write(aim, 0, satellite, state, 0, time);
    const look = new Float64Array(3);
    const [x, y, z] = position;
    lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
    const [azimuth, elevation, range] = look;
    const [dx, dy, dz] = [state[0] - x, state[1] - y, state[2] - z];
    const argument = patternArgument(
      model,
      aim,
      3 * ((serving - 1) % model.beams),
      x,
      y,
      z,
      dx,
      dy,
      dz,
      range,
    );
    const path = (channel: Channel, frequencyHz: number) => {
      const draws = new Float64Array(DRAWS);
      const sine = Math.sin(elevation);
      if (way !== null) channel.drawMoving(draws, 0, this.#ue, this.#userClass, satellite, way, sine);
      else channel.draw(draws, 0, this.#ue, this.#userClass, satellite);
      return {
        elevation: elevationTermsDb(this.#mission.channel.elevation, frequencyHz, elevation),
        channel: channel.terms(draws, 0, sine),
      };
    };
    const { frequencyHz, uplink } = this.#mission.radio;
    return {
      azimuth,
      elevation,
      range,
      relativeGainDb: lookUp(model.gain.db, argument),
      inLobe: argument < FIRST_NULL_X,
      down: path(this.#channels.down, frequencyHz),
      up: path(this.#channels.up, uplink.frequencyHz),
    };
  }
}

/** The same at one time. */
export function closeUp(
  mission: Mission,
  track: Track,
  users: Users,
  ue: number,
  serving: number,
  time: number,
): CloseUp {
  return new CloseUps(mission, track, users, ue).at(serving, time);
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
  return { azimuth, elevation, range, relativeGainDb: 0, inLobe: true, down: path, up: path };
}
