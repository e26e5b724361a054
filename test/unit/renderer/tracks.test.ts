import { describe, expect, it } from "vitest";
import { interpolate } from "../../../src/renderer/globe/hermite.ts";
import {
  firstPointAt,
  groundUnder,
  nearestSatellites,
  pathOf,
  POINT_S,
  TRACK_POINTS,
  TRACK_REACH_S,
} from "../../../src/renderer/globe/trackPaths.ts";
import type { Track } from "../../../src/renderer/session/loadRun.ts";
import { Random } from "../../../src/main/math/random.ts";
import { ecefToGeodetic, geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { buildTrack } from "../../../src/main/orbit/track.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";

const DEG = Math.PI / 180;
const START_MS = Date.UTC(2026, 0, 1);

const kepler = (altitudeKm: number, inclinationDeg: number, eccentricity = 0): SatelliteSource => ({
  kind: "kepler",
  id: "a",
  name: "a",
  semiMajorAxisM: (6378.137 + altitudeKm) * 1000,
  eccentricity,
  inclination: inclinationDeg * DEG,
  raan: 0.7,
  argumentOfPerigee: 0.4,
  meanAnomaly: 1.1,
});

/** What the page holds of a run of so many seconds. */
function trackOf(satellites: SatelliteSource[], durationS: number): Track {
  const { knots, knotS, firstS, state, count } = buildTrack(satellites, START_MS, durationS);
  return {
    knots: state,
    count: knots,
    satellites: count,
    firstS,
    knotS,
    names: satellites.map(({ name }) => name),
  };
}

const path = (track: Track, satellite: number, fromS: number) => {
  const out = new Float64Array(3 * TRACK_POINTS);
  pathOf(out, track, satellite, fromS);
  return out;
};
const apart = (a: Float64Array, i: number, b: Float64Array, j: number) =>
  Math.hypot(a[i]! - b[j]!, a[i + 1]! - b[j + 1]!, a[i + 2]! - b[j + 2]!);

describe("the path of a satellite", () => {
  const orbits = [kepler(550, 53), kepler(780, 86.4), kepler(1200, 87.9), kepler(600, 63.4, 0.02)];
  const long = trackOf(orbits, 3600);

  it("reaches five minutes back and ahead of any instant of its first stretch", () => {
    for (const t of [0, 29.9, 30, 47, 1234.5]) {
      const first = firstPointAt(t);
      expect(first).toBeLessThanOrEqual(t - TRACK_REACH_S);
      expect(first + (TRACK_POINTS - 1) * POINT_S).toBeGreaterThanOrEqual(t + TRACK_REACH_S);
      expect(first % POINT_S).toBeCloseTo(0, 12);
    }
  });

  it("goes through the places where the satellite is drawn", () => {
    const now = new Float64Array(3 * orbits.length);
    const { knots, satellites, count, knotS, firstS } = long;
    for (let s = 0; s < orbits.length; s++) {
      const points = path(long, s, 1500);
      for (let point = 0; point < TRACK_POINTS; point++) {
        interpolate(now, knots, satellites, count, knotS, 1500 + point * POINT_S - firstS);
        expect(apart(points, 3 * point, now, 3 * s)).toBeLessThan(1e-6);
      }
    }
  });

  it("goes on past both ends of the run within 5 km of the true orbit", () => {
    const short = trackOf(orbits, 60);
    for (let s = 0; s < orbits.length; s++) {
      const ahead = path(short, s, 0);
      const truth = path(long, s, 0);
      for (let point = 0; point < TRACK_POINTS && point * POINT_S <= 60 + TRACK_REACH_S; point++)
        expect(apart(ahead, 3 * point, truth, 3 * point)).toBeLessThan(5000);
    }
  });

  it("turns back in time as it goes ahead: the way back from a state leads to where it came from", () => {
    const end = trackOf([kepler(550, 53)], 3600);
    const lastS = end.firstS + (end.count - 1) * end.knotS;
    const last = { ...end, knots: end.knots.slice(-6), count: 1, firstS: lastS };
    const back = path(last, 0, lastS - TRACK_REACH_S);
    const truth = path(end, 0, lastS - TRACK_REACH_S);
    for (let point = 0; point * POINT_S <= TRACK_REACH_S; point++)
      expect(apart(back, 3 * point, truth, 3 * point)).toBeLessThan(5000);
  });

  it("is nowhere where the satellite is lost", () => {
    const lost = { ...long, knots: long.knots.slice().fill(Number.NaN) };
    expect(path(lost, 1, 0).every(Number.isNaN)).toBe(true);
  });
});

it("lays its track on the ellipsoid under the satellite, to a metre", () => {
  const random = new Random(3, "places");
  const [above, under, geodetic] = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
  for (let i = 0; i < 500; i++) {
    const latitude = i === 0 ? Math.PI / 2 : Math.asin(2 * random.next() - 1);
    const longitude = 2 * Math.PI * random.next() - Math.PI;
    geodeticToEcef(above, 0, latitude, longitude, 160_000 + 1_840_000 * random.next());
    groundUnder(under, 0, above, 0);
    ecefToGeodetic(geodetic, 0, under[0]!, under[1]!, under[2]!);
    expect(Math.abs(geodetic[2]!)).toBeLessThan(1);
    expect(Math.abs(geodetic[0]! - latitude) * 6.4e6).toBeLessThan(20);
    if (i > 0) expect(Math.abs(Math.sin(geodetic[1]! - longitude))).toBeLessThan(1e-9);
  }
});

describe("the satellites whose tracks are drawn", () => {
  const random = new Random(5, "places");
  const position = Float64Array.from({ length: 3 * 400 }, () => 2e7 * (random.next() - 0.5));
  const to = [6e6, 1e6, 2e6];

  it("are the nearest, each once, where there are more than can be shown", () => {
    const into = new Uint32Array(25);
    expect(nearestSatellites(into, position, to, new Float64Array(400))).toBe(25);
    const away = (s: number) => Math.hypot(...[0, 1, 2].map((k) => position[3 * s + k]! - to[k]!));
    const nearest = Array.from({ length: 400 }, (_, s) => s).toSorted((a, b) => away(a) - away(b));
    expect([...into]).toEqual(nearest.slice(0, 25).toSorted((a, b) => a - b));
  });

  it("are all where there are few, without those that are lost", () => {
    const few = position.slice(0, 9);
    few[3] = Number.NaN;
    const into = new Uint32Array(3);
    expect(nearestSatellites(into, few, to, new Float64Array(3))).toBe(2);
    expect([...into.subarray(0, 2)]).toEqual([0, 2]);
  });

  it("are the nearest of those that are not lost", () => {
    const some = position.slice();
    for (let s = 0; s < 400; s += 2) some[3 * s] = Number.NaN;
    const into = new Uint32Array(25);
    expect(nearestSatellites(into, some, to, new Float64Array(400))).toBe(25);
    expect([...into].every((s) => s % 2 === 1)).toBe(true);
    for (let s = 20; s < 400; s++) some[3 * s] = Number.NaN;
    expect(nearestSatellites(into, some, to, new Float64Array(400))).toBe(10);
  });
});
