import { availableParallelism, loadavg } from "node:os";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coloursOf, floorsOf, moved, poolMax, zoomed } from "../../../src/renderer/widgets/pool.ts";
import type { Grid } from "../../../src/renderer/widgets/pool.ts";
import { floorsFor, pyramidOf } from "../../../src/shared/peaks.ts";

type Entry = [row: number, column: number, value: number];

function gridOf(entries: Entry[], rows: number, columns: number, floors: number): Grid {
  entries.sort(([a, i], [b, j]) => a - b || i - j);
  const key = Uint32Array.from(entries, ([row]) => row);
  const column = Uint32Array.from(entries, ([, at]) => at);
  const value = Uint32Array.from(entries, ([, , of]) => of);
  return {
    key,
    column,
    value,
    floors: floorsOf(pyramidOf(key, column, value, floors), column, value),
    // the last key on top, so that rows and keys differ
    rowOf: Uint32Array.from({ length: rows }, (_, row) => rows - 1 - row),
    rows,
    columns,
  };
}

const RAMP = ["#000000", "#808080", "#ffffff"];

/** 1,000 cells that all have something in each of 7,200 seconds, and one second above all others. */
function largest(): { grid: Grid; peak: number } {
  const [rows, columns] = [1000, 7200];
  const key = Uint32Array.from({ length: rows * columns }, (_, i) => Math.floor(i / columns));
  const column = key.map((row, i) => i - row * columns);
  const value = key.map((row, i) => 1 + ((row * 7919 + column[i]! * 104_729) % 97));
  const peak = 613 * columns + 4321;
  value[peak] = 98;
  const rowOf = Uint32Array.from({ length: rows }, (_, i) => i);
  const floors = floorsOf(pyramidOf(key, column, value, floorsFor(columns)), column, value);
  return { grid: { key, column, value, floors, rowOf, rows, columns }, peak };
}

describe("the pooled map", () => {
  it("shows in every pixel the greatest of what lies under it, of any stretch at any size", () => {
    const room = fc.record({
      rows: fc.integer({ min: 1, max: 40 }),
      columns: fc.integer({ min: 1, max: 300 }),
      width: fc.integer({ min: 1, max: 60 }),
      height: fc.integer({ min: 1, max: 30 }),
      floors: fc.integer({ min: 0, max: 6 }),
      ends: fc.tuple(fc.nat(), fc.nat()),
      seeds: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(50)), { maxLength: 150 }),
    });
    fc.assert(
      fc.property(room, ({ rows, columns, width, height, floors, ends, seeds }) => {
        const entries = seeds.map(([r, c, v]): Entry => [r % rows, c % columns, v]);
        const grid = gridOf(entries, rows, columns, floors);
        const [a, b] = ends.map((end) => end % columns);
        const stretch = { from: Math.min(a!, b!), to: Math.max(a!, b!) + 1 };
        const map = poolMax(grid, stretch, width, height);
        expect(map.first).toBeLessThanOrEqual(stretch.from);
        expect(map.first + map.perPixel).toBeGreaterThan(stretch.from);
        expect(map.first + map.width * map.perPixel).toBeGreaterThanOrEqual(stretch.to);
        expect(map.width).toBeLessThanOrEqual(width + 1);
        const most = new Uint32Array(map.width * map.height);
        for (const [key, column, value] of entries) {
          const x = Math.floor((column - map.first) / map.perPixel);
          const y = Math.floor((grid.rowOf[key]! * map.height) / rows);
          if (column >= map.first && x < map.width)
            most[y * map.width + x] = Math.max(most[y * map.width + x]!, value);
        }
        expect([...map.winner].map((entry) => (entry < 0 ? 0 : grid.value[entry]))).toEqual([...most]);
      }),
    );
  });

  it("gives each row and column a pixel of its own where there is room", () => {
    const map = poolMax(gridOf([[0, 2, 5]], 2, 3, 0), { from: 0, to: 3 }, 300, 200);
    expect(map).toEqual({
      winner: Int32Array.of(-1, -1, -1, -1, -1, 0),
      width: 3,
      height: 2,
      first: 0,
      perPixel: 1,
    });
  });

  it("loses no peak of a single second among 1,000 cells × 7,200 s at any zoom, each drawn in a moment", () => {
    const { grid, peak } = largest();
    const best: number[] = [];
    for (let span = 7200; span >= 10; span = Math.floor(span / 3)) {
      const stretch = zoomed({ from: 0, to: 7200 }, span / 7200, 4321, 7200);
      expect(stretch.to - stretch.from).toBe(span);
      const times = [336, 900].map((width) => {
        const each = Array.from({ length: 5 }, () => {
          const start = performance.now();
          const map = poolMax(grid, stretch, width, 448);
          const pixels = coloursOf(map, grid.value, RAMP, 98);
          const ms = performance.now() - start;
          expect(map.winner.includes(peak)).toBe(true);
          expect(pixels.includes(0xff_ff_ff_ff)).toBe(true);
          return ms;
        });
        return Math.min(...each);
      });
      best.push(...times);
    }
    console.log(`pooled and coloured, ms: ${best.map((ms) => ms.toFixed(1)).join(" ")}`);
    // 20 ms on a machine with nothing else to do; twice that, for the average of its load comes late
    const busy = Math.max(2, loadavg()[0]! / availableParallelism());
    expect(Math.max(...best)).toBeLessThan(20 * busy);
  });
});

describe("the colours of a map", () => {
  it("run from just above zero to the greatest, and leave nothing where nothing is", () => {
    const grid = gridOf(
      [
        [0, 0, 1],
        [0, 1, 5],
        [0, 2, 9],
      ],
      1,
      4,
      0,
    );
    const map = poolMax(grid, { from: 0, to: 4 }, 4, 1);
    expect([...coloursOf(map, grid.value, RAMP, 9)]).toEqual([
      0xff_00_00_00, 0xff_80_80_80, 0xff_ff_ff_ff, 0,
    ]);
  });
});

describe("the stretch of a map", () => {
  it("keeps its column where it was while it is zoomed, and stays within the map", () => {
    expect(zoomed({ from: 100, to: 300 }, 0.5, 150, 1000)).toEqual({ from: 125, to: 225 });
    expect(zoomed({ from: 100, to: 300 }, 2, 100, 1000)).toEqual({ from: 100, to: 500 });
    expect(zoomed({ from: 100, to: 300 }, 9, 300, 1000)).toEqual({ from: 0, to: 1000 });
    expect(zoomed({ from: 0, to: 12 }, 0.1, 12, 12)).toEqual({ from: 2, to: 12 });
    expect(zoomed({ from: 0, to: 4 }, 0.1, 2, 4)).toEqual({ from: 0, to: 4 });
  });

  it("moves no farther than the ends", () => {
    expect(moved({ from: 100, to: 300 }, -40.4, 1000)).toEqual({ from: 60, to: 260 });
    expect(moved({ from: 100, to: 300 }, 5000, 1000)).toEqual({ from: 800, to: 1000 });
    expect(moved({ from: 100, to: 300 }, -5000, 1000)).toEqual({ from: 0, to: 200 });
  });
});
