import type { FootprintSource } from "../../shared/footprint.ts";
import { cellBeam, cellSatellite } from "../../shared/frame.ts";
import type { RunRecord } from "../../shared/run.ts";
import type { RunReader } from "../store/reader.ts";

/** A run to export, and where its cells lie. */
export interface Source {
  reader: RunReader;
  record: RunRecord;
  footprint: FootprintSource;
}

/** Who a cell belongs to. */
export function cellNames({ reader, record }: Source) {
  const { ids } = reader.satellites(record.run).meta;
  return {
    satellite: (cell: number) => ids[cellSatellite(cell, record.beams)],
    /** from 0, as in the cell's number */
    beam: (cell: number) => cellBeam(cell, record.beams),
  };
}
