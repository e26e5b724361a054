import { EDGE_X, FIRST_NULL_X, PER_UNIT, TABLE_MAX_X, gainTable, lookUp } from "../beam/pattern.ts";
import { toDb } from "../math/decibel.ts";
import { BadInput } from "../../shared/errors.ts";
import type { Mission } from "../../shared/mission.ts";
import type { BeamModel } from "./beams.ts";
import { Channel, DRAWS } from "./channel.ts";
import type { StepGeometry } from "./geometry.ts";
import { Ground } from "./ground.ts";
import type { Receivers } from "./receivers.ts";

/** A satellite lower than this neither serves nor interferes: sine of 2°, where 1/sin(elevation) still means something. */
export const LOWEST_SINE = Math.sin((2 * Math.PI) / 180);
const DB_PER_NEPER = 10 / Math.LN10;
/** Room for the cells that one UE hears at once. */
const ROOM = 4096;

const tooMany = () =>
  new BadInput([
    {
      field: "payload.beams",
      reason: `a UE lies in the main lobes of more than ${ROOM} beams at once`,
      remedy: "Give fewer satellites or beams, or a larger aperture",
    },
  ]);

/**
 * What one UE hears: the cells in whose main lobe it lies, above the least elevation and RSRP.
 *
 * RSRP = EIRP per resource element + pattern − free-space loss − losses by elevation (gas, scintillation, rain, cloud,
 * building) − channel + UE antenna gain. Path loss is per UE × satellite and shared by its beams. A directive antenna is
 * taken to point at whatever it measures. Leaves out fast fading.
 */
export class Hearing {
  readonly #model: BeamModel;
  readonly #receivers: Receivers;
  readonly #geometry: StepGeometry;
  readonly #minSine: number;
  readonly #minRsrp: number;
  readonly #interference: boolean;
  readonly #ground: Ground | null;
  // the UE at hand: number in the run, class, where it is [instant × stride], and its way [instant] if it moves
  #ue = 0;
  #userClass = 0;
  #position: Float64Array = new Float64Array(0);
  #up: Float64Array = new Float64Array(0);
  #at = 0;
  #stride = 0;
  #way: Float64Array | null = null;
  // the beams that the UE at hand may hear in the step at hand, grouped by satellite slot
  #groups = 0;
  readonly #slot = new Int32Array(ROOM);
  // x of every beam of one satellite, at two instants
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #start = new Int32Array(ROOM + 1);
  readonly #beam = new Int32Array(ROOM);
  readonly #channel: Channel;
  /** [group × DRAWS] see `Channel` */
  readonly #draws = new Float64Array(ROOM * DRAWS);
  /** [group] 1 where the last measurement heard a cell of that satellite */
  readonly #heard = new Uint8Array(ROOM);
  /** cells heard: number, and RSRP [dBm] */
  count = 0;
  readonly cell = new Uint32Array(ROOM);
  readonly rsrp = new Float64Array(ROOM);
  /** 1 where the UE stands inside the cell's −3 dB contour, or the cell is on the ground */
  readonly inside = new Uint8Array(ROOM);
  /** strongest cell inside whose −3 dB contour the UE stands, or on the ground, with its offset; 0 none */
  best = 0;
  bestRsrp = -Infinity;
  /** RSRP of the serving cell [dBm], −∞ where it is not heard */
  servingRsrp = -Infinity;
  /** of the last `sinr`, per resource element: wanted, interference and noise [mW] */
  wantedMw = 0;
  interferenceMw = 0;
  noiseMw = 0;
  /** UE × beam evaluations so far */
  evaluations = 0;

  constructor(mission: Mission, model: BeamModel, receivers: Receivers, geometry: StepGeometry) {
    this.#model = model;
    this.#receivers = receivers;
    this.#geometry = geometry;
    this.#minSine = Math.max(LOWEST_SINE, Math.sin(mission.minElevation));
    this.#minRsrp = mission.minRsrpDbm;
    this.#interference = mission.channel.interference;
    this.#channel = new Channel(mission);
    this.#ground = mission.terrestrial ? new Ground(mission) : null;
    this.#first = new Float64Array(model.beams);
    this.#last = new Float64Array(model.beams);
  }

