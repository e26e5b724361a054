import type { StormColumns } from "./storm.ts";

/** What a map of a storm can show of each cell and second. */
export const QUANTITIES = ["handovers", "messages", "bytes", "tries", "queue", "drops"] as const;
export type Quantity = (typeof QUANTITIES)[number];

type Quantities = Pick<StormColumns, Exclude<Quantity, "handovers"> | "handoversOut" | "handoversIn">;

/** Handovers are those out of the cell and into it. */
export function quantityOf(columns: Quantities, quantity: Quantity): Uint32Array<ArrayBuffer> {
  if (quantity !== "handovers") return columns[quantity];
  const { handoversOut, handoversIn } = columns;
  const sum = new Uint32Array(handoversOut.length);
  for (let i = 0; i < sum.length; i++) sum[i] = handoversOut[i]! + handoversIn[i]!;
  return sum;
}

/**
 * The floors of a max pyramid over the entries of a map in the order (key, column): floor n holds, of every stretch of 2ⁿ⁺¹
 * columns of a key that has entries, the one with the greatest value, the first of equals. Every floor ascends.
 */
export type Pyramid = Uint32Array<ArrayBuffer>[];

export function pyramidOf(
  key: Uint32Array,
  column: Uint32Array,
  value: ArrayLike<number>,
  floors: number,
): Pyramid {
  const pyramid: Pyramid = [];
  for (let floor = 0; floor < floors; floor++)
    pyramid.push(floorAbove(pyramid.at(-1) ?? null, floor + 1, key, column, value));
  return pyramid;
}

function floorAbove(
  below: Uint32Array | null,
  halvings: number,
  key: Uint32Array,
  column: Uint32Array,
  value: ArrayLike<number>,
): Uint32Array<ArrayBuffer> {
  const count = below ? below.length : key.length;
  const winners = new Uint32Array(count);
  let n = 0;
  let lastKey = -1;
  let lastStretch = -1;
  for (let i = 0; i < count; i++) {
    const entry = below ? below[i]! : i;
    const stretch = column[entry]! >>> halvings;
    if (key[entry] !== lastKey || stretch !== lastStretch) {
      lastKey = key[entry]!;
      lastStretch = stretch;
      winners[n++] = entry;
    } else if (value[entry]! > value[winners[n - 1]!]!) winners[n - 1] = entry;
  }
  return winners.slice(0, n);
}

/** The narrowest map that pyramids are built for, pixels. */
const NARROWEST = 256;

/** How many floors a run of so many seconds needs: on the narrowest map, two to four stretches of the last make a pixel. */
export const floorsFor = (seconds: number) =>
  Math.max(0, Math.floor(Math.log2(Math.max(1, Math.ceil(seconds / NARROWEST)))) - 1);
