import { loadLand } from "./land.ts";
import { loadPlaces } from "./places.ts";
import type { Mission } from "../../shared/mission.ts";

/** Places and land, for the placement that asks for them. */
export const inhabitedOf = ({ placement }: Mission) =>
  placement.kind === "places"
    ? { places: loadPlaces(placement, placement.minPopulation), land: loadLand() }
    : null;
