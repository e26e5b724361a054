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

/** At 30 s the cubic is within 0.1 m of SGP4 for a low orbit. */
export const KNOT_S = 30;

/** Knots from 0 to at least one whole interval beyond `duration` [s]. */
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
    for (let k = 0; k < knots; k++) {
      const at = (k * count + s) * 6;
      const reason = propagator.teme(state, at, k * knotS);
      if (reason === null) {
        temeToEcef(state, at, state, at, angles[k]);
        continue;
      }
      for (let j = k; j < knots; j++) state.fill(NaN, (j * count + s) * 6, (j * count + s) * 6 + 6);
      return reason;
    }
    return null;
  });
  return { firstS: 0, knotS, knots, count, state, lost };
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
