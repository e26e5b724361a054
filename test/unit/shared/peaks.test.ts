import * as fc from "fast-check";
import { expect, test } from "vitest";
import { floorsFor, pyramidOf } from "../../../src/shared/peaks.ts";

test("of any range of seconds of any cell, the greatest is among its whole stretches and the rest of its entries", () => {
  const entries = fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(200), fc.nat(9)), {
    selector: ([cell, second]) => `${cell} ${second}`,
  });
  fc.assert(
    fc.property(entries, fc.tuple(fc.nat(200), fc.nat(200)), fc.nat(4), (rows, ends, wanted) => {
      rows.sort(([a, i], [b, j]) => a - b || i - j);
      const [cell, second, value] = [0, 1, 2].map((place) => Uint32Array.from(rows, (row) => row[place]!));
      const pyramid = pyramidOf(cell!, second!, value!, 6);
      const [from, to] = [Math.min(...ends), Math.max(...ends) + 1];
      const inside = (entry: number) =>
        cell![entry] === wanted && second![entry]! >= from && second![entry]! < to;
      const greatest = (list: Iterable<number>) => {
        let best = -1;
        for (const entry of list) if (inside(entry)) best = Math.max(best, value![entry]!);
        return best;
      };
      const naive = greatest(cell!.keys());
      for (const [n, floor] of pyramid.entries()) {
        expect([...floor]).toEqual([...new Set(floor)].sort((a, b) => a - b));
        const size = 2 ** (n + 1);
        const whole = (at: number) =>
          Math.floor(at / size) * size >= from && (Math.floor(at / size) + 1) * size <= to;
        const rest = [...cell!.keys()].filter((entry) => !whole(second![entry]!));
        expect(greatest([...floor.filter((entry) => whole(second![entry]!)), ...rest])).toBe(naive);
      }
    }),
  );
});

test("each floor has one entry a cell and stretch, the first of equals", () => {
  const cell = Uint32Array.of(3, 3, 3, 3, 7);
  const second = Uint32Array.of(0, 1, 2, 5, 1);
  const value = Uint32Array.of(4, 4, 1, 9, 0);
  expect(pyramidOf(cell, second, value, 3)).toEqual([
    Uint32Array.of(0, 2, 3, 4),
    Uint32Array.of(0, 3, 4),
    Uint32Array.of(3, 4),
  ]);
});

test("a short run needs no floor, one of two hours three", () => {
  expect([0, 1, 600, 1024, 1025, 7200].map(floorsFor)).toEqual([0, 0, 0, 1, 1, 3]);
});
