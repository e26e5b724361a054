import { useMemo } from "react";
import { quantityOf, rankCells } from "../session/storm.ts";
import type { Quantity, Storm } from "../session/storm.ts";
import { greatestAt } from "./format.ts";

/** One quantity of a storm as a map, its cells ranked, and the entry with the peak; null where all is zero. */
export function useStormGrid(storm: Storm, quantity: Quantity) {
  return useMemo(() => {
    const { cell, second } = storm.columns;
    const value = quantityOf(storm.columns, quantity);
    const ranking = rankCells(cell, value);
    const { rowOf } = ranking;
    const rows = ranking.cell.length;
    const grid = { key: cell, column: second, value, rowOf, rows, columns: storm.seconds };
    return { grid, ranking, peak: greatestAt(value) };
  }, [storm, quantity]);
}
export type StormGrid = ReturnType<typeof useStormGrid>;
