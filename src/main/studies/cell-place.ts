import { firstSite } from "../simulation/ground.ts";
import { cellBeam, cellSatellite } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";

/** What a cell on the ground has for a satellite's id. */
export const ON_GROUND = "ground";

/** Satellite and beam of a cell, from 0; of one on the ground its site. */
export function cellPlace(mission: Mission, cell: number): { satellite: string; beam: number } {
  const { beams } = mission.payload;
  const site = cell - firstSite(mission);
  if (site >= 0) return { satellite: ON_GROUND, beam: site };
  return { satellite: mission.satellites[cellSatellite(cell, beams)].id, beam: cellBeam(cell, beams) };
}
