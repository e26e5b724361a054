import { beamOffsets } from "../../src/main/beam/layout.ts";
import { apertureWaveNumber, beamwidth, gainTable } from "../../src/main/beam/pattern.ts";
import { boresight, satelliteAxes } from "../../src/main/beam/steering.ts";
import {
  freeSpaceLossDb,
  gOverT,
  resourceElementEirpDbm,
  resourceElementNoiseDbm,
} from "../../src/main/link/budget.ts";
import { BOLTZMANN_DBW, DEG } from "../../src/main/math/constants.ts";
import { fromDb, toDb } from "../../src/main/math/decibel.ts";
import type { BeamModel } from "../../src/main/simulation/beams.ts";
import type { Receivers } from "../../src/main/simulation/receivers.ts";
import { Snapshot } from "../../src/main/simulation/snapshot.ts";

export interface LinkSize {
  users: number;
  layout: "row" | "hexagon";
  beams: number;
}

const EARTH = 6_378_137;
/** Off the symmetry of the beams, so that no two cells are equally strong. */
const BOX = { southDeg: -2.013, westDeg: -117.951, sizeDeg: 4 };
/** S band of TR 38.821 Table 6.1.1.1-1, set 1 at 600 km; handheld of Table 6.1.1.1-3. */
const RADIO = {
  frequencyHz: 2e9,
  bandwidthHz: 30e6,
  dataRateBps: 10e6,
  subcarrierSpacingHz: 15e3,
  eirpDensityDbwPerHz: 34 - 60,
};
const HANDHELD = { antennaGainDbi: 0, noiseFigureDb: 7, antennaTemperatureK: 290 };
const NO_LOSS = { scintillationDb: 0, polarisationDb: 0, bodyDb: 0, otherDb: 0 };
const LOSS_PER_UNIT = 4096;

/** One satellite at 600 km over a grid of UEs of 4° × 4°, on a sphere so that a peer can rebuild it in three lines. */
export class LinkCase {
  readonly size: LinkSize;
  readonly #snapshot: Snapshot;
  readonly #position: Float64Array;
  readonly #up: Float64Array;
  readonly #satellite = Float64Array.of(
    (EARTH + 600_000) * Math.cos(-116 * DEG),
    (EARTH + 600_000) * Math.sin(-116 * DEG),
    0,
    0,
    0,
    7500,
  );
  readonly #aim: Float64Array;
  readonly #lossDb = Float64Array.from(
    { length: LOSS_PER_UNIT + 2 },
    (_, i) => 0.035 / Math.max(0.03, i / LOSS_PER_UNIT),
  );
  readonly #scale = apertureWaveNumber(RADIO.frequencyHz, 1);

  constructor(size: LinkSize) {
    this.size = size;
    const { users } = size;
    this.#up = new Float64Array(3 * users);
    const side = Math.ceil(Math.sqrt(users));
    for (let ue = 0; ue < users; ue++) {
      const latitude = (BOX.southDeg + (BOX.sizeDeg * Math.floor(ue / side)) / side) * DEG;
      const longitude = (BOX.westDeg + (BOX.sizeDeg * (ue % side)) / side) * DEG;
      this.#up[3 * ue] = Math.cos(latitude) * Math.cos(longitude);
      this.#up[3 * ue + 1] = Math.cos(latitude) * Math.sin(longitude);
      this.#up[3 * ue + 2] = Math.sin(latitude);
    }
    this.#position = this.#up.map((u) => u * EARTH);
    this.#aim = this.#aims();
    const mission = {
      radio: RADIO,
      userClasses: [HANDHELD],
      channel: { interference: true, fixed: NO_LOSS },
    };
    this.#snapshot = new Snapshot(mission, this.#model(), this.#receivers(), users, 1, Math.sin(10 * DEG));
    this.#snapshot.settle(new Uint8Array(users));
    this.#snapshot.position.set(this.#position);
    this.#snapshot.up.set(this.#up);
  }

  #aims(): Float64Array {
    const { layout, beams } = this.size;
    const axes = new Float64Array(9);
    satelliteAxes(axes, 0, this.#satellite, 0, "track");
    const spacing = Math.sqrt(3) * Math.sin(beamwidth(RADIO.frequencyHz, 1) / 2);
    const offsets = beamOffsets(layout, beams);
    const aim = new Float64Array(3 * beams);
    for (let b = 0; b < beams; b++)
      boresight(aim, 3 * b, axes, 0, offsets[2 * b] * spacing, offsets[2 * b + 1] * spacing);
    return aim;
  }

  #model(): Pick<BeamModel, "kind" | "beams" | "channel" | "channels" | "polarisation" | "gain" | "scale"> {
    const { beams } = this.size;
    return {
      kind: "antenna",
      beams,
      channel: new Uint8Array(beams),
      channels: 1,
      polarisation: new Uint8Array(beams),
      gain: gainTable(),
      scale: this.#scale,
    };
  }

  #receivers(): Receivers {
    const eirp = resourceElementEirpDbm(RADIO.eirpDensityDbwPerHz, RADIO.subcarrierSpacingHz);
    const noise = resourceElementNoiseDbm(
      HANDHELD.noiseFigureDb,
      HANDHELD.antennaTemperatureK,
      RADIO.subcarrierSpacingHz,
    );
    return {
      rsrpAtOneMetreDbm: Float64Array.of(eirp - freeSpaceLossDb(RADIO.frequencyHz, 1)),
      noiseMw: Float64Array.of(fromDb(noise)),
      directivity: Float64Array.of(0),
      crossPolar: Float64Array.of(1),
      elevationLoss: { perUnit: LOSS_PER_UNIT, db: this.#lossDb },
    };
  }

  compute(): void {
    this.#snapshot.begin();
    this.#snapshot.add(this.#satellite, this.#aim);
    this.#snapshot.finish();
  }

  columns(): Record<string, Float64Array> {
    const { path, beam, service, best } = this.#snapshot;
    const { noiseMw: _, ...powers } = service;
    return { ...path, ...beam, ...powers, best };
  }

  /** What the peer needs to make the same columns. */
  forPeer() {
    const { frequencyHz, bandwidthHz, dataRateBps, eirpDensityDbwPerHz, subcarrierSpacingHz } = RADIO;
    const { antennaGainDbi, noiseFigureDb, antennaTemperatureK } = HANDHELD;
    const lossAtOneMetreDb = freeSpaceLossDb(frequencyHz, 1);
    const eirpDbw = eirpDensityDbwPerHz + toDb(bandwidthHz);
    return {
      ...BOX,
      users: this.size.users,
      beams: this.size.beams,
      earthRadiusM: EARTH,
      satellite: [...this.#satellite.subarray(0, 3)],
      aim: [...this.#aim],
      scale: this.#scale,
      channel: Array.from({ length: this.size.beams }, () => 0),
      lossDb: [...this.#lossDb],
      lossPerUnit: LOSS_PER_UNIT,
      lossAtOneMetreDb,
      eirpDbw,
      toCOverN0: gOverT(antennaGainDbi, noiseFigureDb, antennaTemperatureK) - BOLTZMANN_DBW,
      bandwidthDb: toDb(bandwidthHz),
      rateDb: toDb(dataRateBps),
      toFluxDb: lossAtOneMetreDb - toDb(4 * Math.PI),
      toRsrp: resourceElementEirpDbm(eirpDensityDbwPerHz, subcarrierSpacingHz) + antennaGainDbi - eirpDbw,
      noiseMw: this.#receivers().noiseMw[0],
    };
  }
}
