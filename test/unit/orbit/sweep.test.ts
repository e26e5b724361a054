import { describe, expect, it } from "vitest";
import { DEG, WGS84_A } from "../../../src/main/math/constants.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { fastAzimuth, twiceArctangent } from "../../../src/main/orbit/arctangent.ts";
import { gmst, temeToEcef } from "../../../src/main/orbit/frames.ts";
import { createPropagator } from "../../../src/main/orbit/propagator.ts";
import { type Looks, sweepLook, trackLook } from "../../../src/main/orbit/sweep.ts";
import { buildTrack, stateAt } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import { readElements } from "../../../src/main/scenario/elements.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";
import { hasReference, referenceNote, referenceText } from "../../builders/reference.ts";

const START = Date.UTC(2026, 0, 1);
const OBSERVERS = [
  { latitude: 46 * DEG, longitude: 6 * DEG, heightM: 400 },
  { latitude: -33 * DEG, longitude: -179.9 * DEG, heightM: 0 },
  { latitude: 0, longitude: 180 * DEG, heightM: 10_000 },
];

const circles: SatelliteSource[] = Array.from({ length: 21 }, (_, i) => ({
  kind: "kepler",
  id: `${i}`,
  name: "",
  semiMajorAxisM: WGS84_A + 500e3 + 1500e3 * i,
  eccentricity: 0,
  inclination: (i * 17 * DEG) % Math.PI,
  raan: i,
  argumentOfPerigee: 0,
  meanAnomaly: 2 * i,
}));
/** SL-6 R/B(2) of AIAA 2006-6753: SGP4 gives up between 474 and 494 minutes after the epoch. */
const decaying: SatelliteSource = {
  kind: "tle",
  id: "22312",
  name: "SL-6 R/B(2)",
  line1: "1 22312U 93002D   06094.46235912  .99999999  81888-5  49949-3 0  3953",
  line2: "2 22312  62.1486  77.4698 0308723 267.9229  88.7392 15.95744531 98783",
};
const decayStartMs = Date.UTC(2006, 0, 1) + 93.46235912 * 86_400_000 + 474 * 60_000;

const looksFor = (size: number): Looks => ({
  azimuth: new Float64Array(size),
  elevation: new Float64Array(size),
  range: new Float64Array(size),
});

/** The difference of two angles, over north too. */
const turn = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

function expectLooks(out: Looks, i: number, observer: (typeof OBSERVERS)[number], state: Float64Array) {
  const place = new Float64Array(3);
  const look = new Float64Array(3);
  geodeticToEcef(place, 0, observer.latitude, observer.longitude, observer.heightM);
  lookAngles(look, 0, place[0], place[1], place[2], state[0], state[1], state[2]);
  expect(turn(out.azimuth[i], look[0])).toBeLessThan(1e-9);
  expect(out.azimuth[i]).toBeGreaterThanOrEqual(0);
  expect(out.azimuth[i]).toBeLessThanOrEqual(2 * Math.PI + 1e-9);
  expect(Math.abs(out.elevation[i] - look[1])).toBeLessThan(1e-9);
  expect(Math.abs(out.range[i] - look[2])).toBeLessThan(1e-6);
}

describe("the fast arctangent", () => {
  it("is within 1e-10 of Math.atan2 all around", () => {
    let worst = 0;
    for (let i = 0; i < 20_000; i++) {
      const angle = (i / 20_000) * 2 * Math.PI;
      const [y, x] = [Math.sin(angle), Math.cos(angle)];
      worst = Math.max(worst, turn(fastAzimuth(y, x, Math.hypot(x, y)), Math.atan2(y, x)));
      if (x >= 0)
        worst = Math.max(worst, Math.abs(twiceArctangent(y / (Math.hypot(x, y) + x)) - Math.atan2(y, x)));
    }
    expect(worst).toBeLessThan(1e-10);
    expect(worst).toBeGreaterThan(0);
  });

  it("knows the cardinal points, and gives 0 straight up", () => {
    const cardinal = [
      [0, 1, 0],
      [-0, 1, 0],
      [1, 0, 90],
      [0, -1, 180],
      [-0, -1, 180],
      [-1, 0, 270],
    ];
    for (const [east, north, degrees] of cardinal)
      expect(fastAzimuth(east, north, 1) / DEG).toBeCloseTo(degrees, 8);
    expect(fastAzimuth(0, 0, 0)).toBe(0);
    expect(fastAzimuth(NaN, 1, NaN)).toBeNaN();
  });
});

describe("look angles in bulk", () => {
  it.each(OBSERVERS)("are those of every satellite and instant by itself, from %o", (observer) => {
    const times = Float64Array.of(0, 17.3, 600, 86_400);
    const out = looksFor(times.length * circles.length);
    const lost = sweepLook(circles, START, times, observer, out);
    expect(lost.every((one) => one === 0)).toBe(true);
    const state = new Float64Array(6);
    for (let k = 0; k < times.length; k++)
      circles.forEach((source, s) => {
        createPropagator(source, START).teme(state, 0, times[k]);
        temeToEcef(state, 0, state, 0, gmst(START + times[k] * 1000));
        expectLooks(out, k * circles.length + s, observer, state);
      });
  });

  it.each(OBSERVERS)("from a track are those of its states, from %o", (observer) => {
    const times = Float64Array.of(0, 29.999, 30, 47.1, 120);
    const track = buildTrack(circles, START, 120);
    const out = looksFor(times.length * circles.length);
    trackLook(track, times, observer, out);
    const state = new Float64Array(6);
    for (let k = 0; k < times.length; k++)
      for (let s = 0; s < circles.length; s++) {
        stateAt(state, 0, track, s, times[k]);
        expectLooks(out, k * circles.length + s, observer, state);
      }
  });

  it("are masked where a satellite is lost, and go on for the others", () => {
    const sources = [circles[0], decaying, circles[1]];
    const times = Float64Array.of(0, 20 * 60);
    const out = looksFor(6);
    const lost = sweepLook(sources, decayStartMs, times, OBSERVERS[0], out);
    expect(Array.from(lost)).toEqual([0, 0, 0, 0, 1, 0]);
    for (const column of [out.azimuth, out.elevation, out.range])
      expect(Array.from(column, Number.isNaN)).toEqual([false, false, false, false, true, false]);
    const track = buildTrack(sources, decayStartMs, 20 * 60);
    trackLook(track, Float64Array.of(20 * 60, 1e5), OBSERVERS[0], out);
    expect(Array.from(out.range, Number.isNaN)).toEqual([false, true, false, true, true, true]);
  });
});

describe.skipIf(!hasReference)(`a catalogue in bulk${referenceNote}`, () => {
  it("is as near from the track as the track is to SGP4", () => {
    const { accepted } = readElements(referenceText("orbits/starlink-2025-09-23.tle"));
    const sources = accepted.filter((_, i) => i % 40 === 0).map(({ source }) => source);
    const start = accepted.reduce((latest, { epochMs }) => Math.max(latest, epochMs), 0);
    const times = Float64Array.from({ length: 20 }, (_, k) => 31.7 * k);
    const [straight, near] = [looksFor(20 * sources.length), looksFor(20 * sources.length)];
    const lost = sweepLook(sources, start, times, OBSERVERS[0], straight);
    trackLook(buildTrack(sources, start, 640), times, OBSERVERS[0], near);
    let worst = 0;
    straight.range.forEach((range, i) => {
      if (lost[i] === 0) worst = Math.max(worst, Math.abs(range - near.range[i]));
    });
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(0.2);
  });
});
