import { FIRST_NULL_X, gainTable, lookUp } from "../beam/pattern.ts";
import { feederAt, gatewayPositions, type FeederPlan } from "../orbit/feeder.ts";
import { pathDelay } from "../orbit/delay.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import type { EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import { AimTable } from "./aim-table.ts";
import { Aims } from "./aims.ts";
import { beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { Channel, DRAWS } from "./channel.ts";
import { interpolate, LOWEST_SINE } from "./measure.ts";
import { receivers, type Receivers } from "./receivers.ts";
import { Whereabouts, type Users } from "./users.ts";

const DB_PER_NEPER = 10 / Math.LN10;
/** Spacing of the search [s], and halvings of it: 8 ms. */
const SEARCH_S = 0.5;
const HALVINGS = 6;
/** A link is followed this far from the event [s]. */
export const REACH_S = 30;
/** Aim tables kept at once; the events come satellite by satellite. */
const TABLES = 32;

/** How long the links of each event's UE last, as columns [event]; ms since the start of the run. */
export interface LinkWindows {
  /** last instant at which the source can be used; Infinity where it can to the end of what is searched */
  sourceUntilMs: Float64Array<ArrayBuffer>;
  /** the target can be used from, until; from Infinity until −Infinity where it never can */
  targetFromMs: Float64Array<ArrayBuffer>;
  targetUntilMs: Float64Array<ArrayBuffer>;
  /** one way between UE and gNB at the event */
  sourceDelayMs: Float64Array<ArrayBuffer>;
  targetDelayMs: Float64Array<ArrayBuffer>;
}

export type CellChanges = Pick<EventColumns, "timeMs" | "ue" | "source" | "target">;

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
interface Link {
  satellite: number;
  beam: number;
  table: AimTable;
  draws: Float64Array;
  /** position and aim at the instant last looked at, and from there: squared distance [m²], power [mW], 1 in the main lobe */
  here: Float64Array;
  squared: number;
  mw: number;
  inLobe: boolean;
}

export function emptyWindows(count: number): LinkWindows {
  const column = () => new Float64Array(count);
  return {
    sourceUntilMs: column(),
    targetFromMs: column(),
    targetUntilMs: column(),
    sourceDelayMs: column(),
    targetDelayMs: column(),
  };
}

/**
 * How long source and target of cell changes can be used: SINR at least Qout, against noise and the other one of the two,
 * the stronger of which is taken to outweigh all further cells; satellite not below the least elevation and with a gateway
 * where it needs one, RSRP not below the least one, the UE in the beam's main lobe. Same patterns, losses and draws as in
 * the time loop. Searched outward from the event, up to 30 s and inside the run, on a grid of 0.5 s and then to 8 ms: gaps
 * shorter than the grid may be missed. Delays of transparent payloads include the feeder link, but not where gateways are
 * reached through other satellites.
 */
export function linkWindows(options: WindowOptions, events: CellChanges): LinkWindows {
  const search = new WindowSearch(options);
  const windows = emptyWindows(events.ue.length);
  const { beams } = options.mission.payload;
  const satellite = events.source.map((cell) => Math.floor((cell - 1) / beams));
  const order = Uint32Array.from(events.ue.keys()).sort((a, b) => satellite[a] - satellite[b] || a - b);
  for (const event of order) search.write(windows, event, events);
  return windows;
}

class WindowSearch {
  readonly #mission: Mission;
  readonly #track: Track;
  readonly #feeders: FeederPlan | null;
  readonly #gateways: Float64Array;
  readonly #model: BeamModel;
  readonly #aims: Aims;
  readonly #receivers: Receivers;
  readonly #channel: Channel;
  readonly #places: Whereabouts;
  readonly #users: Users;
  readonly #firstUe: number;
  readonly #tables = new Map<number, AimTable>();
  readonly #minSine: number;
  readonly #minMw: number;
  readonly #qout: number;
  readonly #state = new Float64Array(6);
  readonly #position = new Float64Array(3);
  readonly #up = new Float64Array(3);
  #ue = 0;
  #userClass = 0;
  #moves = false;
  #noise = 0;
  /** share of the other link's power that disturbs; 0 on another channel */
  #share = 0;
  #directivity = 0;
  #source!: Link;
  #target!: Link;
  /** whether source and target can be used at the instant last looked at */
  #sourceUsable = false;
  #targetUsable = false;

  constructor({ mission, track, feeders, users, firstUe, qoutDb }: WindowOptions) {
    this.#mission = mission;
    this.#track = track;
    this.#feeders = feeders;
    this.#gateways = gatewayPositions(mission.gateways?.stations ?? []);
    this.#model = beamModel(mission);
    this.#aims = new Aims(mission, this.#model, track);
    this.#receivers = receivers(mission);
    this.#channel = new Channel(mission);
    this.#places = new Whereabouts(mission, users);
    this.#users = users;
    this.#firstUe = firstUe;
    this.#minSine = Math.max(LOWEST_SINE, Math.sin(mission.minElevation));
    this.#minMw = 10 ** (mission.minRsrpDbm / 10);
    this.#qout = 10 ** (qoutDb / 10);
    const link = () => ({ satellite: 0, beam: 0, draws: new Float64Array(DRAWS), here: new Float64Array(6) });
    const rest = { squared: 0, mw: 0, inLobe: false };
    this.#source = { ...link(), ...rest, table: this.#table(0) };
    this.#target = { ...link(), ...rest, table: this.#table(0) };
  }

  /** Writes one event's row. */
  write(out: LinkWindows, event: number, { timeMs, ue, source, target }: CellChanges): void {
    const t = timeMs[event] / 1000;
    this.#prepare(ue[event] - this.#firstUe, source[event], target[event]);
    this.#look(t);
    out.sourceDelayMs[event] = this.#delayMs(this.#source, t);
    out.targetDelayMs[event] = this.#delayMs(this.#target, t);
    const sourceNow = this.#sourceUsable;
    const targetNow = this.#targetUsable;
    this.#forward(out, event, t, sourceNow, targetNow);
    if (targetNow || !sourceNow) this.#backward(out, event, t, sourceNow, targetNow);
  }

  #prepare(ue: number, source: number, target: number): void {
    this.#ue = ue;
    const userClass = this.#users.userClass[ue];
    this.#userClass = userClass;
    this.#moves = this.#places.moves(ue);
    this.#places.write(this.#position, this.#up, 0, ue, 0);
    this.#noise = this.#receivers.noiseMw[userClass];
    this.#take(this.#source, source);
    this.#take(this.#target, target);
    this.#share = this.#shareOf(this.#source.beam, this.#target.beam);
    this.#directivity =
      this.#source.satellite === this.#target.satellite ? 0 : this.#receivers.directivity[userClass];
  }

  #take(link: Link, cell: number): void {
    const { beams } = this.#model;
    link.satellite = Math.floor((cell - 1) / beams);
    link.beam = (cell - 1) % beams;
    link.table = this.#table(link.satellite);
    if (!this.#moves)
      this.#channel.draw(link.draws, 0, this.#firstUe + this.#ue, this.#userClass, link.satellite);
  }

  #shareOf(a: number, b: number): number {
    const { channel, polarisation } = this.#model;
    if (!this.#mission.channel.interference || channel[a] !== channel[b]) return 0;
    return polarisation[a] === polarisation[b] ? 1 : this.#receivers.crossPolar[this.#userClass];
  }

  #table(satellite: number): AimTable {
    const known = this.#tables.get(satellite);
    if (known) return known;
    if (this.#tables.size >= TABLES) this.#tables.delete(this.#tables.keys().next().value!);
    const grid = { startS: 0, stepS: SEARCH_S, endS: Infinity };
    const table = new AimTable(this.#track, this.#model.beams, this.#aims, satellite, grid);
    this.#tables.set(satellite, table);
    return table;
  }

  /** Says whether source and target can be used at a time [s]. */
  #look(t: number): void {
    if (this.#moves) this.#places.write(this.#position, this.#up, 0, this.#ue, t);
    const row = Math.floor(t / SEARCH_S);
    const share = t / SEARCH_S - row;
    this.#hear(this.#source, t, row, share);
    this.#hear(this.#target, t, row, share);
    const across = this.#share * this.#offPointing();
    this.#sourceUsable = this.#usable(this.#source, this.#target.mw * across);
    this.#targetUsable = this.#usable(this.#target, this.#source.mw * across);
  }

  #usable({ mw, inLobe }: Link, disturbing: number): boolean {
    return inLobe && mw >= this.#minMw && mw >= this.#qout * (this.#noise + disturbing);
  }

  /** What a directive antenna that follows one satellite takes of the other. */
  #offPointing(): number {
    if (this.#directivity === 0) return 1;
    let product = 0;
    for (let k = 0; k < 3; k++)
      product += (this.#source.here[k] - this.#position[k]) * (this.#target.here[k] - this.#position[k]);
    const cosine = product / Math.sqrt(this.#source.squared * this.#target.squared);
    const off = cosine > 0 ? Math.sqrt(Math.max(0, 1 - cosine * cosine)) : 1;
    return lookUp(gainTable().linear, this.#directivity * off);
  }

  /** Power of one link [mW per resource element]; none below the least elevation or without a gateway. */
  #hear(link: Link, t: number, row: number, share: number): void {
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
    link.mw = 0;
    link.inLobe = false;
    if (!(sine >= this.#minSine)) return;
    if (this.#feeders && feederAt(this.#feeders, link.satellite, t) < 0) return;
    if (this.#moves) this.#fade(link, t, sine);
    const argument = patternArgument(this.#model, here, 3, x, y, z, dx, dy, dz, range);
    const { perUnit, db } = this.#receivers.elevationLoss;
    const lossDb = interpolate(db, sine * perUnit) + this.#channel.lossDb(link.draws, 0, sine);
    const atOneMetre = this.#receivers.rsrpAtOneMetreDbm[this.#userClass] - lossDb;
    link.inLobe = argument < FIRST_NULL_X;
    link.mw = (Math.exp(atOneMetre / DB_PER_NEPER) / squared) * lookUp(this.#model.gain.linear, argument);
  }

  #fade({ draws, satellite }: Link, t: number, sine: number): void {
    const way = this.#places.travelled(this.#ue, t);
    const ue = this.#firstUe + this.#ue;
    this.#channel.drawMoving(draws, 0, ue, this.#userClass, satellite, way, sine);
  }

  #delayMs({ satellite, squared, here }: Link, t: number): number {
    const service = pathDelay(Math.sqrt(squared));
    const gateway = this.#feeders ? feederAt(this.#feeders, satellite, t) : -1;
    if (gateway < 0) return 1000 * service;
    const feeder = Math.hypot(
      here[0] - this.#gateways[3 * gateway],
      here[1] - this.#gateways[3 * gateway + 1],
      here[2] - this.#gateways[3 * gateway + 2],
    );
    return 1000 * (service + pathDelay(feeder));
  }

  /** From the event on: when the source fails, when the target comes and when it fails. */
  #forward(out: LinkWindows, event: number, t0: number, sourceNow: boolean, targetNow: boolean): void {
    const end = Math.min(t0 + REACH_S, this.#mission.duration);
    let source = sourceNow;
    let target = targetNow;
    let came = targetNow;
    out.sourceUntilMs[event] = out.targetUntilMs[event] = Infinity;
    out.targetFromMs[event] = targetNow ? 1000 * Math.max(0, t0 - REACH_S) : Infinity;
    for (let before = t0; before < end && (source || target || !came);) {
      const t = Math.min(end, (Math.floor(before / SEARCH_S + 1e-9) + 1) * SEARCH_S);
      this.#look(t);
      const [sourceThen, targetThen] = [this.#sourceUsable, this.#targetUsable];
      if (source && !sourceThen) {
        source = false;
        out.sourceUntilMs[event] = 1000 * this.#last(before, t, true);
      }
      if (target && !targetThen) {
        target = false;
        out.targetUntilMs[event] = 1000 * this.#last(before, t, false);
      } else if (!came && targetThen) {
        target = came = true;
        out.targetFromMs[event] = 1000 * this.#first(before, t);
      }
      before = t;
    }
    if (!came) out.targetUntilMs[event] = -Infinity;
  }

  /** Back from the event: since when the target can be used that can now, and until when a source could that cannot. */
  #backward(out: LinkWindows, event: number, t0: number, sourceNow: boolean, targetNow: boolean): void {
    const start = Math.max(0, t0 - REACH_S);
    let source = !sourceNow;
    let target = targetNow;
    if (source) out.sourceUntilMs[event] = 1000 * start;
    for (let after = t0; after > start && (source || target);) {
      const t = Math.max(start, (Math.ceil(after / SEARCH_S - 1e-9) - 1) * SEARCH_S);
      this.#look(t);
      const [sourceThen, targetThen] = [this.#sourceUsable, this.#targetUsable];
      if (source && sourceThen) {
        source = false;
        out.sourceUntilMs[event] = 1000 * this.#last(t, after, true);
      }
      if (target && !targetThen) {
        target = false;
        out.targetFromMs[event] = 1000 * this.#first(t, after);
      }
      after = t;
    }
  }

  /** The last instant of (low, high) at which a link can be used that can at `low` and not at `high`. */
  #last(low: number, high: number, source: boolean): number {
    let good = low;
    let bad = high;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (good + bad) / 2;
      this.#look(middle);
      if (source ? this.#sourceUsable : this.#targetUsable) good = middle;
      else bad = middle;
    }
    return good;
  }

  /** The first instant of (low, high] at which the target can be used that cannot at `low` and can at `high`. */
  #first(low: number, high: number): number {
    let bad = low;
    let good = high;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (good + bad) / 2;
      this.#look(middle);
      if (this.#targetUsable) good = middle;
      else bad = middle;
    }
    return good;
  }
}
