import { EDGE_X } from "../beam/pattern.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import { Aims } from "./aims.ts";
import { argumentMargin, patternArgument, type BeamModel } from "./beams.ts";
import { LOWEST_SINE } from "./measure.ts";
import type { Whereabouts } from "./users.ts";

/** Longest stride of a search: nothing leaves a contour and comes back in it. Held beams jump, so that they are looked at more often. */
const STRIDE_MS = 5000;
const HELD_STRIDE_MS = 1000;
/** Shortest: a contour that is only grazed for less may be missed. */
const LEAST_STRIDE_MS = 16;

export const NEVER_LEAVES = Infinity;

/**
 * What the network knows from the ephemeris and a UE's place and way: which −3 dB contour it will stand in, and when it
 * leaves one, in whole ms. Knows neither measurements nor gateways.
 */
export class Forecast {
  readonly #model: BeamModel;
  readonly #track: Track;
  readonly #places: Whereabouts;
  readonly #aims: Aims;
  readonly #endMs: number;
  readonly #minSine: number;
  readonly #state = new Float64Array(6);
  readonly #aim: Float64Array;
  readonly #position = new Float64Array(3);
  readonly #up = new Float64Array(3);
  /** change of x that a millisecond can bring, of the last `#argument` */
  #perMs = 0;

  constructor(mission: Mission, model: BeamModel, track: Track, places: Whereabouts) {
    this.#model = model;
    this.#track = track;
    this.#places = places;
    this.#aims = new Aims(mission, model, track);
    this.#endMs = Math.round(mission.duration * 1000);
    this.#minSine = Math.max(LOWEST_SINE, Math.sin(mission.minElevation));
    this.#aim = new Float64Array(3 * model.beams);
  }

  /** x of a cell towards a UE; ∞ where its satellite is too low or lost. */
  #argument(ue: number, cell: number, timeMs: number): number {
    const time = timeMs / 1000;
    const state = this.#state;
    const { beams } = this.#model;
    const satellite = Math.floor((cell - 1) / beams);
    if (!stateAt(state, 0, this.#track, satellite, time)) return Infinity;
    this.#places.write(this.#position, this.#up, 0, ue, time);
    const [x, y, z] = this.#position;
    const dx = state[0] - x;
    const dy = state[1] - y;
    const dz = state[2] - z;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const sine = (dx * this.#up[0] + dy * this.#up[1] + dz * this.#up[2]) / range;
    if (!(sine >= this.#minSine)) return Infinity;
    const radius = Math.sqrt(state[0] ** 2 + state[1] ** 2 + state[2] ** 2);
    this.#perMs = argumentMargin(this.#model, radius, 0.001);
    this.#aims.write(this.#aim, 0, satellite, state, 0, time);
    const aimAt = 3 * ((cell - 1) % beams);
    return patternArgument(this.#model, this.#aim, aimAt, x, y, z, dx, dy, dz, range);
  }

  /** Whether a UE stands in a cell's −3 dB contour. */
  covers(ue: number, cell: number, timeMs: number): boolean {
    return this.#argument(ue, cell, timeMs) <= EDGE_X;
  }

  /**
   * The first ms after `fromMs` at which a UE is outside the contour in which it stands; `fromMs` itself where it does
   * not stand in it and does not come into it within `patienceMs`.
   */
  leaves(ue: number, cell: number, fromMs: number, patienceMs: number): number {
    const longest = this.#model.steering > 0 ? HELD_STRIDE_MS : STRIDE_MS;
    let now = fromMs;
    let x = this.#argument(ue, cell, now);
    // x changes by at most `perMs`: a stride over less than what is missing steps over no edge
    for (const last = Math.min(fromMs + patienceMs, this.#endMs); !(x <= EDGE_X);) {
      now += x < Infinity ? this.#stride(x - EDGE_X, HELD_STRIDE_MS) : HELD_STRIDE_MS;
      if (now > last) return fromMs;
      x = this.#argument(ue, cell, now);
    }
    for (;;) {
      const before = now;
      now = Math.min(this.#endMs, now + this.#stride(EDGE_X - x, longest));
      if (now === before) return NEVER_LEAVES;
      x = this.#argument(ue, cell, now);
      if (!(x <= EDGE_X)) return this.#edge(ue, cell, before, now);
    }
  }

  #stride(missing: number, longest: number): number {
    return Math.max(LEAST_STRIDE_MS, Math.min(longest, Math.floor(missing / this.#perMs)));
  }

  /** First ms outside, between one inside and one outside. */
  #edge(ue: number, cell: number, inside: number, outside: number): number {
    let low = inside;
    let high = outside;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.covers(ue, cell, middle)) low = middle;
      else high = middle;
    }
    return high;
  }
}
