/** Entries of a map of rows × columns, in the order (key, column): typed arrays of one length. A row is a thing with a key. */
export interface Grid {
  key: Uint32Array;
  column: Uint32Array;
  value: Uint32Array;
  /** of a max pyramid; those that are missing cost time only */
  floors: readonly Floor[];
  /** [key] its row */
  rowOf: Uint32Array;
  rows: number;
  columns: number;
}

/**
 * Floor n holds, of every stretch of 2ⁿ⁺¹ columns of a key that has entries, the greatest one, with its column and value, for
 * a walk through memory in order is several times as fast.
 */
export interface Floor {
  entry: Uint32Array;
  column: Uint32Array;
  value: Uint32Array;
}

export function floorsOf(pyramid: readonly Uint32Array[], column: Uint32Array, value: Uint32Array): Floor[] {
  return pyramid.map((entry) => ({ entry, column: picked(column, entry), value: picked(value, entry) }));
}

export function picked(from: Uint32Array, entry: Uint32Array): Uint32Array {
  const out = new Uint32Array(entry.length);
  for (let i = 0; i < out.length; i++) out[i] = from[entry[i]!]!;
  return out;
}

/** The columns [from, to) of a map. */
export interface Stretch {
  from: number;
  to: number;
}

/** The greatest entry of each of width × height pixels, −1 where none is above zero. */
export interface Pooled {
  winner: Int32Array<ArrayBuffer>;
  width: number;
  height: number;
  /** the column where the first pixel begins, and how many columns each has: the last may reach beyond the stretch */
  first: number;
  perPixel: number;
}

/**
 * Part of a map on at most width × height pixels: several rows and columns share a pixel without hiding its peak. Where there
 * are fewer of them than pixels, they have one each. Pixels begin at whole multiples of their columns, so that a map that is
 * moved does not flicker.
 */
export function poolMax(grid: Grid, { from, to }: Stretch, width: number, height: number): Pooled {
  const { key, rowOf, rows, floors } = grid;
  const least = Math.max(1, Math.ceil((to - from) / width));
  const which = floorFor(least, floors.length);
  const perPixel = roundedUp(least, 2 ** (which + 1));
  const { entry, column, value } = which < 0 ? { entry: null, ...grid } : floors[which]!;
  const firstPixel = Math.floor(from / perPixel);
  const across = Math.floor((to - 1) / perPixel) - firstPixel + 1;
  const down = Math.min(height, rows);
  const first = firstPixel * perPixel;
  const end = first + across * perPixel;
  const winner = new Int32Array(across * down).fill(-1);
  const best = new Uint32Array(across * down);
  const keyOf = (i: number) => key[entry ? entry[i]! : i]!;
  for (let i = 0; i < column.length;) {
    const row = keyOf(i);
    const next = search(i, column.length, (at) => keyOf(at) > row);
    const of = Math.floor((rowOf[row]! * down) / rows) * across;
    let at = first === 0 ? i : search(i, next, (here) => column[here]! >= first);
    while (at < next && column[at]! < end) {
      const pixel = Math.floor((column[at]! - first) / perPixel);
      const until = first + (pixel + 1) * perPixel;
      let most = 0;
      let where = -1;
      for (; at < next && column[at]! < until; at++) {
        if (value[at]! <= most) continue;
        most = value[at]!;
        where = at;
      }
      if (most <= best[of + pixel]!) continue;
      best[of + pixel] = most;
      winner[of + pixel] = entry ? entry[where]! : where;
    }
    i = next;
  }
  return { winner, width: across, height: down, first, perPixel };
}

/**
 * The floor to draw from where so many columns should share a pixel, −1 the entries themselves: the highest whose whole
 * stretches make a pixel at most a third wider.
 */
function floorFor(columns: number, floors: number): number {
  let floor = floors - 1;
  while (floor >= 0 && roundedUp(columns, 2 ** (floor + 1)) > (4 / 3) * columns) floor--;
  return floor;
}

const roundedUp = (n: number, to: number) => Math.ceil(n / to) * to;

/** The first place in [from, to) where a condition holds that holds from there on; `to` where it never does. */
function search(from: number, to: number, holds: (at: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The pixels of an ImageData, little-endian; clear where nothing is. `ramp`: from just above zero to `most`. */
export function coloursOf(
  { winner }: Pooled,
  value: ArrayLike<number>,
  ramp: readonly string[],
  most: number,
): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(winner.length);
  const colours = Uint32Array.from(ramp, abgr);
  const scale = colours.length / most;
  const last = colours.length - 1;
  for (let i = 0; i < winner.length; i++)
    if (winner[i]! >= 0) pixels[i] = colours[Math.min(last, Math.floor(value[winner[i]!]! * scale))]!;
  return pixels;
}

/** #rrggbb as a pixel of an ImageData, little-endian. */
function abgr(colour: string): number {
  const n = Number.parseInt(colour.slice(1), 16);
  return ((255 << 24) | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}

const NARROWEST_STRETCH = 10;

/** A stretch `factor` times as long, with its column `about` where it was; within the map. */
export function zoomed({ from, to }: Stretch, factor: number, about: number, columns: number): Stretch {
  const span = to - from;
  const wanted = Math.max(Math.min(NARROWEST_STRETCH, columns), Math.min(columns, Math.round(span * factor)));
  return within(Math.round(about - ((about - from) * wanted) / span), wanted, columns);
}

/** A stretch moved by some columns, within the map. */
export const moved = ({ from, to }: Stretch, by: number, columns: number): Stretch =>
  within(from + Math.round(by), to - from, columns);

function within(from: number, span: number, columns: number): Stretch {
  const start = Math.max(0, Math.min(columns - span, from));
  return { from: start, to: start + span };
}
