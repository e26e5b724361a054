import { WGS84_A, WGS84_B } from "../math/constants.ts";
import { boresight, cellCentre, groundPoint, satelliteAxes } from "./steering.ts";

/** What the beams of one satellite hold, beam after beam, each in the order of time. */
export interface HoldPlan {
  /** [beam + 1] first hold of each beam */
  start: Uint32Array;
  /** [hold] begin [s]; a hold lasts until the next of its beam */
  fromS: Float64Array;
  /** [hold × 3] point on WGS-84, ECEF m; NaN while the beam finds no place to hold */
  point: Float64Array;
}

export interface HoldOptions {
  /** writes the satellite's ECEF state [m, m/s] at a time [s]; false where the satellite is lost */
  state: (out: Float64Array, t: number) => boolean;
  /** s */
  duration: number;
  /** [beam × 2] along, left: UV for an antenna, metres on the ground for circular cells */
  offsets: Float64Array;
  kind: "antenna" | "circular-cells";
  plane: "orbit" | "track";
  /** greatest angle [rad] between a beam and its nominal direction */
  steeringLimit: number;
  /** rad, at the point that is held */
  minElevation: number;
}

/** How exactly the end of a hold is found. */
const PRECISION_S = 1e-3;
/** Pause before a beam that found no place looks for one again. */
const RETRY_S = 1;
/** Length at which the search for the end of a beam's first hold begins. */
const FIRST_GUESS_S = 10;
/** Steps of the search for a place that is high enough, from the steering limit backwards. */
const TURNS = 32;
/** Angles are compared with this slack, a ten-thousandth of what a beam turns in a millisecond [rad]. */
const SLACK = 1e-12;

/** One satellite and one of its beams at one time. */
class Aim {
  readonly options: HoldOptions;
  readonly #state = new Float64Array(6);
  readonly #axes = new Float64Array(9);
  readonly #nominal = new Float64Array(3);
  readonly #lowest: number;

  constructor(options: HoldOptions) {
    this.options = options;
    this.#lowest = Math.sin(options.minElevation) - SLACK;
  }

