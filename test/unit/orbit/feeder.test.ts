import { describe, expect, it } from "vitest";
import { DEG, EARTH_RATE, GM_EARTH, WGS84_A } from "../../../src/main/math/constants.ts";
import { Random } from "../../../src/main/math/random.ts";
import {
  feederAt,
  feederSwitches,
  type FeederPlan,
  gatewayPositions,
  planFeeders,
} from "../../../src/main/orbit/feeder.ts";
import { buildTrack, stateAt, type Track } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";

const START = Date.UTC(2026, 0, 1);

const orbit = (
  altitudeM: number,
  inclinationDeg: number,
  raanDeg: number,
  anomalyDeg: number,
): SatelliteSource => ({
  kind: "kepler",
  id: `${raanDeg}/${anomalyDeg}`,
  name: "",
  semiMajorAxisM: WGS84_A + altitudeM,
  eccentricity: 0,
  inclination: inclinationDeg * DEG,
  raan: raanDeg * DEG,
  argumentOfPerigee: 0,
  meanAnomaly: anomalyDeg * DEG,
});

const spread = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    latitude: (((i * 37) % 120) - 60) * DEG,
    longitude: ((i * 137.5) % 360) * DEG,
    heightM: 50 * i,
  }));

function elevation(track: Track, satellite: number, position: Float64Array, g: number, t: number): number {
  const state = new Float64Array(6);
  const look = new Float64Array(3);
  if (!stateAt(state, 0, track, satellite, t)) return NaN;
  const [x, y, z] = position.subarray(3 * g);
  lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
  return look[1];
}

/** The same rule, asked every tenth of a second. */
function everyTenth(
  track: Track,
  satellite: number,
  position: Float64Array,
  least: number,
  duration: number,
) {
  const seen: { at: number; gateway: number }[] = [];
  let current = -1;
  for (let i = 0; i <= duration * 10; i++) {
    const t = i / 10;
    if (current < 0 || !(elevation(track, satellite, position, current, t) >= least)) {
      const heights = Array.from({ length: position.length / 3 }, (_, g) =>
        elevation(track, satellite, position, g, t),
      );
      const best = heights.reduce((top, h, g) => (h >= least && !(h <= heights[top]) ? g : top), -1);
      if (best !== current || i === 0) seen.push({ at: t, gateway: best });
      current = best;
    }
  }
  return seen;
}

const linksOf = (plan: FeederPlan, satellite: number) =>
  Array.from({ length: plan.start[satellite + 1] - plan.start[satellite] }, (_, i) => ({
    at: plan.fromS[plan.start[satellite] + i],
    gateway: plan.gateway[plan.start[satellite] + i],
  }));

