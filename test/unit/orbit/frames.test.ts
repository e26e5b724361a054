import * as fc from "fast-check";
import { gstime } from "satellite.js";
import { describe, expect, it } from "vitest";
import { gmst, temeToEcef } from "../../../src/main/orbit/frames.ts";

const instants = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2055, 0, 1) });
const metres = fc.double({ min: -1e7, max: 1e7, noNaN: true });
const speeds = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const states = fc.tuple(metres, metres, metres, speeds, speeds, speeds);
const angles = fc.double({ min: -10, max: 10, noNaN: true });

describe("gmst", () => {
  it("agrees with satellite.js to the 40 µs that its Julian date keeps", () => {
    fc.assert(
      fc.property(instants, (ms) => {
        const difference = gmst(ms) - gstime(new Date(ms));
        expect(Math.abs(Math.sin(difference))).toBeLessThan(1e-8);
      }),
    );
  });

  it("stays within a turn", () => {
    fc.assert(
      fc.property(instants, (ms) => {
        expect(gmst(ms)).toBeGreaterThanOrEqual(0);
        expect(gmst(ms)).toBeLessThan(2 * Math.PI);
      }),
    );
  });

  it("turns once in a sidereal day of 86164.0905 s", () => {
    const ms = Date.UTC(2026, 0, 1);
    expect(Math.sin(gmst(ms + 86_164_090.53) - gmst(ms))).toBeCloseTo(0, 8);
  });
});

describe("temeToEcef", () => {
  it("does not change under a rotation of sky and Earth about the pole together", () => {
    fc.assert(
      fc.property(states, angles, angles, (state, angle, turn) => {
        const a = new Float64Array(6);
        const b = new Float64Array(6);
        const [x, y, z, vx, vy, vz] = state;
        const c = Math.cos(turn);
        const s = Math.sin(turn);
        const turned = [c * x - s * y, s * x + c * y, z, c * vx - s * vy, s * vx + c * vy, vz];
        temeToEcef(a, 0, Float64Array.from(state), 0, angle);
        temeToEcef(b, 0, Float64Array.from(turned), 0, angle + turn);
        for (let k = 0; k < 6; k++) expect(Math.abs(a[k] - b[k])).toBeLessThan(1e-6);
      }),
    );
  });

  it("has a velocity that is the change of its position", () => {
    const start = Date.UTC(2026, 5, 1);
    const at = (seconds: number) => {
      const out = new Float64Array(6);
      const still = new Float64Array([7e6 + 100 * seconds, -200 * seconds, 1e6, 100, -200, 0]);
      temeToEcef(out, 0, still, 0, gmst(start + seconds * 1000));
      return out;
    };
    const [before, now, after] = [at(-1), at(0), at(1)];
    for (let k = 0; k < 3; k++) expect((after[k] - before[k]) / 2).toBeCloseTo(now[3 + k], 3);
  });

  it("may write over its own input", () => {
    const own = new Float64Array([1, 2, 3, 4, 5, 6]);
    const other = new Float64Array(6);
    temeToEcef(other, 0, own, 0, 1);
    temeToEcef(own, 0, own, 0, 1);
    expect(own).toEqual(other);
  });
});
