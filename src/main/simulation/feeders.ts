import { gatewayPositions, planFeeders, type FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";

/** Which gateway each satellite works through; null where it needs none, or reaches one through other satellites. */
export function feedersOf({ gateways, payload, duration }: Mission, track: Track): FeederPlan | null {
  if (payload.processing === "regenerative" || !gateways || gateways.interSatelliteLinks) return null;
  const { stations, minElevation } = gateways;
  return planFeeders(track, { position: gatewayPositions(stations), minElevation }, duration);
}
