import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destination, haversine } from "../../../src/main/math/wgs84.ts";
import {
  EARTH_MEAN_RADIUS_M,
  FLOATS_PER_BEAM,
  footprintsAt,
  noFootprints,
  rowAt,
} from "../../../src/renderer/globe/footprints.ts";
import type { FootprintBlock } from "../../../src/renderer/session/loadRun.ts";

type Row = [
  cell: number,
  latitude: number,
  longitude: number,
  major?: number,
  minor?: number,
  azimuth?: number,
];

function blockOf(firstStep: number, steps: Row[][]): FootprintBlock {
  const rows = steps.flat();
  let n = 0;
  return {
    firstStep,
    steps: steps.length,
    cell: Uint32Array.from(rows, (r) => r[0]),
    firstOfStep: Uint32Array.from([0, ...steps.map((s) => (n += s.length))]),
    latitude: Float32Array.from(rows, (r) => r[1]),
    longitude: Float32Array.from(rows, (r) => r[2]),
    semiMajorM: Float32Array.from(rows, (r) => r[3] ?? 100_000),
    semiMinorM: Float32Array.from(rows, (r) => r[4] ?? r[3] ?? 100_000),
    azimuth: Float32Array.from(rows, (r) => r[5] ?? 0),
  };
}

const at = (
  block: FootprintBlock,
  next: FootprintBlock | null,
  step: number,
  fraction: number,
  chosen: number | null = null,
) => {
  const into = noFootprints();
  footprintsAt(into, block, next, { step, fraction }, 3, chosen, (cell) => cell === 3);
  return into;
};
const longitudes = (f: ReturnType<typeof noFootprints>) =>
  Array.from({ length: f.count }, (_, i) => f.data[i * FLOATS_PER_BEAM]!);

describe("footprints between two steps", () => {
  const block = blockOf(10, [
    [
      [1, 0, 0],
      [2, 0, 0.2],
    ],
    [
      [2, 0.1, 0.3],
      [3, 0, 0.9],
    ],
  ]);

  it("glide with their cell, and stand still where the cell ends", () => {
    const half = at(block, block, 10, 0.5);
    expect([...half.cell.subarray(0, half.count)]).toEqual([1, 2]);
    expect(longitudes(half)[0]).toBeCloseTo(0, 6);
    expect(longitudes(half)[1]).toBeCloseTo(0.25, 6);
    expect(half.data[FLOATS_PER_BEAM + 1]).toBeCloseTo(0.05, 6);
  });

  it("are those of the step alone where the next block is not here", () => {
    expect(longitudes(at(block, null, 11, 0.7))).toEqual([Math.fround(0.3), Math.fround(0.9)]);
  });

  it("take the short way over the antimeridian, and turn an ellipse by less than a quarter", () => {
    const west = blockOf(0, [[[1, 0, 3.1, 2e5, 1e5, 0.1]], [[1, 0, -3.1, 2e5, 1e5, 3.1]]]);
    const half = at(west, west, 0, 0.5);
    expect(Math.cos(longitudes(half)[0]!)).toBeCloseTo(-1, 6);
    expect(half.data[4]).toBeCloseTo((0.1 + (3.1 - Math.PI)) / 2, 5);
  });

  it("mark the chosen cell and no other", () => {
    const { data } = at(block, block, 10, 0, 2);
    expect([data[6], data[FLOATS_PER_BEAM + 6]]).toEqual([0, 1]);
  });

  it("tell the cells that serve from those that do not", () => {
    const { data } = at(block, block, 11, 0);
    expect([data[7], data[FLOATS_PER_BEAM + 7]]).toEqual([0, 1]);
  });

  it("hold nothing for a step outside the block", () => {
    expect(at(block, null, 12, 0).count).toBe(0);
    expect(at(block, null, 9, 0).count).toBe(0);
  });
});

describe("the footprint under a place", () => {
  it("is the nearest by its own radii, where two overlap", () => {
    const f = at(
      blockOf(0, [
        [
          [1, 0, 0, 300_000],
          [2, 0, 0.05, 50_000],
        ],
      ]),
      null,
      0,
      0,
    );
    expect(rowAt(f, 0, 0.047)).toBe(1);
    expect(rowAt(f, 0, 0.02)).toBe(0);
    expect(rowAt(f, 0, 0.3)).toBe(-1);
  });

  it("agrees with the great-circle distance for circles anywhere, poles and antimeridian too", () => {
    const radius = 250_000;
    const place = new Float64Array(2);
    fc.assert(
      fc.property(
        fc.double({ min: -1.55, max: 1.55, noNaN: true }),
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (latitude, longitude, azimuth, radii) => {
          fc.pre(Math.abs(radii - 1) > 1e-3);
          const f = at(blockOf(0, [[[1, latitude, longitude, radius]]]), null, 0, 0);
          destination(place, 0, latitude, longitude, azimuth, radii * radius);
          const inside = haversine(latitude, longitude, place[0]!, place[1]!) < radius;
          expect(rowAt(f, place[0]!, place[1]!)).toBe(inside ? 0 : -1);
        },
      ),
    );
  });

  it("follows an ellipse's axes: azimuth is that of the major axis, from north", () => {
    const f = at(blockOf(0, [[[1, 0.8, 0.2, 300_000, 100_000, Math.PI / 3]]]), null, 0, 0);
    const place = new Float64Array(2);
    const hit = (azimuth: number, distance: number) => {
      destination(place, 0, 0.8, 0.2, azimuth, distance);
      return rowAt(f, place[0]!, place[1]!) === 0;
    };
    expect(hit(Math.PI / 3, 295_000)).toBe(true);
    expect(hit(Math.PI / 3, 305_000)).toBe(false);
    expect(hit(Math.PI / 3 + Math.PI / 2, 98_000)).toBe(true);
    expect(hit(Math.PI / 3 + Math.PI / 2, 102_000)).toBe(false);
  });

  it("uses the mean radius of the Earth that the footprints are measured on", () => {
    expect(EARTH_MEAN_RADIUS_M).toBeCloseTo(haversine(0, 0, 0, 1), 2);
  });
});
