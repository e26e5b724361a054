import { describe, expect, it } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";

function elevation(ground: number[], satellite: number[]): number {
  const out = new Float64Array(9);
  geodeticToEcef(out, 0, ground[0] * DEG, ground[1] * DEG, 0);
  geodeticToEcef(out, 3, satellite[0] * DEG, satellite[1] * DEG, satellite[2]);
  lookAngles(out, 6, out[0], out[1], out[2], out[3], out[4], out[5]);
  return out[7] / DEG;
}

/** ns-3's test of elevation angles is on a sphere of 6371 km; ours is on WGS-84, whose vertical leans up to 0.19°. */
const HORIZON = Math.acos(6_378_137 / 6_978_137) / DEG;
const ROWS: [number[], number[], number, number][] = [
  [[45, 0], [0, 0, 35_786e3], 38.1771, 0.25],
  [[0, 0], [0, 120, 600e3], -58.5127, 0.02],
  [[60, 0], [50, 0, 600e3], 22.204, 0.25],
  [[0, 0], [0, HORIZON, 600e3], 0, 1e-9],
];

describe("elevation", () => {
  it.each(ROWS)("from %j to %j is %d° (ns-3)", (ground, satellite, published, tolerance) => {
    expect(Math.abs(elevation(ground, satellite) - published)).toBeLessThan(tolerance);
  });

  it("is the same when both turn around the pole, over the antimeridian too, or are mirrored to the south", () => {
    for (const [[lat, lon], [satLat, satLon, h]] of ROWS) {
      const here = elevation([lat, lon], [satLat, satLon, h]);
      expect(elevation([lat, lon + 130], [satLat, satLon + 130, h])).toBeCloseTo(here, 9);
      expect(elevation([lat, lon + 179], [satLat, satLon + 179, h])).toBeCloseTo(here, 9);
      expect(elevation([-lat, lon], [-satLat, satLon, h])).toBeCloseTo(here, 9);
    }
  });

  it("is 90° from a pole to a satellite above it", () => {
    expect(elevation([90, 0], [90, 77, 600e3])).toBeCloseTo(90, 6);
    expect(elevation([-90, 0], [-90, 0, 600e3])).toBeCloseTo(90, 6);
  });
});
