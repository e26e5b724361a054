import { gainTable, lookUp } from "../beam/pattern.ts";
import { freeSpaceLossDb, gOverT } from "../link/budget.ts";
import { BOLTZMANN_DBW } from "../math/constants.ts";
import { fromDb, toDb } from "../math/decibel.ts";
import type { ChannelModel, Radio, UserClass } from "../../shared/mission.ts";
import type { BeamModel } from "./beams.ts";
import type { Receivers } from "./receivers.ts";
import { BLOCK, snapshotKernel } from "./snapshot-kernel.ts";

/** Columns per UE × satellite [slot × stride], shared by the beams of the satellite. */
export interface PathColumns {
  /** m */
  range: Float64Array;
  sineElevation: Float64Array;
  /** rad */
  elevation: Float64Array;
  freeSpaceLossDb: Float64Array;
  /** losses that depend on the elevation alone */
  elevationLossDb: Float64Array;
  /** propagation delay, one way, s */
  delay: Float64Array;
}

/** Columns per UE × beam [slot × beam × stride]. */
export interface BeamColumns {
  /** pattern towards the UE relative to the beam's centre */
  offAxisGainDb: Float64Array;
  isotropicPowerDbw: Float64Array;
  cOverN0DbHz: Float64Array;
  cOverNDb: Float64Array;
  ebOverN0Db: Float64Array;
  fluxDensityDbwPerM2: Float64Array;
  rsrpDbm: Float64Array;
}

/** Columns per UE [ue] over all satellites computed. */
export interface ServiceColumns {
  /** slot × beams + beam of the strongest cell, −1 where there is none */
  best: Int32Array;
  /** powers in one resource element, mW */
  wantedMw: Float64Array;
  interferenceMw: Float64Array;
  cOverIDb: Float64Array;
  sinrDb: Float64Array;
}

/** What a snapshot takes of a mission. */
export interface SnapshotMission {
  radio: Pick<Radio, "frequencyHz" | "bandwidthHz" | "dataRateBps" | "eirpDensityDbwPerHz">;
  userClasses: Pick<UserClass, "antennaGainDbi" | "noiseFigureDb" | "antennaTemperatureK">[];
  channel: Pick<ChannelModel, "interference" | "fixed">;
}
export type SnapshotModel = Pick<
  BeamModel,
  "kind" | "beams" | "channel" | "channels" | "polarisation" | "gain" | "scale"
>;

const BYTES = 8;
const PAGE = 65_536;

