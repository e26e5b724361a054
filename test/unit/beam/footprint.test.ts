import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RING, ellipseOf, footprintRing } from "../../../src/main/beam/footprint.ts";
import { apertureWaveNumber, beamwidth, relativeGainDb } from "../../../src/main/beam/pattern.ts";
import { boresight, satelliteAxes } from "../../../src/main/beam/steering.ts";
import { DEG } from "../../../src/main/math/constants.ts";
import { ecefToGeodetic, geodeticToEcef } from "../../../src/main/math/wgs84.ts";

const HALF = beamwidth(2e9, 1) / 2;

interface View {
  latitude: number;
  longitude: number;
  /** m */
  height: number;
  /** of the flight, rad from north over east */
  heading: number;
  u: number;
  v: number;
}

/** Ring of a beam, and the angle off its boresight and height of each point [rad, m]. */
function ringOf({ latitude, longitude, height, heading, u, v }: View) {
  const state = new Float64Array(6);
  geodeticToEcef(state, 0, latitude, longitude, height);
  const [s, c, sl, cl] = [Math.sin(latitude), Math.cos(latitude), Math.sin(longitude), Math.cos(longitude)];
  const [north, east] = [7500 * Math.cos(heading), 7500 * Math.sin(heading)];
  state[3] = -north * s * cl - east * sl;
  state[4] = -north * s * sl + east * cl;
  state[5] = north * c;
  const axes = new Float64Array(9);
  const aim = new Float64Array(3);
  satelliteAxes(axes, 0, state, 0, "track");
  boresight(aim, 0, axes, 0, u, v);
  const ring = new Float64Array(3 * RING);
  const met = footprintRing(ring, state, 0, aim, 0, HALF);
  const geodetic = new Float64Array(3);
  const points = Array.from({ length: RING }, (_, i) => {
    const sight = [0, 1, 2].map((k) => ring[3 * i + k] - state[k]);
    const range = Math.hypot(...sight);
    ecefToGeodetic(geodetic, 0, ring[3 * i], ring[3 * i + 1], ring[3 * i + 2]);
    const chord = Math.hypot(...sight.map((d, k) => d / range - aim[k]));
    return {
      latitude: geodetic[0],
      longitude: geodetic[1],
      height: geodetic[2],
      off: 2 * Math.asin(chord / 2),
    };
  });
  return { ring, met, points, met3: points.filter(({ height: h }) => !Number.isNaN(h)) };
}

const views: fc.Arbitrary<View> = fc.record({
  latitude: fc.oneof(fc.double({ min: -1.57, max: 1.57, noNaN: true }), fc.constantFrom(1.5707, -1.5707, 0)),
  longitude: fc.oneof(fc.double({ min: -3.14, max: 3.14, noNaN: true }), fc.constantFrom(3.1415, -3.1415)),
  height: fc.double({ min: 300_000, max: 2_000_000, noNaN: true }),
  heading: fc.double({ min: 0, max: 6.28, noNaN: true }),
  u: fc.double({ min: -0.68, max: 0.68, noNaN: true }),
  v: fc.double({ min: -0.68, max: 0.68, noNaN: true }),
});

describe("the ring of a footprint", () => {
  it("is at −3.000 dB and on the ellipsoid at every point that meets the ground, wherever that is", () => {
    const scale = apertureWaveNumber(2e9, 1);
    fc.assert(
      fc.property(views, (view) => {
        const { met, met3 } = ringOf(view);
        expect(met3).toHaveLength(met);
        for (const { off, height } of met3) {
          expect(relativeGainDb(scale * Math.sin(off))).toBeCloseTo(-3, 6);
          expect(Math.abs(height)).toBeLessThan(1e-3);
        }
      }),
    );
  });

  it("runs once around a pole that lies in it", () => {
    for (const pole of [1, -1]) {
      const { met, points } = ringOf({
        latitude: pole * 89.99 * DEG,
        longitude: 1,
        height: 6e5,
        heading: 0.4,
        u: 0,
        v: 0,
      });
      expect(met).toBe(RING);
      let turn = 0;
      points.forEach(({ longitude, latitude }, i) => {
        expect(pole * latitude).toBeGreaterThan(89.7 * DEG);
        const step = points[(i + 1) % RING].longitude - longitude;
        turn += Math.atan2(Math.sin(step), Math.cos(step));
      });
      expect(Math.abs(turn)).toBeCloseTo(2 * Math.PI, 9);
    }
  });

  it("is the same over the antimeridian as anywhere: turned about the axis of the Earth it keeps its size and latitude", () => {
    fc.assert(
      fc.property(views, fc.double({ min: -3, max: 3, noNaN: true }), (view, turn) => {
        const here = ringOf(view);
        fc.pre(here.met === RING);
        const there = ringOf({ ...view, longitude: view.longitude + turn });
        const [a, b] = [ellipseOf(here.ring, RING)!, ellipseOf(there.ring, RING)!];
        expect(there.met).toBe(RING);
        // the ring begins elsewhere on the contour
        expect(b.semiMajorM / a.semiMajorM).toBeCloseTo(1, 2);
        expect(b.semiMinorM / a.semiMinorM).toBeCloseTo(1, 2);
        expect(Math.abs(b.latitude - a.latitude) * 6.4e6).toBeLessThan(0.02 * a.semiMajorM);
      }),
    );
  });

  it("crosses the antimeridian in steps no longer than its own", () => {
    const { points } = ringOf({
      latitude: 0.2,
      longitude: Math.PI - 0.0001,
      height: 6e5,
      heading: 0,
      u: 0,
      v: 0,
    });
    expect(points.some(({ longitude }) => longitude > 3.1)).toBe(true);
    expect(points.some(({ longitude }) => longitude < -3.1)).toBe(true);
    points.forEach(({ longitude }, i) => {
      const step = points[(i + 1) % RING].longitude - longitude;
      expect(Math.abs(Math.atan2(Math.sin(step), Math.cos(step)))).toBeLessThan(0.001);
    });
  });

  it("opens in one piece where the beam passes the limb, and shrinks as it leaves", () => {
    let last = RING;
    // seen from 600 km the limb is 66.0° off the nadir
    for (const degrees of [63, 65, 66, 67, 68, 69]) {
      const { met, points } = ringOf({
        latitude: 0.5,
        longitude: -2,
        height: 6e5,
        heading: 1,
        u: Math.sin(degrees * DEG),
        v: 0,
      });
      const edges = points.filter(
        ({ off }, i) => Number.isNaN(off) !== Number.isNaN(points[(i + 1) % RING].off),
      );
      expect(edges.length).toBe(met === 0 || met === RING ? 0 : 2);
      expect(met).toBeLessThanOrEqual(last);
      last = met;
    }
    expect(last).toBe(0);
  });
});
