import { cellBeam, cellSatellite } from "../../shared/frame.ts";
import type { RunRecord } from "../../shared/run.ts";
import type { RunReader } from "../store/reader.ts";

/** The −3 dB contour of a cell on the ground. */
export interface Footprint {
  latitudeDeg: number;
  longitudeDeg: number;
  semiMajorKm: number;
  semiMinorKm: number;
  /** of the major axis, from north over east */
  azimuthDeg: number;
  /** the contour as [longitude, latitude] in degrees, open; empty where it passes the limb */
  ring: [number, number][];
}

/** The footprint of a cell at a time since the start; null where the cell is not on the ground. */
export type FootprintSource = (cell: number, timeS: number) => Footprint | null;

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