  /**
   * Finds the beams that a UE may hear during the step; says whether there are any. Its places at the instants stand at
   * `at + stride · instant` of `position` and `up`; `way` is what it has travelled by each instant, null if it stands still.
   */
  look(
    ue: number,
    userClass: number,
    position: Float64Array,
    up: Float64Array,
    at: number,
    stride: number,
    way: Float64Array | null,
    instants: number,
  ): boolean {
    const { count, interest, direction, satellite } = this.#geometry;
    this.#ue = ue;
    this.#userClass = userClass;
    this.#position = position;
    this.#up = up;
    this.#at = at;
    this.#stride = stride;
    this.#way = way;
    const ux = up[at];
    const uy = up[at + 1];
    const uz = up[at + 2];
    this.#groups = 0;
    let found = 0;
    for (let slot = 0; slot < count; slot++) {
      const d = 3 * slot;
      if (ux * direction[d] + uy * direction[d + 1] + uz * direction[d + 2] < interest[slot]) continue;
      const before = found;
      found = this.#lookAt(slot, instants, found);
      if (found > before) {
        this.#slot[this.#groups] = slot;
        if (way === null)
          this.#channel.draw(this.#draws, this.#groups * DRAWS, ue, userClass, satellite[slot]);
        this.#start[this.#groups++] = before;
      }
    }
    this.#start[this.#groups] = found;
    if (this.#ground === null) return found > 0;
    const travels = way === null ? 0 : way[instants - 1] - way[0];
    return this.#ground.look(userClass, position, at, travels) || found > 0;
  }

  /** Lists the beams of one satellite whose main lobe may pass over the UE: near it at one end of the step. */
  #lookAt(slot: number, instants: number, found: number): number {
    const { beams } = this.#model;
    const limit = FIRST_NULL_X + this.#geometry.margin[slot];
    const last = instants - 1;
    this.#arguments(this.#first, 0, slot);
    this.#arguments(this.#last, last, slot);
    if (found + beams > ROOM) throw tooMany();
    for (let beam = 0; beam < beams; beam++) {
      if (this.#first[beam] < limit || this.#last[beam] < limit) this.#beam[found++] = beam;
    }
    return found;
  }

  /** x of every beam of one satellite towards the UE at one instant of the step; Infinity behind it. */
  #arguments(out: Float64Array, instant: number, slot: number): void {
    const { position: satellites, stride, aim } = this.#geometry;
    const { beams } = this.#model;
    const index = instant * stride + slot;
    const position = this.#position;
    const at = this.#at + this.#stride * instant;
    const x = position[at];
    const y = position[at + 1];
    const z = position[at + 2];
    const dx = satellites[3 * index] - x;
    const dy = satellites[3 * index + 1] - y;
    const dz = satellites[3 * index + 2] - z;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const scale = this.#model.scale;
    const antenna = this.#model.kind === "antenna";
    // `patternArgument` written out: as a call it would make a number object of each argument
    for (let beam = 0; beam < beams; beam++) {
      const b = 3 * (index * beams + beam);
      if (antenna) {
        const cosine = -(dx * aim[b] + dy * aim[b + 1] + dz * aim[b + 2]) / range;
        out[beam] = cosine <= 0 ? Infinity : scale * Math.sqrt(Math.max(0, 1 - cosine * cosine));
      } else {
        const ex = x - aim[b];
        const ey = y - aim[b + 1];
        const ez = z - aim[b + 2];
        out[beam] = scale * Math.sqrt(ex * ex + ey * ey + ez * ez);
      }
    }
  }

