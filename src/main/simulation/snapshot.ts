import { gainTable, lookUp } from "../beam/pattern.ts";
import { freeSpaceLossDb, gOverT } from "../link/budget.ts";
import { BOLTZMANN_DBW } from "../math/constants.ts";
import { fromDb, toDb } from "../math/decibel.ts";
import type { ChannelModel, Radio, UserClass } from "../../shared/mission.ts";
import type { BeamModel } from "./beams.ts";
import type { Receivers } from "./receivers.ts";
import { BLOCK, snapshotKernel } from "./snapshot-kernel.ts";

/** Columns per UE × satellite [slot × stride], shared by the beams of the satellite. */
const PATH = [
  /** m */
  "range",
  "sineElevation",
  /** rad */
  "elevation",
  "freeSpaceLossDb",
  /** losses that depend on the elevation alone */
  "elevationLossDb",
  /** propagation delay, one way, s */
  "delay",
] as const;

/** Columns per UE × beam [slot × beam × stride]. */
const BEAM = [
  /** pattern towards the UE relative to the beam's centre */
  "offAxisGainDb",
  "isotropicPowerDbw",
  "cOverN0DbHz",
  "cOverNDb",
  "ebOverN0Db",
  "fluxDensityDbwPerM2",
  "rsrpDbm",
] as const;

/** Columns per UE over all satellites added; powers are those in one resource element. */
const SERVICE = ["wantedMw", "interferenceMw", "noiseMw", "cOverIDb", "sinrDb"] as const;

type Columns<Name extends string> = Record<Name, Float64Array>;
/** Columns of one length one after another. */
const columns = <Name extends string>(names: readonly Name[], all: Float64Array): Columns<Name> => {
  const length = all.length / names.length;
  const pairs = names.map((name, i) => [name, all.subarray(i * length, (i + 1) * length)]);
  return Object.fromEntries(pairs) as Columns<Name>;
};

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
const even = (count: number) => count + (count % 2);

/**
 * Every column of the link of every UE with every beam of some satellites at one instant, allocated once.
 *
 * `settle` the UEs and write their `position` and `up`; then `begin`, `add` for each satellite in view, `finish`. The
 * formulas are those of `linkBudget`; what a UE shares between the beams of a satellite is computed once. Levels are NaN
 * where a satellite is below the least elevation. The strongest cell serves; every other beam on its channel interferes,
 * side lobes included, as in `Hearing.sinr` but from every satellite added. Leaves out shadowing and clutter, which are
 * drawn per path.
 */
export class Snapshot {
  /** UEs settled */
  users = 0;
  /** UEs from one beam's part of a column to the next */
  readonly stride: number;
  readonly beams: number;
  /** [ue × 3] ECEF, m, and normal of the ellipsoid: to be written */
  readonly position: Float64Array;
  readonly up: Float64Array;
  readonly path: Columns<(typeof PATH)[number]>;
  readonly beam: Columns<(typeof BEAM)[number]>;
  readonly service: Columns<(typeof SERVICE)[number]>;
  /** [ue] slot × beams + beam of the strongest cell, −1 where there is none */
  readonly best: Float64Array;
  /** satellites added since `begin` */
  count = 0;
  readonly #receivers: Receivers;
  #userClass = new Uint8Array(0);
  readonly #polarisations: 1 | 2;
  /** [beam] channel × polarisations + polarisation */
  readonly #colour: Uint8Array;
  readonly #colours: number;
  /** whether some UE's antenna receives one satellite better than another */
  readonly #directive: boolean;
  /** [slot × colour × stride] isotropic power received of all beams of the colour, W; one slot where no UE is directive */
  readonly #total: Float64Array;
  /** [ue] isotropic power received of the strongest beam, and of all on its channel, W */
  readonly #strongest: Float64Array;
  readonly #heard: Float64Array;
  /** what depends on a UE's class alone: [class], and the column [ue] that is filled from it */
  readonly #constants: { perClass: ArrayLike<number>; perUser: Float64Array }[];
  /** [slot × 3] ECEF, m */
  readonly #satellite: Float64Array;
  /** see `Layout` */
  readonly #current: Float64Array;
  readonly #at: { position: number; up: number; path: number; beam: number; total: number; heard: number };
  readonly #kernel: ReturnType<typeof snapshotKernel>;

