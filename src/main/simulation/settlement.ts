import { destination } from "../math/wgs84.ts";
import type { Random } from "../math/random.ts";

/** Where people live: [place] latitude, longitude [rad] and inhabitants. */
export interface Settlements {
  latitude: Float64Array;
  longitude: Float64Array;
  population: Float64Array;
}

/** Land and sea: [row from the north × column east of 180° W], a bit each, the first of a byte the lowest; 1 is land. */
export interface LandGrid {
  columns: number;
  rows: number;
  bits: Uint8Array;
}

const TRIES = 100;

/** [place] inhabitants of the places up to and with this one. */
export function cumulativePopulation(places: Settlements): Float64Array {
  let sum = 0;
  return places.population.map((people) => (sum += people));
}

/** First index whose cumulative value is above `value`: a place without people is never it. */
function placeOf(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a place [rad] is in a cell of land. */
export function onLand(land: LandGrid, latitude: number, longitude: number): boolean {
  const turn = longitude / (2 * Math.PI) + 0.5;
  const row = Math.min(land.rows - 1, Math.floor((0.5 - latitude / Math.PI) * land.rows));
  const column = Math.floor((turn - Math.floor(turn)) * land.columns) % land.columns;
  const bit = row * land.columns + column;
  return ((land.bits[bit >> 3] >> (bit & 7)) & 1) === 1;
}

/**
 * Writes latitude, longitude [rad]: a place drawn by its inhabitants and from there a two-dimensional normal offset of
 * standard deviation `spreadM` along each axis, on the mean sphere. Drawn again while it falls into the sea; a place
 * with no land in reach (an island smaller than the grid's cells) is taken itself.
 */
export function drawAtPlaces(
  out: Float64Array,
  random: Random,
  cumulative: Float64Array,
  places: Settlements,
  spreadM: number,
  land: LandGrid | null,
): void {
  const place = placeOf(cumulative, random.next() * cumulative[cumulative.length - 1]);
  const latitude = places.latitude[place];
  const longitude = places.longitude[place];
  for (let tries = 0; tries < TRIES; tries++) {
    const distance = spreadM * Math.sqrt(-2 * Math.log(1 - random.next()));
    destination(out, 0, latitude, longitude, 2 * Math.PI * random.next(), distance);
    if (land === null || onLand(land, out[0], out[1])) return;
  }
  out[0] = latitude;
  out[1] = longitude;
}
