import { createRequire } from "node:module";
import { feature } from "topojson-client";
import type { Position } from "./dateline.ts";

let rings: Position[][] | null = null;

/** Coasts as closed rings [longitude °, latitude °] that run on across the antimeridian: Natural Earth 1:50m (public domain). */
export function coasts(): Position[][] {
  if (rings) return rings;
  const require = createRequire(import.meta.url);
  const topology = require("world-atlas/land-50m.json");
  rings = feature(topology, topology.objects.land).features.flatMap((f) => f.geometry.coordinates.flat());
  return rings;
}

/** Even-odd along the meridian from the North Pole, which is sea. */
export function isLand([longitude, latitude]: Position): boolean {
  let inside = false;
  for (const ring of coasts()) {
    for (let i = 1; i < ring.length; i++) {
      const [from, north] = ring[i - 1];
      const way = turn(from, ring[i][0]);
      const along = turn(from, longitude);
      if (along >= 0 === along >= way) continue;
      if (north + (along / way) * (ring[i][1] - north) > latitude) inside = !inside;
    }
  }
  return inside;
}

/** Longitudes in whole steps, so that all edges at a corner agree on which side of it a place is. */
const STEPS = 1e6;

/** From one longitude to another the short way, −180° … 180°, in steps. */
function turn(from: number, to: number): number {
  const round = 360 * STEPS;
  const way = Math.round(to * STEPS) - Math.round(from * STEPS);
  return ((((way + round / 2) % round) + round) % round) - round / 2;
}
