import { linkBudget } from "../link/budget.ts";
import { elevationLossTable } from "../link/elevation-loss.ts";
import { lookUp } from "../beam/pattern.ts";
import type { Track } from "../orbit/track.ts";
import { stateAt } from "../orbit/track.ts";
import { lookAngles } from "../orbit/visibility.ts";
import { DEG } from "../math/constants.ts";
import { toDb } from "../math/decibel.ts";
import { DATASET_COLUMNS } from "../../shared/dataset.ts";
import type { Columns } from "../../shared/columns.ts";
import type { Mission } from "../../shared/mission.ts";
import { Aims } from "./aims.ts";
import { beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { Channel, DRAWS } from "./channel.ts";
import { firstSite } from "./ground.ts";
import { interpolate } from "./measure.ts";
import { latitudeLongitude } from "./motion.ts";
import { Whereabouts, type Users } from "./users.ts";

/** What the serving cells looked like at one instant, made once per satellite. */
class Sky {
  readonly state = new Float64Array(6);
  readonly aim: Float64Array;
  readonly #aims: Aims;
  readonly #track: Track;
  readonly #time: number;
  #satellite = -1;

  constructor(mission: Mission, model: BeamModel, track: Track, time: number) {
    this.#aims = new Aims(mission, model, track);
    this.#track = track;
    this.#time = time;
    this.aim = new Float64Array(3 * model.beams);
  }

  look(satellite: number): void {
    if (satellite === this.#satellite) return;
    this.#satellite = satellite;
    stateAt(this.state, 0, this.#track, satellite, this.#time);
    this.#aims.write(this.aim, 0, satellite, this.state, 0, this.#time);
  }
}

/**
 * The UE data set at the marked instant: the 19 columns of Table 1 (see `shared/dataset.ts`) for each UE towards its
 * serving cell, float64 [ue]; NaN for a UE without one or with one on the ground. The time is the time since the UE entered the cell.
 *
 * @param firstUe number of the first of these UEs in the run; @param serving [ue] serving cell; @param enteredMs [ue] when it was entered
 */
export function datasetAt(
  mission: Mission,
  track: Track,
  users: Users,
  firstUe: number,
  serving: Uint32Array,
  enteredMs: Int32Array,
): Columns {
  const time = mission.mark;
  const model = beamModel(mission);
  const sky = new Sky(mission, model, track, time);
  const places = new Whereabouts(mission, users);
  const position = new Float64Array(3);
  const up = new Float64Array(3);
  const here = new Float64Array(2);
  const { radio } = mission;
  const columns: Record<string, Float64Array> = {};
  for (const { key } of DATASET_COLUMNS) columns[key] = new Float64Array(users.count).fill(Number.NaN);
  const bandwidthHz = radio.bandwidthHz / model.channels;
  const eirpDbw = radio.eirpDensityDbwPerHz + toDb(bandwidthHz);
  const losses = elevationLossTable(mission.channel.elevation, radio.frequencyHz);
  const channel = new Channel(mission);
  const draws = new Float64Array(DRAWS);
  const look = new Float64Array(3);
  const ground = firstSite(mission);
  for (let ue = 0; ue < users.count; ue++) {
    if (serving[ue] === 0 || serving[ue] >= ground) continue;
    const beam = (serving[ue] - 1) % model.beams;
    const satellite = Math.floor((serving[ue] - 1) / model.beams);
    sky.look(satellite);
    places.write(position, up, 0, ue, time);
    latitudeLongitude(here, 0, up, 0);
    const [sx, sy, sz] = sky.state;
    const [x, y, z] = position;
    lookAngles(look, 0, x, y, z, sx, sy, sz);
    const [azimuth, elevation, range] = look;
    const argument = patternArgument(model, sky.aim, 3 * beam, x, y, z, sx - x, sy - y, sz - z, range);
    const sine = Math.sin(elevation);
    const userClass = users.userClass[ue];
    const way = places.travelled(ue, time);
    if (places.moves(ue)) channel.drawMoving(draws, 0, firstUe + ue, userClass, satellite, way, sine);
    else channel.draw(draws, 0, firstUe + ue, userClass, satellite);
    const receiver = mission.userClasses[users.userClass[ue]];
    const budget = linkBudget({
      frequencyHz: radio.frequencyHz,
      bandwidthHz,
      dataRateBps: radio.dataRateBps,
      eirpDbw,
      relativeGainDb: lookUp(model.gain.db, argument),
      rangeM: range,
      elevationLossDb: interpolate(losses.db, sine * losses.perUnit),
      otherLossDb: channel.lossDb(draws, 0, sine),
      receiverGainDbi: receiver.antennaGainDbi,
      noiseFigureDb: receiver.noiseFigureDb,
      antennaTemperatureK: receiver.antennaTemperatureK,
    });
    columns.cellType[ue] = model.colours[beam];
    columns.latitudeDeg[ue] = here[0] / DEG;
    columns.longitudeDeg[ue] = here[1] / DEG;
    columns.timeS[ue] = Math.max(0, time - enteredMs[ue] / 1000);
    columns.azimuthDeg[ue] = azimuth / DEG;
    columns.elevationDeg[ue] = elevation / DEG;
    columns.rangeKm[ue] = range / 1000;
    columns.freeSpaceLossDb[ue] = budget.freeSpaceLossDb;
    columns.propLossDb[ue] = budget.propLossDb;
    columns.rcvdIsoPowerDbw[ue] = budget.rcvdIsoPowerDbw;
    columns.carrierPowerDbw[ue] = budget.carrierPowerDbw;
    columns.fluxDensityDbwPerM2[ue] = budget.fluxDensityDbwPerM2;
    columns.gOverTDbPerK[ue] = budget.gOverTDbPerK;
    columns.cOverN0DbMHz[ue] = budget.cOverN0DbHz - 60;
    columns.cOverNDb[ue] = budget.cOverNDb;
    columns.ebOverN0Db[ue] = budget.ebOverN0Db;
    columns.propagationDelayS[ue] = budget.propagationDelayS;
    columns.propagationDistanceKm[ue] = range / 1000;
    columns.spectralFluxDensityDbwPerM2Hz[ue] = budget.spectralFluxDensityDbwPerM2Hz;
  }
  return columns;
}
