import { holdTimes } from "../beam/holding.ts";
import type { Track } from "../orbit/track.ts";
import { DEG } from "../math/constants.ts";
import { ecefToGeodetic } from "../math/wgs84.ts";
import type { Mission } from "../../shared/mission.ts";
import { Aims } from "./aims.ts";
import { beamModel } from "./beams.ts";
import { firstSite } from "./ground.ts";

/**
 * What cells of quasi-earth-fixed beams hold during the run, in the order (cell, time): cell, fromMs, untilMs,
 * latitudeDeg, longitudeDeg [hold]. Times are cut to the run.
 */
export function heldBy(mission: Mission, track: Track, cells: Uint32Array) {
  const model = beamModel(mission);
  const aims = new Aims(mission, model, track);
  const rows: { cell: number; row: number; held: ReturnType<typeof holdTimes> }[] = [];
  for (const cell of cells) {
    if (cell >= firstSite(mission)) continue;
    const held = holdTimes(aims.holds(Math.floor((cell - 1) / model.beams)), mission.duration);
    const beam = (cell - 1) % model.beams;
    held.beam.forEach((b, row) => b === beam && rows.push({ cell, row, held }));
  }
  const places = rows.map(({ row, held: { point } }) => {
    const place = new Float64Array(3);
    ecefToGeodetic(place, 0, point[3 * row], point[3 * row + 1], point[3 * row + 2]);
    return place;
  });
  return {
    cell: Uint32Array.from(rows, ({ cell }) => cell),
    fromMs: Uint32Array.from(rows, ({ row, held }) => Math.round(held.fromS[row] * 1000)),
    untilMs: Uint32Array.from(rows, ({ row, held }) => Math.round(held.untilS[row] * 1000)),
    latitudeDeg: Float64Array.from(places, ([latitude]) => latitude / DEG),
    longitudeDeg: Float64Array.from(places, ([, longitude]) => longitude / DEG),
  };
}
