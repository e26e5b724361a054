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
  const cells = ids.length * record.beams;
  return {
    /** null on the ground */
    satellite: (cell: number) => (cell > cells ? null : ids[cellSatellite(cell, record.beams)]),
    /** from 0, as in the cell's number; on the ground its site */
    beam: (cell: number) => (cell > cells ? cell - cells - 1 : cellBeam(cell, record.beams)),
    onGround: (cell: number) => cell > cells,
    title: (cell: number) =>
      cell > cells
        ? `site ${cell - cells - 1} on the ground`
        : `${ids[cellSatellite(cell, record.beams)]}, beam ${cellBeam(cell, record.beams)}`,
  };
}