  /** Moves to a time; false where the satellite is lost. */
  at(beam: number, t: number): boolean {
    const { kind, offsets, plane, state } = this.options;
    if (!state(this.#state, t)) return false;
    satelliteAxes(this.#axes, 0, this.#state, 0, plane);
    const along = offsets[2 * beam];
    const left = offsets[2 * beam + 1];
    if (kind === "antenna") boresight(this.#nominal, 0, this.#axes, 0, along, left);
    else {
      cellCentre(this.#nominal, 0, this.#state, 0, this.#axes, 0, along, left);
      this.#towards(this.#nominal, this.#nominal);
    }
    return true;
  }

  /** Unit vector from the satellite to a point. */
  #towards(out: Float64Array, point: Float64Array): void {
    for (let k = 0; k < 3; k++) out[k] = point[k] - this.#state[k];
    const length = Math.sqrt(out[0] * out[0] + out[1] * out[1] + out[2] * out[2]);
    for (let k = 0; k < 3; k++) out[k] /= length;
  }

  readonly #ray = new Float64Array(3);

  /** Point that the nominal direction turned forward by an angle meets; false where it is too low or beyond the limb. */
  #turned(out: Float64Array, angle: number): boolean {
    const s = this.#state;
    const n = this.#nominal;
    const across = n[0] * this.#axes[0] + n[1] * this.#axes[1] + n[2] * this.#axes[2];
    const length = Math.sqrt(1 - across * across);
    const forward = Math.sin(angle) / length;
    const kept = Math.cos(angle) - forward * across;
    const ray = this.#ray;
    for (let k = 0; k < 3; k++) ray[k] = kept * n[k] + forward * this.#axes[k];
    return groundPoint(out, 0, s[0], s[1], s[2], ray[0], ray[1], ray[2]) && this.#clearance(out) >= 0;
  }

  /** By how much the sine of the elevation at a point on the ellipsoid exceeds the least one. */
  #clearance(point: Float64Array): number {
    const px = point[0];
    const py = point[1];
    const pz = point[2];
    const nx = px / (WGS84_A * WGS84_A);
    const ny = py / (WGS84_A * WGS84_A);
    const nz = pz / (WGS84_B * WGS84_B);
    const dx = this.#state[0] - px;
    const dy = this.#state[1] - py;
    const dz = this.#state[2] - pz;
    const lengths = Math.sqrt((nx * nx + ny * ny + nz * nz) * (dx * dx + dy * dy + dz * dz));
    return (nx * dx + ny * dy + nz * dz) / lengths - this.#lowest;
  }

  /** Writes the point farthest ahead that the beam may take, turned forward by no more than `most`; false for none. */
  take(out: Float64Array, most: number): boolean {
    if (this.#turned(out, most)) return true;
    const step = (most + this.options.steeringLimit) / TURNS;
    let high = most;
    let low = most - step;
    let left = TURNS;
    while (left > 0 && !this.#turned(out, low)) {
      high = low;
      low -= step;
      left--;
    }
    if (left === 0) return false;
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (this.#turned(out, middle)) low = middle;
      else high = middle;
    }
    return this.#turned(out, low);
  }

  readonly #direction = new Float64Array(3);

  /** How far [about rad] a beam is from having to let go of a point at a time; negative where it cannot hold it. */
  margin(beam: number, point: Float64Array, t: number): number {
    if (!this.at(beam, t)) return -1;
    const d = this.#direction;
    const n = this.#nominal;
    this.#towards(d, point);
    const x = d[1] * n[2] - d[2] * n[1];
    const y = d[2] * n[0] - d[0] * n[2];
    const z = d[0] * n[1] - d[1] * n[0];
    const angle = Math.atan2(Math.sqrt(x * x + y * y + z * z), d[0] * n[0] + d[1] * n[1] + d[2] * n[2]);
    return Math.min(this.options.steeringLimit + SLACK - angle, this.#clearance(point));
  }
}

/** Last time [s] at which a hold can still go on, sought around a guess of its length; Infinity past the duration. */
function endOfHold(aim: Aim, beam: number, point: Float64Array, from: number, guess: number): number {
  const { duration } = aim.options;
  let low = from;
  let high = Math.min(duration, from + guess);
  let step = guess / 32;
  let atLow = 0;
  let atHigh = aim.margin(beam, point, high);
  if (atHigh >= 0)
    while (atHigh >= 0) {
      if (high >= duration) return Infinity;
      low = high;
      atLow = atHigh;
      high = Math.min(duration, high + step);
      atHigh = aim.margin(beam, point, high);
      step *= 2;
    }
  else
    for (low = Math.max(from, high - step); low > from; low = Math.max(from, high - step)) {
      atLow = aim.margin(beam, point, low);
      if (atLow >= 0) break;
      high = low;
      atHigh = atLow;
      step *= 2;
    }
  return lastOf(aim, beam, point, low, Math.max(0, atLow), high, atHigh);
}

/** Narrows an end of a hold down to the precision: to either side of where a straight line through the margins is zero, and by halves. */
function lastOf(
  aim: Aim,
  beam: number,
  point: Float64Array,
  low: number,
  atLow: number,
  high: number,
  atHigh: number,
): number {
  for (let i = 0; high - low > PRECISION_S; i++) {
    const zero = low + ((high - low) * atLow) / (atLow - atHigh);
    const near = zero + (i % 3 === 0 ? -PRECISION_S : PRECISION_S) / 3;
    const time = i % 3 < 2 && near > low && near < high ? near : (low + high) / 2;
    const margin = aim.margin(beam, point, time);
    if (margin >= 0) {
      low = time;
      atLow = margin;
    } else {
      high = time;
      atHigh = margin;
    }
  }
  return low;
}

/**
 * Quasi-earth-fixed beams of one satellite (TS 38.300 §16.14.1): each holds a point on the ground while the angle to its
 * nominal direction stays within the steering limit and the point sees the satellite high enough, then jumps ahead to
 * the farthest point that the limits allow. The beams jump one after another: at 0 s beam b of n has (b + 1) / (n + 1)
 * of its turn behind it. Leaves out the time that a jump takes.
 */
export function planHolds(options: HoldOptions): HoldPlan {
  const beams = options.offsets.length / 2;
  const start = new Uint32Array(beams + 1);
  const fromS: number[] = [];
  const points: number[] = [];
  const aim = new Aim(options);
  const point = new Float64Array(3);
  const rest = (t: number, first: boolean) => {
    if (!first && Number.isNaN(points[points.length - 1])) return;
    fromS.push(t);
    points.push(Number.NaN, Number.NaN, Number.NaN);
  };
  for (let beam = 0; beam < beams; beam++) {
    start[beam] = fromS.length;
    let most = options.steeringLimit * (1 - (2 * (beam + 1)) / (beams + 1));
    let guess = FIRST_GUESS_S;
    for (let t = 0; t < options.duration;) {
      const alive = aim.at(beam, t);
      const until = alive && aim.take(point, most) ? endOfHold(aim, beam, point, t, guess) : t;
      most = options.steeringLimit;
      if (until - t > PRECISION_S) {
        fromS.push(t);
        points.push(...point);
        guess = until - t;
        t = until;
      } else {
        rest(t, fromS.length === start[beam]);
        t = alive ? t + RETRY_S : Infinity;
      }
    }
  }
  start[beams] = fromS.length;
  return { start, fromS: Float64Array.from(fromS), point: Float64Array.from(points) };
}

/** Index of what a beam holds at a time [s]; −1 for nothing. */
export function heldPoint(plan: HoldPlan, beam: number, t: number): number {
  let low = plan.start[beam];
  let high = plan.start[beam + 1];
  if (low === high || plan.fromS[low] > t) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (plan.fromS[middle] <= t) low = middle;
    else high = middle;
  }
  return Number.isNaN(plan.point[3 * low]) ? -1 : low;
}

/** The holds of a plan as rows: beam, begin and end [s] cut to the duration, point [hold × 3] ECEF m. */
export function holdTimes(plan: HoldPlan, duration: number) {
  const rows: { beam: number; hold: number; from: number; until: number }[] = [];
  for (let beam = 0; beam + 1 < plan.start.length; beam++)
    for (let hold = plan.start[beam]; hold < plan.start[beam + 1]; hold++) {
      const from = Math.max(0, plan.fromS[hold]);
      const until = hold + 1 < plan.start[beam + 1] ? Math.min(duration, plan.fromS[hold + 1]) : duration;
      if (until > from && !Number.isNaN(plan.point[3 * hold])) rows.push({ beam, hold, from, until });
    }
  return {
    beam: Uint32Array.from(rows, (row) => row.beam),
    fromS: Float64Array.from(rows, (row) => row.from),
    untilS: Float64Array.from(rows, (row) => row.until),
    point: Float64Array.from(rows.flatMap(({ hold }) => [...plan.point.subarray(3 * hold, 3 * hold + 3)])),
  };
}
