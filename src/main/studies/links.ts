import { FIRST_NULL_X } from "../beam/pattern.ts";
import { DEG } from "../math/constants.ts";
import { summaryDb, type SummaryDb } from "../math/statistics.ts";
import { buildTrack, type Track } from "../orbit/track.ts";
import { lookAngles } from "../orbit/visibility.ts";
import { inhabitedOf } from "../scenario/inhabited.ts";
import { Aims } from "../simulation/aims.ts";
import { beamModel, patternArgument, type BeamModel } from "../simulation/beams.ts";
import { feedersOf } from "../simulation/feeders.ts";
import { LOWEST_SINE } from "../simulation/measure.ts";
import { latitudeLongitude } from "../simulation/motion.ts";
import { placeUsers } from "../simulation/population.ts";
import { receivers } from "../simulation/receivers.ts";
import { blocksOf, Sky, type Block } from "../simulation/snapshot-blocks.ts";
import { Snapshot } from "../simulation/snapshot.ts";
import { Whereabouts, type Users } from "../simulation/users.ts";
import { BadInput } from "../../shared/errors.ts";
import { cellNumber } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";

/** Rows that are handed on at once: those of a group of a Parquet file. */
export const WINDOW = 65_536;

/** Columns of doubles of one row per UE and beam; what has no unit in its name counts from 0, cells from 1. */
export const LINK_COLUMNS = [
  "ue",
  "satellite",
  "beam",
  "cell",
  "latitudeDeg",
  "longitudeDeg",
  "azimuthDeg",
  "elevationDeg",
  "rangeKm",
  "delayMs",
  "freeSpaceLossDb",
  "elevationLossDb",
  "offAxisGainDb",
  "receivedIsotropicPowerDbw",
  "fluxDensityDbwPerM2",
  "cOverN0DbHz",
  "cOverNDb",
  "ebOverN0Db",
  "rsrpDbm",
  "best",
] as const;
export type LinkRows = Record<(typeof LINK_COLUMNS)[number], Float64Array>;

export interface LinksSummary {
  ues: number;
  /** in the view of some UE, above the least elevation */
  satellitesInView: number;
  /** UEs with a satellite in view, and those in the main lobe of their strongest cell */
  uesInView: number;
  uesInMainLobe: number;
  /** UE × beam of all satellites that the UE has in view, and those within the beam's first null */
  links: number;
  /** null where they were not counted */
  rows: number | null;
  /** over the strongest cell of each UE in its main lobe */
  cOverNDb: SummaryDb;
  cOverIDb: SummaryDb;
  sinrDb: SummaryDb;
}

/** What the levels leave out. */
export const LEFT_OUT = "drawn shadow fading, line of sight and clutter, which belong to a run";

/** Track and UEs of a mission, as a run has them. */
export function populate(mission: Mission): { track: Track; users: Users } {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  return { track, users: placeUsers(mission, track, inhabitedOf(mission)) };
}

type Levels = Record<"cOverNDb" | "cOverIDb" | "sinrDb", Float64Array>;

/**
 * The link of every UE with every beam of every satellite in its view at one instant. The UEs stand where they are then,
 * and are taken in blocks of neighbours; a satellite without a gateway does not serve where it needs one.
 */
export class LinkSurvey {
  readonly #users: Users;
  readonly #time: number;
  readonly #model: BeamModel;
  readonly #places: Whereabouts;
  readonly #aims: Aims;
  readonly #sky: Sky;
  readonly #minSine: number;
  readonly #blocks: Block[];
  readonly #snapshot: Snapshot;
  /** [index] see `BeamModel`; made for the satellites in view */
  readonly #aim = new Map<number, Float64Array>();

