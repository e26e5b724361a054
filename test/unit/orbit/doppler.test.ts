import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEG, EARTH_RATE, GM_EARTH, SPEED_OF_LIGHT } from "../../../src/main/math/constants.ts";
import {
  NR_TC,
  pathDelay,
  roundTripOf,
  roundTripRate,
  timingAdvance,
} from "../../../src/main/orbit/delay.ts";
import { dopplerOf, levelVelocity, rangeRates, residualDoppler } from "../../../src/main/orbit/doppler.ts";
import { createPropagator } from "../../../src/main/orbit/propagator.ts";
import { gmst, temeToEcef } from "../../../src/main/orbit/frames.ts";

/** Sphere of the 3GPP reports. */
const R = 6_371_000;

/** The report's picture: a satellite that climbs towards a UE at (R, 0, 0) in the plane of x and z, seen at an elevation. */
function scene(altitude: number, elevation: number, ueSpeed: number) {
  const r = R + altitude;
  const angle = Math.acos((R * Math.cos(elevation)) / r) - elevation;
  const v = Math.sqrt(GM_EARTH / r);
  const satellite = Float64Array.of(
    r * Math.cos(angle),
    0,
    -r * Math.sin(angle),
    v * Math.sin(angle),
    0,
    v * Math.cos(angle),
  );
  const out = new Float64Array(3);
  rangeRates(out, 0, satellite, 0, Float64Array.of(R, 0, 0, 0, 0, -ueSpeed), 0);
  return { range: out[0], rate: out[1] };
}

describe("Doppler from states", () => {
  it.each([
    [600e3, 0, 22.7, 0.005],
    [1200e3, 0, 20.06, 0.005],
    // published as 24 and 21 ppm in TR 38.821 Table 4.2-2; only with the UE at 1,200 km/h does the report come near
    [600e3, 1200, 23.8, 0.05],
    [1200e3, 1200, 21.15, 0.01],
  ])("at %d m with a UE at %d km/h is %d ppm (TR 38.821 Table 4.2-2)", (altitude, kmH, ppm, tolerance) => {
    const { rate } = scene(altitude, 10 * DEG, kmH / 3.6);
    expect(Math.abs(1e6 * dopplerOf(rate) - ppm)).toBeLessThan(tolerance);
  });

  it("leaves 1.05 ppm at the edge of a 50 km cell below a satellite at 600 km (TR 38.821 Table 6.1.1.1-8)", () => {
    const v = Math.sqrt(GM_EARTH / (R + 600e3));
    const satellite = Float64Array.of(R + 600e3, 0, 0, 0, 0, v);
    const at = (arc: number) => {
      const out = new Float64Array(3);
      const ue = Float64Array.of(R * Math.cos(arc / R), 0, R * Math.sin(arc / R), 0, 0, 0);
      rangeRates(out, 0, satellite, 0, ue, 0);
      return out[1];
    };
    expect(1e6 * residualDoppler(at(25e3), at(0))).toBeCloseTo(1.05, 2);
    // 1,000 km cells need the curved Earth
    expect(Math.abs(1e6 * residualDoppler(at(500e3), at(0)) - 15.83)).toBeLessThan(0.02);
  });

  it("gives the rate that differences along the orbit give", () => {
    const startMs = Date.UTC(2026, 0, 1);
    const orbit = createPropagator(
      {
        kind: "kepler",
        id: "a",
        name: "a",
        semiMajorAxisM: 6_978_137,
        eccentricity: 0,
        inclination: 1.1,
        raan: 0.4,
        argumentOfPerigee: 0,
        meanAnomaly: 0,
      },
      startMs,
    );
    const state = (seconds: number) => {
      const out = new Float64Array(6);
      orbit.teme(out, 0, seconds);
      temeToEcef(out, 0, out, 0, gmst(startMs + seconds * 1000));
      return out;
    };
    for (const seconds of [0, 300, 1000, 2500, 5000]) {
      const s = state(seconds);
      // a UE 200 to 900 km away from the point below, at rest
      const ue = Float64Array.of(0.9 * s[0], 0.9 * s[1] + 4e5, 0.9 * s[2] - 1e5, 0, 0, 0);
      const at = (t: number) => {
        const out = new Float64Array(3);
        rangeRates(out, 0, state(t), 0, ue, 0);
        return out;
      };
      const [, rate, acceleration] = at(seconds);
      const [before, after] = [at(seconds - 0.05), at(seconds + 0.05)];
      expect(Math.abs((after[0] - before[0]) / 0.1 - rate)).toBeLessThan(0.001);
      // J2 is 0.1 % of 9 m/s²
      expect(Math.abs((after[1] - before[1]) / 0.1 - acceleration)).toBeLessThan(0.03);
    }
  });

  it("is the same seen from either end, and wherever the scene stands around the pole", () => {
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(vector, fc.double({ min: -7, max: 7, noNaN: true }), (values, turn) => {
        const satellite = Float64Array.from(values.slice(0, 6), (x, i) => (i < 3 ? 1e6 * x + 7e6 : 7e3 * x));
        const ue = Float64Array.from(values.slice(6), (x, i) => (i < 3 ? 1e6 * x : 300 * x));
        const here = new Float64Array(3);
        const there = new Float64Array(3);
        const turned = new Float64Array(3);
        rangeRates(here, 0, satellite, 0, ue, 0);
        rangeRates(there, 0, ue, 0, satellite, 0);
        rangeRates(turned, 0, spun(satellite, turn), 0, spun(ue, turn), 0);
        expect(there[0]).toBe(here[0]);
        expect(there[1]).toBeCloseTo(here[1], 9);
        expect(Math.abs(turned[0] - here[0])).toBeLessThan(1e-6);
        for (const i of [1, 2]) expect(Math.abs(turned[i] - here[i])).toBeLessThan(1e-8);
      }),
      { numRuns: 100 },
    );
  });
});

