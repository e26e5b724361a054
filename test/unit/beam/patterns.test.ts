import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EDGE_X, GAIN_FLOOR_DB, beamwidth, gainTable, lookUp } from "../../../src/main/beam/pattern.ts";
import {
  LEO_NEAR_SIDELOBE_DB,
  halfWidthOf,
  patternGainDb,
  patternScale,
  patternTable,
  s1528GainDb,
} from "../../../src/main/beam/patterns.ts";
import { DEG } from "../../../src/main/math/constants.ts";
import type { BeamPattern } from "../../../src/shared/mission.ts";

const rising = fc
  .tuple(
    fc.array(fc.double({ min: 0.002, max: 0.3, noNaN: true }), { minLength: 3, maxLength: 20 }),
    fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 20, maxLength: 20 }),
  )
  .map(([steps, drops]): BeamPattern => {
    let angle = 0;
    const offAxisRad = [0, ...steps.map((step) => (angle += step))];
    return {
      kind: "table",
      offAxisRad,
      relativeGainDb: offAxisRad.map((_, i) => (i === 0 ? 0 : -3.1 - drops[i])),
    };
  });
const patterns: fc.Arbitrary<BeamPattern> = fc.oneof(
  fc.constant<BeamPattern>({ kind: "bessel" }),
  fc
    .constantFrom(-15, -20, -25, -30, LEO_NEAR_SIDELOBE_DB)
    .map((nearSidelobeDb) => ({ kind: "s1528" as const, nearSidelobeDb })),
  rising,
);
const halves = fc.double({ min: 0.001, max: 0.3, noNaN: true });

describe("beam patterns", () => {
  // SHARC, test of antenna_s1528: 39 dBi, beamwidth 2°, in degrees off the axis
  it.each([
    [-20, [0, -3, -8.48, -20, -20, -20, -20, -21.1, -22.55, -23.83, -24.98, -39, -34.25]],
    [-30, [0, -3, -8.48, -30, -30, -30, -30, -31.1, -32.55, -33.83, -34.98, -39, -39]],
  ])(
    "follow S.1528 recommends 1.2 with near-in side lobes of %d dB as SHARC's test has it",
    (level, expected) => {
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 80, 100].forEach((degrees, i) => {
        expect(Math.abs(s1528GainDb(level, degrees, 39, degrees > 90) - expected[i])).toBeLessThan(0.01);
      });
    },
  );

  it("join main lobe and side lobes of S.1528 recommends 1.3 at 1.5 half beamwidths, and end at 5 dBi", () => {
    const pattern: BeamPattern = { kind: "s1528", nearSidelobeDb: LEO_NEAR_SIDELOBE_DB };
    const half = 1 * DEG;
    expect(patternGainDb(pattern, half, half)).toBeCloseTo(-3, 12);
    expect(patternGainDb(pattern, 1.499_999 * half, half)).toBeCloseTo(-6.75, 4);
    expect(patternGainDb(pattern, 1.500_001 * half, half)).toBeCloseTo(-6.75, 4);
    expect(patternGainDb(pattern, 15 * half, half)).toBeCloseTo(-6.75 - 25, 10);
    // the aperture of 2 m at 2 GHz has a beamwidth of 4.4127° (TR 38.821) and the directivity (k·a)² = 41.917²
    const aperture = (4.4127 / 2) * DEG;
    expect(patternGainDb(pattern, 1.5, aperture)).toBeCloseTo(5 - 20 * Math.log10(41.917), 3);
  });

  it("are never above the peak nor below the floor, at any angle", () => {
    fc.assert(
      fc.property(
        patterns,
        halves,
        fc.double({ min: 0, max: Math.PI, noNaN: true }),
        (pattern, aperture, theta) => {
          const gain = patternGainDb(pattern, theta, halfWidthOf(pattern, aperture));
          expect(gain).toBeLessThanOrEqual(0);
          expect(gain).toBeGreaterThanOrEqual(GAIN_FLOOR_DB);
          expect(patternGainDb(pattern, 0, halfWidthOf(pattern, aperture))).toBeCloseTo(0, 12);
        },
      ),
    );
  });

  it("are at exactly −3 dB at half the beamwidth, which the scale puts at the edge of coverage", () => {
    fc.assert(
      fc.property(patterns, halves, (pattern, aperture) => {
        const half = halfWidthOf(pattern, aperture);
        expect(patternGainDb(pattern, half, half)).toBeCloseTo(-3, 8);
        expect(patternScale(half) * Math.sin(half)).toBeCloseTo(EDGE_X, 12);
      }),
    );
  });

  it.each([-15, -20, -25, -30, LEO_NEAR_SIDELOBE_DB])(
    "fall all the way to 90° where they are an S.1528 mask of %d dB",
    (nearSidelobeDb) => {
      for (const half of [0.5 * DEG, 2.2 * DEG]) {
        let last = 0;
        for (let theta = 0; theta <= Math.PI / 2; theta += 0.0007) {
          const gain = patternGainDb({ kind: "s1528", nearSidelobeDb }, theta, half);
          expect(gain).toBeLessThanOrEqual(last);
          last = gain;
        }
      }
    },
  );

  it("give the same table as the circular aperture's own, where they are one", () => {
    const half = beamwidth(2e9, 1) / 2;
    const table = patternTable({ kind: "bessel" }, patternScale(half), half);
    const own = gainTable();
    const end = Math.floor(patternScale(half) * 256);
    for (let i = 0; i < end; i += 7)
      if (own.db[i] > -60) expect(Math.abs(table.db[i] - own.db[i])).toBeLessThan(1e-6);
  });

  it("are tabulated to within 0.01 dB between their jumps, and keep the value at 90° beyond it", () => {
    const pattern: BeamPattern = { kind: "s1528", nearSidelobeDb: -20 };
    const half = 2.2 * DEG;
    const scale = patternScale(half);
    const table = patternTable(pattern, scale, half);
    for (let theta = 0; theta < Math.PI / 2; theta += 0.0003) {
      if (Math.abs(theta / half - 2.58) < 0.01) continue;
      const exact = patternGainDb(pattern, theta, half);
      expect(Math.abs(lookUp(table.db, scale * Math.sin(theta)) - exact)).toBeLessThan(0.01);
    }
    const edge = patternGainDb(pattern, Math.PI / 2, half);
    for (const x of [scale, scale + 1, 64, 1e6, Infinity]) expect(lookUp(table.db, x)).toBeCloseTo(edge, 10);
  });

  it("are never taken for lower than they are beyond the end of the table", () => {
    const pattern: BeamPattern = {
      kind: "table",
      offAxisRad: [0, 0.01, 0.02, 1.2, 1.3],
      relativeGainDb: [0, -3, -40, -40, -10],
    };
    const half = halfWidthOf(pattern, 1);
    expect(half).toBeCloseTo(0.01, 12);
    expect(lookUp(patternTable(pattern, patternScale(half), half).db, Infinity)).toBeCloseTo(-10, 6);
  });

  it("are interpolated in straight lines between the rows of a table", () => {
    const pattern: BeamPattern = { kind: "table", offAxisRad: [0, 0.1, 0.2], relativeGainDb: [0, -2, -6] };
    const half = halfWidthOf(pattern, 1);
    expect(half).toBeCloseTo(0.125, 12);
    expect(patternGainDb(pattern, 0.05, half)).toBeCloseTo(-1, 12);
    expect(patternGainDb(pattern, 0.15, half)).toBeCloseTo(-4, 12);
    expect(patternGainDb(pattern, 0.3, half)).toBe(-6);
  });
});