/** Columns of doubles one after another in one memory. */
class Room {
  #end = 0;
  take(doubles: number): number {
    const at = this.#end;
    this.#end += doubles * BYTES;
    return at;
  }
  get pages(): number {
    return Math.ceil((this.#end + 2 * BYTES) / PAGE);
  }
}

/**
 * Every column of the link of every UE with every beam of some satellites at one instant, allocated once.
 *
 * Write `position` and `up`; then `begin`, `add` for each satellite in view, `finish`. The formulas are those of
 * `linkBudget`; what a UE shares between the beams of a satellite is computed once. Powers are NaN where a satellite is
 * below the least elevation. The strongest cell serves; every other beam on its channel interferes, side lobes included,
 * as in `Hearing.sinr` but from every satellite added. Leaves out shadowing and clutter, which are drawn per path.
 */
export class Snapshot {
  readonly users: number;
  /** UEs from one beam's part of a column to the next: `users` made even */
  readonly stride: number;
  readonly beams: number;
  /** [ue × 3] ECEF, m, and normal of the ellipsoid: to be written */
  readonly position: Float64Array;
  readonly up: Float64Array;
  readonly path: PathColumns;
  readonly beam: BeamColumns;
  readonly service: ServiceColumns;
  /** satellites added since `begin` */
  count = 0;
  readonly #receivers: Receivers;
  readonly #userClass: Uint8Array;
  readonly #interference: boolean;
  readonly #polarisations: 1 | 2;
  /** [beam] channel × polarisations + polarisation */
  readonly #colour: Uint8Array;
  readonly #colours: number;
  /** [slot × colour × stride] isotropic power received of all beams of the colour, W */
  readonly #total: Float64Array;
  /** [ue] isotropic power received of the strongest beam, W, and its cell */
  readonly #strongest: Float64Array;
  readonly #best: Float64Array;
  /** [ue] mW in a resource element per W of isotropic power */
  readonly #toMw: Float64Array;
  /** [slot × 3] ECEF, m */
  readonly #satellite: Float64Array;
  /** see `Layout` */
  readonly #current: Float64Array;
  readonly #at: { position: number; up: number; path: number; beam: number; total: number; service: number };
  readonly #kernel: ReturnType<typeof snapshotKernel>;

  /** @param userClass [ue]; @param satellites the most that are added at once; @param minSine sine of the least elevation */
  constructor(
    { radio, userClasses, channel }: SnapshotMission,
    model: SnapshotModel,
    receivers: Receivers,
    userClass: Uint8Array,
    satellites: number,
    minSine: number,
  ) {
    this.users = userClass.length;
    this.stride = this.users + (this.users % 2);
    this.beams = model.beams;
    this.#receivers = receivers;
    this.#userClass = userClass;
    this.#interference = channel.interference;
    this.#polarisations = model.polarisation.includes(1) ? 2 : 1;
    this.#colours = this.#polarisations * model.channels;
    this.#colour = model.polarisation.map((side, beam) => this.#polarisations * model.channel[beam] + side);
    this.#satellite = new Float64Array(3 * satellites);

    const { stride } = this;
    const paths = satellites * stride;
    const room = new Room();
    const at = {
      current: room.take(8),
      scratch: room.take(5 * BLOCK),
      gainDb: room.take(model.gain.db.length),
      gainLinear: room.take(model.gain.linear.length),
      lossDb: room.take(receivers.elevationLoss.db.length + 1),
      position: room.take(3 * stride),
      up: room.take(3 * stride),
      toCOverN0: room.take(stride),
      toRsrp: room.take(stride),
      strongest: room.take(stride),
      best: room.take(stride),
      service: room.take(5 * stride),
      total: room.take(paths * this.#colours),
      path: room.take(6 * paths),
      beam: room.take(7 * paths * model.beams),
    };
    const memory = new WebAssembly.Memory({ initial: room.pages });
    const view = (from: number, length: number) => new Float64Array(memory.buffer, from, length);
    const columns = (from: number, length: number) => (index: number) =>
      view(from + index * length * BYTES, length);
    this.position = view(at.position, 3 * this.users);
    this.up = view(at.up, 3 * this.users);
    this.path = pathColumns(columns(at.path, paths));
    this.beam = beamColumns(columns(at.beam, paths * model.beams));
    this.service = serviceColumns(columns(at.service, stride), this.users);
    this.#total = view(at.total, paths * this.#colours);
    this.#strongest = view(at.strongest, stride);
    this.#best = view(at.best, stride);
    this.#current = view(at.current, 7);
    view(at.gainDb, model.gain.db.length).set(model.gain.db);
    view(at.gainLinear, model.gain.linear.length).set(model.gain.linear);
    view(at.lossDb, receivers.elevationLoss.db.length).set(receivers.elevationLoss.db);

    const eirpDbw = radio.eirpDensityDbwPerHz + toDb(radio.bandwidthHz);
    const { scintillationDb, polarisationDb, bodyDb, otherDb } = channel.fixed;
    const lossAtOneMetreDb = freeSpaceLossDb(radio.frequencyHz, 1);
    const merits = userClasses.map((c) => gOverT(c.antennaGainDbi, c.noiseFigureDb, c.antennaTemperatureK));
    const toRsrp = receivers.rsrpAtOneMetreDbm.map((rsrp) => rsrp + lossAtOneMetreDb - eirpDbw);
    this.#toMw = toRsrp.map(fromDb);
    const perUser = (from: number, perClass: ArrayLike<number>) =>
      view(from, this.users).set(Float64Array.from(userClass, (c) => perClass[c]));
    perUser(
      at.toCOverN0,
      merits.map((merit) => merit - BOLTZMANN_DBW),
    );
    perUser(at.toRsrp, toRsrp);
    perUser(at.service + 2 * stride * BYTES, receivers.noiseMw);
    this.#at = at;
    this.#kernel = snapshotKernel({
      ...at,
      memory,
      pathBytes: paths * BYTES,
      beamBytes: paths * model.beams * BYTES,
      userBytes: stride * BYTES,
      kind: model.kind,
      scale: model.scale,
      lossPerUnit: receivers.elevationLoss.perUnit,
      minSine,
      radiatedDbw: eirpDbw - scintillationDb - polarisationDb - bodyDb - otherDb,
      lossAtOneMetreDb,
      bandwidthDb: toDb(radio.bandwidthHz),
      rateDb: toDb(radio.dataRateBps),
      toFluxDb: lossAtOneMetreDb - toDb(4 * Math.PI),
    });
  }

  /** Starts another instant. */
  begin(): void {
    this.count = 0;
    this.#best.fill(-1);
    this.#strongest.fill(0);
  }

  /** Computes the columns of one satellite ([3] ECEF, m) with its beams ([beam × 3], see `BeamModel`) into the next slot. */
  add(satellite: Float64Array, aim: Float64Array): void {
    const slot = this.count++;
    const { stride, beams } = this;
    for (let k = 0; k < 3; k++) {
      this.#current[k] = satellite[k];
      this.#satellite[3 * slot + k] = satellite[k];
    }
    this.#total.fill(0, slot * this.#colours * stride, (slot + 1) * this.#colours * stride);
    for (let from = 0; from < stride; from += BLOCK) {
      const end = Math.min(BLOCK, stride - from) * BYTES;
      const { position, up, path } = this.#at;
      this.#kernel.path(
        position + 3 * from * BYTES,
        up + 3 * from * BYTES,
        path + (slot * stride + from) * BYTES,
        end,
      );
      for (let beam = 0; beam < beams; beam++) this.#addBeam(slot, beam, from, end, aim);
    }
  }