function spun(state: Float64Array, turn: number): Float64Array {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const [x, y, z, vx, vy, vz] = state;
  return Float64Array.of(c * x - s * y, s * x + c * y, z, c * vx - s * vy, s * vx + c * vy, vz);
}

describe("velocity of a UE", () => {
  it("is level, of the speed given, and keeps the heading", () => {
    const out = new Float64Array(3);
    const [latitude, longitude, heading] = [0.7, 3.1, 2.2];
    levelVelocity(out, 0, latitude, longitude, heading, 333);
    const up = [
      Math.cos(latitude) * Math.cos(longitude),
      Math.cos(latitude) * Math.sin(longitude),
      Math.sin(latitude),
    ];
    expect(out[0] * up[0] + out[1] * up[1] + out[2] * up[2]).toBeCloseTo(0, 9);
    expect(Math.hypot(...out)).toBeCloseTo(333, 9);
    expect(out[2]).toBeCloseTo(333 * Math.cos(heading) * Math.cos(latitude), 9);
  });

  it("eastwards on the equator adds to the Earth's rotation", () => {
    const out = new Float64Array(3);
    levelVelocity(out, 0, 0, 0, 90 * DEG, EARTH_RATE * R);
    expect(out[1]).toBeCloseTo(EARTH_RATE * R, 9);
  });
});

describe("delay", () => {
  it.each([
    [600e3, 12.89, 25.77, 0.005],
    [1200e3, 20.89, 41.77, 0.01],
    [35_786e3, 270.73, 541.46, 0.005],
  ])(
    "at %d m and 10° is %d ms regenerative, %d ms transparent (TR 38.821 Table 4.2-2)",
    (h, own, both, e) => {
      const { range } = scene(h, 10 * DEG, 0);
      expect(Math.abs(1000 * roundTripOf(range, null) - own)).toBeLessThan(e);
      expect(Math.abs(1000 * roundTripOf(range, range) - both)).toBeLessThan(e + 0.005);
    },
  );

  it("changes by 47.6 µs/s regenerative and 93.0 µs/s transparent (TR 38.821 Table 7.1-1)", () => {
    const service = scene(600e3, 10 * DEG, 1200 / 3.6).rate;
    const feeder = scene(600e3, 10 * DEG, 0).rate;
    expect(-1e6 * roundTripRate(service, null)).toBeCloseTo(47.59, 1);
    expect(-1e6 * roundTripRate(service, feeder)).toBeCloseTo(93.0, 1);
  });

  it("makes a timing advance of the round trips, in units of Tc", () => {
    const { ueTc, commonTc } = timingAdvance(1_931_635, 2_329_010);
    expect(Math.abs(ueTc * NR_TC - 2 * pathDelay(1_931_635))).toBeLessThan(NR_TC);
    expect(Math.abs(commonTc * NR_TC - (2 * 2_329_010) / SPEED_OF_LIGHT)).toBeLessThan(NR_TC);
    expect(timingAdvance(1_931_635, null).commonTc).toBe(0);
  });
});
