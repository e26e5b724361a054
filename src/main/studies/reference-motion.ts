import { DEG, SPEED_OF_LIGHT } from "../math/constants.ts";
import {
  type CircularOrbit,
  closingSpeed,
  differentialDelay,
  dopplerShare,
  oneWayDelay,
  residualDoppler,
  roundTripDelay,
  satelliteSpeed,
  zenithDopplerRate,
} from "./link-motion.ts";
import { REPORT_EARTH_RADIUS } from "./link.ts";
import { type Formula, type Inputs, num } from "./reference-table.ts";

const optional = (i: Inputs, name: string) => (name in i ? num(i, name) : undefined);
const orbit = (i: Inputs): CircularOrbit => ({
  earthRadiusM: (optional(i, "earthRadiusKm") ?? REPORT_EARTH_RADIUS / 1000) * 1000,
  altitudeM: num(i, "altitudeKm") * 1000,
});
const elevation = (i: Inputs) => num(i, "elevationDeg") * DEG;
const ueSpeed = (i: Inputs) => (optional(i, "ueKmH") ?? 0) / 3.6;

function roundTripMs(i: Inputs): number {
  const gateway = optional(i, "gatewayElevationDeg");
  return 1000 * roundTripDelay(orbit(i), elevation(i), gateway === undefined ? undefined : gateway * DEG);
}

/** The UE moves against the service link only; a transparent payload has the satellite's motion in two links. */
function delayVariationUsPerS(i: Inputs): number {
  const service = closingSpeed(orbit(i), elevation(i), ueSpeed(i));
  const feeder = num(i, "links") === 2 ? closingSpeed(orbit(i), elevation(i), 0) : 0;
  return (2e6 * (service + feeder)) / SPEED_OF_LIGHT;
}

export const motionFormulas: Record<string, Formula> = {
  oneWayMs: (i) => 1000 * oneWayDelay(orbit(i), elevation(i)),
  roundTripMs,
  differentialDelayMs: (i) => 1000 * differentialDelay(orbit(i), elevation(i), num(i, "beamKm") * 1000),
  delayVariationUsPerS,
  satelliteSpeedKmS: (i) => satelliteSpeed(orbit(i)) / 1000,
  dopplerPpm: (i) => 1e6 * dopplerShare(orbit(i), elevation(i), ueSpeed(i)),
  dopplerKhz: (i) => 1e6 * num(i, "frequencyGhz") * dopplerShare(orbit(i), elevation(i), ueSpeed(i)),
  dopplerRateHzS: (i) => 1e9 * num(i, "frequencyGhz") * zenithDopplerRate(orbit(i)),
  residualDopplerPpm: (i) => 1e6 * residualDoppler(orbit(i), num(i, "beamKm") * 1000),
};
