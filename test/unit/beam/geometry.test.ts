import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RING, ellipseOf, footprintRing } from "../../../src/main/beam/footprint.ts";
import { beamColours, beamOffsets } from "../../../src/main/beam/layout.ts";
import { boresight, cellCentre, groundPoint, satelliteAxes } from "../../../src/main/beam/steering.ts";
import { EARTH_RATE, WGS84_A } from "../../../src/main/math/constants.ts";
import { ecefToGeodetic, haversine } from "../../../src/main/math/wgs84.ts";

const offsetsOf = (layout: "row" | "hexagon", beams: number) => {
  const flat = beamOffsets(layout, beams);
  return Array.from({ length: beams }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
};

describe("beam layout", () => {
  it.each([7, 19, 61, 127])(
    "puts every beam of a hexagon of %d one spacing from its nearest neighbour",
    (beams) => {
      const points = offsetsOf("hexagon", beams);
      for (const [i, [x, y]] of points.entries()) {
        const nearest = Math.min(
          ...points.filter((_, j) => j !== i).map(([a, b]) => Math.hypot(a - x, b - y)),
        );
        expect(nearest).toBeCloseTo(1, 12);
      }
    },
  );

  it("leads a row with its first beam and keeps the middle one below the satellite", () => {
    expect(offsetsOf("row", 3)).toEqual([
      [1, 0],
      [0, 0],
      [-1, 0],
    ]);
  });

  it("gives neighbours different colours", () => {
    const points = offsetsOf("hexagon", 61);
    const colours = beamColours("hexagon", 61);
    for (let i = 0; i < 61; i++)
      for (let j = 0; j < i; j++) {
        if (Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]) < 1.01)
          expect(colours[i]).not.toBe(colours[j]);
      }
    expect([...beamColours("row", 3)]).toEqual([0, 1, 2]);
  });
});

describe("steering", () => {
  it("points along the flight, to its left, and down", () => {
    // over the equator at longitude 0, flying east in the inertial frame
    const state = Float64Array.of(7e6, 0, 0, 0, 7500 - EARTH_RATE * 7e6, 0);
    const axes = new Float64Array(9);
    satelliteAxes(axes, 0, state, 0, "orbit");
    [0, 1, 0, 0, 0, 1, -1, 0, 0].forEach((value, i) => expect(axes[i]).toBeCloseTo(value, 12));
  });

  it("meets the ellipsoid below the satellite and misses it beyond the limb", () => {
    const out = new Float64Array(3);
    expect(groundPoint(out, 0, 7e6, 0, 0, -1, 0, 0)).toBe(true);
    expect(out[0]).toBeCloseTo(WGS84_A, 6);
    expect(groundPoint(out, 0, 7e6, 0, 0, 0, 1, 0)).toBe(false);
    expect(groundPoint(out, 0, 7e6, 0, 0, 1, 0, 0)).toBe(false);
  });

  it("keeps cell centres at their distance from the sub-satellite point, whichever way the satellite flies", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: -3.1, max: 3.1, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (lat, lon, heading) => {
          const up = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
          const east = [-Math.sin(lon), Math.cos(lon), 0];
          const north = [-Math.sin(lat) * Math.cos(lon), -Math.sin(lat) * Math.sin(lon), Math.cos(lat)];
          const state = new Float64Array(6);
          for (let k = 0; k < 3; k++) {
            state[k] = 6.9e6 * up[k];
            state[3 + k] = 7000 * (Math.sin(heading) * east[k] + Math.cos(heading) * north[k]);
          }
          const axes = new Float64Array(9);
          satelliteAxes(axes, 0, state, 0, "track");
          const centre = new Float64Array(3);
          const below = new Float64Array(3);
          const geodetic = new Float64Array(3);
          cellCentre(centre, 0, state, 0, axes, 0, 180_000, 60_000);
          ecefToGeodetic(geodetic, 0, centre[0], centre[1], centre[2]);
          ecefToGeodetic(below, 0, state[0], state[1], state[2]);
          expect(haversine(below[0], below[1], geodetic[0], geodetic[1])).toBeCloseTo(
            Math.hypot(180_000, 60_000),
            2,
          );
          // ahead and to the left
          const along = centre.reduce((sum, value, k) => sum + value * axes[k], 0);
          const left = centre.reduce((sum, value, k) => sum + value * axes[3 + k], 0);
          expect(along).toBeGreaterThan(150_000);
          expect(left).toBeGreaterThan(30_000);
        },
      ),
    );
  });
});

describe("footprint", () => {
  const nadir = (height: number, tiltU: number, half: number) => {
    const state = Float64Array.of(WGS84_A + height, 0, 0, 0, 7000, 0);
    const axes = new Float64Array(9);
    const aim = new Float64Array(3);
    satelliteAxes(axes, 0, state, 0, "track");
    boresight(aim, 0, axes, 0, tiltU, 0);
    const ring = new Float64Array(3 * RING);
    return { met: footprintRing(ring, state, 0, aim, 0, half), ring };
  };

  it("is about 2·h·tan(HPBW/2) across below the satellite: 46 km at 600 km in S band (TR 38.821 prints 50, rounded)", () => {
    const half = (4.4127 * Math.PI) / 360;
    const { met, ring } = nadir(600_000, 0, half);
    expect(met).toBe(RING);
    const ellipse = ellipseOf(ring, RING)!;
    // the curvature of the Earth adds some ten metres
    expect(2 * ellipse.semiMajorM).toBeCloseTo(46_230, -2);
    expect(ellipse.semiMinorM / ellipse.semiMajorM).toBeGreaterThan(0.999);
  });

  it("stretches away from the satellite when tilted", () => {
    const ellipse = ellipseOf(nadir(600_000, 0.5, 0.04).ring, RING)!;
    expect(ellipse.semiMajorM / ellipse.semiMinorM).toBeGreaterThan(1.15);
    expect(Math.abs(ellipse.azimuth - Math.PI / 2)).toBeLessThan(0.01); // the flight is eastward
  });

  it("marks rays that pass the limb", () => {
    const { met, ring } = nadir(600_000, 0.92, 0.05);
    expect(met).toBeLessThan(RING);
    expect(ring.some(Number.isNaN)).toBe(true);
    expect(ellipseOf(new Float64Array(9).fill(Number.NaN), 3)).toBeNull();
  });
});
