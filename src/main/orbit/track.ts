import type { SatelliteSource } from "../../shared/mission.ts";
import { gmst, temeToEcef } from "./frames.ts";
import { createPropagator } from "./propagator.ts";

/** Positions of all satellites at evenly spaced instants (knots); between them a cubic runs. */
export interface Track {
  /** time of the first knot [s since the start] */
  firstS: number;
  knotS: number;
  knots: number;
  count: number;
  /** [knot × satellite × 6] ECEF position m, velocity m/s; NaN from where a satellite is lost */
  state: Float64Array<ArrayBuffer>;
  /** reason per satellite, null while healthy */
  lost: (string | null)[];
}

/**
 * At 30 s the cubic is within 0.1 m of SGP4 and of Keplerian motion for low, medium, geostationary and highly eccentric
 * orbits alike (perigee at 160 km); 60 s would do for all but the perigees, 300 s above 20,000 km.
 */
export const KNOT_S = 30;

/**
 * Knots from 0 to at least one whole interval beyond `duration` [s]. SGP4's velocity leaves out the rates of drag and of
 * Sun and Moon (up to 2 m/s before a decay, and at perigees), so that a cubic by it would miss the positions by metres:
 * the knots of element sets hold the derivative of their positions instead.
 */
export function buildTrack(
  satellites: SatelliteSource[],
  startMs: number,
  duration: number,
  knotS = KNOT_S,
): Track {
  const count = satellites.length;
  const knots = Math.ceil(duration / knotS) + 2;
  const state = new Float64Array(knots * count * 6);
  const angles = Float64Array.from({ length: knots }, (_, k) => gmst(startMs + k * knotS * 1000));
  const lost = satellites.map((source, s) => {
    const propagator = createPropagator(source, startMs);
    let reason: string | null = null;
    let healthy = 0;
    while (healthy < knots) {
      const at = (healthy * count + s) * 6;
      reason = propagator.teme(state, at, healthy * knotS);
      if (reason !== null) break;
      temeToEcef(state, at, state, at, angles[healthy++]);
    }
    for (let k = healthy; k < knots; k++) state.fill(NaN, (k * count + s) * 6, (k * count + s) * 6 + 6);
    if (source.kind !== "kepler") differentiate(state, s * 6, count * 6, healthy, knotS);
    return reason;
  });
  return { firstS: 0, knotS, knots, count, state, lost };
}

/** Derivative at the third, second and first of five even samples (fourth order, Fornberg 1988 Tables 1 and 3), ·12h. */
const CENTRAL = [1, -8, 0, 8, -1];
const NEXT_TO_END = [-3, -10, 18, -6, 1];
const AT_END = [-25, 48, -36, 16, -3];

/** Velocities from the positions of one satellite: `knots` states, `stride` numbers apart; fewer than five stay as they are. */
function differentiate(state: Float64Array, first: number, stride: number, knots: number, h: number): void {
  if (knots < 5) return;
  for (let k = 0; k < knots; k++) {
    const side = Math.min(k, knots - 1 - k);
    const weights = side === 0 ? AT_END : side === 1 ? NEXT_TO_END : CENTRAL;
    const forward = k < 2 || side >= 2 ? 1 : -1;
    const from = first + (forward > 0 ? Math.max(0, k - 2) : knots - 1) * stride;
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      for (let i = 0; i < 5; i++) sum += weights[i] * state[from + forward * i * stride + axis];
      state[first + k * stride + 3 + axis] = (forward * sum) / (12 * h);
    }
  }
}

/**
 * ECEF position [m] and velocity [m/s] of one satellite at `t` [s since the start] into `out[at … at + 5]`: the cubic
 * through position and velocity of the two knots around it, and that cubic's derivative.
 * False, and NaN, where the satellite is lost or the track does not reach.
 */
export function stateAt(out: Float64Array, at: number, track: Track, satellite: number, t: number): boolean {
  const { state, knotS: h, count } = track;
  const s = (t - track.firstS) / h;
  if (!(s >= 0 && s <= track.knots - 1)) {
    for (let i = 0; i < 6; i++) out[at + i] = NaN;
    return false;
  }
  const knot = Math.min(Math.floor(s), track.knots - 2);
  const u = s - knot;
  const a = (knot * count + satellite) * 6;
  const b = a + count * 6;
  const late = u * u * (3 - 2 * u);
  const leave = u * (1 - u) * (1 - u) * h;
  const arrive = u * u * (u - 1) * h;
  const rise = (6 * u * (1 - u)) / h;
  const leaveRate = (1 - u) * (1 - 3 * u);
  const arriveRate = u * (3 * u - 2);
  for (let i = 0; i < 3; i++) {
    const p = state[a + i];
    const step = state[b + i] - p;
    const v = state[a + 3 + i];
    const w = state[b + 3 + i];
    out[at + i] = p + late * step + leave * v + arrive * w;
    out[at + 3 + i] = rise * step + leaveRate * v + arriveRate * w;
  }
  return out[at] === out[at];
}
