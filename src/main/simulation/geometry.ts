import type { Track } from "../orbit/track.ts";
import { stateAt } from "../orbit/track.ts";
import { EARTH_MEAN_RADIUS } from "../math/constants.ts";
import type { Mission } from "../../shared/mission.ts";
import { feederAt, type FeederPlan } from "../orbit/feeder.ts";
import { Aims } from "./aims.ts";
import { argumentMargin, interestCosine, type BeamModel } from "./beams.ts";

/** Generosity of the first sieve [rad]: what a satellite turns between two knots, 0.04 in a low orbit, and the flattening. */
const NEAR_MARGIN = 0.15;

/**
 * Where the satellites that matter to a set of UEs are, and where their beams point, at the measurement instants of
 * one step. A satellite takes a slot while some UE may lie in one of its main lobes during the step, and, where it works
 * through gateways, while it has one in view in the middle of the step.
 */
export class StepGeometry {
  readonly #track: Track;
  readonly #model: BeamModel;
  readonly #aims: Aims;
  readonly #feeders: FeederPlan | null;
  readonly #centre: Float64Array;
  readonly #spread: number;
  readonly #state = new Float64Array(6);
  /** greatest distance of a satellite from the Earth's centre, m */
  readonly #highest: number;
  #near: number[] = [];
  #nearKnot = -1;
  /** slots in use */
  count = 0;
  /** [slot] satellite index, ascending */
  satellite = new Int32Array(0);
  /** [slot] see `interestCosine` */
  interest = new Float64Array(0);
  /** [slot] margin of x from one end of the step to its middle */
  margin = new Float64Array(0);
  /** [slot × 3] direction from the Earth's centre in the middle of the step */
  direction = new Float64Array(0);
  /** [instant × slot × 3] ECEF position, m */
  position = new Float64Array(0);
  /** [instant × slot × beam × 3] see `BeamModel` */
  aim = new Float64Array(0);
  /** slots between one instant and the next in `position` and `aim` */
  stride = 0;

  /**
   * @param feeders which gateway each satellite works through; null where it needs none
   * @param centre unit vector to the middle of the UEs; @param spread greatest angle of a UE from it [rad]
   */
  constructor(
    mission: Mission,
    track: Track,
    feeders: FeederPlan | null,
    model: BeamModel,
    centre: Float64Array,
    spread: number,
  ) {
    this.#track = track;
    this.#model = model;
    this.#aims = new Aims(mission, model, track);
    this.#feeders = feeders;
    this.#centre = centre;
    this.#spread = spread;
    let highest = 2 * EARTH_MEAN_RADIUS;
    for (let i = 0; i < track.state.length; i += 6) {
      const radius = Math.hypot(track.state[i], track.state[i + 1], track.state[i + 2]);
      if (radius > highest) highest = radius;
    }
    this.#highest = highest;
  }

  #reserve(instants: number, slots: number): void {
    if (slots > this.satellite.length) {
      this.satellite = new Int32Array(slots);
      this.interest = new Float64Array(slots);
      this.margin = new Float64Array(slots);
      this.direction = new Float64Array(3 * slots);
    }
    if (instants * slots * 3 > this.position.length || slots !== this.stride) {
      this.stride = slots;
      this.position = new Float64Array(instants * slots * 3);
      this.aim = new Float64Array(instants * slots * 3 * this.#model.beams);
    }
  }

  /** Takes the instants [s] of a step, the last of which is its frame. */
  prepare(times: Float64Array): void {
    const middle = (times[0] + times[times.length - 1]) / 2;
    const seconds = times[times.length - 1] - times[0];
    const chosen = this.#choose(middle, seconds);
    this.#reserve(times.length, Math.max(chosen.length, this.stride));
    this.count = chosen.length;
    for (let slot = 0; slot < chosen.length; slot++) {
      this.satellite[slot] = chosen[slot];
      for (let i = 0; i < times.length; i++)
        this.#place(i, times.length >> 1, slot, chosen[slot], times[i], seconds);
    }
  }

  #place(
    instant: number,
    middle: number,
    slot: number,
    satellite: number,
    time: number,
    seconds: number,
  ): void {
    const state = this.#state;
    stateAt(state, 0, this.#track, satellite, time);
    const index = instant * this.stride + slot;
    this.position.set(state.subarray(0, 3), 3 * index);
    this.#aims.write(this.aim, 3 * index * this.#model.beams, satellite, state, 0, time);
    if (instant !== middle) return;
    const radius = Math.hypot(state[0], state[1], state[2]);
    this.interest[slot] = interestCosine(this.#model, radius, seconds / 2);
    this.margin[slot] = argumentMargin(this.#model, radius, seconds / 2);
    for (let k = 0; k < 3; k++) this.direction[3 * slot + k] = state[k] / radius;
  }

  #choose(time: number, seconds: number): number[] {
    const chosen: number[] = [];
    const state = this.#state;
    for (const satellite of this.#nearAt(time)) {
      if (this.#feeders && feederAt(this.#feeders, satellite, time) < 0) continue;
      if (!stateAt(state, 0, this.#track, satellite, time)) continue;
      const radius = Math.hypot(state[0], state[1], state[2]);
      const cosine =
        (state[0] * this.#centre[0] + state[1] * this.#centre[1] + state[2] * this.#centre[2]) / radius;
      const reach = Math.acos(interestCosine(this.#model, radius, seconds)) + this.#spread;
      if (reach >= Math.PI || cosine >= Math.cos(reach)) chosen.push(satellite);
    }
    return chosen;
  }

  /** The satellites that may stand over the horizon of a UE between the knots around a time; ascending. */
  #nearAt(time: number): readonly number[] {
    const { firstS, knotS, knots, count, state } = this.#track;
    const knot = Math.max(0, Math.min(knots - 2, Math.floor((time - firstS) / knotS)));
    if (knot === this.#nearKnot) return this.#near;
    this.#nearKnot = knot;
    this.#near = [];
    const farthest = Math.acos(EARTH_MEAN_RADIUS / this.#highest) + this.#spread + NEAR_MARGIN;
    const least = farthest < Math.PI ? Math.cos(farthest) : -2;
    const [cx, cy, cz] = this.#centre;
    for (let satellite = 0; satellite < count; satellite++) {
      for (let k = knot; k < knot + 2; k++) {
        const at = (k * count + satellite) * 6;
        const x = state[at];
        const y = state[at + 1];
        const z = state[at + 2];
        // also where the satellite is lost at one of the knots: NaN is not below
        if (x * cx + y * cy + z * cz < least * Math.sqrt(x * x + y * y + z * z)) continue;
        this.#near.push(satellite);
        break;
      }
    }
    return this.#near;
  }
}
