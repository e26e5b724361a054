import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { dopplerOf, rangeRates } from "../../../src/main/orbit/doppler.ts";
import { buildTrack, stateAt } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";

type Place = [latitude: number, longitude: number, height: number];
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Places with the awkward ones among them: the poles, the equator, both sides of the antimeridian. */
const latitude = fc.oneof(real(-90, 90), fc.constantFrom(-90, 90, 0, 89.9999999, -89.9999999));
const longitude = fc.oneof(real(-180, 180), fc.constantFrom(-180, 180, 179.9999999, -179.9999999, 0));
const degrees = (height: fc.Arbitrary<number>) =>
  fc.tuple(latitude, longitude, height).map(([a, b, h]): Place => [a * DEG, b * DEG, h]);
const onGround = degrees(real(-400, 12_000));
const inOrbit = degrees(real(160e3, 5e7));

function ecef([a, b, h]: Place): Float64Array {
  const out = new Float64Array(3);
  geodeticToEcef(out, 0, a, b, h);
  return out;
}
function look(from: Float64Array, to: Float64Array) {
  const out = new Float64Array(3);
  lookAngles(out, 0, from[0], from[1], from[2], to[0], to[1], to[2]);
  return { azimuth: out[0], elevation: out[1], range: out[2] };
}
/** Where one is led by look angles from a place: north, east and up of the ellipsoid, written anew. */
function follow([a, b]: Place, from: Float64Array, { azimuth, elevation, range }: ReturnType<typeof look>) {
  const north = range * Math.cos(elevation) * Math.cos(azimuth);
  const east = range * Math.cos(elevation) * Math.sin(azimuth);
  const up = range * Math.sin(elevation);
  return [
    from[0] - Math.sin(a) * Math.cos(b) * north - Math.sin(b) * east + Math.cos(a) * Math.cos(b) * up,
    from[1] - Math.sin(a) * Math.sin(b) * north + Math.cos(b) * east + Math.cos(a) * Math.sin(b) * up,
    from[2] + Math.cos(a) * north + Math.sin(a) * up,
  ];
}
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
/** Angle between two directions on a circle. */
const turn = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));
/** North is of no meaning on a pole. */
const offPole = ([a]: Place) => Math.abs(a) < 89.99 * DEG;

