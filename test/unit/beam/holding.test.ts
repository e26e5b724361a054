import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heldPoint, holdTimes, planHolds, type HoldOptions } from "../../../src/main/beam/holding.ts";
import { boresight, cellCentre, satelliteAxes } from "../../../src/main/beam/steering.ts";
import { DEG, EARTH_RATE, GM_EARTH, WGS84_A } from "../../../src/main/math/constants.ts";
import { ecefToGeodetic } from "../../../src/main/math/wgs84.ts";

/** Circular orbit from the ascending node over a longitude, in ECEF. */
function flight(
  height: number,
  inclination: number,
  longitude: number,
  earthRate = EARTH_RATE,
): HoldOptions["state"] {
  const r = WGS84_A + height;
  const rate = Math.sqrt(GM_EARTH / r ** 3);
  return (out, t) => {
    const [c, s] = [Math.cos(rate * t), Math.sin(rate * t)];
    const [ci, si] = [Math.cos(inclination), Math.sin(inclination)];
    const turn = longitude - earthRate * t;
    const [ct, st] = [Math.cos(turn), Math.sin(turn)];
    const x = ct * r * c - st * r * s * ci;
    const y = st * r * c + ct * r * s * ci;
    out[0] = x;
    out[1] = y;
    out[2] = r * s * si;
    out[3] = rate * r * (-ct * s - st * c * ci) + earthRate * y;
    out[4] = rate * r * (-st * s + ct * c * ci) - earthRate * x;
    out[5] = rate * r * c * si;
    return true;
  };
}

const nadir: HoldOptions = {
  state: flight(600_000, 0, 0, 0),
  duration: 300,
  offsets: new Float64Array(2),
  kind: "antenna",
  plane: "track",
  steeringLimit: 20 * DEG,
  minElevation: 10 * DEG,
};

const state = new Float64Array(6);
const axes = new Float64Array(9);
const nominal = new Float64Array(3);
const geodetic = new Float64Array(3);

/** Angle off the nominal direction and elevation [rad] of a point for a beam at a time, by trigonometry of its own. */
function seen(options: HoldOptions, beam: number, point: Float64Array, t: number) {
  options.state(state, t);
  satelliteAxes(axes, 0, state, 0, options.plane);
  const [along, left] = options.offsets.subarray(2 * beam, 2 * beam + 2);
  const sight = [0, 1, 2].map((k) => point[k] - state[k]);
  const range = Math.hypot(...sight);
  if (options.kind === "antenna") boresight(nominal, 0, axes, 0, along, left);
  else {
    cellCentre(nominal, 0, state, 0, axes, 0, along, left);
    const length = Math.hypot(...[0, 1, 2].map((k) => nominal[k] - state[k]));
    for (let k = 0; k < 3; k++) nominal[k] = (nominal[k] - state[k]) / length;
  }
  // half the chord between the two unit vectors
  const chord = Math.hypot(...sight.map((d, k) => d / range - nominal[k]));
  ecefToGeodetic(geodetic, 0, point[0], point[1], point[2]);
  const [latitude, longitude, height] = geodetic;
  const up = [
    Math.cos(latitude) * Math.cos(longitude),
    Math.cos(latitude) * Math.sin(longitude),
    Math.sin(latitude),
  ];
  const elevation = Math.asin(Math.min(1, -sight.reduce((sum, d, k) => sum + d * up[k], 0) / range));
  return { angle: 2 * Math.asin(chord / 2), elevation, height };
}

const columns = (plan: ReturnType<typeof planHolds>, duration: number) => {
  const { beam, fromS, untilS, point } = holdTimes(plan, duration);
  return Array.from(beam, (b, i) => ({
    beam: b,
    from: fromS[i],
    until: untilS[i],
    point: point.subarray(3 * i, 3 * i + 3),
  }));
};

