import { json2satrec, sgp4, twoline2satrec, type SatRec } from "satellite.js";
import type { SatelliteSource } from "../../shared/mission.ts";
import { nearEarth } from "./sgp4-near.ts";
import { isoEpochMs, tleEpochMs } from "../math/time.ts";

export type ElementSource = Extract<SatelliteSource, { kind: "tle" | "omm" }>;

/** Words for each error code of SGP4 (AIAA 2006-6753); satellite.js never raises 5. */
const REASONS: Record<number, string> = {
  1: "mean eccentricity is not between 0 and 1",
  2: "mean motion is not positive",
  3: "perturbed eccentricity is not between 0 and 1",
  4: "semi-latus rectum is negative",
  5: "the elements are sub-orbital",
  6: "decayed",
};
const NO_ORBIT = "the elements do not give an orbit";

export interface Sgp4Orbit {
  epochMs: number;
  /** Position [m] and velocity [m/s] in TEME at minutes since the epoch; null, or NaN numbers and the reason. */
  at(out: Float64Array, at: number, minutes: number): string | null;
}

/**
 * SGP4/SDP4 with WGS-72 constants in the improved mode, as AIAA 2006-6753 and the makers of the elements have it:
 * satellite.js prepares the elements and propagates deep space, `nearEarth` the rest.
 */
export function sgp4Orbit(source: ElementSource): Sgp4Orbit {
  const { record, epochMs } = source.kind === "tle" ? fromTle(source) : fromOmm(source);
  const near = record.method === "n" ? nearEarth(record) : null;
  if (!near) return { epochMs, at: (out, at, minutes) => propagateInto(out, at, record, minutes) };
  return {
    epochMs,
    at(out, at, minutes) {
      const error = near(out, at, minutes);
      if (error === 0 && Number.isFinite(out[at] + out[at + 1] + out[at + 2])) return null;
      out.fill(NaN, at, at + 6);
      return REASONS[error] ?? NO_ORBIT;
    },
  };
}

function fromTle(source: Extract<ElementSource, { kind: "tle" }>) {
  const year = Number(source.line1.slice(18, 20));
  const day = Number(source.line1.slice(20, 32));
  return { record: twoline2satrec(source.line1, source.line2), epochMs: tleEpochMs(year, day) };
}

/** The library reads only calendar dates and whole milliseconds: it gets the former, and the exact epoch stays here. */
function fromOmm(source: Extract<ElementSource, { kind: "omm" }>) {
  const fields = source.fields;
  const epochMs = isoEpochMs(fields.EPOCH);
  const record = json2satrec({
    OBJECT_NAME: source.name,
    OBJECT_ID: "",
    NORAD_CAT_ID: source.id,
    EPOCH: Number.isNaN(epochMs) ? "" : new Date(epochMs).toISOString(),
    MEAN_MOTION: fields.MEAN_MOTION,
    ECCENTRICITY: fields.ECCENTRICITY,
    INCLINATION: fields.INCLINATION,
    RA_OF_ASC_NODE: fields.RA_OF_ASC_NODE,
    ARG_OF_PERICENTER: fields.ARG_OF_PERICENTER,
    MEAN_ANOMALY: fields.MEAN_ANOMALY,
    BSTAR: fields.BSTAR,
    ELEMENT_SET_NO: 0,
    MEAN_MOTION_DOT: 0,
    MEAN_MOTION_DDOT: 0,
  });
  return { record, epochMs };
}

function propagateInto(out: Float64Array, at: number, record: SatRec, minutes: number): string | null {
  const result = sgp4(record, minutes);
  if (result) {
    const { position, velocity } = result;
    out[at] = position.x * 1000;
    out[at + 1] = position.y * 1000;
    out[at + 2] = position.z * 1000;
    out[at + 3] = velocity.x * 1000;
    out[at + 4] = velocity.y * 1000;
    out[at + 5] = velocity.z * 1000;
    if (Number.isFinite(out[at] + out[at + 1] + out[at + 2])) return null;
  }
  out.fill(NaN, at, at + 6);
  return result ? NO_ORBIT : (REASONS[record.error] ?? NO_ORBIT);
}