  /** Measures at one instant of the step; fills `cell`, `rsrp`, `best` and `servingRsrp`. */
  listen(instant: number, serving: number): void {
    const { position: satellites, stride, aim, satellite } = this.#geometry;
    const { beams } = this.#model;
    const antenna = this.#model.kind === "antenna";
    const scale = this.#model.scale;
    const table = this.#model.gain.db;
    const atOneMetre = this.#receivers.rsrpAtOneMetreDbm[this.#userClass];
    const { perUnit, db: losses } = this.#receivers.elevationLoss;
    const minSine = this.#minSine;
    const minRsrp = this.#minRsrp;
    // fields of the object in local names: the loop below runs a hundred million times
    const { cell: cells, rsrp: levels, inside } = this;
    const slots = this.#slot;
    const starts = this.#start;
    const listed = this.#beam;
    const heard = this.#heard;
    const channel = this.#channel;
    const draws = this.#draws;
    const groups = this.#groups;
    const position = this.#position;
    const up = this.#up;
    const at = this.#at + this.#stride * instant;
    const px = position[at];
    const py = position[at + 1];
    const pz = position[at + 2];
    const ux = up[at];
    const uy = up[at + 1];
    const uz = up[at + 2];
    const way = this.#way;
    let evaluations = 0;
    let count = 0;
    let best = 0;
    let bestRsrp = -Infinity;
    let servingRsrp = -Infinity;
    for (let group = 0; group < groups; group++) {
      const slot = slots[group];
      const before = count;
      const index = instant * stride + slot;
      const dx = satellites[3 * index] - px;
      const dy = satellites[3 * index + 1] - py;
      const dz = satellites[3 * index + 2] - pz;
      const squared = dx * dx + dy * dy + dz * dz;
      const inverse = 1 / Math.sqrt(squared);
      const sine = (dx * ux + dy * uy + dz * uz) * inverse;
      heard[group] = 0;
      if (!(sine >= minSine)) continue;
      if (way !== null)
        channel.drawMoving(
          draws,
          group * DRAWS,
          this.#ue,
          this.#userClass,
          satellite[slot],
          way[instant],
          sine,
        );
      const path =
        atOneMetre -
        DB_PER_NEPER * Math.log(squared) -
        interpolate(losses, sine * perUnit) -
        channel.lossDb(draws, group * DRAWS, sine);
      const first = satellite[slot] * beams + 1;
      const end = starts[group + 1];
      evaluations += end - starts[group];
      for (let i = starts[group]; i < end; i++) {
        const beam = listed[i];
        const b = 3 * (index * beams + beam);
        let x: number;
        if (antenna) {
          const cosine = -(dx * aim[b] + dy * aim[b + 1] + dz * aim[b + 2]) * inverse;
          x = cosine > 0 ? scale * Math.sqrt(Math.max(0, 1 - cosine * cosine)) : FIRST_NULL_X;
        } else {
          const ex = px - aim[b];
          const ey = py - aim[b + 1];
          const ez = pz - aim[b + 2];
          x = scale * Math.sqrt(ex * ex + ey * ey + ez * ez);
        }
        if (!(x < FIRST_NULL_X)) continue;
        const where = x * PER_UNIT;
        const entry = where | 0;
        const rsrp = path + table[entry] + (table[entry + 1] - table[entry]) * (where - entry);
        if (rsrp < minRsrp) continue;
        const cell = first + beam;
        cells[count] = cell;
        inside[count] = x <= EDGE_X ? 1 : 0;
        levels[count++] = rsrp;
        if (cell === serving) servingRsrp = rsrp;
        if (x <= EDGE_X && rsrp > bestRsrp) {
          best = cell;
          bestRsrp = rsrp;
        }
      }
      if (count > before) heard[group] = 1;
    }
    this.evaluations += evaluations;
    this.count = count;
    this.best = best;
    this.bestRsrp = bestRsrp;
    this.servingRsrp = servingRsrp;
    if (this.#ground !== null)
      this.#listenToGround(this.#ground, at, way === null ? 0 : way[instant], serving);
  }

  /** Adds the sites on the ground to what was just heard. */
  #listenToGround(ground: Ground, at: number, wayM: number, serving: number): void {
    ground.hear(this.#ue, this.#userClass, this.#position, at, wayM);
    this.evaluations += ground.near;
    for (let i = 0; i < ground.near; i++) {
      const rsrp = ground.levelDbm[i];
      if (rsrp < this.#minRsrp) continue;
      if (this.count === ROOM) throw tooMany();
      const cell = ground.cell(i);
      this.cell[this.count] = cell;
      this.inside[this.count] = 1;
      this.rsrp[this.count++] = rsrp;
      if (cell === serving) this.servingRsrp = rsrp;
      const offset = this.best >= ground.first ? 0 : ground.offsetDb;
      if (rsrp + offset <= this.bestRsrp) continue;
      this.best = cell;
      this.bestRsrp = rsrp;
    }
  }

  /** The same as `sinr` of a site: only sites disturb it. */
  #sinrOnGround(ground: Ground, serving: number): number {
    this.wantedMw = 10 ** (ground.levelOf(serving) / 10);
    this.interferenceMw = this.#interference ? ground.interferenceMw(serving) : 0;
    this.noiseMw = this.#receivers.noiseMw[this.#userClass];
    return toDb(this.wantedMw / (this.interferenceMw + this.noiseMw));
  }

  /**
   * SINR of the serving cell [dB] at the instant last listened to, and the powers behind it: every other beam on its
   * channel of every satellite of which a cell was heard, side lobes included, adds its power. A directive UE antenna
   * (VSAT) follows the serving satellite and has its pattern towards the others.
   */
  sinr(instant: number, serving: number): number {
    const ground = this.#ground;
    if (ground !== null && serving >= ground.first) return this.#sinrOnGround(ground, serving);
    const { position: satellites, stride, satellite } = this.#geometry;
    const { beams, channel, polarisation } = this.#model;
    const { linear } = this.#model.gain;
    const userClass = this.#userClass;
    const position = this.#position;
    const up = this.#up;
    const at = this.#at + this.#stride * instant;
    const { perUnit, db: losses } = this.#receivers.elevationLoss;
    const crossPolar = this.#receivers.crossPolar[userClass];
    const directivity = this.#receivers.directivity[userClass];
    const ownBeam = (serving - 1) % beams;
    const own = Math.floor((serving - 1) / beams);
    if (directivity > 0) this.#face(own, instant);
    let wanted = 0;
    let interference = 0;
    for (let group = 0; group < this.#groups; group++) {
      const slot = this.#slot[group];
      if (this.#heard[group] === 0) continue;
      const index = instant * stride + slot;
      const dx = satellites[3 * index] - position[at];
      const dy = satellites[3 * index + 1] - position[at + 1];
      const dz = satellites[3 * index + 2] - position[at + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      const range = Math.sqrt(squared);
      const sine = (dx * up[at] + dy * up[at + 1] + dz * up[at + 2]) / range;
      const lossDb =
        interpolate(losses, sine * perUnit) + this.#channel.lossDb(this.#draws, group * DRAWS, sine);
      let path = Math.exp((this.#receivers.rsrpAtOneMetreDbm[userClass] - lossDb) / DB_PER_NEPER) / squared;
      if (directivity > 0 && satellite[slot] !== own) {
        const facing = this.#facing;
        const cosine = (dx * facing[0] + dy * facing[1] + dz * facing[2]) / range;
        const off = cosine > 0 ? directivity * Math.sqrt(Math.max(0, 1 - cosine * cosine)) : directivity;
        path *= lookUp(gainTable().linear, off);
      }
      this.#arguments(this.#first, instant, slot);
      for (let beam = 0; beam < beams; beam++) {
        if (channel[beam] !== channel[ownBeam] || this.#first[beam] === Infinity) continue;
        // `lookUp` written out: as a call it would make a number object of each answer
        const place = Math.min(this.#first[beam], TABLE_MAX_X) * PER_UNIT;
        const entry = place | 0;
        const low = linear[entry];
        const power = path * (low + (linear[entry + 1] - low) * (place - entry));
        if (satellite[slot] === own && beam === ownBeam) wanted = power;
        else interference += polarisation[beam] === polarisation[ownBeam] ? power : power * crossPolar;
      }
    }
    this.wantedMw = wanted;
    this.interferenceMw = this.#interference ? interference : 0;
    this.noiseMw = this.#receivers.noiseMw[userClass];
    return toDb(wanted / (this.interferenceMw + this.noiseMw));
  }

  /** Unit vector from the UE to the satellite that its antenna follows. */
  readonly #facing = new Float64Array(3);

  #face(own: number, instant: number): void {
    const { position: satellites, stride, satellite, count } = this.#geometry;
    const at = this.#at + this.#stride * instant;
    for (let slot = 0; slot < count; slot++) {
      if (satellite[slot] !== own) continue;
      for (let k = 0; k < 3; k++)
        this.#facing[k] = satellites[3 * (instant * stride + slot) + k] - this.#position[at + k];
      const length = Math.hypot(this.#facing[0], this.#facing[1], this.#facing[2]);
      for (let k = 0; k < 3; k++) this.#facing[k] /= length;
      return;
    }
  }
}

/** Linear interpolation in a column of values at a place ≥ 0. */
export function interpolate(column: Float64Array, place: number): number {
  const i = place | 0;
  const low = column[i];
  return low + (column[i + 1] - low) * (place - i);
}
