import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEG, GM_EARTH, J2, WGS84_A } from "../../../src/main/math/constants.ts";
import { eccentricAnomaly, keplerOrbit, type KeplerSource } from "../../../src/main/orbit/kepler.ts";

const orbitOf = (overrides: Partial<KeplerSource> = {}): KeplerSource => ({
  kind: "kepler",
  id: "k",
  name: "k",
  semiMajorAxisM: WGS84_A + 550_000,
  eccentricity: 0,
  inclination: 53 * DEG,
  raan: 1,
  argumentOfPerigee: 0,
  meanAnomaly: 0.5,
  ...overrides,
});

const cross = (a: ArrayLike<number>, b: ArrayLike<number>) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Right ascension of the node [rad] of a state, from its angular momentum. */
function nodeOf(state: Float64Array): number {
  const h = cross(state.subarray(0, 3), state.subarray(3, 6));
  return Math.atan2(h[0], -h[1]);
}

/** Newton's law with J2: change of [position, velocity]. */
const derivative = (s: Float64Array) => {
  const r2 = s[0] ** 2 + s[1] ** 2 + s[2] ** 2;
  const k = GM_EARTH / r2 ** 1.5;
  const j = 1.5 * J2 * (WGS84_A ** 2 / r2);
  const q = (5 * s[2] ** 2) / r2;
  const ax = -k * s[0] * (1 + j * (1 - q));
  const ay = -k * s[1] * (1 + j * (1 - q));
  return Float64Array.of(s[3], s[4], s[5], ax, ay, -k * s[2] * (1 + j * (3 - q)));
};
const add = (s: Float64Array, d: Float64Array, h: number) => s.map((x, i) => x + d[i] * h);

/** Runge–Kutta of order 4. */
function integrate(start: Float64Array, seconds: number, step: number): Float64Array {
  let s = start;
  for (let t = 0; t < seconds; t += step) {
    const a = derivative(s);
    const b = derivative(add(s, a, step / 2));
    const c = derivative(add(s, b, step / 2));
    const d = derivative(add(s, c, step));
    s = s.map((x, i) => x + (step / 6) * (a[i] + 2 * b[i] + 2 * c[i] + d[i]));
  }
  return s;
}

describe("Kepler's equation", () => {
  it("is Vallado's example 2-1: M = 235.4°, e = 0.4 gives E = 220.512074767522°", () => {
    const e = eccentricAnomaly(235.4 * DEG, 0.4) / DEG;
    expect(e + 360).toBeCloseTo(220.512_074_767_522, 9);
  });

  it("holds for every anomaly and eccentricity up to 0.95", () => {
    const anomalies = fc.double({ min: -20, max: 20, noNaN: true });
    const eccentricities = fc.double({ min: 0, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(anomalies, eccentricities, (m, e) => {
        const x = eccentricAnomaly(m, e);
        expect(Math.abs(Math.sin((x - e * Math.sin(x) - m) / 2))).toBeLessThan(1e-12);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("an orbit with secular J2", () => {
  it("keeps a circle a circle", () => {
    const orbit = keplerOrbit(orbitOf());
    const state = new Float64Array(6);
    for (let t = 0; t < 20_000; t += 97) {
      orbit(state, 0, t);
      expect(Math.hypot(state[0], state[1], state[2])).toBeCloseTo(WGS84_A + 550_000, 6);
    }
  });

  it("has a velocity that is the exact change of its position, on circles and ellipses", () => {
    const eccentricities = fc.double({ min: 0, max: 0.7, noNaN: true });
    const times = fc.double({ min: 0, max: 86_400, noNaN: true });
    fc.assert(
      fc.property(eccentricities, times, (eccentricity, t) => {
        const orbit = keplerOrbit(orbitOf({ semiMajorAxisM: 2.5e7, eccentricity, argumentOfPerigee: 2 }));
        const s = new Float64Array(18);
        [t - 0.5, t, t + 0.5].forEach((time, i) => orbit(s, 6 * i, time));
        for (let k = 0; k < 3; k++) expect(Math.abs(s[12 + k] - s[k] - s[9 + k])).toBeLessThan(0.01);
      }),
    );
  });

  it("turns the node of a sun-synchronous orbit (800 km, 98.6°) by 0.9856° a day", () => {
    const orbit = keplerOrbit(orbitOf({ semiMajorAxisM: WGS84_A + 800_000, inclination: 98.603 * DEG }));
    const s = new Float64Array(12);
    orbit(s, 0, 0);
    orbit(s, 6, 86_400);
    // the velocity turns with the node, so the momentum's node is off by the same small angle at both ends
    const turned = (nodeOf(s.subarray(6)) - nodeOf(s.subarray(0, 6))) / DEG;
    expect(Math.abs(turned - 0.9856)).toBeLessThan(0.01);
  });

  it("agrees with Newton's law integrated with J2: node within 1 % over a day, place within the short-period terms", () => {
    const orbit = keplerOrbit(orbitOf());
    const start = new Float64Array(6);
    orbit(start, 0, 0);
    const day = 86_400;
    const end = integrate(start, day, 10);
    const drift = nodeOf(end) - nodeOf(start);
    const expected = new Float64Array(6);
    orbit(expected, 0, day);
    const ours = nodeOf(expected) - nodeOf(start);
    expect(ours / drift).toBeGreaterThan(0.99);
    expect(ours / drift).toBeLessThan(1.01);
    const radius = Math.hypot(end[0], end[1], end[2]);
    expect(Math.abs(radius - WGS84_A - 550_000)).toBeLessThan(30_000);
  });
});
