import { resourceElementEirpDbm } from "../link/budget.ts";
import { CorrelatedFading, SmoothNormal } from "../link/fading.ts";
import { normalShare } from "../link/quantile.ts";
import * as terrestrial from "../link/terrestrial.ts";
import { EARTH_MEAN_RADIUS } from "../math/constants.ts";
import { toDb } from "../math/decibel.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import type { Mission, Terrestrial } from "../../shared/mission.ts";
import { HEIGHT_M } from "./motion.ts";

/** Sites that one UE's draws are told apart by. */
const MOST_SITES = 4096;
/** Fading runs straight over 1/64 of its correlation distance, 1 to 2 m. */
const CUTS = 5;

/** Number of the first cell on the ground; all those of satellites stand before. Infinity where there are none. */
export const firstSite = ({ terrestrial: layer, satellites, payload }: Mission) =>
  layer ? satellites.length * payload.beams + 1 : Infinity;

/** Power of one site in its channel at the UE's antenna, without path loss [dBm per resource element]. */
function eirpOf({ eirpDbm, bandwidthHz, reuse }: Terrestrial, subcarrierSpacingHz: number): number {
  return resourceElementEirpDbm(eirpDbm - 30 - toDb(bandwidthHz / reuse), subcarrierSpacingHz);
}

/**
 * Distance [m] at which a UE of 0 dBi without line of sight and without fading receives the least RSRP: what a site's circle
 * stands for; at most the radio horizon.
 */
export function siteReach(mission: Mission): number {
  const layer = mission.terrestrial!;
  const { surroundings, frequencyHz, heightM } = layer;
  const most = eirpOf(layer, mission.radio.subcarrierSpacingHz) - mission.minRsrpDbm;
  let near = 10;
  let far = terrestrial.radioHorizon(EARTH_MEAN_RADIUS, heightM);
  const loss = (distance: number) => terrestrial.blockedLossDb(surroundings, frequencyHz, heightM, distance);
  if (loss(far) <= most) return far;
  while (far - near > 1) {
    const middle = (near + far) / 2;
    if (loss(middle) <= most) near = middle;
    else far = middle;
  }
  return near;
}

/**
 * The sites on the ground as one UE hears them: path loss of TR 38.901 with or without line of sight, drawn for each UE
 * and site and correlated along the UE's way, as is shadow fading. Sites have one omnidirectional cell each; they
 * share no channel with the satellites. Aircraft and directive terminals hear none. Leaves out sectors, the correlation of one
 * UE's fading between sites, and losses of the satellites' channel (gas, rain, bodies).
 */
export class Ground {
  /** number of the first site's cell */
  readonly first: number;
  readonly sites: number;
  /** added to a site's RSRP where cells are compared [dB] */
  readonly offsetDb: number;
  readonly #layer: Terrestrial;
  /** [site × 3] ECEF of the site's foot, m */
  readonly #foot: Float64Array;
  readonly #horizon: number;
  /** [class] RSRP without path loss, UE antenna included; −∞ where it hears no site */
  readonly #atNothing: Float64Array;
  readonly #sight: SmoothNormal;
  readonly #fadingLos: CorrelatedFading;
  readonly #fadingNlos: CorrelatedFading;
  readonly #breakpoint: number;
  // sites within the horizon of the UE at hand
  #count = 0;
  readonly #near: Int32Array;
  /** [near] of the last `hear` */
  readonly levelDbm: Float64Array;

