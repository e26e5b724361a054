import { describe, expect, it } from "vitest";
import { Random } from "../../../src/main/math/random.ts";

const DRAWS = 20_000;

/** e^−m m^k / k!, by the recurrence from zero. */
function poissonShares(mean: number, until: number): number[] {
  const shares = [Math.exp(-mean)];
  for (let k = 1; k <= until; k++) shares.push((shares[k - 1] * mean) / k);
  return shares;
}

describe("Poisson counts", () => {
  const sample = (mean: number, count = DRAWS) => {
    const random = new Random(5, `poisson ${mean}`);
    return Float64Array.from({ length: count }, (_, i) => random.at(i).poisson(mean));
  };

  it.each([0.2, 3, 30, 499, 501, 1200])("have mean and variance %d", (mean) => {
    const counts = sample(mean);
    const average = counts.reduce((sum, k) => sum + k / DRAWS, 0);
    const variance = counts.reduce((sum, k) => sum + (k - average) ** 2 / DRAWS, 0);
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / DRAWS));
    // variance of a sample's variance: (μ₄ − σ⁴)/n with μ₄ = m + 3 m²
    expect(Math.abs(variance - mean)).toBeLessThan(4 * Math.sqrt((mean + 2 * mean * mean) / DRAWS));
  });

  it.each([
    [3, DRAWS],
    [30, DRAWS],
    [600, DRAWS],
  ])("have the exact distribution at a mean of %d (χ²)", (mean, count) => {
    const shares = poissonShares(mean, 10 * mean);
    const seen = shares.map(() => 0);
    for (const k of sample(mean, count)) seen[k]++;
    // cells of at least 10 expected draws; each tail is one cell
    const first = shares.findIndex((share) => share * count > 10);
    const last = shares.findLastIndex((share) => share * count > 10);
    const add = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    const gather = (values: number[]) => [
      add(values.slice(0, first + 1)),
      ...values.slice(first + 1, last),
      add(values.slice(last)),
    ];
    const expected = gather(shares).map((share) => share * count);
    const chi2 = add(gather(seen).map((n, i) => (n - expected[i]) ** 2 / expected[i]));
    const freedom = expected.length - 1;
    expect(freedom).toBeGreaterThan(8);
    expect(Math.abs(chi2 - freedom)).toBeLessThan(4 * Math.sqrt(2 * freedom));
  });

  it("are zero at a mean of zero", () => {
    expect(sample(0, 100).every((k) => k === 0)).toBe(true);
  });
});
