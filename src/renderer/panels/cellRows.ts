import { cellSatellite } from "../../shared/frame.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { cellColour } from "../session/palette.ts";

export interface CellRow {
  cell: number;
  colour: string;
  out: number;
  in: number;
  peak: number;
}

/** The cells that served, of one satellite or of all, the highest peak first. */
export function cellRows({ cells, record }: LoadedRun, satellite: number | null = null): CellRow[] {
  const { cell, handoversOut, handoversIn, peakPerS } = cells;
  return Array.from(cell, (number, i) => ({
    cell: number,
    colour: cellColour(number, record.beams),
    out: handoversOut[i]!,
    in: handoversIn[i]!,
    peak: peakPerS[i]!,
  }))
    .filter((row) => satellite === null || cellSatellite(row.cell, record.beams) === satellite)
    .toSorted((a, b) => b.peak - a.peak || b.out - a.out || a.cell - b.cell);
}
