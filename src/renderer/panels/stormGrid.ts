import { useMemo } from "react";
import { pyramidFor, quantityOf, rankCells } from "../session/storm.ts";
import type { Quantity, Storm } from "../session/storm.ts";
import { floorsOf, picked } from "../widgets/pool.ts";
import { greatestAt } from "./format.ts";

/** One quantity of a storm as a map, its cells ranked, and the entry with the peak; null where all is zero. */
export function stormGrid(storm: Storm, quantity: Quantity) {
  const { cell, second } = storm.columns;
  const value = quantityOf(storm.columns, quantity);
  const pyramid = pyramidFor(storm, quantity, value);
  const top = pyramid.at(-1);
  // every cell's peak is in every floor
  const peaks = top ? picked(value, top) : value;
  const ranking = rankCells(top ? picked(cell, top) : cell, peaks);
  const at = greatestAt(peaks);
  const grid = {
    key: cell,
    column: second,
    value,
    floors: floorsOf(pyramid, second, value),
    rowOf: ranking.rowOf,
    rows: ranking.cell.length,
    columns: storm.seconds,
  };
  return { grid, ranking, peak: at !== null && top ? top[at]! : at };
}
export type StormGrid = ReturnType<typeof stormGrid>;

export const useStormGrid = (storm: Storm, quantity: Quantity) =>
  useMemo(() => stormGrid(storm, quantity), [storm, quantity]);
