import * as fc from "fast-check";
import { geodeticToEcf } from "satellite.js";
import { describe, expect, it } from "vitest";
import { DEG, EARTH_MEAN_RADIUS, WGS84_A, WGS84_B } from "../../../src/main/math/constants.ts";
import { destination, ecefToGeodetic, geodeticToEcef, haversine } from "../../../src/main/math/wgs84.ts";

function roundTrip(latitude: number, longitude: number, height: number): number {
  const out = new Float64Array(9);
  geodeticToEcef(out, 0, latitude, longitude, height);
  ecefToGeodetic(out, 3, out[0], out[1], out[2]);
  geodeticToEcef(out, 6, out[3], out[4], out[5]);
  return Math.hypot(out[6] - out[0], out[7] - out[1], out[8] - out[2]);
}

const latitudes = fc.double({ min: -Math.PI / 2, max: Math.PI / 2, noNaN: true });
const longitudes = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });

describe("geodetic coordinates", () => {
  it("come back to a tenth of a millimetre, from 5000 km below the surface to 50,000 km above it", () => {
    const heights = fc.double({ min: -5e6, max: 5e7, noNaN: true });
    fc.assert(
      fc.property(latitudes, longitudes, heights, (latitude, longitude, height) => {
        expect(roundTrip(latitude, longitude, height)).toBeLessThan(1e-4);
      }),
      { numRuns: 1000 },
    );
  });

  it("come back on the surface to a nanoradian", () => {
    const out = new Float64Array(6);
    fc.assert(
      fc.property(latitudes, longitudes, (latitude, longitude) => {
        geodeticToEcef(out, 0, latitude, longitude, 100);
        ecefToGeodetic(out, 3, out[0], out[1], out[2]);
        expect(Math.abs(out[3] - latitude)).toBeLessThan(1e-9);
        expect(Math.abs(out[5] - 100)).toBeLessThan(1e-6);
      }),
    );
  });

  it.each([
    ["north pole", 0, 0, WGS84_B + 10, 90, 0, 10],
    ["south pole", 0, 0, -WGS84_B - 10, -90, 0, 10],
    ["equator at the antimeridian", -WGS84_A, 0, 0, 0, 180, 0],
    ["equator at 90° W", 0, -WGS84_A - 5, 0, 0, -90, 5],
  ])("are right at the %s", (_, x, y, z, latitudeDeg, longitudeDeg, height) => {
    const out = new Float64Array(3);
    ecefToGeodetic(out, 0, x, y, z);
    expect(out[0] / DEG).toBeCloseTo(latitudeDeg, 9);
    expect(out[1] / DEG).toBeCloseTo(longitudeDeg, 9);
    expect(out[2]).toBeCloseTo(height, 6);
  });

  it("at the Earth's centre are finite and lead back there", () => {
    const out = new Float64Array(6);
    ecefToGeodetic(out, 0, 0, 0, 0);
    expect(Math.abs(out[0])).toBeLessThanOrEqual(Math.PI / 2);
    geodeticToEcef(out, 3, out[0], out[1], out[2]);
    expect(Math.hypot(out[3], out[4], out[5])).toBeLessThan(1e-3);
  });

  it("agree with satellite.js to a millimetre, whose semi-minor axis has 7 decimals", () => {
    const out = new Float64Array(3);
    fc.assert(
      fc.property(latitudes, longitudes, (latitude, longitude) => {
        geodeticToEcef(out, 0, latitude, longitude, 1234);
        const { x, y, z } = geodeticToEcf({ latitude, longitude, height: 1.234 });
        expect(Math.hypot(out[0] - x * 1000, out[1] - y * 1000, out[2] - z * 1000)).toBeLessThan(1e-3);
      }),
    );
  });
});

describe("the mean sphere", () => {
  it("has a quarter meridian of a quarter circle", () => {
    expect(haversine(0, 1, Math.PI / 2, -2)).toBeCloseTo((EARTH_MEAN_RADIUS * Math.PI) / 2, 3);
  });

  it("measures across the antimeridian the short way", () => {
    const expected = EARTH_MEAN_RADIUS * 2 * DEG;
    expect(haversine(0, 179 * DEG, 0, -179 * DEG)).toBeCloseTo(expected, 3);
  });

  it("leads to a point at the distance asked for, whatever the azimuth", () => {
    const out = new Float64Array(2);
    const azimuths = fc.double({ min: -7, max: 7, noNaN: true });
    const distances = fc.double({ min: 1, max: 1.9e7, noNaN: true });
    fc.assert(
      fc.property(latitudes, longitudes, azimuths, distances, (latitude, longitude, azimuth, distance) => {
        destination(out, 0, latitude, longitude, azimuth, distance);
        expect(Math.abs(haversine(latitude, longitude, out[0], out[1]) - distance)).toBeLessThan(0.5);
        expect(Math.abs(out[1])).toBeLessThanOrEqual(Math.PI);
      }),
    );
  });

  it("leaves a pole along the meridian of its azimuth, as from right beside the pole", () => {
    const out = new Float64Array(4);
    for (const pole of [Math.PI / 2, -Math.PI / 2])
      for (let azimuth = -3; azimuth < 3.2; azimuth += 0.1) {
        destination(out, 0, pole, 0.7, azimuth, 4e5);
        destination(out, 2, pole * (1 - 1e-12), 0.7, azimuth, 4e5);
        expect(Math.cos(out[1] - out[3])).toBeCloseTo(1, 12);
        expect(out[0]).toBeCloseTo(out[2], 11);
        expect(Math.cos(out[1] - 0.7)).toBeCloseTo(Math.sign(-pole) * Math.cos(azimuth), 9);
      }
  });

  it("goes north for azimuth 0 and east for 90°", () => {
    const out = new Float64Array(2);
    destination(out, 0, 0.1, 0.2, 0, EARTH_MEAN_RADIUS * 0.3);
    expect([...out]).toEqual([expect.closeTo(0.4, 12), expect.closeTo(0.2, 12)]);
    destination(out, 0, 0, 3.1, Math.PI / 2, EARTH_MEAN_RADIUS * 0.1);
    expect([...out]).toEqual([expect.closeTo(0, 12), expect.closeTo(3.2 - 2 * Math.PI, 12)]);
  });
});
