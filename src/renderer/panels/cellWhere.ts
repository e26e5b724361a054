import { cellSatellite } from "../../shared/frame.ts";
import type { LoadedRun } from "../session/loadRun.ts";

/** Whose a cell is: its satellite's name, or its site (from 0) among those on the ground, which come after all satellites'. */
export function cellWhere(
  { record: { beams }, track }: Pick<LoadedRun, "track"> & { record: { beams: number } },
  cell: number,
): string {
  const site = cell - track.satellites * beams - 1;
  return site >= 0 ? `site ${site} on the ground` : track.names[cellSatellite(cell, beams)]!;
}