  constructor(mission: Mission) {
    const layer = mission.terrestrial!;
    const { surroundings, frequencyHz, heightM, sites } = layer;
    this.#layer = layer;
    this.first = firstSite(mission);
    this.sites = sites.length;
    this.offsetDb = layer.offsetDb;
    this.#foot = new Float64Array(3 * sites.length);
    sites.forEach(({ latitude, longitude }, s) => geodeticToEcef(this.#foot, 3 * s, latitude, longitude, 0));
    this.#horizon = terrestrial.radioHorizon(EARTH_MEAN_RADIUS, heightM);
    const eirp = eirpOf(layer, mission.radio.subcarrierSpacingHz);
    this.#atNothing = Float64Array.from(mission.userClasses, ({ name, motion, antennaGainDbi }) =>
      name === "vsat" || HEIGHT_M[motion] > 0 ? -Infinity : eirp + antennaGainDbi,
    );
    const { losM, nlosM } = terrestrial.SHADOW[surroundings];
    const { seed } = mission;
    const sightM = terrestrial.SIGHT_CORRELATION_M[surroundings];
    this.#sight = new SmoothNormal(seed, "ground-sight", sightM);
    this.#fadingLos = new CorrelatedFading(seed, "ground-fading-los", losM, CUTS);
    this.#fadingNlos = new CorrelatedFading(seed, "ground-fading-nlos", nlosM, CUTS);
    this.#breakpoint = terrestrial.breakpointDistance(surroundings, frequencyHz, heightM);
    this.#near = new Int32Array(sites.length);
    this.levelDbm = new Float64Array(sites.length);
  }

  /** Finds the sites that a UE (ECEF at `at`) may hear within a way [m] from there; says whether there are any. */
  look(userClass: number, position: Float64Array, at: number, wayM: number): boolean {
    this.#count = 0;
    if (this.#atNothing[userClass] === -Infinity) return false;
    const most = this.#horizon + wayM;
    for (let site = 0; site < this.sites; site++)
      if (this.distance(site, position, at) <= most) this.#near[this.#count++] = site;
    return this.#count > 0;
  }

  /** Along the ground [m]: the chord to the site's foot. */
  distance(site: number, position: Float64Array, at: number): number {
    const dx = this.#foot[3 * site] - position[at];
    const dy = this.#foot[3 * site + 1] - position[at + 1];
    const dz = this.#foot[3 * site + 2] - position[at + 2];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  get near(): number {
    return this.#count;
  }

  /** Cell of one of the sites found. */
  cell(index: number): number {
    return this.first + this.#near[index];
  }

  /** Measures the sites found from where a UE stands (ECEF at `at`) after a way [m]. */
  hear(ue: number, userClass: number, position: Float64Array, at: number, wayM: number): void {
    for (let i = 0; i < this.#count; i++)
      this.levelDbm[i] = this.rsrp(this.#near[i], ue, userClass, position, at, wayM);
  }

  /** RSRP of one site [dBm], −∞ beyond the horizon. */
  rsrp(
    site: number,
    ue: number,
    userClass: number,
    position: Float64Array,
    at: number,
    wayM: number,
  ): number {
    const distance = this.distance(site, position, at);
    if (distance > this.#horizon) return -Infinity;
    const { surroundings, frequencyHz, heightM } = this.#layer;
    const sees = this.#sees(site, ue, distance, wayM);
    const loss = sees
      ? terrestrial.sightLossDb(surroundings, frequencyHz, heightM, distance)
      : terrestrial.blockedLossDb(surroundings, frequencyHz, heightM, distance);
    return this.#atNothing[userClass] - loss + this.#fadingDb(site, ue, distance, wayM, sees);
  }

  #sees(site: number, ue: number, distance: number, wayM: number): boolean {
    if (!this.#layer.drawLineOfSight) return true;
    const share = terrestrial.sightProbability(this.#layer.surroundings, distance);
    return normalShare(this.#sight.at(ue * MOST_SITES + site, wayM)) < share;
  }

  /** Positive is more power. */
  #fadingDb(site: number, ue: number, distance: number, wayM: number, sees: boolean): number {
    if (!this.#layer.shadowing) return 0;
    const { los, losFar, nlos } = terrestrial.SHADOW[this.#layer.surroundings];
    const path = ue * MOST_SITES + site;
    if (!sees) return nlos * this.#fadingNlos.at(path, wayM);
    return (distance <= this.#breakpoint ? los : losFar) * this.#fadingLos.at(path, wayM);
  }

  /** Of one path: line of sight, and shadow fading (positive is more power). */
  pathOf(site: number, ue: number, position: Float64Array, at: number, wayM: number) {
    const distance = this.distance(site, position, at);
    const lineOfSight = this.#sees(site, ue, distance, wayM);
    return { lineOfSight, shadowDb: this.#fadingDb(site, ue, distance, wayM, lineOfSight) };
  }

  /** ECEF of a site's antenna, m. */
  antenna(site: number): Float64Array {
    const { sites, heightM } = this.#layer;
    const place = new Float64Array(3);
    geodeticToEcef(place, 0, sites[site].latitude, sites[site].longitude, heightM);
    return place;
  }

  /** Interference at a UE that a site serves, of the sites last heard on its channel [mW per resource element]. */
  interferenceMw(serving: number): number {
    const { sites } = this.#layer;
    const own = serving - this.first;
    let sum = 0;
    for (let i = 0; i < this.#count; i++) {
      const site = this.#near[i];
      if (site !== own && sites[site].colour === sites[own].colour) sum += 10 ** (this.levelDbm[i] / 10);
    }
    return sum;
  }

  /** RSRP of a site among those last heard [dBm]; −∞ where it is none. */
  levelOf(cell: number): number {
    for (let i = 0; i < this.#count; i++) if (this.cell(i) === cell) return this.levelDbm[i];
    return -Infinity;
  }

  /** Whether two sites' cells use one channel. */
  sharesChannel(a: number, b: number): boolean {
    const { sites } = this.#layer;
    return sites[a - this.first].colour === sites[b - this.first].colour;
  }
}
