import { describe, expect, it } from "vitest";
import { DEG, EARTH_MEAN_RADIUS } from "../../../src/main/math/constants.ts";
import { Random } from "../../../src/main/math/random.ts";
import { haversine } from "../../../src/main/math/wgs84.ts";
import { loadLand } from "../../../src/main/scenario/land.ts";
import { loadPlaces } from "../../../src/main/scenario/places.ts";
import { cumulativePopulation, drawAtPlaces, onLand } from "../../../src/main/simulation/settlement.ts";

const DRAWS = 100_000;

/** Places in degrees, with their people. */
const settlements = (...rows: [latitudeDeg: number, longitudeDeg: number, people: number][]) => ({
  latitude: Float64Array.from(rows, (row) => row[0] * DEG),
  longitude: Float64Array.from(rows, (row) => row[1] * DEG),
  population: Float64Array.from(rows, (row) => row[2]),
});

/** A grid of land from a rule on the middles of its cells [deg]. */
function gridOf(columns: number, rows: number, rule: (latitude: number, longitude: number) => boolean) {
  const bits = new Uint8Array((columns * rows) / 8);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const latitude = 90 - ((row + 0.5) * 180) / rows;
      const longitude = ((column + 0.5) * 360) / columns - 180;
      const bit = row * columns + column;
      if (rule(latitude, longitude)) bits[bit >> 3] |= 1 << (bit & 7);
    }
  }
  return { columns, rows, bits };
}

/** Draws of latitude, longitude [draw × 2], one item of the source each. */
function draws(count: number, ...rest: TailOf<typeof drawAtPlaces>): Float64Array {
  const all = new Float64Array(2 * count);
  const out = new Float64Array(2);
  const random = new Random(11, "settlement");
  for (let i = 0; i < count; i++) {
    drawAtPlaces(out, random.at(i), ...rest);
    all.set(out, 2 * i);
  }
  return all;
}
type TailOf<F> = F extends (out: Float64Array, random: Random, ...rest: infer R) => void ? R : never;

describe("drawing at places", () => {
  it("adds up the people of the places", () => {
    expect([...cumulativePopulation(settlements([0, 0, 3], [0, 1, 0], [0, 2, 5]))]).toEqual([3, 3, 8]);
  });

  it("draws each place as often as it has people, and one without people never", () => {
    const people = [0, 5, 1, 0, 10_000, 3000, 700, 0, 42_000, 0];
    const places = settlements(...people.map((n, i): [number, number, number] => [0, i, n]));
    const all = draws(DRAWS, cumulativePopulation(places), places, 0, null);
    const counts = people.map(() => 0);
    for (let i = 0; i < DRAWS; i++) counts[Math.round(all[2 * i + 1] / DEG)]++;
    const total = people.reduce((sum, n) => sum + n);
    for (const [i, n] of people.entries()) {
      const share = n / total;
      const error = Math.sqrt(DRAWS * share * (1 - share));
      expect(Math.abs(counts[i] - DRAWS * share), `place ${i}`).toBeLessThanOrEqual(4 * error);
    }
  });

  it.each([
    ["in the middle latitudes", 52, 13],
    ["on the antimeridian", -17, 179.999],
    ["in the far north", 78.2, 15.6],
  ])("spreads by the asked distance along both axes %s", (_, latitudeDeg, longitudeDeg) => {
    const spread = 8000;
    const places = settlements([latitudeDeg, longitudeDeg, 1]);
    const all = draws(DRAWS, cumulativePopulation(places), places, spread, null);
    const sums = [0, 0, 0, 0, 0];
    let within = 0;
    for (let i = 0; i < DRAWS; i++) {
      const [latitude, longitude] = all.subarray(2 * i);
      const turn = longitude - places.longitude[0];
      const east = Math.atan2(Math.sin(turn), Math.cos(turn)) * Math.cos(latitude) * EARTH_MEAN_RADIUS;
      const north = (latitude - places.latitude[0]) * EARTH_MEAN_RADIUS;
      for (const [k, value] of [east, north, east * east, north * north, east * north].entries())
        sums[k] += value / DRAWS;
      if (haversine(places.latitude[0], places.longitude[0], latitude, longitude) < 2 * spread) within++;
    }
    expect(Math.abs(Math.sqrt(sums[2]) / spread - 1)).toBeLessThan(0.01);
    expect(Math.abs(Math.sqrt(sums[3]) / spread - 1)).toBeLessThan(0.01);
    for (const mean of [sums[0], sums[1]])
      expect(Math.abs(mean)).toBeLessThan((4 * spread) / Math.sqrt(DRAWS));
    expect(Math.abs(sums[4])).toBeLessThan((4 * spread * spread) / Math.sqrt(DRAWS));
    // Rayleigh: 1 − e⁻² are nearer than two standard deviations
    expect(Math.abs(within / DRAWS - (1 - Math.exp(-2)))).toBeLessThan(0.005);
  });

  it("puts nobody into the sea around the harbours of the world", () => {
    const land = loadLand();
    const places = loadPlaces(
      { south: -10 * DEG, north: 10 * DEG, west: 95 * DEG, east: 130 * DEG },
      100_000,
    );
    expect(places.name).toContain("Singapore");
    const spread = 20_000;
    const all = draws(20_000, cumulativePopulation(places), places, spread, land);
    const dry = draws(20_000, cumulativePopulation(places), places, spread, null);
    const atSea = (points: Float64Array) => {
      let count = 0;
      for (let i = 0; i < points.length; i += 2) if (!onLand(land, points[i], points[i + 1])) count++;
      return count;
    };
    expect(atSea(dry)).toBeGreaterThan(1000);
    expect(atSea(all)).toBe(0);
  });

  it("keeps the shape of the spread on the land's side of a straight coast", () => {
    const coast = gridOf(3600, 1800, (_, longitude) => longitude > 0);
    const places = settlements([0, 0, 1]);
    const spread = 5000;
    const all = draws(DRAWS, cumulativePopulation(places), places, spread, coast);
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 1; i < all.length; i += 2) {
      least = Math.min(least, all[i]);
      sum += (all[i] * EARTH_MEAN_RADIUS) / DRAWS;
    }
    expect(least).toBeGreaterThanOrEqual(0);
    // mean of a half-normal: σ √(2/π)
    expect(Math.abs(sum / (spread * Math.sqrt(2 / Math.PI)) - 1)).toBeLessThan(0.01);
  });

  it("takes the place itself where no land is in reach", () => {
    const sea = gridOf(360, 180, () => false);
    const places = settlements([4.175, 73.509, 100]);
    const all = draws(10, cumulativePopulation(places), places, 3000, sea);
    for (let i = 0; i < 10; i++)
      expect([all[2 * i], all[2 * i + 1]]).toEqual([places.latitude[0], places.longitude[0]]);
  });

  it("draws the same for an item whatever was drawn before", () => {
    const places = settlements([50, 8, 3], [51, 9, 4]);
    const cumulative = cumulativePopulation(places);
    const all = draws(8, cumulative, places, 4000, null);
    const alone = new Float64Array(2);
    drawAtPlaces(alone, new Random(11, "settlement").at(5), cumulative, places, 4000, null);
    expect([...alone]).toEqual([...all.subarray(10, 12)]);
  });
});
