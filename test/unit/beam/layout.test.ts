import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beamOffsets, listColours, polarisationColours } from "../../../src/main/beam/layout.ts";

/** Pairs of beams nearer than a distance that have the same colour. */
function clashes(offsets: Float64Array, colours: Uint8Array, near: number): number {
  let found = 0;
  for (let i = 0; i < colours.length; i++)
    for (let j = 0; j < i; j++) {
      const distance = Math.hypot(offsets[2 * i] - offsets[2 * j], offsets[2 * i + 1] - offsets[2 * j + 1]);
      if (distance < near && colours[i] === colours[j]) found++;
    }
  return found;
}

const SIZES = [1, 7, 19, 37, 61, 91, 127];

describe("colours of a layout", () => {
  it.each(SIZES)("differ in channel or polarisation between the neighbours of %d beams", (beams) => {
    for (const layout of ["hexagon", "row"] as const) {
      const colours = polarisationColours(layout, beams);
      expect(clashes(beamOffsets(layout, beams), colours, 1.01)).toBe(0);
      expect(Math.max(...colours)).toBe(beams === 1 ? 0 : 3);
    }
  });

  it("come back no nearer than two spacings", () => {
    expect(clashes(beamOffsets("hexagon", 127), polarisationColours("hexagon", 127), 1.99)).toBe(0);
    expect(clashes(beamOffsets("row", 127), polarisationColours("row", 127), 3.99)).toBe(0);
  });
});

describe("colours of a list of beams", () => {
  it.each(SIZES)(
    "differ between neighbours of a hexagon of %d given as a list in any order, turned",
    (beams) => {
      const offsets = beamOffsets("hexagon", beams);
      fc.assert(
        fc.property(
          fc.shuffledSubarray([...Array(beams).keys()], { minLength: beams, maxLength: beams }),
          fc.double({ min: 0, max: 6, noNaN: true }),
          fc.constantFrom(3 as const, 4 as const),
          (order, turn, colours) => {
            const listed = new Float64Array(2 * beams);
            order.forEach((beam, i) => {
              const [u, v] = [offsets[2 * beam], offsets[2 * beam + 1]];
              listed[2 * i] = 0.03 * (Math.cos(turn) * u - Math.sin(turn) * v);
              listed[2 * i + 1] = 0.03 * (Math.sin(turn) * u + Math.cos(turn) * v);
            });
            const given = listColours(listed, colours);
            expect(clashes(listed, given, 0.0301)).toBe(0);
            expect(Math.max(0, ...given)).toBeLessThan(colours);
          },
        ),
        { numRuns: beams > 50 ? 10 : 40 },
      );
    },
  );

  it("clash only where a beam has as many neighbours as there are colours", () => {
    const places = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(places, fc.constantFrom(3 as const, 4 as const), (flat, colours) => {
        const offsets = Float64Array.from(flat.slice(0, 2 * Math.floor(flat.length / 2)));
        const given = listColours(offsets, colours);
        const apart = (i: number, j: number) =>
          Math.hypot(offsets[2 * i] - offsets[2 * j], offsets[2 * i + 1] - offsets[2 * j + 1]);
        const beams = [...given.keys()];
        const pairs = beams.flatMap((i) => beams.slice(i + 1).map((j) => apart(i, j)));
        const near = 1.5 * Math.min(...pairs.filter((distance) => distance > 0));
        for (const i of beams) {
          const neighbours = beams.filter((j) => j !== i && apart(i, j) < near);
          const clash = neighbours.filter((j) => given[j] === given[i]);
          for (const j of clash)
            expect(
              Math.max(neighbours.length, beams.filter((k) => k !== j && apart(j, k) < near).length),
            ).toBeGreaterThanOrEqual(colours);
        }
      }),
    );
  });

  it("need four on a square grid, where diagonals are neighbours too", () => {
    const grid = Float64Array.from({ length: 50 }, (_, i) =>
      i % 2 ? Math.floor(i / 10) : Math.floor(i / 2) % 5,
    );
    expect(clashes(grid, listColours(grid, 4), 1.42)).toBe(0);
    expect(clashes(grid, listColours(grid, 3), 1.01)).toBeLessThan(8);
  });

  it("take turns along a row", () => {
    const row = beamOffsets("row", 9);
    expect(clashes(row, listColours(row, 3), 2.99)).toBe(0);
    expect(clashes(row, listColours(row, 4), 3.99)).toBe(0);
  });

  it("give beams at the same place different ones", () => {
    expect(new Set(listColours(Float64Array.of(0, 0, 1, 0, 0, 0), 3)).size).toBe(3);
    expect(new Set(listColours(new Float64Array(6), 3)).size).toBe(3);
  });
});