  #addBeam(slot: number, beam: number, from: number, end: number, aim: Float64Array): void {
    const { stride, beams } = this;
    const cell = slot * beams + beam;
    const colour = slot * this.#colours + this.#colour[beam];
    for (let k = 0; k < 3; k++) this.#current[3 + k] = aim[3 * beam + k];
    this.#current[6] = cell;
    this.#kernel.beam(
      this.#at.position + 3 * from * BYTES,
      this.#at.beam + (cell * stride + from) * BYTES,
      this.#at.total + (colour * stride + from) * BYTES,
      from * BYTES,
      end,
    );
  }

  /** Interference and SINR of every UE over the satellites added. */
  finish(): void {
    const { best, wantedMw, interferenceMw } = this.service;
    for (let ue = 0; ue < this.users; ue++) {
      const cell = this.#best[ue];
      const userClass = this.#userClass[ue];
      const toMw = this.#toMw[userClass];
      best[ue] = cell;
      wantedMw[ue] = cell < 0 ? NaN : this.#strongest[ue] * toMw;
      interferenceMw[ue] = cell < 0 || !this.#interference ? 0 : this.#others(ue, cell, userClass) * toMw;
    }
    this.#kernel.ratios(this.#at.service, this.stride * BYTES);
  }

  /** Isotropic power [W] of all beams but the serving one on its channel. */
  #others(ue: number, cell: number, userClass: number): number {
    const { stride } = this;
    const own = Math.floor(cell / this.beams);
    const colour = this.#colour[cell - own * this.beams];
    const directive = this.#receivers.directivity[userClass] > 0;
    let sum = 0;
    for (let slot = 0; slot < this.count; slot++) {
      const at = slot * this.#colours * stride + ue;
      let power = this.#total[at + colour * stride];
      // NaN below the least elevation
      if (!(power >= 0)) continue;
      if (this.#polarisations === 2)
        power += this.#receivers.crossPolar[userClass] * this.#total[at + (colour ^ 1) * stride];
      if (slot === own) sum += power - this.#strongest[ue];
      else sum += directive ? power * this.#facing(ue, own, slot, userClass) : power;
    }
    return sum;
  }

  /** Relative gain of a directive UE antenna, which follows its own satellite, towards another. */
  #facing(ue: number, own: number, slot: number, userClass: number): number {
    const { range } = this.path;
    const directivity = this.#receivers.directivity[userClass];
    const near = range[own * this.stride + ue];
    const far = range[slot * this.stride + ue];
    let apart = 0;
    for (let k = 0; k < 3; k++) apart += (this.#satellite[3 * own + k] - this.#satellite[3 * slot + k]) ** 2;
    // law of cosines
    const cosine = (near * near + far * far - apart) / (2 * near * far);
    const off = cosine > 0 ? directivity * Math.sqrt(Math.max(0, 1 - cosine * cosine)) : directivity;
    return lookUp(gainTable().linear, off);
  }
}

type Column = (index: number) => Float64Array;

const pathColumns = (column: Column): PathColumns => ({
  range: column(0),
  sineElevation: column(1),
  elevation: column(2),
  freeSpaceLossDb: column(3),
  elevationLossDb: column(4),
  delay: column(5),
});

const beamColumns = (column: Column): BeamColumns => ({
  offAxisGainDb: column(0),
  isotropicPowerDbw: column(1),
  cOverN0DbHz: column(2),
  cOverNDb: column(3),
  ebOverN0Db: column(4),
  fluxDensityDbwPerM2: column(5),
  rsrpDbm: column(6),
});

const serviceColumns = (column: Column, users: number): ServiceColumns => ({
  best: new Int32Array(users),
  wantedMw: column(0).subarray(0, users),
  interferenceMw: column(1).subarray(0, users),
  cOverIDb: column(3).subarray(0, users),
  sinrDb: column(4).subarray(0, users),
});