describe("a plan of feeder links", () => {
  it("is that of asking every tenth of a second", () => {
    const duration = 3000;
    const sources = [orbit(600e3, 53, 0, 0), orbit(600e3, 87, 100, 40), orbit(1200e3, 30, 200, 290)];
    const track = buildTrack(sources, START, duration);
    const position = gatewayPositions(spread(40));
    const plan = planFeeders(track, { position, minElevation: 10 * DEG }, duration);
    for (let s = 0; s < sources.length; s++) {
      const naive = everyTenth(track, s, position, 10 * DEG, duration);
      const ours = linksOf(plan, s);
      expect(ours.map(({ gateway }) => gateway)).toEqual(naive.map(({ gateway }) => gateway));
      expect(ours.length).toBeGreaterThan(3);
      ours.forEach(({ at }, i) => {
        expect(naive[i].at - at).toBeGreaterThan(-0.002);
        expect(naive[i].at - at).toBeLessThan(0.102);
      });
    }
  });

  it("switches within 10 ms of the crossing, and keeps the gateway while it is up", () => {
    const duration = 6000;
    const track = buildTrack([orbit(600e3, 53, 10, 0)], START, duration);
    const position = gatewayPositions(spread(12));
    const least = 10 * DEG;
    const plan = planFeeders(track, { position, minElevation: least }, duration);
    const { from, to, timeMs } = feederSwitches(plan);
    expect(timeMs.length).toBeGreaterThan(4);
    for (let i = 0; i < timeMs.length; i++) {
      const [before, after] = [timeMs[i] / 1000 - 0.01, timeMs[i] / 1000 + 0.01];
      if (from[i] >= 0) {
        expect(elevation(track, 0, position, from[i], before)).toBeGreaterThanOrEqual(least);
        expect(elevation(track, 0, position, from[i], after)).toBeLessThan(least);
      } else {
        expect(elevation(track, 0, position, to[i], before)).toBeLessThan(least);
        expect(elevation(track, 0, position, to[i], after)).toBeGreaterThanOrEqual(least);
      }
    }
    const random = new Random(4, "instants");
    for (let i = 0; i < 500; i++) {
      const t = random.next() * duration;
      const g = feederAt(plan, 0, t);
      if (g >= 0) expect(elevation(track, 0, position, g, t)).toBeGreaterThan(least - 1e-4);
      else
        for (let other = 0; other < 12; other++)
          expect(elevation(track, 0, position, other, t)).toBeLessThan(least + 1e-4);
    }
  });

  it("finds a gateway that rises and sets again between two knots", () => {
    const track = buildTrack([orbit(600e3, 53, 0, 0)], START, 600);
    const position = gatewayPositions([{ latitude: 12 * DEG, longitude: 0, heightM: 0 }]);
    const state = new Float64Array(6);
    stateAt(state, 0, track, 0, 285);
    const longitude = Math.atan2(state[1], state[0]);
    const latitude = Math.asin(state[2] / Math.hypot(state[0], state[1], state[2]));
    position.set(gatewayPositions([{ latitude, longitude, heightM: 0 }]));
    const heights = Array.from({ length: 601 }, (_, t) => elevation(track, 0, position, 0, t));
    const least = Math.max(...heights) - 2 * DEG;
    const plan = planFeeders(track, { position, minElevation: least }, 600);
    expect(Array.from(plan.gateway)).toEqual([-1, 0, -1]);
    expect(plan.fromS[1]).toBeGreaterThan(270);
    expect(plan.fromS[2]).toBeLessThan(300);
  });

  it("takes the higher gateway at the start, and the lower index of two in one place", () => {
    const track = buildTrack([orbit(600e3, 0, 0, 0)], START, 60);
    const state = new Float64Array(6);
    stateAt(state, 0, track, 0, 0);
    const longitude = Math.atan2(state[1], state[0]);
    const here = { latitude: 0, longitude, heightM: 0 };
    const aside = { ...here, longitude: longitude + 5 * DEG };
    const first = (stations: (typeof here)[]) =>
      planFeeders(track, { position: gatewayPositions(stations), minElevation: 10 * DEG }, 60).gateway[0];
    expect(first([aside, here])).toBe(1);
    expect(first([here, here, aside])).toBe(0);
    expect(first([{ ...here, longitude: longitude + 180 * DEG }])).toBe(-1);
    expect(first([])).toBe(-1);
  });

  it("takes the first of two gateways that rise between the same two knots", () => {
    const track = buildTrack([orbit(600e3, 53, 0, 0)], START, 900);
    const under = (t: number) => {
      const state = new Float64Array(6);
      stateAt(state, 0, track, 0, t);
      const latitude = Math.asin(state[2] / Math.hypot(state[0], state[1], state[2]));
      return { latitude, longitude: Math.atan2(state[1], state[0]), heightM: 0 };
    };
    const plan = (...times: number[]) =>
      planFeeders(track, { position: gatewayPositions(times.map(under)), minElevation: 10 * DEG }, 900);
    const [near, far] = [plan(617), plan(620)].map(({ fromS }) => fromS[1]);
    expect(near).toBeLessThan(far);
    expect(Math.floor(near / 30)).toBe(Math.floor(far / 30));
    expect([plan(620, 617), plan(617, 620)].map(({ gateway }) => gateway[1])).toEqual([1, 0]);
    expect(plan(620, 617).fromS[1]).toBe(near);
  });

  it("holds for a whole day for a geostationary satellite", () => {
    const altitude = Math.cbrt(GM_EARTH / EARTH_RATE ** 2) - WGS84_A;
    const track = buildTrack([orbit(altitude, 0, 0, 0)], START, 86_400, 600);
    const state = new Float64Array(6);
    stateAt(state, 0, track, 0, 0);
    const position = gatewayPositions([
      { latitude: 45 * DEG, longitude: Math.atan2(state[1], state[0]), heightM: 0 },
    ]);
    const plan = planFeeders(track, { position, minElevation: 10 * DEG }, 86_400);
    expect(Array.from(plan.gateway)).toEqual([0]);
    expect(feederSwitches(plan).timeMs).toHaveLength(0);
  });

  it("has no gateway from where a satellite is lost", () => {
    const track = buildTrack([orbit(600e3, 0, 0, 0), orbit(600e3, 0, 0, 0)], START, 120);
    track.state.fill(NaN, (2 * 2 + 1) * 6, (2 * 2 + 2) * 6);
    track.state.fill(NaN, (3 * 2 + 1) * 6, (3 * 2 + 2) * 6);
    const state = new Float64Array(6);
    stateAt(state, 0, track, 0, 30);
    const under = { latitude: 0, longitude: Math.atan2(state[1], state[0]), heightM: 0 };
    const plan = planFeeders(track, { position: gatewayPositions([under]), minElevation: 10 * DEG }, 120);
    expect(linksOf(plan, 0)).toEqual([{ at: 0, gateway: 0 }]);
    expect(linksOf(plan, 1)).toEqual([
      { at: 0, gateway: 0 },
      { at: 30, gateway: -1 },
    ]);
    expect(feederAt(plan, 1, 29.9)).toBe(0);
    expect(feederAt(plan, 1, 30)).toBe(-1);
  });

  it("lists its switches by time and then by satellite, as the links tell them", () => {
    const sources = Array.from({ length: 30 }, (_, i) => orbit(600e3, 53, 12 * (i % 5), 24 * i));
    const track = buildTrack([...sources, sources[0]], START, 1800);
    const plan = planFeeders(track, { position: gatewayPositions(spread(30)), minElevation: 10 * DEG }, 1800);
    const { satellite, timeMs, from, to } = feederSwitches(plan);
    expect(timeMs.length).toBe(plan.fromS.length - sources.length - 1);
    let together = 0;
    for (let i = 0; i < timeMs.length; i++) {
      expect(from[i]).not.toBe(to[i]);
      const t = timeMs[i] / 1000;
      expect(feederAt(plan, satellite[i], t - 0.001)).toBe(from[i]);
      expect(feederAt(plan, satellite[i], t + 0.001)).toBe(to[i]);
      if (i === 0) continue;
      expect(timeMs[i]).toBeGreaterThanOrEqual(timeMs[i - 1]);
      if (timeMs[i] !== timeMs[i - 1]) continue;
      expect(satellite[i]).toBeGreaterThan(satellite[i - 1]);
      together++;
    }
    // the last satellite is the first once more
    expect(together).toBeGreaterThan(0);
  });
});
