import { describe, expect, it } from "vitest";
import { CoverageGrid } from "../../../src/renderer/globe/coverageGrid.ts";
import { coverageWords } from "../../../src/renderer/globe/words.ts";
import { coverage, COVERAGE_BINS, tellCoverage } from "../../../src/renderer/session/coverage.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { Random } from "../../../src/main/math/random.ts";

const DEG = Math.PI / 180;

/** Satellites by height [km], latitude and longitude [°]; null: lost. */
function placed(
  satellites: ([heightKm: number, latitude: number, longitude: number] | null)[],
): Float64Array {
  const out = new Float64Array(3 * satellites.length).fill(Number.NaN);
  satellites.forEach((s, i) => s && geodeticToEcef(out, 3 * i, s[1] * DEG, s[2] * DEG, s[0] * 1000));
  return out;
}

function scattered(count: number): Float64Array {
  const random = new Random(7, "places");
  return placed(
    Array.from({ length: count }, () => [
      300 + 2500 * random.next(),
      Math.asin(2 * random.next() - 1) / DEG,
      360 * random.next() - 180,
    ]),
  );
}

/** Elevation over the plane that touches the ellipsoid, from the definition of the angle. */
function elevation(position: Float64Array, i: number, latitude: number, longitude: number): number {
  const ground = new Float64Array(3);
  geodeticToEcef(ground, 0, latitude, longitude, 0);
  const up = [
    Math.cos(latitude) * Math.cos(longitude),
    Math.cos(latitude) * Math.sin(longitude),
    Math.sin(latitude),
  ];
  const to = [0, 1, 2].map((k) => position[i + k]! - ground[k]!);
  return Math.asin((to[0]! * up[0]! + to[1]! * up[1]! + to[2]! * up[2]!) / Math.hypot(...to));
}

function expectAsCountedOneByOne(columns: number, position: Float64Array, leastDeg: number): void {
  const grid = new CoverageGrid(columns);
  grid.fill(position, leastDeg * DEG);
  const step = 360 / columns;
  const wrong: string[] = [];
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < columns; column++) {
      const latitude = (-90 + (row + 0.5) * step) * DEG;
      const longitude = (-180 + (column + 0.5) * step) * DEG;
      let n = 0;
      for (let i = 0; i < position.length; i += 3)
        if (elevation(position, i, latitude, longitude) >= leastDeg * DEG) n++;
      const counted = grid.count[row * columns + column];
      if (counted !== n) wrong.push(`row ${row}, column ${column}: ${counted} for ${n}`);
    }
  expect(wrong).toEqual([]);
}

describe("satellites in view on a grid", () => {
  it.each([0, 10, 25, 60, 85])("are those that stand above %i° one by one", (least) => {
    expectAsCountedOneByOne(90, scattered(40), least);
  });

  it("are right over both poles, the antimeridian, the equator and far away, and leave out the lost", () => {
    const position = placed([
      [800, 90, 0],
      [800, -89.99, 20],
      [550, 10, 179.9],
      [550, -60, -179.99],
      null,
      [1200, 0, 0],
      [35_786, 0, 45],
      [20_200, 55, -100],
    ]);
    for (const least of [0, 10, 40]) expectAsCountedOneByOne(120, position, least);
  });

  it("forget the picture before", () => {
    const grid = new CoverageGrid(72);
    grid.fill(scattered(30), 0.1);
    grid.fill(placed([null]), 0.1);
    expect(grid.count.every((n) => n === 0)).toBe(true);
  });

  it("cover the cap of a sphere to the width of a cell", () => {
    const grid = new CoverageGrid(360);
    const [height, least] = [780_000, 10 * DEG];
    grid.fill(placed([[height / 1000, 0, 17]]), least);
    const shares = new Float64Array(COVERAGE_BINS.length);
    grid.shares(shares);
    const rim = Math.acos((6_371_000 / (6_371_000 + height)) * Math.cos(least)) - least;
    expect(shares[1]).toBeCloseTo((1 - Math.cos(rim)) / 2, 3);
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12);
  });

  it("are told of the cell that holds a place, edges of the map too", () => {
    const grid = new CoverageGrid(360);
    grid.fill(placed([[550, 20, 30]]), 0.2);
    expect(grid.at(20 * DEG, 30 * DEG)).toBe(1);
    expect(grid.at(20 * DEG, -30 * DEG)).toBe(0);
    grid.fill(
      placed([
        [550, 88, 0],
        [550, -88, 180],
      ]),
      0.2,
    );
    for (const longitude of [-180, 0, 180]) {
      expect(grid.at(90 * DEG, longitude * DEG)).toBe(1);
      expect(grid.at(-90 * DEG, longitude * DEG)).toBe(1);
    }
  });
});

it("tells the shares of the Earth in tenths of a percent, and only where one changes", () => {
  let told = 0;
  const leave = coverage.subscribe(() => told++);
  tellCoverage([0.0011, 0.5, 0.3, 0.1989]);
  tellCoverage([0.0012, 0.5001, 0.3, 0.1987]);
  leave();
  expect(told).toBe(1);
  expect(coverage.getState().percent).toEqual([0.1, 50, 30, 19.9]);
});

it("says the satellites in view in words with the least elevation", () => {
  expect(coverageWords(1, 10 * DEG)).toBe("1 satellite above 10°");
  expect(coverageWords(0, 12.5 * DEG)).toBe("0 satellites above 12.5°");
  expect(coverageWords(255, 0)).toBe("255 satellites or more above 0°");
});
