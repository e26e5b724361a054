import { describe, expect, it } from "vitest";
import { DEG, EARTH_RATE, GM_EARTH, WGS84_A } from "../../../src/main/math/constants.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { findPasses } from "../../../src/main/orbit/passes.ts";
import { buildTrack, stateAt, type Track } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";

const START = Date.UTC(2026, 0, 1);
const DAY = 86_400;

function circleTrack(altitudeM: number, inclinationDeg: number, raan = 0, duration = DAY): Track {
  const source = {
    kind: "kepler",
    id: "a",
    name: "a",
    semiMajorAxisM: WGS84_A + altitudeM,
    eccentricity: 0,
    inclination: inclinationDeg * DEG,
    raan,
    argumentOfPerigee: 0,
    meanAnomaly: 0,
  } as const;
  return buildTrack([source], START, duration);
}

function place(latitudeDeg: number, longitude: number): Float64Array {
  const out = new Float64Array(3);
  geodeticToEcef(out, 0, latitudeDeg * DEG, longitude, 0);
  return out;
}

function elevationAt(track: Track, at: Float64Array, t: number): number {
  const state = new Float64Array(6);
  const look = new Float64Array(3);
  stateAt(state, 0, track, 0, t);
  lookAngles(look, 0, at[0], at[1], at[2], state[0], state[1], state[2]);
  return look[1];
}

/** Every second asked one by one: [first second above, last second above, greatest elevation]. */
function everySecond(track: Track, at: Float64Array, minElevation: number): [number, number, number][] {
  const found: [number, number, number][] = [];
  let up = false;
  for (let t = 0; t <= DAY; t++) {
    const elevation = elevationAt(track, at, t);
    if (elevation >= minElevation) {
      if (!up) found.push([t, t, elevation]);
      const last = found[found.length - 1];
      last[1] = t;
      last[2] = Math.max(last[2], elevation);
    }
    up = elevation >= minElevation;
  }
  return found;
}

describe("passes", () => {
  it.each([
    [51.6, 48.86, 0.04],
    [86.4, 90, 0],
    [97.6, -33, 3.14],
  ])("agree with asking every second (inclination %d°, latitude %d°)", (inclination, latitude, longitude) => {
    const track = circleTrack(550e3, inclination);
    const at = place(latitude, longitude);
    const naive = everySecond(track, at, 10 * DEG);
    const passes = findPasses(track, 0, at, 10 * DEG, 0, DAY);
    // a pass that fits between two seconds escapes the naive way
    expect(passes.length).toBe(naive.length);
    expect(passes.length).toBeGreaterThan(2);
    passes.forEach(({ rise, culmination, set }, i) => {
      const [first, last, highest] = naive[i];
      if (rise) expect(first - rise.time).toBeGreaterThanOrEqual(-0.001);
      if (rise) expect(first - rise.time).toBeLessThan(1.001);
      if (set) expect(set.time - last).toBeGreaterThanOrEqual(-0.001);
      if (set) expect(set.time - last).toBeLessThan(1.001);
      expect(culmination.elevation).toBeGreaterThanOrEqual(highest - 1e-12);
      expect(culmination.elevation - highest).toBeLessThan(0.02);
      for (const end of [rise, set]) if (end) expect(Math.abs(end.elevation - 10 * DEG)).toBeLessThan(1e-5);
    });
  });

  it("find a pass that rises and sets between two samples", () => {
    const track = circleTrack(550e3, 51.6);
    const at = place(48.86, 0.04);
    const [pass] = findPasses(track, 0, at, 10 * DEG, 0, DAY);
    const barely = pass.culmination.elevation - 1e-6;
    const short = findPasses(track, 0, at, barely, 0, DAY).filter(
      ({ culmination }) => Math.abs(culmination.time - pass.culmination.time) < 1,
    );
    expect(short.length).toBe(1);
    const { rise, set } = short[0];
    expect(set!.time - rise!.time).toBeGreaterThan(0.01);
    expect(set!.time - rise!.time).toBeLessThan(5);
  });

  it("approach before the closest point and leave after it", () => {
    const passes = findPasses(circleTrack(550e3, 53), 0, place(40, 1), 10 * DEG, 0, DAY);
    for (const { rise, set } of passes) {
      if (rise) expect(rise.rangeRate).toBeLessThan(0);
      if (set) expect(set.rangeRate).toBeGreaterThan(0);
    }
  });

  it("have neither rise nor set for a geostationary satellite", () => {
    const altitude = Math.cbrt(GM_EARTH / EARTH_RATE ** 2) - WGS84_A;
    const track = circleTrack(altitude, 0);
    const state = new Float64Array(6);
    stateAt(state, 0, track, 0, 0);
    const passes = findPasses(track, 0, place(45, Math.atan2(state[1], state[0])), 10 * DEG, 0, DAY);
    expect(passes.map(({ rise, set }) => [rise, set])).toEqual([[null, null]]);
    expect(passes[0].culmination.elevation / DEG).toBeCloseTo(38.2, 0);
    expect(findPasses(track, 0, place(0, Math.atan2(-state[1], -state[0])), 0, 0, DAY)).toEqual([]);
  });

  it("do not change when orbit and place turn together, over the antimeridian too", () => {
    const here = findPasses(circleTrack(780e3, 86.4), 0, place(64, 0.5), 10 * DEG, 0, DAY);
    const turn = Math.PI - 0.5;
    const there = findPasses(circleTrack(780e3, 86.4, turn), 0, place(64, 0.5 + turn), 10 * DEG, 0, DAY);
    expect(there.length).toBe(here.length);
    here.forEach((pass, i) => {
      expect(there[i].culmination.time).toBeCloseTo(pass.culmination.time, 2);
      expect(there[i].culmination.azimuth).toBeCloseTo(pass.culmination.azimuth, 4);
      expect(there[i].rise?.time ?? -1).toBeCloseTo(pass.rise?.time ?? -1, 2);
    });
  });
});
