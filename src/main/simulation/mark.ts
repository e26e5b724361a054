import { linkBudget } from "../link/budget.ts";
import { zenithGasLossDb } from "../link/gas.ts";
import { relativeGainDb } from "../beam/pattern.ts";
import type { Track } from "../orbit/track.ts";
import { stateAt } from "../orbit/track.ts";
import { lookAngles } from "../orbit/visibility.ts";
import { DEG } from "../math/constants.ts";
import { toDb } from "../math/decibel.ts";
import { DATASET_COLUMNS } from "../../shared/dataset.ts";
import type { Columns } from "../../shared/columns.ts";
import type { Mission } from "../../shared/mission.ts";
import { aimBeams, beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { Channel, DRAWS } from "./channel.ts";
import { userVectors, type Users } from "./users.ts";

/** What the serving cells looked like at one instant, made once per satellite. */
class Sky {
  readonly state = new Float64Array(6);
  readonly aim: Float64Array;
  readonly #model: BeamModel;
  readonly #track: Track;
  readonly #time: number;
  #satellite = -1;

  constructor(model: BeamModel, track: Track, time: number) {
    this.#model = model;
    this.#track = track;
    this.#time = time;
    this.aim = new Float64Array(3 * model.beams);
  }

  look(satellite: number): void {
    if (satellite === this.#satellite) return;
    this.#satellite = satellite;
    stateAt(this.state, 0, this.#track, satellite, this.#time);
    aimBeams(this.aim, 0, this.#model, this.state, 0);
  }
}

/**
 * The UE data set at the marked instant: the 19 columns of Table 1 (see `shared/dataset.ts`) for each UE towards its
 * serving cell, float64 [ue]; NaN for a UE without one. The time is the time since the UE entered the cell.
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
  const sky = new Sky(model, track, time);
  const { position } = userVectors(users);
  const { radio } = mission;
  const columns: Record<string, Float64Array> = {};
  for (const { key } of DATASET_COLUMNS) columns[key] = new Float64Array(users.count).fill(Number.NaN);
  const bandwidthHz = radio.bandwidthHz / radio.frequencyReuse;
  const eirpDbw = radio.eirpDensityDbwPerHz + toDb(bandwidthHz);
  const zenithGasDb = radio.zenithGasDb ?? zenithGasLossDb(radio.frequencyHz);
  const channel = new Channel(mission);
  const draws = new Float64Array(DRAWS);
  const look = new Float64Array(3);
  for (let ue = 0; ue < users.count; ue++) {
    if (serving[ue] === 0) continue;
    const beam = (serving[ue] - 1) % model.beams;
    const satellite = Math.floor((serving[ue] - 1) / model.beams);
    sky.look(satellite);
    channel.draw(draws, 0, firstUe + ue, satellite);
    const [sx, sy, sz] = sky.state;
    const x = position[3 * ue];
    const y = position[3 * ue + 1];
    const z = position[3 * ue + 2];
    lookAngles(look, 0, x, y, z, sx, sy, sz);
    const [azimuth, elevation, range] = look;
    const argument = patternArgument(model, sky.aim, 3 * beam, x, y, z, sx - x, sy - y, sz - z, range);
    const receiver = mission.userClasses[users.userClass[ue]];
    const budget = linkBudget({
      frequencyHz: radio.frequencyHz,
      bandwidthHz,
      dataRateBps: radio.dataRateBps,
      eirpDbw,
      relativeGainDb: relativeGainDb(argument),
      rangeM: range,
      elevation,
      zenithGasDb,
      otherLossDb: channel.lossDb(draws, 0, Math.sin(elevation)),
      receiverGainDbi: receiver.antennaGainDbi,
      noiseFigureDb: receiver.noiseFigureDb,
      antennaTemperatureK: receiver.antennaTemperatureK,
    });
    columns.cellType[ue] = model.colours[beam];
    columns.latitudeDeg[ue] = users.latitude[ue] / DEG;
    columns.longitudeDeg[ue] = users.longitude[ue] / DEG;
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
