import { Random, philox } from "../math/random.ts";

/**
 * Correlation distance of shadow fading [m], with line of sight and without, in S and Ka band at every elevation
 * (TR 38.811 tables 6.7.2-1 to -7). Assumed: that rural surroundings without line of sight are like the others.
 */
export const SHADOW_CORRELATION_M = { los: 37, nlos: 50 } as const;

/** Knots this many correlation distances apart are drawn independently: their correlation would be e⁻¹⁶ = 1.1e-7. */
const KNOT_SPACING = 16;
/** Cuts into four between two knots: the last pieces are 16 / 4⁸ = 1/4096 of the correlation distance, about 1 cm. */
const CUTS = 8;
const MOST_WEIGHTS = 2 * CUTS;
const TURN = (2 * Math.PI) / 4294967296;

/** Radius of a Box–Muller pair from 32 random bits; at most 6.7. */
const radius = (bits: number) => Math.sqrt(-2 * Math.log((bits + 1) / 4294967296));

/**
 * Standard normal processes along tracks, with the autocorrelation exp(−d/D) of TR 38.811 §6.7.2 (Gudmundson's model).
 * Knots far apart are independent draws; between them an Ornstein–Uhlenbeck bridge is halved until the place is
 * enclosed. Each draw has its own place in the counter of the random source, so that a value depends on nothing but seed,
 * stream, process and distance. Leaves out the correlation between tracks, and changes over less than 1 cm.
 */
export class CorrelatedFading {
  readonly #key = new Uint32Array(2);
  readonly #words = new Uint32Array(4);
  readonly #spacingM: number;
  /** [halving] weight of the ends' sum in the middle's mean, and the middle's standard deviation about it */
  readonly #weight = new Float64Array(MOST_WEIGHTS);
  readonly #spread = new Float64Array(MOST_WEIGHTS);
  readonly #cuts: number;

  /** @param cuts fewer make straight pieces of 16 / 4^cuts of the correlation distance, for less work */
  constructor(seed: number, stream: string, correlationM: number, cuts = CUTS) {
    this.#cuts = cuts;
    const random = new Random(seed, stream);
    this.#key[0] = random.bits();
    this.#key[1] = random.bits();
    this.#spacingM = KNOT_SPACING * correlationM;
    for (let halving = 0; halving < MOST_WEIGHTS; halving++) {
      const half = KNOT_SPACING / 2 ** (halving + 1);
      this.#weight[halving] = 0.5 / Math.cosh(half);
      this.#spread[halving] = Math.sqrt(Math.tanh(half));
    }
  }

  /** Value of process `index` (whole, under 2⁵³) after a way of `distanceM` ≥ 0. */
  at(index: number, distanceM: number): number {
    const along = distanceM / this.#spacingM;
    const cell = Math.floor(along);
    let share = along - cell;
    let left = this.#knot(index, cell);
    if (share === 0) return left;
    let right = this.#knot(index, cell + 1);
    const words = this.#words;
    for (let cut = 0, node = 1; cut < this.#cuts; cut++) {
      this.#draw(index, cell, node);
      const middle =
        (left + right) * this.#weight[2 * cut] +
        this.#spread[2 * cut] * radius(words[0]) * Math.cos(TURN * words[1]);
      const second = share >= 0.5;
      const angle = TURN * words[3];
      const normal = radius(words[2]) * (second ? Math.sin(angle) : Math.cos(angle));
      if (second) left = middle;
      else right = middle;
      const quarter = (left + right) * this.#weight[2 * cut + 1] + this.#spread[2 * cut + 1] * normal;
      share = 4 * share - (second ? 2 : 0);
      const fourth = share >= 1;
      if (fourth) left = quarter;
      else right = quarter;
      share -= fourth ? 1 : 0;
      node = 4 * node + (second ? 2 : 0) + (fourth ? 1 : 0);
    }
    return left + (right - left) * share;
  }

  /** Node 0 of a cell is its left end; from 1 on the cuts are counted as in a heap. */
  #knot(index: number, cell: number): number {
    this.#draw(index, cell, 0);
    return radius(this.#words[0]) * Math.cos(TURN * this.#words[1]);
  }

  #draw(index: number, cell: number, node: number): void {
    const high = Math.floor(index / 4294967296);
    philox(this.#words, node, cell >>> 0, index >>> 0, high, this.#key[0], this.#key[1]);
  }
}

/**
 * Standard normal processes along tracks that change smoothly: independent draws a spacing apart, between which they are
 * interpolated and scaled to unit variance. What decides on line of sight goes by it: a process with an exponential
 * autocorrelation would cross its threshold again and again within a metre. The spatial consistency of TR 38.901 §7.6.3.1
 * gives the distance and leaves the way of interpolation open.
 */
export class SmoothNormal {
  readonly #key = new Uint32Array(2);
  readonly #words = new Uint32Array(4);
  readonly #spacingM: number;

  constructor(seed: number, stream: string, spacingM: number) {
    const random = new Random(seed, stream);
    this.#key[0] = random.bits();
    this.#key[1] = random.bits();
    this.#spacingM = spacingM;
  }

  /** Value of process `index` (whole, under 2⁵³) after a way of `distanceM` ≥ 0. */
  at(index: number, distanceM: number): number {
    const along = distanceM / this.#spacingM;
    const cell = Math.floor(along);
    const share = along - cell;
    const left = this.#knot(index, cell);
    if (share === 0) return left;
    const sum = (1 - share) * left + share * this.#knot(index, cell + 1);
    return sum / Math.sqrt((1 - share) * (1 - share) + share * share);
  }

  #knot(index: number, cell: number): number {
    const words = this.#words;
    const high = Math.floor(index / 4294967296);
    philox(words, 0, cell >>> 0, index >>> 0, high, this.#key[0], this.#key[1]);
    return radius(words[0]) * Math.cos(TURN * words[1]);
  }
}
