import { describe, expect, it } from "vitest";
import { DEG, SPEED_OF_LIGHT } from "../../../src/main/math/constants.ts";
import {
  closingSpeed,
  differentialDelay,
  dopplerShare,
  oneWayDelay,
  residualDoppler,
  roundTripDelay,
  satelliteSpeed,
  zenithDopplerRate,
} from "../../../src/main/studies/link-motion.ts";

const orbit = { earthRadiusM: 6_371_000, altitudeM: 600_000 };

/** A satellite passing through the zenith of a UE that does not turn with it: range [m] after some seconds. */
function rangeAt(seconds: number): number {
  const radius = orbit.earthRadiusM + orbit.altitudeM;
  const angle = (satelliteSpeed(orbit) / radius) * seconds;
  return Math.hypot(radius * Math.sin(angle), radius * Math.cos(angle) - orbit.earthRadiusM);
}
function elevationAt(seconds: number): number {
  const radius = orbit.earthRadiusM + orbit.altitudeM;
  const angle = (satelliteSpeed(orbit) / radius) * seconds;
  return Math.atan2(radius * Math.cos(angle) - orbit.earthRadiusM, radius * Math.sin(angle));
}

describe("motion on a circular orbit", () => {
  it("has the Doppler shift of the range's derivative along a pass", () => {
    for (const seconds of [20, 90, 200]) {
      const rate = (rangeAt(seconds + 0.01) - rangeAt(seconds - 0.01)) / 0.02;
      expect(dopplerShare(orbit, elevationAt(seconds), 0)).toBeCloseTo(rate / SPEED_OF_LIGHT, 11);
    }
  });

  it("has the Doppler rate of the range's second derivative at the zenith", () => {
    const rate = (rangeAt(1) - 2 * rangeAt(0) + rangeAt(-1)) / SPEED_OF_LIGHT;
    expect(zenithDopplerRate(orbit) / rate).toBeCloseTo(1, 4);
  });

  it("adds the UE's speed along the ground, and has no shift at the zenith", () => {
    expect(closingSpeed(orbit, 0, 100) - closingSpeed(orbit, 0, 0)).toBeCloseTo(100, 9);
    expect(dopplerShare(orbit, 90 * DEG, 300)).toBeCloseTo(0, 15);
  });

  it("counts the feeder link twice over, once a way", () => {
    const [service, feeder] = [oneWayDelay(orbit, 0.5), oneWayDelay(orbit, 0.2)];
    expect(roundTripDelay(orbit, 0.5)).toBeCloseTo(2 * service, 15);
    expect(roundTripDelay(orbit, 0.5, 0.2)).toBeCloseTo(2 * (service + feeder), 15);
  });

  it("has no differential delay in a beam of no width, and more in a wider one", () => {
    const delays = [0, 100e3, 500e3].map((arc) => differentialDelay(orbit, 10 * DEG, arc));
    expect(delays[0]).toBeCloseTo(0, 12);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
  });

  it("leaves nothing after pre-compensation at the centre itself, and the flat-Earth value in a small beam", () => {
    expect(residualDoppler(orbit, 0)).toBe(0);
    const flat = (satelliteSpeed(orbit) / SPEED_OF_LIGHT) * Math.sin(Math.atan(25 / 600));
    expect(residualDoppler(orbit, 50_000) / flat).toBeCloseTo(1, 3);
  });
});
