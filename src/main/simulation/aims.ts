import { heldPoint, planHolds, type HoldPlan } from "../beam/holding.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import { aimBeams, type BeamModel } from "./beams.ts";

/** Where the beams of the satellites point at any time of a run, whether they move with the satellite or hold their places. */
export class Aims {
  readonly #mission: Mission;
  readonly #model: BeamModel;
  readonly #track: Track;
  /** made for the satellites that somebody asks for */
  readonly #plans = new Map<number, HoldPlan>();

  constructor(mission: Mission, model: BeamModel, track: Track) {
    this.#mission = mission;
    this.#model = model;
    this.#track = track;
  }

  /**
   * Writes what stands for each beam of a satellite ([beam × 3], see `BeamModel`) at a time [s], from its ECEF state
   * then. Zeros stand for a beam that finds no place to hold: nobody hears it.
   */
  write(
    out: Float64Array,
    at: number,
    satellite: number,
    state: Float64Array,
    from: number,
    time: number,
  ): void {
    aimBeams(out, at, this.#model, state, from);
    if (this.#model.steering === 0) return;
    for (let beam = 0; beam < this.#model.beams; beam++)
      this.hold(out, at + 3 * beam, satellite, beam, state, from, time);
  }

  /** Writes what stands for one beam that holds its places on the ground. */
  hold(
    out: Float64Array,
    at: number,
    satellite: number,
    beam: number,
    state: Float64Array,
    from: number,
    time: number,
  ): void {
    const plan = this.holds(satellite);
    const held = heldPoint(plan, beam, time);
    if (held < 0) out.fill(0, at, at + 3);
    else this.#pointAt(out, at, plan.point, 3 * held, state, from);
  }

  /** Towards a point on the ground: the unit vector of an antenna, the point itself of a circular cell. */
  #pointAt(
    out: Float64Array,
    at: number,
    point: Float64Array,
    pointAt: number,
    state: Float64Array,
    from: number,
  ): void {
    const antenna = this.#model.kind === "antenna";
    const x = point[pointAt] - (antenna ? state[from] : 0);
    const y = point[pointAt + 1] - (antenna ? state[from + 1] : 0);
    const z = point[pointAt + 2] - (antenna ? state[from + 2] : 0);
    const length = antenna ? Math.sqrt(x * x + y * y + z * z) : 1;
    out[at] = x / length;
    out[at + 1] = y / length;
    out[at + 2] = z / length;
  }

  /** What the beams of one satellite hold during the run. */
  holds(satellite: number): HoldPlan {
    const known = this.#plans.get(satellite);
    if (known) return known;
    const { kind, plane, offsets, steering } = this.#model;
    const plan = planHolds({
      state: (out, t) => stateAt(out, 0, this.#track, satellite, Math.max(0, t)),
      duration: this.#mission.duration,
      offsets,
      kind,
      plane,
      steeringLimit: steering,
      minElevation: this.#mission.minElevation,
    });
    this.#plans.set(satellite, plan);
    return plan;
  }
}