describe("beams that hold their places on the ground", () => {
  it.each([5, 20, 45])(
    "hold for as long as the ground takes from %d° ahead of the nadir to as far behind it",
    (degrees) => {
      const options = { ...nadir, duration: 900, steeringLimit: degrees * DEG, minElevation: 0 };
      const holds = columns(planHolds(options), 900);
      const r = WGS84_A + 600_000;
      // angle at the centre of the equatorial circle to where the ray meets it
      const centre = Math.asin((r / WGS84_A) * Math.sin(degrees * DEG)) - degrees * DEG;
      const closed = (2 * centre) / Math.sqrt(GM_EARTH / r ** 3);
      const whole = holds.slice(1, -1);
      expect(whole.length).toBeGreaterThan(1);
      for (const { from, until } of whole) expect(Math.abs(until - from - closed)).toBeLessThan(0.002);
      // on flat ground 2·h·tan L at the speed of the sub-satellite point; 20° ahead the curvature adds 0.6 %
      const speed = WGS84_A * Math.sqrt(GM_EARTH / r ** 3);
      if (degrees <= 20)
        expect(Math.abs(closed / ((2 * 600_000 * Math.tan(degrees * DEG)) / speed) - 1)).toBeLessThan(0.01);
    },
  );

  const options: fc.Arbitrary<HoldOptions> = fc
    .record({
      height: fc.double({ min: 400_000, max: 1_500_000, noNaN: true }),
      inclination: fc.double({ min: 0, max: 3.1, noNaN: true }),
      longitude: fc.double({ min: -3.1, max: 3.1, noNaN: true }),
      kind: fc.constantFrom("antenna" as const, "circular-cells" as const),
      plane: fc.constantFrom("orbit" as const, "track" as const),
      limit: fc.double({ min: 1, max: 50, noNaN: true }),
      elevation: fc.double({ min: 0, max: 60, noNaN: true }),
      places: fc.array(fc.double({ min: -0.55, max: 0.55, noNaN: true }), { minLength: 2, maxLength: 8 }),
    })
    .map((r) => ({
      state: flight(r.height, r.inclination, r.longitude),
      duration: 400,
      offsets: Float64Array.from(r.places.slice(0, 2 * Math.floor(r.places.length / 2)), (place) =>
        r.kind === "antenna" ? place : place * 1e6,
      ),
      kind: r.kind,
      plane: r.plane,
      steeringLimit: r.limit * DEG,
      minElevation: r.elevation * DEG,
    }));

  it("never steer beyond the limit, nor below the least elevation, and lie on the ellipsoid", () => {
    fc.assert(
      fc.property(options, (given) => {
        for (const { beam, from, until, point } of columns(planHolds(given), given.duration))
          for (let i = 0; i <= 12; i++) {
            const { angle, elevation, height } = seen(given, beam, point, from + ((until - from) * i) / 12);
            expect(angle).toBeLessThanOrEqual(given.steeringLimit + 1e-8);
            expect(elevation).toBeGreaterThanOrEqual(given.minElevation - 1e-8);
            expect(Math.abs(height)).toBeLessThan(1e-3);
          }
      }),
      { numRuns: 60 },
    );
  });

  it("do not jump before they must: 5 ms later the place could no longer be held", () => {
    fc.assert(
      fc.property(options, (given) => {
        for (const { beam, until, point } of columns(planHolds(given), given.duration)) {
          if (until >= given.duration - 0.01) continue;
          const { angle, elevation } = seen(given, beam, point, until + 0.005);
          expect(angle > given.steeringLimit || elevation < given.minElevation).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("always hold a place where their nominal direction sees one high enough", () => {
    const plan = planHolds({
      ...nadir,
      state: flight(600_000, 1, 0.3),
      offsets: Float64Array.of(0, 0, 0.2, 0, 0, -0.2),
    });
    for (let beam = 0; beam < 3; beam++)
      for (let t = 0; t < 300; t += 0.37) expect(heldPoint(plan, beam, t)).toBeGreaterThanOrEqual(0);
  });

  it("jump one after another, not all at once", () => {
    const plan = planHolds({ ...nadir, offsets: new Float64Array(8) });
    const holds = columns(plan, 300);
    const first = [0, 1, 2, 3].map((beam) => holds.find((hold) => hold.beam === beam)!.until);
    const full = holds.filter(({ beam }) => beam === 0)[1];
    // a nadir beam of five equal turns: what is left of them, in near-equal parts
    first.forEach((until, i) => expect(until / (full.until - full.from)).toBeCloseTo(1 - (i + 1) / 5, 1));
    expect(plan.fromS[0]).toBeLessThanOrEqual(0);
  });

  it("hold nothing where every direction within the limit is too low", () => {
    const plan = planHolds({
      ...nadir,
      offsets: Float64Array.of(0, 0.85),
      steeringLimit: 5 * DEG,
      minElevation: 50 * DEG,
    });
    expect(heldPoint(plan, 0, 100)).toBe(-1);
    expect(holdTimes(plan, 300).beam).toHaveLength(0);
  });

  it("end with a satellite that is lost", () => {
    const fly = flight(600_000, 0, 0);
    const plan = planHolds({ ...nadir, state: (out, t) => t < 101.5 && fly(out, t) });
    expect(heldPoint(plan, 0, 101.4)).toBeGreaterThanOrEqual(0);
    expect(heldPoint(plan, 0, 101.6)).toBe(-1);
    expect(heldPoint(plan, 0, 250)).toBe(-1);
    expect(Math.max(...holdTimes(plan, 300).untilS)).toBeCloseTo(101.5, 2);
  });

  it("find the hold of a time as a walk through all of them does", () => {
    const plan = planHolds({ ...nadir, offsets: Float64Array.of(0, 0, 0.1, 0.1) });
    for (let beam = 0; beam < 2; beam++)
      for (let t = -1; t < 300; t += 0.713) {
        let walked = -1;
        for (let i = plan.start[beam]; i < plan.start[beam + 1]; i++) if (plan.fromS[i] <= t) walked = i;
        expect(heldPoint(plan, beam, t)).toBe(walked);
      }
  });
});
