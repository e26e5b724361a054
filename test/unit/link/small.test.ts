import { describe, expect, it } from "vitest";
import { nearestAngle } from "../../../src/main/link/angles.ts";
import { cnirDb } from "../../../src/main/link/interference.ts";
import { crossPolarDiscriminationDb, polarisationLossDb } from "../../../src/main/link/polarisation.ts";
import { normalQuantile } from "../../../src/main/link/quantile.ts";
import {
  bandOf,
  clutterLossDb,
  lineOfSightProbability,
  shadowSigmaDb,
} from "../../../src/main/link/surroundings.ts";
import { DEG } from "../../../src/main/math/constants.ts";

describe("the nearest reference angle", () => {
  it("is the nearest of 10°, 20°, … 90°, and the ends of the table beyond them", () => {
    const angles = [0, 3, 10, 14.99, 15.01, 44, 46, 84.9, 85.1, 90];
    expect(angles.map((a) => 10 * (nearestAngle(a * DEG) + 1))).toEqual([
      10, 10, 10, 10, 20, 40, 50, 80, 90, 90,
    ]);
  });
});

describe("surroundings", () => {
  it("see the satellite more often from higher up, in every surrounding", () => {
    for (const kind of ["dense-urban", "urban", "suburban-rural"] as const) {
      const seen = [10, 20, 30, 40, 50, 60, 70, 80, 90].map((a) => lineOfSightProbability(kind, a * DEG));
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen[8]).toBeLessThanOrEqual(1);
    }
  });

  it("shadow more without line of sight, and clutter costs more in the Ka band", () => {
    for (const elevation of [10, 50, 90]) {
      const at = elevation * DEG;
      expect(shadowSigmaDb("urban", "s", false, at)).toBeGreaterThan(shadowSigmaDb("urban", "s", true, at));
      expect(clutterLossDb("dense-urban", "ka", at)).toBeGreaterThan(clutterLossDb("dense-urban", "s", at));
    }
    expect([bandOf(2e9), bandOf(20e9)]).toEqual(["s", "ka"]);
  });
});

describe("C/(N+I)", () => {
  it("is 3.01 dB below two equal ratios and never above the smaller", () => {
    expect(cnirDb(10, 10)).toBeCloseTo(10 - 10 * Math.log10(2), 12);
    expect(cnirDb(10, 200)).toBeCloseTo(10, 12);
    // -1.0 dB of SIR and -1.2 dB of SINR at the median of TR 38.821's calibration leave 12.4 dB of SNR
    expect(cnirDb(12.4, -1)).toBeCloseTo(-1.2, 1);
  });
});

describe("polarisation", () => {
  const linear = Infinity;
  it("costs nothing between equals, 3.01 dB between circular and linear, cos² between linear ones", () => {
    expect(polarisationLossDb(0, 0, 1)).toBeCloseTo(0, 12);
    expect(polarisationLossDb(0, linear, 0.3)).toBeCloseTo(10 * Math.log10(2), 12);
    expect(polarisationLossDb(linear, 0, 1.2)).toBeCloseTo(10 * Math.log10(2), 12);
    for (const tilt of [10, 45, 80])
      expect(polarisationLossDb(linear, linear, tilt * DEG)).toBeCloseTo(
        -20 * Math.log10(Math.cos(tilt * DEG)),
        9,
      );
    expect(polarisationLossDb(linear, linear, 90 * DEG)).toBeGreaterThan(100);
  });

  it("agrees with the inner product of the two fields", () => {
    const field = (ratioDb: number, tilt: number) => {
      const minor = 10 ** (-ratioDb / 20);
      const scale = 1 / Math.hypot(1, minor);
      const [c, s] = [Math.cos(tilt), Math.sin(tilt)];
      // major axis along the tilt, minor axis a quarter turn later in time
      return { xr: c * scale, xi: -s * minor * scale, yr: s * scale, yi: c * minor * scale };
    };
    for (const [r1, r2, tilt] of [
      [1, 3, 0.4],
      [6, 0.5, 1.1],
      [20, 10, 0.9],
    ]) {
      const a = field(r1, 0);
      const b = field(r2, tilt);
      const re = a.xr * b.xr + a.xi * b.xi + a.yr * b.yr + a.yi * b.yi;
      const im = a.xi * b.xr - a.xr * b.xi + a.yi * b.yr - a.yr * b.yi;
      expect(polarisationLossDb(r1, r2, tilt)).toBeCloseTo(-10 * Math.log10(re * re + im * im), 9);
    }
  });

  it("is discriminated worst at 45° of tilt and the less the more it rains", () => {
    const at = (tilt: number, rain: number) =>
      crossPolarDiscriminationDb(20e9, 30 * DEG, tilt * DEG, rain, 0.01);
    expect(at(45, 10)).toBeLessThan(at(0, 10));
    expect(at(45, 20)).toBeLessThan(at(45, 10));
  });
});

describe("the normal quantile", () => {
  it("has the values of the tables to the last digits, in the middle, the tail and far out", () => {
    // scipy.stats.norm.ppf 1.17
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959_963_984_540_05, 14);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090_232_306_167_814, 13);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361_340_902_404_06, 13);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262_340_089_798_41, 12);
  });

  it("is odd about the half", () => {
    for (const p of [0.01, 0.2, 0.4]) expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 13);
  });
});
