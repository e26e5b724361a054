import { bandOf, clutterLossDb, lineOfSightProbability, shadowSigmaDb } from "../link/surroundings.ts";
import { CorrelatedFading, SHADOW_CORRELATION_M } from "../link/fading.ts";
import { normalShare } from "../link/quantile.ts";
import { DEG } from "../math/constants.ts";
import { Random } from "../math/random.ts";
import type { Mission } from "../../shared/mission.ts";

/** Reference angles of the tables, 10° … 90°, and the sines halfway between them. */
const ANGLES = Array.from({ length: 9 }, (_, i) => (i + 1) * 10 * DEG);
const BETWEEN = Float64Array.from(ANGLES.slice(0, 8), (angle) => Math.sin(angle + 5 * DEG));

export interface ChannelTerms {
  lineOfSight: boolean;
  /** shadow fading; positive is more power */
  shadowDb: number;
  clutterDb: number;
}

/** Draws of one path: uniform for line of sight, standard normals for fading with it and without. */
export const DRAWS = 3;
/** Satellites that one UE's draws are told apart by. */
const MOST_SATELLITES = 0x100_0000;

/**
 * What a path loses by where the UE stands: shadow fading, clutter without line of sight, fixed losses (TR 38.811
 * §6.6.1, §6.6.2). One set of draws per UE × satellite, shared by its beams. A UE that stands still keeps it for the run;
 * along the way of one that moves it changes with exponential correlation over 37 m with line of sight and 50 m without,
 * the line of sight itself over 50 m (assumed; TR 38.811 gives none). σ and the line of sight follow the elevation. An
 * aircraft always has line of sight and no fading. Leaves out the correlation between UEs some ten metres apart.
 */
export class Channel {
  readonly #random: Random;
  readonly #sight: CorrelatedFading;
  readonly #fadingLos: CorrelatedFading;
  readonly #fadingNlos: CorrelatedFading;
  readonly #drawn: boolean;
  readonly #shadowing: boolean;
  readonly #fixedDb: number;
  /** [class] 1 above all clutter */
  readonly #airborne: Uint8Array;
  /** [angle] */
  readonly #lineOfSight: Float64Array;
  readonly #sigmaLos: Float64Array;
  readonly #sigmaNlos: Float64Array;
  readonly #clutter: Float64Array;

  constructor({ channel, radio, seed, userClasses }: Mission) {
    const { surroundings, fixed } = channel;
    const band = bandOf(radio.frequencyHz);
    const sigma = (lineOfSight: boolean) => (angle: number) =>
      channel.shadowing ? shadowSigmaDb(surroundings, band, lineOfSight, angle) : 0;
    this.#random = new Random(seed, "channel");
    this.#sight = new CorrelatedFading(seed, "sight", SHADOW_CORRELATION_M.nlos);
    this.#fadingLos = new CorrelatedFading(seed, "fading-los", SHADOW_CORRELATION_M.los);
    this.#fadingNlos = new CorrelatedFading(seed, "fading-nlos", SHADOW_CORRELATION_M.nlos);
    this.#drawn = channel.drawLineOfSight || channel.shadowing;
    this.#shadowing = channel.shadowing;
    this.#fixedDb = fixed.scintillationDb + fixed.polarisationDb + fixed.bodyDb + fixed.otherDb;
    this.#airborne = Uint8Array.from(userClasses, (c) => (c.motion === "aircraft" ? 1 : 0));
    this.#lineOfSight = Float64Array.from(ANGLES, (angle) =>
      channel.drawLineOfSight ? lineOfSightProbability(surroundings, angle) : 1,
    );
    this.#sigmaLos = Float64Array.from(ANGLES, sigma(true));
    this.#sigmaNlos = Float64Array.from(ANGLES, sigma(false));
    this.#clutter = Float64Array.from(ANGLES, (angle) =>
      channel.clutter ? clutterLossDb(surroundings, band, angle) : 0,
    );
  }

  /** Writes the draws of one path of a UE that stands still; `ue` is the UE's number in the run. */
  draw(out: Float64Array, at: number, ue: number, userClass: number, satellite: number): void {
    if (!this.#drawn || this.#clear(out, at, userClass)) return;
    this.#random.at(ue * MOST_SATELLITES + satellite);
    out[at] = this.#random.next();
    out[at + 1] = this.#random.normal();
    out[at + 2] = this.#random.normal();
  }

  /** The same for a UE that has gone a way [m], as far as they count at an elevation, given by its sine. */
  drawMoving(
    out: Float64Array,
    at: number,
    ue: number,
    userClass: number,
    satellite: number,
    wayM: number,
    sine: number,
  ): void {
    if (!this.#drawn || this.#clear(out, at, userClass)) return;
    const path = ue * MOST_SATELLITES + satellite;
    const share = this.#lineOfSight[angleOf(sine)];
    out[at] = share < 1 ? normalShare(this.#sight.at(path, wayM)) : 0;
    if (out[at] < share) out[at + 1] = this.#shadowing ? this.#fadingLos.at(path, wayM) : 0;
    else out[at + 2] = this.#shadowing ? this.#fadingNlos.at(path, wayM) : 0;
  }

  /** Above all clutter: line of sight and no fading. */
  #clear(out: Float64Array, at: number, userClass: number): boolean {
    if (this.#airborne[userClass] === 0) return false;
    out[at] = -1;
    out[at + 1] = 0;
    out[at + 2] = 0;
    return true;
  }

  /** Loss [dB] of a path with those draws at an elevation, given by its sine. Positive fading is more power. */
  lossDb(draws: Float64Array, at: number, sine: number): number {
    if (!this.#drawn) return this.#fixedDb;
    const angle = angleOf(sine);
    if (draws[at] < this.#lineOfSight[angle]) return this.#fixedDb - this.#sigmaLos[angle] * draws[at + 1];
    return this.#fixedDb + this.#clutter[angle] - this.#sigmaNlos[angle] * draws[at + 2];
  }

  /** The same, one by one, without the fixed losses. */
  terms(draws: Float64Array, at: number, sine: number): ChannelTerms {
    const angle = angleOf(sine);
    const lineOfSight = !this.#drawn || draws[at] < this.#lineOfSight[angle];
    const sigma = (lineOfSight ? this.#sigmaLos : this.#sigmaNlos)[angle];
    return {
      lineOfSight,
      shadowDb: sigma === 0 ? 0 : sigma * draws[lineOfSight ? at + 1 : at + 2],
      clutterDb: lineOfSight ? 0 : this.#clutter[angle],
    };
  }
}

/** Reference angle nearest to an elevation. */
function angleOf(sine: number): number {
  let angle = 0;
  while (angle < 8 && sine > BETWEEN[angle]) angle++;
  return angle;
}
