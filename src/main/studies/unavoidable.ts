import { haversine } from "../math/wgs84.ts";
import type { Track } from "../orbit/track.ts";
import { Footprints } from "../simulation/cells.ts";
import type { Mission } from "../../shared/mission.ts";

/** Between the two looks at a footprint that give its speed [s]. */
const APART_S = 1;

/** Width [m] across a direction, and area [m²], of an ellipse. */
function sizeAcross(a: number, b: number, angle: number): { width: number; area: number } {
  const width = 2 * Math.hypot(a * Math.sin(angle), b * Math.cos(angle));
  return { width, area: Math.PI * a * b };
}

/** Azimuth [rad] in which a point moves, flat over so short a way. */
const heading = (from: { latitude: number; longitude: number }, to: typeof from) =>
  Math.atan2(
    Math.sin(to.longitude - from.longitude) * Math.cos((from.latitude + to.latitude) / 2),
    to.latitude - from.latitude,
  );

/**
 * Handovers a second that no strategy avoids while every UE is to be inside the −3 dB contour of its cell: over the cells,
 * UEs served by mean time inside, which is area / (width across the motion × speed), πD/4v for a circle (Little's law;
 * `handover/mobility.ts`). Where there are gaps between cells, UEs that leave into them count as well. Cells that overlap and
 * the UEs' own motion are left out. Null without UEs, and where beams hold their places.
 * @param serving [ue] cell, 0 none, at a time [s]
 */
export function unavoidableRate(
  mission: Mission,
  track: Track,
  serving: Uint32Array,
  time: number,
): number | null {
  if (mission.payload.steeringLimit !== null) return null;
  const served = new Map<number, number>();
  for (const cell of serving) if (cell !== 0) served.set(cell, (served.get(cell) ?? 0) + 1);
  const footprints = new Footprints(mission, track);
  let rate = 0;
  let counted = 0;
  for (const [cell, ues] of served) {
    const now = footprints.at(cell, time);
    const then = footprints.at(cell, time + APART_S);
    if (!now || !then) continue;
    const way = haversine(now.latitude, now.longitude, then.latitude, then.longitude);
    const { width, area } = sizeAcross(now.semiMajorM, now.semiMinorM, heading(now, then) - now.azimuth);
    rate += (ues * width * way) / (APART_S * area);
    counted += ues;
  }
  return counted > 0 ? rate : null;
}
