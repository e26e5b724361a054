import type { FootprintBlock } from "../session/loadRun.ts";
import { cellCategory } from "../session/palette.ts";

/** Floats a beam: longitude, latitude, semi-major, semi-minor [all rad], azimuth [rad], category, chosen, serving. */
export const FLOATS_PER_BEAM = 8;
/** Axes are arcs on the mean sphere (IUGG mean radius R1). */
export const EARTH_MEAN_RADIUS_M = 6_371_008.8;

/** The footprints at one instant, in the layout the shader reads. */
export interface Footprints {
  count: number;
  cell: Uint32Array;
  data: Float32Array;
}

export const noFootprints = (): Footprints => ({
  count: 0,
  cell: new Uint32Array(0),
  data: new Float32Array(0),
});

/**
 * Footprints between two steps: a cell of both steps glides from one place to the other,
 * a cell of only the first stands still. Rows of a step are in ascending cell order.
 */
export function footprintsAt(
  into: Footprints,
  block: FootprintBlock,
  next: FootprintBlock | null,
  time: { step: number; fraction: number },
  beams: number,
  chosen: number | null,
  serves: (cell: number) => boolean,
): void {
  const [from, to] = rows(block, time.step);
  reserve(into, to - from);
  const [nextFrom, nextTo] = next ? rows(next, time.step + 1) : [0, 0];
  let j = nextFrom;
  for (let row = from; row < to; row++) {
    const cell = block.cell[row]!;
    const at = (row - from) * FLOATS_PER_BEAM;
    into.cell[row - from] = cell;
    copyRow(into.data, at, block, row);
    into.data[at + 5] = cellCategory(cell, beams);
    into.data[at + 6] = cell === chosen ? 1 : 0;
    into.data[at + 7] = serves(cell) ? 1 : 0;
    while (j < nextTo && next!.cell[j]! < cell) j++;
    if (j < nextTo && next!.cell[j] === cell) glide(into.data, at, next!, j, time.fraction);
  }
  into.count = to - from;
}

function rows(block: FootprintBlock, step: number): [number, number] {
  const i = step - block.firstStep;
  if (i < 0 || i >= block.steps) return [0, 0];
  return [block.firstOfStep[i]!, block.firstOfStep[i + 1]!];
}

function reserve(into: Footprints, count: number): void {
  if (into.cell.length >= count) return;
  const room = Math.ceil(count * 1.25);
  into.cell = new Uint32Array(room);
  into.data = new Float32Array(room * FLOATS_PER_BEAM);
}

function copyRow(out: Float32Array, at: number, block: FootprintBlock, row: number): void {
  out[at] = block.longitude[row]!;
  out[at + 1] = block.latitude[row]!;
  out[at + 2] = block.semiMajorM[row]! / EARTH_MEAN_RADIUS_M;
  out[at + 3] = block.semiMinorM[row]! / EARTH_MEAN_RADIUS_M;
  out[at + 4] = block.azimuth[row]!;
}

const TURN = 2 * Math.PI;
/** The short way round. */
const turn = (angle: number, period: number) => angle - period * Math.round(angle / period);

function glide(out: Float32Array, at: number, next: FootprintBlock, row: number, f: number): void {
  out[at] = out[at]! + f * turn(next.longitude[row]! - out[at]!, TURN);
  out[at + 1] = out[at + 1]! + f * (next.latitude[row]! - out[at + 1]!);
  out[at + 2] = out[at + 2]! + f * (next.semiMajorM[row]! / EARTH_MEAN_RADIUS_M - out[at + 2]!);
  out[at + 3] = out[at + 3]! + f * (next.semiMinorM[row]! / EARTH_MEAN_RADIUS_M - out[at + 3]!);
  // An ellipse looks the same after half a turn.
  out[at + 4] = out[at + 4]! + f * turn(next.azimuth[row]! - out[at + 4]!, Math.PI);
}

/** Row of the footprint that holds a place best, by distance from its centre in its own radii; -1 for none. */
export function rowAt({ count, data }: Footprints, latitude: number, longitude: number): number {
  let best = -1;
  let least = 1;
  for (let row = 0; row < count; row++) {
    const r = radiiFromCentre(data, row * FLOATS_PER_BEAM, latitude, longitude);
    if (r <= least) {
      least = r;
      best = row;
    }
  }
  return best;
}

function radiiFromCentre(d: Float32Array, at: number, latitude: number, longitude: number): number {
  const dLongitude = longitude - d[at]!;
  const lat0 = d[at + 1]!;
  const up = Math.sin(lat0) * Math.sin(latitude) + Math.cos(lat0) * Math.cos(latitude) * Math.cos(dLongitude);
  const east = Math.cos(latitude) * Math.sin(dLongitude);
  const north =
    Math.cos(lat0) * Math.sin(latitude) - Math.sin(lat0) * Math.cos(latitude) * Math.cos(dLongitude);
  const arc = Math.atan2(Math.hypot(east, north), up);
  const direction = Math.atan2(east, north) - d[at + 4]!;
  return Math.hypot((arc * Math.cos(direction)) / d[at + 2]!, (arc * Math.sin(direction)) / d[at + 3]!);
}
