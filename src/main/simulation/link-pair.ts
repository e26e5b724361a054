import { FIRST_NULL_X, gainTable, lookUp } from "../beam/pattern.ts";
import { OTHERS } from "../handover/attempts.ts";
import { pathDelay } from "../orbit/delay.ts";
import {
  feederAt,
  gatewayPositions,
  nodeSwitches,
  servingGateway,
  type FeederPlan,
} from "../orbit/feeder.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import { AimTable } from "./aim-table.ts";
import { Aims } from "./aims.ts";
import { beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { Channel, DRAWS } from "./channel.ts";
import { FurtherBeams, type BeamLink } from "./further-beams.ts";
import { Ground } from "./ground.ts";
import { interpolate, LOWEST_SINE } from "./measure.ts";
import { receivers, type Receivers } from "./receivers.ts";
import { Whereabouts, type Users } from "./users.ts";

const DB_PER_NEPER = 10 / Math.LN10;
/** Grid of the aim tables [s]. */
export const GRID_S = 0.5;
/** Aim tables kept at once; the events come satellite by satellite. */
const TABLES = 32;

export interface WindowOptions {
  mission: Mission;
  track: Track;
  feeders: FeederPlan | null;
  users: Users;
  /** number of the first of these UEs in the run */
  firstUe: number;
  /** SINR below which a link cannot be used [dB] */
  qoutDb: number;
}

/** One of the two links of an event. */
interface Link extends BeamLink {
  /** −1 − site for a cell on the ground */
  satellite: number;
  draws: Float64Array;
  /** position and aim at the instant last looked at, and from there: squared distance [m²], whether in the main lobe */
  here: Float64Array;
  squared: number;
  /** power [mW per resource element] */
  mw: number;
  /** of further sites on the channel of a cell on the ground, for a UE that stands still [mW per resource element] */
  sitesMw: number;
  further: FurtherBeams;
  inLobe: boolean;
}

/** Source and target of one event after the other, heard by its UE at any time: the same formulas as in the time loop. */
export class LinkPair {
  readonly #mission: Mission;
  readonly #track: Track;
  readonly #feeders: FeederPlan | null;
  readonly #gateways: Float64Array;
  readonly #model: BeamModel;
  readonly #aims: Aims;
  readonly #receivers: Receivers;
  readonly #channel: Channel;
  readonly #ground: Ground | null;
  readonly #places: Whereabouts;
  readonly #users: Users;
  readonly #firstUe: number;
  readonly #tables = new Map<number, AimTable>();
  #switches: ReturnType<typeof nodeSwitches> | null = null;
  readonly #minSine: number;
  readonly #minMw: number;
  readonly #qout: number;
  readonly #state = new Float64Array(6);
  readonly #position = new Float64Array(3);
  readonly #up = new Float64Array(3);
  readonly #aim = new Float64Array(6);
  /** of the further candidates [mW], falling */
  readonly #levels = new Float64Array(OTHERS);
  #ue = 0;
  #userClass = 0;
  #moves = false;
  #noise = 0;
  /** share of the other link's power that disturbs; 0 on another channel */
  #share = 0;
  #directivity = 0;
  readonly source: Link;
  readonly target: Link;
  /** whether source and target can be used at the instant last looked at */
  sourceUsable = false;
  targetUsable = false;

  constructor({ mission, track, feeders, users, firstUe, qoutDb }: WindowOptions) {
    this.#mission = mission;
    this.#track = track;
    this.#feeders = feeders;
    this.#gateways = gatewayPositions(mission.gateways?.stations ?? []);
    this.#model = beamModel(mission);
    this.#aims = new Aims(mission, this.#model, track);
    this.#receivers = receivers(mission);
    this.#channel = new Channel(mission);
    this.#ground = mission.terrestrial ? new Ground(mission) : null;
    this.#places = new Whereabouts(mission, users);
    this.#users = users;
    this.#firstUe = firstUe;
    this.#minSine = Math.max(LOWEST_SINE, Math.sin(mission.minElevation));
    this.#minMw = 10 ** (mission.minRsrpDbm / 10);
    this.#qout = 10 ** (qoutDb / 10);
    const link = () => ({
      satellite: 0,
      beam: 0,
      draws: new Float64Array(DRAWS),
      here: new Float64Array(6),
      further: new FurtherBeams(this.#model, GRID_S),
    });
    const rest = { squared: 0, peakMw: 0, mw: 0, sitesMw: 0, inLobe: false };
    this.source = { ...link(), ...rest, table: this.#table(0) };
    this.target = { ...link(), ...rest, table: this.#table(0) };
  }

  /** Takes a UE (its number among those at hand) and two cells. */
  prepare(ue: number, source: number, target: number): void {
    this.#ue = ue;
    const userClass = this.#users.userClass[ue];
    this.#userClass = userClass;
    this.#moves = this.#places.moves(ue);
    this.#places.write(this.#position, this.#up, 0, ue, 0);
    this.#noise = this.#receivers.noiseMw[userClass];
    this.#take(this.source, source);
    this.#take(this.target, target);
    this.#share = source === target ? 0 : this.#shareOf(source, target);
    const { satellite } = this.source;
    const alone = satellite < 0 || this.target.satellite < 0 || satellite === this.target.satellite;
    this.#directivity = alone ? 0 : this.#receivers.directivity[userClass];
    if (this.#moves || !this.#mission.channel.interference) return;
    if (satellite < 0) this.source.sitesMw = this.#sitesMw(this.source, this.target, 0);
    if (this.target.satellite < 0) this.target.sitesMw = this.#sitesMw(this.target, this.source, 0);
  }

  #take(link: Link, cell: number): void {
    const { beams } = this.#model;
    link.further.prepare(this.#position, this.#receivers.crossPolar[this.#userClass]);
    if (this.#ground && cell >= this.#ground.first) {
      link.satellite = this.#ground.first - cell - 1;
      return;
    }
    link.satellite = Math.floor((cell - 1) / beams);
    link.beam = (cell - 1) % beams;
    link.table = this.#table(link.satellite);
    if (!this.#moves)
      this.#channel.draw(link.draws, 0, this.#firstUe + this.#ue, this.#userClass, link.satellite);
  }

  #shareOf(source: number, target: number): number {
    if (!this.#mission.channel.interference) return 0;
    const first = this.#ground?.first ?? Infinity;
    if (source >= first && target >= first) return this.#ground!.sharesChannel(source, target) ? 1 : 0;
    if (source >= first || target >= first) return 0;
    const { channel, polarisation } = this.#model;
    const [a, b] = [this.source.beam, this.target.beam];
    if (channel[a] !== channel[b]) return 0;
    return polarisation[a] === polarisation[b] ? 1 : this.#receivers.crossPolar[this.#userClass];
  }

  #table(satellite: number): AimTable {
    const known = this.#tables.get(satellite);
    if (known) return known;
    if (this.#tables.size >= TABLES) this.#tables.delete(this.#tables.keys().next().value!);
    const grid = { startS: 0, stepS: GRID_S, endS: Infinity };
    const table = new AimTable(this.#track, this.#model.beams, this.#aims, satellite, grid);
    this.#tables.set(satellite, table);
    return table;
  }

  /** Says whether source and target can be used at a time [s]. */
  look(t: number): void {
    if (this.#moves) this.#places.write(this.#position, this.#up, 0, this.#ue, t);
    const row = Math.floor(t / GRID_S);
    const share = t / GRID_S - row;
    this.#hear(this.source, t, row, share);
    this.#hear(this.target, t, row, share);
    const off = this.#offPointing();
    const across = this.#share * off;
    this.sourceUsable = this.#usable(this.source, this.target, this.target.mw * across, off, t);
    this.targetUsable = this.#usable(this.target, this.source, this.source.mw * across, off, t);
  }

  #usable(link: Link, other: Link, disturbingMw: number, off: number, t: number): boolean {
    const { mw, inLobe } = link;
    if (!inLobe || mw < this.#minMw || mw < this.#qout * (this.#noise + disturbingMw)) return false;
    if (!this.#mission.channel.interference) return true;
    return mw >= this.#qout * (this.#noise + disturbingMw + this.#furtherMw(link, other, off, t));
  }

  /** Power of all further cells on a link's channel: beams of both satellites, or sites [mW per resource element]. */
  #furtherMw(link: Link, other: Link, off: number, t: number): number {
    if (link.satellite < 0) return this.#moves ? this.#sitesMw(link, other, t) : link.sitesMw;
    return link.further.powerMw(link, other, off, t);
  }

  #sitesMw(link: Link, other: Link, t: number): number {
    const ground = this.#ground!;
    const own = ground.first - 1 - link.satellite;
    const ue = this.#firstUe + this.#ue;
    const way = this.#moves ? this.#places.travelled(this.#ue, t) : 0;
    let sum = 0;
    for (let site = 0; site < ground.sites; site++) {
      const isPair = -1 - site === link.satellite || -1 - site === other.satellite;
      if (isPair || !ground.sharesChannel(own, ground.first + site)) continue;
      sum += 10 ** (ground.rsrp(site, ue, this.#userClass, this.#position, 0, way) / 10);
    }
    return sum;
  }

  /** What a directive antenna that follows one satellite takes of the other. */
  #offPointing(): number {
    if (this.#directivity === 0) return 1;
    let product = 0;
    for (let k = 0; k < 3; k++)
      product += (this.source.here[k] - this.#position[k]) * (this.target.here[k] - this.#position[k]);
    const cosine = product / Math.sqrt(this.source.squared * this.target.squared);
    const off = cosine > 0 ? Math.sqrt(Math.max(0, 1 - cosine * cosine)) : 1;
    return lookUp(gainTable().linear, this.#directivity * off);
  }

  /** Power of one link [mW per resource element]; none below the least elevation or without a gateway. */
  #hear(link: Link, t: number, row: number, share: number): void {
    if (link.satellite < 0) {
      this.#hearSite(link, t);
      return;
    }
    const { here } = link;
    link.table.between(here, link.beam, row, share);
    if (this.#model.steering > 0 && share > 0) {
      stateAt(this.#state, 0, this.#track, link.satellite, t);
      this.#aims.hold(here, 3, link.satellite, link.beam, this.#state, 0, t);
    }
    const [x, y, z] = this.#position;
    const dx = here[0] - x;
    const dy = here[1] - y;
    const dz = here[2] - z;
    const squared = dx * dx + dy * dy + dz * dz;
    const range = Math.sqrt(squared);
    const sine = (dx * this.#up[0] + dy * this.#up[1] + dz * this.#up[2]) / range;
    link.squared = squared;
    link.peakMw = link.mw = 0;
    link.inLobe = false;
    if (!(sine >= this.#minSine)) return;
    if (this.#feeders && feederAt(this.#feeders, link.satellite, t) < 0) return;
    if (this.#moves) this.#fade(link, t, sine);
    const argument = patternArgument(this.#model, here, 3, x, y, z, dx, dy, dz, range);
    const { perUnit, db } = this.#receivers.elevationLoss;
    const lossDb = interpolate(db, sine * perUnit) + this.#channel.lossDb(link.draws, 0, sine);
    const atOneMetre = this.#receivers.rsrpAtOneMetreDbm[this.#userClass] - lossDb;
    link.inLobe = argument < FIRST_NULL_X;
    link.peakMw = Math.exp(atOneMetre / DB_PER_NEPER) / squared;
    link.mw = link.peakMw * lookUp(this.#model.gain.linear, argument);
  }

  #hearSite(link: Link, t: number): void {
    const site = -1 - link.satellite;
    const ue = this.#firstUe + this.#ue;
    const way = this.#moves ? this.#places.travelled(this.#ue, t) : 0;
    const dbm = this.#ground!.rsrp(site, ue, this.#userClass, this.#position, 0, way);
    link.squared = this.#ground!.distance(site, this.#position, 0) ** 2;
    link.peakMw = link.mw = 10 ** (dbm / 10);
    link.inLobe = dbm > -Infinity;
  }

  /** The strongest cells beside source and target that the UE hears of their satellites; a site on the ground has no others. */
  listOthers(out: Uint32Array, at: number, t: number): void {
    const levels = this.#levels.fill(0);
    const row = Math.floor(t / GRID_S);
    const [x, y, z] = this.#position;
    const [a, b] = [this.source, this.target];
    for (const link of a.satellite === b.satellite ? [a] : [a, b]) {
      if (link.satellite < 0) continue;
      for (let beam = 0; beam < this.#model.beams; beam++) {
        if (beam === link.beam || (beam === b.beam && link.satellite === b.satellite)) continue;
        const aim = this.#aim;
        link.table.between(aim, beam, row, t / GRID_S - row);
        const [dx, dy, dz] = [aim[0] - x, aim[1] - y, aim[2] - z];
        const range = Math.sqrt(link.squared);
        const argument = patternArgument(this.#model, aim, 3, x, y, z, dx, dy, dz, range);
        const mw = argument < FIRST_NULL_X ? link.peakMw * lookUp(this.#model.gain.linear, argument) : 0;
        if (mw < this.#minMw) continue;
        let place = OTHERS;
        for (; place > 0 && levels[place - 1] < mw; place--) {
          if (place === OTHERS) continue;
          levels[place] = levels[place - 1];
          out[at + place] = out[at + place - 1];
        }
        if (place === OTHERS) continue;
        levels[place] = mw;
        out[at + place] = link.satellite * this.#model.beams + beam + 1;
      }
    }
  }

  #fade({ draws, satellite }: Link, t: number, sine: number): void {
    const way = this.#places.travelled(this.#ue, t);
    const ue = this.#firstUe + this.#ue;
    this.#channel.drawMoving(draws, 0, ue, this.#userClass, satellite, way, sine);
  }

  /** Until when the old feeder link of the source's satellite works, whose UEs go over at a time. */
  linkEndsMs(timeMs: number): number {
    this.#switches ??= nodeSwitches(this.#feeders!);
    const { satellite, timeMs: times, untilMs } = this.#switches;
    return untilMs[satellite.findIndex((s, i) => s === this.source.satellite && times[i] === timeMs)];
  }

  /** One way between the UE and the gNB that a satellite's cells have at a time [s]. */
  delayMs({ satellite, squared, here }: Link, t: number): number {
    const service = pathDelay(Math.sqrt(squared));
    const gateway =
      this.#feeders && satellite >= 0 ? servingGateway(this.#feeders, satellite, Math.round(1000 * t)) : -1;
    if (gateway < 0) return 1000 * service;
    const feeder = Math.hypot(
      here[0] - this.#gateways[3 * gateway],
      here[1] - this.#gateways[3 * gateway + 1],
      here[2] - this.#gateways[3 * gateway + 2],
    );
    return 1000 * (service + pathDelay(feeder));
  }
}