describe("a UE and a satellite", () => {
  test("are as far from one another either way", () => {
    fc.assert(
      fc.property(onGround, inOrbit, (ue, satellite) => {
        const [a, b] = [ecef(ue), ecef(satellite)];
        expect(look(a, b).range).toBe(look(b, a).range);
      }),
      { numRuns: 1000 },
    );
  });

  test("lead to one another by the look angles, either way", () => {
    fc.assert(
      fc.property(onGround.filter(offPole), inOrbit.filter(offPole), (ue, satellite) => {
        const [a, b] = [ecef(ue), ecef(satellite)];
        expect(apart(follow(ue, a, look(a, b)), b)).toBeLessThan(0.01);
        expect(apart(follow(satellite, b, look(b, a)), a)).toBeLessThan(0.01);
      }),
      { numRuns: 1000 },
    );
  });

  test("shift each other's carrier alike", () => {
    const velocity = fc.tuple(real(-7800, 7800), real(-7800, 7800), real(-7800, 7800));
    fc.assert(
      fc.property(onGround, inOrbit, velocity, velocity, (ue, satellite, v, w) => {
        const [a, b] = [Float64Array.of(...ecef(ue), ...v), Float64Array.of(...ecef(satellite), ...w)];
        const out = new Float64Array(6);
        rangeRates(out, 0, b, 0, a, 0);
        rangeRates(out, 3, a, 0, b, 0);
        // −0 is as good as 0
        expect(out[3] + 0).toBe(out[0] + 0);
        expect(dopplerOf(out[4]) + 0).toBe(dopplerOf(out[1]) + 0);
      }),
    );
  });

  test("see each other alike further east, across the antimeridian too", () => {
    fc.assert(
      fc.property(onGround.filter(offPole), inOrbit, real(-360, 360), (ue, satellite, turnDeg) => {
        const east = ([a, b, h]: Place): Place => [a, b + turnDeg * DEG, h];
        const here = look(ecef(ue), ecef(satellite));
        const there = look(ecef(east(ue)), ecef(east(satellite)));
        fc.pre(here.elevation < 89.9 * DEG && here.elevation > -89.9 * DEG);
        expect(there.range).toBeCloseTo(here.range, 5);
        expect(turn(there.elevation, here.elevation)).toBeLessThan(1e-9);
        expect(turn(there.azimuth, here.azimuth)).toBeLessThan(1e-6);
      }),
      { numRuns: 500 },
    );
  });

  test("see each other as in a mirror on the other side of the equator and of a meridian", () => {
    fc.assert(
      fc.property(onGround.filter(offPole), inOrbit, (ue, satellite) => {
        const here = look(ecef(ue), ecef(satellite));
        fc.pre(here.elevation < 89.9 * DEG && here.elevation > -89.9 * DEG);
        const south = ([a, b, h]: Place): Place => [-a, b, h];
        const west = ([a, b, h]: Place): Place => [a, -b, h];
        const below = look(ecef(south(ue)), ecef(south(satellite)));
        const beside = look(ecef(west(ue)), ecef(west(satellite)));
        for (const mirrored of [below, beside]) {
          expect(mirrored.range).toBeCloseTo(here.range, 5);
          expect(turn(mirrored.elevation, here.elevation)).toBeLessThan(1e-9);
        }
        expect(turn(below.azimuth, Math.PI - here.azimuth)).toBeLessThan(1e-6);
        expect(turn(beside.azimuth, -here.azimuth)).toBeLessThan(1e-6);
      }),
      { numRuns: 500 },
    );
  });

  test("have the same range and elevation on the pole, whatever its longitude, and right beside it", () => {
    fc.assert(
      fc.property(fc.constantFrom(-90, 90), longitude, longitude, inOrbit, (pole, one, other, satellite) => {
        const to = ecef(satellite);
        const at = (latitudeDeg: number, longitudeDeg: number) =>
          look(ecef([latitudeDeg * DEG, longitudeDeg * DEG, 0]), to);
        const here = at(pole, one);
        expect(at(pole, other).range).toBeCloseTo(here.range, 6);
        expect(turn(at(pole, other).elevation, here.elevation)).toBeLessThan(1e-9);
        // 1e-7° are 11 mm
        const beside = at(pole * (1 - 1e-9), other);
        expect(Math.abs(beside.range - here.range)).toBeLessThan(0.02);
        expect(turn(beside.elevation, here.elevation)).toBeLessThan(1e-6);
      }),
    );
  });

  test("are nearest, at the same height, where the elevation is highest", () => {
    // on one meridian of a sphere this is the law of cosines; the equator of the ellipsoid is a circle
    const height = real(160e3, 5e7);
    fc.assert(
      fc.property(height, real(0, 180), real(0, 180), (h, a, b) => {
        const from = ecef([0, 0, 0]);
        const [near, far] = [Math.min(a, b), Math.max(a, b)].map((l) => look(from, ecef([0, l * DEG, h])));
        expect(near.range).toBeLessThanOrEqual(far.range);
        expect(near.elevation).toBeGreaterThanOrEqual(far.elevation - 1e-12);
      }),
    );
  });
});

describe("an orbit whose node is turned", () => {
  const orbit = (raan: number, turned: number): SatelliteSource => ({
    kind: "kepler",
    id: "one",
    name: "one",
    semiMajorAxisM: 8e6,
    eccentricity: 0.1,
    inclination: 63 * DEG,
    raan: raan + turned,
    argumentOfPerigee: 1,
    meanAnomaly: 2,
  });
  const states = (source: SatelliteSource, t: number) => {
    const state = new Float64Array(6);
    stateAt(state, 0, buildTrack([source], Date.UTC(2026, 2, 3), 7200), 0, t);
    return state;
  };

  test("is the same orbit, turned about the pole, position and velocity", () => {
    fc.assert(
      fc.property(real(0, 6.3), real(-6.3, 6.3), real(0, 7200), (raan, angle, t) => {
        const [here, there] = [states(orbit(raan, 0), t), states(orbit(raan, angle), t)];
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const k of [0, 3]) {
          const back = [c * there[k] + s * there[k + 1], c * there[k + 1] - s * there[k], there[k + 2]];
          expect(apart(back, here.subarray(k))).toBeLessThan(1e-4);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("is its mirror image at the equator, half a turn of node and perigee on", () => {
    fc.assert(
      fc.property(real(0, 6.3), real(0, 7200), (raan, t) => {
        const here = states(orbit(raan, 0), t);
        const there = states(
          { ...orbit(raan, Math.PI), argumentOfPerigee: 1 + Math.PI } as SatelliteSource,
          t,
        );
        expect(apart([there[0], there[1], -there[2]], here)).toBeLessThan(1e-4);
      }),
      { numRuns: 40 },
    );
  });
});
