import type { SatelliteSource } from "../../shared/mission.ts";
import { keplerOrbit } from "./kepler.ts";
import { sgp4Orbit } from "./sgp4.ts";

/** Why a satellite has no position, in words. */
export type LostReason = string;

export interface Propagator {
  id: string;
  name: string;
  /**
   * Position [m] and velocity [m/s] in TEME at seconds since the mission's start, written into `out[at … at + 5]`;
   * null, or NaN numbers and the reason.
   */
  teme(out: Float64Array, at: number, seconds: number): LostReason | null;
}

/** Never throws for a bad orbit: the reason comes from `teme`. */
export function createPropagator(source: SatelliteSource, missionStartMs: number): Propagator {
  const { id, name } = source;
  if (source.kind === "kepler") {
    const orbit = keplerOrbit(source);
    return {
      id,
      name,
      teme(out, at, seconds) {
        orbit(out, at, seconds);
        return Number.isFinite(out[at]) ? null : "the elements do not give an orbit";
      },
    };
  }
  const orbit = sgp4Orbit(source);
  const startMinutes = (missionStartMs - orbit.epochMs) / 60_000;
  return { id, name, teme: (out, at, seconds) => orbit.at(out, at, startMinutes + seconds / 60) };
}
