import { createRequire } from "node:module";
import { feature } from "topojson-client";

/** Land and sea in equal steps of latitude and longitude; a cell is what its centre is. */
export interface LandMask {
  columns: number;
  rows: number;
  /** [row from the north × column east of 180° W] a bit each, the first of a byte the lowest; 1 is land */
  bits: Uint8Array;
}

const CELLS_PER_DEGREE = 10;
const COLUMNS = 360 * CELLS_PER_DEGREE;
const ROWS = 180 * CELLS_PER_DEGREE;
const BYTES_PER_ROW = COLUMNS / 8;
/** longitudes are whole steps of this many to a degree, so that all edges at a corner agree on the column it is in */
const STEPS = 1e6;

let mask: LandMask | null = null;

/**
 * Natural Earth 1:50m (public domain) at 0.1°. Lakes count as land, but for the Caspian Sea; the ice shelves of the
 * Antarctic count as sea; islands smaller than a cell may be lost.
 */
export function loadLand(): LandMask {
  if (mask) return mask;
  const require = createRequire(import.meta.url);
  const topology = require("world-atlas/land-50m.json");
  const polygons = feature(topology, topology.objects.land).features.flatMap((f) => f.geometry.coordinates);
  mask = { columns: COLUMNS, rows: ROWS, bits: rasterise(polygons.flat()) };
  return mask;
}

/**
 * Even-odd along every meridian from the North Pole, which is sea: a coast turns all cells south of it over.
 * So neither a coast across the antimeridian nor one around the South Pole needs care.
 */
function rasterise(rings: number[][][]): Uint8Array {
  const bits = new Uint8Array(BYTES_PER_ROW * ROWS);
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) crossMeridians(bits, ring[i - 1], ring[i]);
  }
  for (let i = BYTES_PER_ROW; i < bits.length; i++) bits[i] ^= bits[i - BYTES_PER_ROW];
  return bits;
}

/** Turns over the northernmost cell south of an edge in every column whose middle it crosses. */
function crossMeridians(bits: Uint8Array, from: number[], to: number[]): void {
  const start = Math.round(from[0] * STEPS);
  let span = Math.round(to[0] * STEPS) - start;
  if (span > 180 * STEPS) span -= 360 * STEPS;
  if (span < -180 * STEPS) span += 360 * STEPS;
  const first = firstColumn(Math.min(start, start + span));
  const end = firstColumn(Math.max(start, start + span));
  for (let column = first; column < end; column++) {
    const along = (middle(column) - start) / span;
    const latitude = from[1] + along * (to[1] - from[1]);
    const row = Math.ceil((90 - latitude) * CELLS_PER_DEGREE - 0.5);
    if (row >= ROWS) continue;
    const inside = ((column % COLUMNS) + COLUMNS) % COLUMNS;
    bits[row * BYTES_PER_ROW + (inside >> 3)] ^= 1 << (inside & 7);
  }
}

/** Longitude of a column's middle, in steps. */
const middle = (column: number) => (column + 0.5) * (STEPS / CELLS_PER_DEGREE) - 180 * STEPS;

/** The first column whose middle is not west of a longitude in steps. */
const firstColumn = (longitude: number) =>
  Math.ceil((longitude + 180 * STEPS) / (STEPS / CELLS_PER_DEGREE) - 0.5);
