import { DEG } from "../math/constants.ts";
import { ecefToGeodetic } from "../math/wgs84.ts";
import type { Source } from "./source.ts";

/** Where the satellites are at the knots of their track within the run, one satellite after the other. */
export interface GroundTracks {
  ids: string[];
  names: string[];
  /** [point] index of the satellite */
  satellite: Uint32Array;
  /** [point] since the start of the run */
  timeS: Float64Array;
  /** [point × 3] latitude °, longitude °, altitude km */
  geodetic: Float64Array;
}

/** Points from where a satellite is lost on are left out. */
export function groundTracks({ reader, record }: Source): GroundTracks {
  const { columns, meta } = reader.satellites(record.run);
  const { firstS, knotS, ids, names } = meta;
  const knots = columns.knots as Float64Array;
  const within = Math.min(meta.knots, Math.floor((record.durationS - firstS) / knotS) + 1);
  const satellite = new Uint32Array(ids.length * within);
  const timeS = new Float64Array(ids.length * within);
  const geodetic = new Float64Array(3 * ids.length * within);
  let n = 0;
  for (let s = 0; s < ids.length; s++) {
    for (let knot = 0; knot < within; knot++) {
      const at = (knot * ids.length + s) * 6;
      if (Number.isNaN(knots[at])) break;
      satellite[n] = s;
      timeS[n] = firstS + knot * knotS;
      ecefToGeodetic(geodetic, 3 * n, knots[at], knots[at + 1], knots[at + 2]);
      geodetic[3 * n] /= DEG;
      geodetic[3 * n + 1] /= DEG;
      geodetic[3 * n + 2] /= 1000;
      n++;
    }
  }
  return {
    ids,
    names,
    satellite: satellite.subarray(0, n),
    timeS: timeS.subarray(0, n),
    geodetic: geodetic.subarray(0, 3 * n),
  };
}