  /** @param users, satellites the most that are taken at once; @param minSine sine of the least elevation */
  constructor(
    { radio, userClasses, channel }: SnapshotMission,
    model: SnapshotModel,
    receivers: Receivers,
    users: number,
    satellites: number,
    minSine: number,
  ) {
    this.stride = even(users);
    this.beams = model.beams;
    this.#receivers = receivers;
    this.#directive = receivers.directivity.some((directivity) => directivity > 0);
    this.#polarisations = model.polarisation.includes(1) ? 2 : 1;
    this.#colours = this.#polarisations * model.channels;
    this.#colour = model.polarisation.map((side, beam) => this.#polarisations * model.channel[beam] + side);
    this.#satellite = new Float64Array(3 * satellites);

    const { stride } = this;
    const paths = satellites * stride;
    let end = 0;
    const room = (doubles: number) => (end += doubles * BYTES) - doubles * BYTES;
    const { db: lossDb, perUnit: lossPerUnit } = receivers.elevationLoss;
    const totals = (this.#directive ? paths : stride) * this.#colours;
    const at = {
      current: room(8),
      scratch: room(5 * BLOCK),
      gainDb: room(model.gain.db.length),
      gainLinear: room(model.gain.linear.length),
      // a place at the end is read with the next
      lossDb: room(lossDb.length + 1),
      position: room(3 * stride),
      up: room(3 * stride),
      toCOverN0: room(stride),
      toRsrp: room(stride),
      toMw: room(stride),
      strongest: room(stride),
      heard: room(stride),
      best: room(stride),
      service: room(SERVICE.length * stride),
      total: room(totals),
      path: room(PATH.length * paths),
      beam: room(BEAM.length * paths * model.beams),
    };
    const memory = new WebAssembly.Memory({ initial: Math.ceil((end + 2 * BYTES) / PAGE) });
    const view = (from: number, length: number) => new Float64Array(memory.buffer, from, length);
    this.position = view(at.position, 3 * users);
    this.up = view(at.up, 3 * users);
    this.path = columns(PATH, view(at.path, PATH.length * paths));
    this.beam = columns(BEAM, view(at.beam, BEAM.length * paths * model.beams));
    this.service = columns(SERVICE, view(at.service, SERVICE.length * stride));
    this.best = view(at.best, stride);
    this.#total = view(at.total, totals);
    this.#strongest = view(at.strongest, stride);
    this.#heard = view(at.heard, stride);
    this.#current = view(at.current, 7);
    view(at.gainDb, model.gain.db.length).set(model.gain.db);
    view(at.gainLinear, model.gain.linear.length).set(model.gain.linear);
    view(at.lossDb, lossDb.length).set(lossDb);

    const bandwidthHz = radio.bandwidthHz / model.channels;
    const eirpDbw = radio.eirpDensityDbwPerHz + toDb(bandwidthHz);
    const { scintillationDb, polarisationDb, bodyDb, otherDb } = channel.fixed;
    const lossAtOneMetreDb = freeSpaceLossDb(radio.frequencyHz, 1);
    const merit = (c: SnapshotMission["userClasses"][number]) =>
      gOverT(c.antennaGainDbi, c.noiseFigureDb, c.antennaTemperatureK);
    const toRsrp = receivers.rsrpAtOneMetreDbm.map((rsrp) => rsrp + lossAtOneMetreDb - eirpDbw);
    this.#constants = [
      { perClass: userClasses.map((c) => merit(c) - BOLTZMANN_DBW), perUser: view(at.toCOverN0, stride) },
      { perClass: toRsrp, perUser: view(at.toRsrp, stride) },
      { perClass: toRsrp.map(fromDb), perUser: view(at.toMw, stride) },
      { perClass: receivers.noiseMw, perUser: this.service.noiseMw },
    ];
    this.#at = at;
    this.#kernel = snapshotKernel({
      ...at,
      memory,
      pathBytes: paths * BYTES,
      beamBytes: paths * model.beams * BYTES,
      userBytes: stride * BYTES,
      kind: model.kind,
      scale: model.scale,
      lossPerUnit,
      minSine,
      interference: channel.interference ? 1 : 0,
      radiatedDbw: eirpDbw - scintillationDb - polarisationDb - bodyDb - otherDb,
      lossAtOneMetreDb,
      bandwidthDb: toDb(bandwidthHz),
      rateDb: toDb(radio.dataRateBps),
      toFluxDb: lossAtOneMetreDb - toDb(4 * Math.PI),
    });
  }

  /** Takes as many UEs as classes are given. */
  settle(userClass: Uint8Array): void {
    this.users = userClass.length;
    this.#userClass = userClass.slice();
    for (const { perClass, perUser } of this.#constants)
      for (let ue = 0; ue < this.users; ue++) perUser[ue] = perClass[userClass[ue]];
  }

  /** Starts another instant. */
  begin(): void {
    this.count = 0;
    this.best.fill(-1);
    this.#strongest.fill(0);
    this.#total.fill(0);
  }

  /** Computes the columns of one satellite ([3] ECEF, m) with its beams ([beam × 3], see `BeamModel`) into the next slot. */
  add(satellite: Float64Array, aim: Float64Array): void {
    const slot = this.count++;
    const { stride, beams } = this;
    for (let k = 0; k < 3; k++) {
      this.#current[k] = satellite[k];
      this.#satellite[3 * slot + k] = satellite[k];
    }
    const { position, up, path } = this.#at;
    for (let from = 0; from < this.users; from += BLOCK) {
      const end = Math.min(BLOCK, even(this.users - from)) * BYTES;
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
    const colour = (this.#directive ? slot * this.#colours : 0) + this.#colour[beam];
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
    const alike = this.#colours === 1 && !this.#directive;
    for (let ue = 0; ue < this.users && !alike; ue++)
      this.#heard[ue] = this.best[ue] < 0 ? 0 : this.#hear(ue);
    this.#kernel.ratios(alike ? this.#at.total : this.#at.heard, even(this.users) * BYTES);
  }

  /** Isotropic power [W] of all beams on the channel of the serving one, as that one's UE receives them. */
  #hear(ue: number): number {
    const { stride, beams } = this;
    const userClass = this.#userClass[ue];
    const cell = this.best[ue];
    const colour = this.#colour[cell % beams];
    const own = this.#directive ? Math.floor(cell / beams) : 0;
    const slots = this.#directive ? this.count : 1;
    let sum = 0;
    for (let slot = 0; slot < slots; slot++) {
      const at = slot * this.#colours * stride + ue;
      let power = this.#total[at + colour * stride];
      if (this.#polarisations === 2)
        power += this.#receivers.crossPolar[userClass] * this.#total[at + (colour ^ 1) * stride];
      sum += slot === own ? power : power * this.#facing(ue, own, slot, userClass);
    }
    return sum;
  }

  /** Relative gain of a UE antenna, which follows its own satellite if it is directive, towards another. */
  #facing(ue: number, own: number, slot: number, userClass: number): number {
    const directivity = this.#receivers.directivity[userClass];
    if (directivity === 0) return 1;
    const { range } = this.path;
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
