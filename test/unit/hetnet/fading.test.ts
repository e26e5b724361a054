import { describe, expect, it } from "vitest";
import { RicianFading, ShadowMap } from "../../../src/main/hetnet/fading.ts";
import { Random } from "../../../src/main/math/random.ts";

const WAVELENGTH = 0.0857;

/** Powers of many links at one place each, so that they are independent. */
function powers(kDb: number, count: number): number[] {
  const random = new Random(7, "test-fading");
  return Array.from({ length: count }, (_, i) =>
    new RicianFading(random.at(i), kDb, WAVELENGTH).power(0.37 * (i % 50), 100 + 0.011 * i),
  );
}
const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const variance = (values: number[]) => mean(values.map((v) => v * v)) - mean(values) ** 2;

describe("Rician fading", () => {
  it.each([0, 3, 9])("has mean 1 and the variance (1 + 2K)/(1 + K)² of its power at K = %d dB", (kDb) => {
    const k = 10 ** (kDb / 10);
    const drawn = powers(kDb, 20_000);
    // standard error of the mean is 0.006 at most
    expect(mean(drawn)).toBeCloseTo(1, 1);
    expect(Math.abs(mean(drawn) - 1)).toBeLessThan(0.02);
    // 16 waves: the diffuse part's own variance is 1/16 less than 1
    const expected = (1 + 2 * k) / (1 + k) ** 2;
    expect(Math.abs(variance(drawn) / expected - 1)).toBeLessThan(0.08);
  });

  it("hardly changes within a hundredth of a wavelength, and loses its memory over many", () => {
    const random = new Random(3, "test-fading");
    const pairs = (gap: number) =>
      Array.from({ length: 4000 }, (_, i) => {
        const link = new RicianFading(random.at(i), 3, WAVELENGTH);
        // across the direct wave, whose phase then stays
        return [link.power(0, 50), link.power(gap, 50)];
      });
    const correlation = (gap: number) => {
      const drawn = pairs(gap);
      const a = drawn.map(([first]) => first);
      const b = drawn.map(([, second]) => second);
      return (mean(drawn.map(([p, q]) => p * q)) - mean(a) * mean(b)) / Math.sqrt(variance(a) * variance(b));
    };
    expect(correlation(WAVELENGTH / 100)).toBeGreaterThan(0.99);
    // with correlation ρ of the diffuse part: (2Kρ + ρ²)/(1 + 2K); J0(2π · 0.25) = 0.472
    const k = 10 ** 0.3;
    expect(correlation(WAVELENGTH / 4)).toBeCloseTo((2 * k * 0.472 + 0.472 ** 2) / (1 + 2 * k), 1);
    // first zero of J0 at 2.405
    expect(Math.abs(correlation((2.405 / (2 * Math.PI)) * WAVELENGTH))).toBeLessThan(0.06);
  });
});

describe("the shadow map", () => {
  const maps = Array.from({ length: 3000 }, (_, i) => new ShadowMap(new Random(1, "test-map").at(i), 4, 37));

  it("has its standard deviation and no mean", () => {
    const drawn = maps.map((map, i) => map.atDb(3 * (i % 100), 200 - (i % 90)));
    expect(Math.abs(mean(drawn))).toBeLessThan(0.25);
    expect(Math.sqrt(variance(drawn))).toBeCloseTo(4, 0);
  });

  it.each([10, 37, 74])("is correlated by exp(−d/37 m) over %d m in any direction", (distance) => {
    const drawn = maps.map((map, i) => [
      map.atDb(20, 30),
      map.atDb(20 + distance * Math.cos(i), 30 + distance * Math.sin(i)),
    ]);
    const correlation = mean(drawn.map(([a, b]) => a * b)) / 16;
    expect(Math.abs(correlation - Math.exp(-distance / 37))).toBeLessThan(0.07);
  });

  it("is the same for whoever passes", () => {
    expect(maps[0].atDb(12, 34)).toBe(maps[0].atDb(12, 34));
  });
});
