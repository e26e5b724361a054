import { bandOf, clutterLossDb, lineOfSightProbability, shadowSigmaDb } from "../link/surroundings.ts";
import { DEG } from "../math/constants.ts";
import { Random } from "../math/random.ts";
import type { Mission } from "../../shared/mission.ts";

/** Reference angles of the tables, 10° … 90°, and the sines halfway between them. */
const ANGLES = Array.from({ length: 9 }, (_, i) => (i + 1) * 10 * DEG);
const BETWEEN = Float64Array.from(ANGLES.slice(0, 8), (angle) => Math.sin(angle + 5 * DEG));

/** Draws of one path: uniform for line of sight, standard normals for fading with it and without. */
export const DRAWS = 3;
/** Satellites that one UE's draws are told apart by. */
const MOST_SATELLITES = 0x100_0000;

/**
 * What a path loses beyond free space and gas: shadow fading, clutter without line of sight, fixed losses (TR 38.811
 * §6.6.1, §6.6.2). One draw per UE × satellite, shared by its beams and kept for the run, since UEs stand still; σ and
 * the line of sight follow the elevation. Leaves out the correlation between UEs some ten metres apart.
 */
export class Channel {
  readonly #random: Random;
  readonly #drawn: boolean;
  readonly #fixedDb: number;
  /** [angle] */
  readonly #lineOfSight: Float64Array;
  readonly #sigmaLos: Float64Array;
  readonly #sigmaNlos: Float64Array;
  readonly #clutter: Float64Array;

  constructor({ channel, radio, seed }: Mission) {
    const { surroundings } = channel;
    const band = bandOf(radio.frequencyHz);
    const sigma = (lineOfSight: boolean) => (angle: number) =>
      channel.shadowing ? shadowSigmaDb(surroundings, band, lineOfSight, angle) : 0;
    this.#random = new Random(seed, "channel");
    this.#drawn = channel.drawLineOfSight || channel.shadowing;
    this.#fixedDb = channel.fixedLossDb;
    this.#lineOfSight = Float64Array.from(ANGLES, (angle) =>
      channel.drawLineOfSight ? lineOfSightProbability(surroundings, angle) : 1,
    );
    this.#sigmaLos = Float64Array.from(ANGLES, sigma(true));
    this.#sigmaNlos = Float64Array.from(ANGLES, sigma(false));
    this.#clutter = Float64Array.from(ANGLES, (angle) => clutterLossDb(surroundings, band, angle));
  }

  /** Writes the draws of one path; `ue` is the UE's number in the run. */
  draw(out: Float64Array, at: number, ue: number, satellite: number): void {
    if (!this.#drawn) return;
    this.#random.at(ue * MOST_SATELLITES + satellite);
    out[at] = this.#random.next();
    out[at + 1] = this.#random.normal();
    out[at + 2] = this.#random.normal();
  }

  /** Loss [dB] of a path with those draws at an elevation, given by its sine. Positive fading is more power. */
  lossDb(draws: Float64Array, at: number, sine: number): number {
    if (!this.#drawn) return this.#fixedDb;
    let angle = 0;
    while (angle < 8 && sine > BETWEEN[angle]) angle++;
    if (draws[at] < this.#lineOfSight[angle]) return this.#fixedDb - this.#sigmaLos[angle] * draws[at + 1];
    return this.#fixedDb + this.#clutter[angle] - this.#sigmaNlos[angle] * draws[at + 2];
  }
}