  /** @param time s since the start */
  constructor(mission: Mission, track: Track, users: Users, time: number) {
    if (!(time >= 0 && time <= mission.duration))
      throw new BadInput([
        {
          field: "--at-s",
          reason: `${time} s is not within the scenario`,
          remedy: `Give 0 … ${mission.duration}`,
        },
      ]);
    this.#users = users;
    this.#time = time;
    this.#model = beamModel(mission);
    this.#places = new Whereabouts(mission, users);
    this.#aims = new Aims(mission, this.#model, track);
    this.#minSine = Math.max(LOWEST_SINE, Math.sin(mission.minElevation));
    this.#sky = new Sky(track, feedersOf(mission, track), time, Math.asin(this.#minSine));
    this.#blocks = blocksOf(users, this.#places, time, this.#sky, this.#model.beams);
    const most = (of: (block: Block) => number) =>
      this.#blocks.reduce((n, block) => Math.max(n, of(block)), 0);
    const size = most(({ ues }) => ues.length);
    const satellites = most((block) => block.satellites.length);
    this.#snapshot = new Snapshot(mission, this.#model, receivers(mission), size, satellites, this.#minSine);
  }

  #compute({ ues, satellites }: Block): void {
    const snapshot = this.#snapshot;
    snapshot.settle(Uint8Array.from(ues, (ue) => this.#users.userClass[ue]));
    ues.forEach((ue, k) => this.#places.write(snapshot.position, snapshot.up, 3 * k, ue, this.#time));
    snapshot.begin();
    for (const index of satellites) snapshot.add(this.#sky.state[index], this.#aimOf(index));
    snapshot.finish();
  }

  #aimOf(index: number): Float64Array {
    const known = this.#aim.get(index);
    if (known) return known;
    const aim = new Float64Array(3 * this.#model.beams);
    this.#aims.write(aim, 0, this.#sky.satellite[index], this.#sky.state[index], 0, this.#time);
    this.#aim.set(index, aim);
    return aim;
  }

  /** Whether a UE of the block at hand (its place in it) stands within the first null of a beam. */
  #within(k: number, index: number, slot: number, beam: number): boolean {
    const { position, path, stride } = this.#snapshot;
    const state = this.#sky.state[index];
    const x = position[3 * k];
    const y = position[3 * k + 1];
    const z = position[3 * k + 2];
    const range = path.range[slot * stride + k];
    const aim = this.#aimOf(index);
    const [dx, dy, dz] = [state[0] - x, state[1] - y, state[2] - z];
    return patternArgument(this.#model, aim, 3 * beam, x, y, z, dx, dy, dz, range) < FIRST_NULL_X;
  }

  /** @param count whether the rows are counted too */
  summary(count: boolean, progress: (fraction: number) => void = () => {}): LinksSummary {
    const column = () => new Float64Array(this.#users.count).fill(Number.NaN);
    const found: Levels = { cOverNDb: column(), cOverIDb: column(), sinrDb: column() };
    const seen = new Set<number>();
    let paths = 0;
    let uesInView = 0;
    let rows = 0;
    this.#blocks.forEach((block, b) => {
      this.#compute(block);
      paths += this.#look(block, seen);
      uesInView += this.#serve(block, found);
      if (count) rows += this.#heard(block).length;
      progress((b + 1) / this.#blocks.length);
    });
    const cOverNDb = summaryDb(found.cOverNDb);
    return {
      ues: this.#users.count,
      satellitesInView: seen.size,
      uesInView,
      uesInMainLobe: cOverNDb.count,
      links: paths * this.#model.beams,
      rows: count ? rows : null,
      cOverNDb,
      cOverIDb: summaryDb(found.cOverIDb),
      sinrDb: summaryDb(found.sinrDb),
    };
  }

  /** Adds the satellites that UEs of the block at hand see to `seen`; UE × satellite in view. */
  #look({ ues, satellites }: Block, seen: Set<number>): number {
    let paths = 0;
    satellites.forEach((index, slot) => {
      const before = paths;
      for (let k = 0; k < ues.length; k++) if (this.#sees(slot, k)) paths++;
      if (paths > before) seen.add(index);
    });
    return paths;
  }

  /** Notes the levels of the UEs in the main lobe of their strongest cell; the number of UEs with a satellite in view. */
  #serve({ ues, satellites }: Block, found: Levels): number {
    const { stride, beams, best, service, beam } = this.#snapshot;
    let inView = 0;
    for (let k = 0; k < ues.length; k++) {
      const cell = best[k];
      if (cell < 0) continue;
      inView++;
      const slot = Math.floor(cell / beams);
      if (!this.#within(k, satellites[slot], slot, cell % beams)) continue;
      found.cOverNDb[ues[k]] = beam.cOverNDb[cell * stride + k];
      found.cOverIDb[ues[k]] = service.cOverIDb[k];
      found.sinrDb[ues[k]] = service.sinrDb[k];
    }
    return inView;
  }

  #sees(slot: number, k: number): boolean {
    const { path, stride } = this.#snapshot;
    return path.sineElevation[slot * stride + k] >= this.#minSine;
  }

  /** The links of the block at hand within a first null, as (ue · slots + slot) · beams + beam, in that order. */
  #heard({ ues, satellites }: Block): number[] {
    const { beams } = this.#model;
    const slots = satellites.length;
    const found: number[] = [];
    for (let k = 0; k < ues.length; k++)
      for (let slot = 0; slot < slots; slot++) {
        if (!this.#sees(slot, k)) continue;
        for (let beam = 0; beam < beams; beam++)
          if (this.#within(k, satellites[slot], slot, beam)) found.push((k * slots + slot) * beams + beam);
      }
    return found;
  }

  /**
   * One row per UE and beam within whose first null it stands, UEs in the order of their places. The columns, `WINDOW` long,
   * are the same ones each time; only the last time they may not be full.
   */
  *rows(): Generator<LinkRows> {
    const room = LINK_COLUMNS.map((name) => [name, new Float64Array(WINDOW)]);
    const rows = Object.fromEntries(room) as LinkRows;
    let n = 0;
    for (const block of this.#blocks) {
      this.#compute(block);
      for (const link of this.#heard(block)) {
        this.#write(rows, n++, block, link);
        if (n < WINDOW) continue;
        yield rows;
        n = 0;
      }
    }
    if (n > 0) yield rows;
  }

  #write(rows: LinkRows, row: number, { ues, satellites }: Block, link: number): void {
    const { position, up, path, beam: levels, best, stride, beams } = this.#snapshot;
    const beam = link % beams;
    const slot = Math.floor(link / beams) % satellites.length;
    const k = Math.floor(link / beams / satellites.length);
    const satellite = this.#sky.satellite[satellites[slot]];
    const state = this.#sky.state[satellites[slot]];
    const cell = slot * beams + beam;
    const p = slot * stride + k;
    const b = cell * stride + k;
    const at = 3 * k;
    latitudeLongitude(place, 0, up, at);
    lookAngles(look, 0, position[at], position[at + 1], position[at + 2], state[0], state[1], state[2]);
    rows.ue[row] = ues[k];
    rows.satellite[row] = satellite;
    rows.beam[row] = beam;
    rows.cell[row] = cellNumber(satellite, beam, beams);
    rows.latitudeDeg[row] = place[0] / DEG;
    rows.longitudeDeg[row] = place[1] / DEG;
    rows.azimuthDeg[row] = look[0] / DEG;
    rows.elevationDeg[row] = path.elevation[p] / DEG;
    rows.rangeKm[row] = path.range[p] / 1000;
    rows.delayMs[row] = path.delay[p] * 1000;
    rows.freeSpaceLossDb[row] = path.freeSpaceLossDb[p];
    rows.elevationLossDb[row] = path.elevationLossDb[p];
    rows.offAxisGainDb[row] = levels.offAxisGainDb[b];
    rows.receivedIsotropicPowerDbw[row] = levels.isotropicPowerDbw[b];
    rows.fluxDensityDbwPerM2[row] = levels.fluxDensityDbwPerM2[b];
    rows.cOverN0DbHz[row] = levels.cOverN0DbHz[b];
    rows.cOverNDb[row] = levels.cOverNDb[b];
    rows.ebOverN0Db[row] = levels.ebOverN0Db[b];
    rows.rsrpDbm[row] = levels.rsrpDbm[b];
    rows.best[row] = best[k] === cell ? 1 : 0;
  }
}

const place = new Float64Array(2);
const look = new Float64Array(3);
