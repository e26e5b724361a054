import { describe, expect, it } from "vitest";
import { freeSpaceLossDb } from "../../../src/main/link/budget.ts";
import { SmoothNormal } from "../../../src/main/link/fading.ts";
import {
  blockedLossDb,
  breakpointDistance,
  radioHorizon,
  sightLossDb,
  sightProbability,
} from "../../../src/main/link/terrestrial.ts";
import { naivePath } from "../../builders/naive-ground.ts";

const KINDS = ["rural", "urban"] as const;
const distances = Array.from({ length: 60 }, (_, i) => 3 * 1.16 ** i);

describe.each(KINDS)("path loss of TR 38.901, %s", (kind) => {
  it.each([
    [0.7, 35],
    [2, 25],
    [3.5, 35],
    [6.5, 60],
  ])("at %d GHz from %d m is that of a second writing of the tables", (ghz, height) => {
    for (const distance of distances) {
      const twin = naivePath(kind, ghz, height, distance);
      expect(sightLossDb(kind, ghz * 1e9, height, distance)).toBeCloseTo(twin.los, 9);
      expect(blockedLossDb(kind, ghz * 1e9, height, distance)).toBeCloseTo(twin.nlos, 9);
      expect(sightProbability(kind, distance)).toBeCloseTo(twin.share, 12);
    }
  });

  it("rises with the distance, does not jump at the breakpoint, and is at least free space", () => {
    let [seen, blocked] = [0, 0];
    for (const distance of distances) {
      const now = [sightLossDb(kind, 2e9, 30, distance), blockedLossDb(kind, 2e9, 30, distance)];
      expect(now[0]).toBeGreaterThanOrEqual(seen);
      expect(now[1]).toBeGreaterThanOrEqual(blocked);
      expect(now[1]).toBeGreaterThanOrEqual(now[0]);
      // RMa's roofs and UMa's street reflect: a little less than in free space is in the standard
      expect(now[0]).toBeGreaterThan(freeSpaceLossDb(2e9, Math.hypot(Math.max(10, distance), 28.5)) - 3);
      [seen, blocked] = now;
    }
    const edge = breakpointDistance(kind, 2e9, 30);
    expect(sightLossDb(kind, 2e9, 30, edge * (1 + 1e-9))).toBeCloseTo(
      sightLossDb(kind, 2e9, 30, edge),
      kind === "rural" ? 6 : 1,
    );
  });

  it("sees the site from everywhere near it and hardly anywhere far away", () => {
    expect(sightProbability(kind, 10)).toBe(1);
    expect(sightProbability(kind, 10_000)).toBeLessThan(0.002);
  });
});

describe("worked values", () => {
  // by hand from Table 7.4.1-1, with a pocket calculator's digits
  it("hold for UMa at 2 GHz from 25 m over 100 m: 28 + 22 lg 102.72 + 6.02", () => {
    expect(sightLossDb("urban", 2e9, 25, 100)).toBeCloseTo(78.28, 1);
    expect(blockedLossDb("urban", 2e9, 25, 100)).toBeCloseTo(98.17, 1);
  });
  it("hold for RMa at 0.7 GHz from 35 m over 500 m: 83.34 + 0.478·2.70 − 0.70 + 0.70", () => {
    expect(sightLossDb("rural", 7e8, 35, 500)).toBeCloseTo(84.63, 2);
  });
  it("hold for the breakpoints: 2π·35·1.5·f/c and 4·24·0.5·f/c", () => {
    expect(breakpointDistance("rural", 7e8, 35)).toBeCloseTo(770.2, 0);
    expect(breakpointDistance("urban", 2e9, 25)).toBeCloseTo(320.2, 0);
  });
  it("hold for the share of UMa at 100 m, 0.18 + e^(−1.587)·0.82, and of RMa at 1010 m, 1/e", () => {
    expect(sightProbability("urban", 100)).toBeCloseTo(0.3477, 3);
    expect(sightProbability("rural", 1010)).toBeCloseTo(Math.exp(-1), 12);
  });
  it("hold for the horizon: 4.12 (√35 + √1.5) km", () => {
    expect(radioHorizon(6_371_000, 35) / 1000).toBeCloseTo(4.12 * (Math.sqrt(35) + Math.sqrt(1.5)), 1);
  });
});

describe("a smooth normal process", () => {
  const process = new SmoothNormal(3, "test", 60);
  const sample = (distance: (i: number) => number, n = 20_000) =>
    Array.from({ length: n }, (_, i) => process.at(i, distance(i)));
  const moments = (values: number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length };
  };

  it.each([0, 15, 30, 47, 60, 61])("has mean 0 and variance 1 after %d m", (distance) => {
    const { mean, variance } = moments(sample(() => distance));
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  });

  it("is correlated over a few metres and not over two spacings", () => {
    const correlation = (apart: number) => {
      const a = sample((i) => i % 60);
      const b = sample((i) => (i % 60) + apart);
      return a.reduce((sum, value, i) => sum + value * b[i], 0) / a.length;
    };
    expect(correlation(5)).toBeGreaterThan(0.95);
    expect(correlation(60)).toBeLessThan(0.6);
    expect(Math.abs(correlation(120))).toBeLessThan(0.03);
  });

  it("changes by no jumps", () => {
    for (let d = 0; d < 600; d += 0.5)
      expect(Math.abs(process.at(5, d + 0.5) - process.at(5, d))).toBeLessThan(0.15);
  });
});
