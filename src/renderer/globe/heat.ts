import type { StormColumns } from "../../shared/storm.ts";
import { INFERNO, PALETTE_SIZE } from "../session/palette.ts";

/** Handovers out of and into each cell, found by second: entries of second s are first[s] … first[s + 1] − 1. */
export interface Heat {
  first: Uint32Array;
  cell: Uint32Array;
  count: Uint32Array;
  /** the greatest of any cell and second, 0 where there are none */
  most: number;
}

const made = new WeakMap<StormColumns, Heat>();

/** The storm's columns stand by cell; the globe asks for all cells of one second. */
export function heatOf(columns: StormColumns): Heat {
  const heat = made.get(columns) ?? makeHeat(columns);
  made.set(columns, heat);
  return heat;
}

function makeHeat({ second, cell, handoversOut, handoversIn }: StormColumns): Heat {
  let seconds = 0;
  for (const s of second) if (s >= seconds) seconds = s + 1;
  const first = new Uint32Array(seconds + 1);
  for (const s of second) first[s + 1]!++;
  for (let s = 0; s < seconds; s++) first[s + 1]! += first[s]!;
  const next = first.slice();
  const heat = {
    first,
    cell: new Uint32Array(second.length),
    count: new Uint32Array(second.length),
    most: 0,
  };
  for (let i = 0; i < second.length; i++) {
    const at = next[second[i]!]!++;
    heat.cell[at] = cell[i]!;
    heat.count[at] = handoversOut[i]! + handoversIn[i]!;
    if (heat.count[at]! > heat.most) heat.most = heat.count[at]!;
  }
  return heat;
}

/** Handovers of a cell in a second; cells of a second stand in ascending order. */
export function handoversAt({ first, cell, count }: Heat, wanted: number, second: number): number {
  if (second < 0 || second + 1 >= first.length) return 0;
  let low = first[second]!;
  let high = first[second + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cell[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < first[second + 1]! && cell[low] === wanted ? count[low]! : 0;
}

/** Colour of a number of handovers, on a logarithmic scale from 1 to the greatest; −1 for none. */
export function heatBin(handovers: number, most: number): number {
  if (handovers <= 0) return -1;
  if (most <= 1) return INFERNO.length - 1;
  const share = Math.log(handovers) / Math.log(most);
  return Math.min(INFERNO.length - 1, Math.floor(share * INFERNO.length));
}

/** The bin's place among a footprint's categories, of which −1 is grey. */
export const heatCategory = (bin: number) => (bin < 0 ? -1 : PALETTE_SIZE - 1 + bin);
