import * as fc from "fast-check";
import { ecfToLookAngles } from "satellite.js";
import { describe, expect, it } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";

/** Azimuth, elevation [deg], range [km] of a point seen from another, both latitude, longitude [deg], height [m]. */
function look(from: [number, number, number], to: [number, number, number]) {
  const out = new Float64Array(9);
  geodeticToEcef(out, 0, from[0] * DEG, from[1] * DEG, from[2]);
  geodeticToEcef(out, 3, to[0] * DEG, to[1] * DEG, to[2]);
  lookAngles(out, 6, out[0], out[1], out[2], out[3], out[4], out[5]);
  return { azimuthDeg: out[6] / DEG, elevationDeg: out[7] / DEG, rangeKm: out[8] / 1000 };
}

describe("look angles", () => {
  it("have the zenith straight up along the WGS-84 normal", () => {
    const { elevationDeg, rangeKm } = look([47, 8, 0], [47, 8, 600_000]);
    expect(elevationDeg).toBeCloseTo(90, 5);
    expect(rangeKm).toBeCloseTo(600, 6);
  });

  it.each([
    [[1, 0, 0], 0],
    [[0, 1, 0], 90],
    [[-1, 0, 0], 180],
    [[0, -1, 0], 270],
  ] as const)("see %j from the equator at azimuth %i°", (to, azimuthDeg) => {
    expect(look([0, 0, 0], [...to]).azimuthDeg).toBeCloseTo(azimuthDeg, 6);
  });

  it("look across the antimeridian the short way", () => {
    expect(look([0, 179.5, 0], [0, -179.5, 500_000]).azimuthDeg).toBeCloseTo(90, 6);
  });

  it("are finite on the pole", () => {
    const { azimuthDeg, elevationDeg } = look([90, 0, 0], [80, 40, 600_000]);
    expect(azimuthDeg).toBeGreaterThanOrEqual(0);
    expect(elevationDeg).toBeGreaterThan(10);
  });

  it("agree with satellite.js for observers anywhere", () => {
    const latitudes = fc.double({ min: -1.57, max: 1.57, noNaN: true });
    const longitudes = fc.double({ min: -3.14, max: 3.14, noNaN: true });
    const metres = fc.double({ min: 7e6, max: 2e7, noNaN: true });
    fc.assert(
      fc.property(
        latitudes,
        longitudes,
        latitudes,
        longitudes,
        metres,
        (lat, lon, satLat, satLon, radius) => {
          const out = new Float64Array(6);
          geodeticToEcef(out, 0, lat, lon, 100);
          const x = radius * Math.cos(satLat) * Math.cos(satLon);
          const y = radius * Math.cos(satLat) * Math.sin(satLon);
          const z = radius * Math.sin(satLat);
          lookAngles(out, 3, out[0], out[1], out[2], x, y, z);
          const km = { x: x / 1000, y: y / 1000, z: z / 1000 };
          const other = ecfToLookAngles({ latitude: lat, longitude: lon, height: 0.1 }, km);
          expect(Math.abs(out[4] - other.elevation)).toBeLessThan(1e-6);
          expect(Math.abs(out[5] / 1000 - other.rangeSat)).toBeLessThan(1e-5);
          // azimuth loses its meaning towards the zenith
          const turn = Math.abs(Math.sin((out[3] - other.azimuth) / 2)) * Math.cos(out[4]);
          expect(turn).toBeLessThan(1e-6);
        },
      ),
    );
  });
});
