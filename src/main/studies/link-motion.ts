import { slantRange } from "../link/budget.ts";
import { GM_EARTH, SPEED_OF_LIGHT } from "../math/constants.ts";

/**
 * Delay and Doppler in closed form, as TR 38.811 and TR 38.821 give them: spherical Earth that does not turn, circular
 * orbit, the satellite moving straight away from or towards the UE. SI throughout; elevations in rad.
 */
export interface CircularOrbit {
  earthRadiusM: number;
  altitudeM: number;
}

/** Speed on a circular orbit [m/s]. */
export const satelliteSpeed = ({ earthRadiusM, altitudeM }: CircularOrbit) =>
  Math.sqrt(GM_EARTH / (earthRadiusM + altitudeM));

/** One-way delay of a link [s]. */
export const oneWayDelay = ({ earthRadiusM, altitudeM }: CircularOrbit, elevation: number) =>
  slantRange(earthRadiusM, altitudeM, elevation) / SPEED_OF_LIGHT;

/** Round trip [s] over the service link and, for a transparent payload, the feeder link (TR 38.821 Table 4.2-2). */
export const roundTripDelay = (orbit: CircularOrbit, elevation: number, gatewayElevation?: number) =>
  2 *
  (oneWayDelay(orbit, elevation) +
    (gatewayElevation === undefined ? 0 : oneWayDelay(orbit, gatewayElevation)));

/** Angle at the Earth's centre between UE and subsatellite point [rad]. */
const centralAngle = ({ earthRadiusM: r, altitudeM: h }: CircularOrbit, elevation: number) =>
  Math.acos((r * Math.cos(elevation)) / (r + h)) - elevation;

/**
 * Difference of one-way delays [s] across a beam whose outer edge sees the satellite at `elevation` and whose inner
 * edge is nearer by an arc [m] (TR 38.821 Table 4.2-2).
 */
export function differentialDelay(orbit: CircularOrbit, elevation: number, beamArcM: number): number {
  const { earthRadiusM: r, altitudeM: h } = orbit;
  const inner = Math.abs(centralAngle(orbit, elevation) - beamArcM / r);
  const nearest = Math.sqrt(h * h + 4 * r * (r + h) * Math.sin(inner / 2) ** 2);
  return (slantRange(r, h, elevation) - nearest) / SPEED_OF_LIGHT;
}

/** Speed along the line of sight [m/s] of the satellite, in its plane, and of a UE going to meet it. */
export const closingSpeed = (orbit: CircularOrbit, elevation: number, ueSpeed: number) =>
  ((satelliteSpeed(orbit) * orbit.earthRadiusM) / (orbit.earthRadiusM + orbit.altitudeM) + ueSpeed) *
  Math.cos(elevation);

/** Doppler shift as a share of the carrier (TR 38.811 §6.7.1). */
export const dopplerShare = (orbit: CircularOrbit, elevation: number, ueSpeed: number) =>
  closingSpeed(orbit, elevation, ueSpeed) / SPEED_OF_LIGHT;

/** Rate of the Doppler shift at the zenith, as a share of the carrier [1/s]: ω²·R·(R + h) / (h·c) (TR 38.811 §5.3.4.4). */
export function zenithDopplerRate(orbit: CircularOrbit): number {
  const { earthRadiusM: r, altitudeM: h } = orbit;
  const angularRate = satelliteSpeed(orbit) / (r + h);
  return (angularRate * angularRate * r * (r + h)) / (h * SPEED_OF_LIGHT);
}

/** Doppler left at the edge of a beam at nadir [share of the carrier] when its centre is compensated: v/c · sin(nadir angle). */
export function residualDoppler(orbit: CircularOrbit, beamDiameterM: number): number {
  const { earthRadiusM: r, altitudeM: h } = orbit;
  const arc = beamDiameterM / 2 / r;
  const nadir = Math.atan2(r * Math.sin(arc), r + h - r * Math.cos(arc));
  return (satelliteSpeed(orbit) * Math.sin(nadir)) / SPEED_OF_LIGHT;
}
