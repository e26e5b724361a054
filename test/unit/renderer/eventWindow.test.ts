import * as fc from "fast-check";
import { expect, it } from "vitest";
import { countUntil, eventWindow } from "../../../src/renderer/globe/eventWindow.ts";

it("counts the events up to a time, as a plain count does", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.nat(60), (times, t) => {
      const sorted = Uint32Array.from(times).sort();
      expect(countUntil(sorted, t)).toBe(times.filter((x) => x <= t).length);
    }),
  );
});

it("shows the events of the last while, and of too many the newest", () => {
  const times = Uint32Array.from({ length: 100 }, (_, i) => i * 100);
  expect(eventWindow(times, 5000, 1500, 1000)).toEqual([36, 51]);
  expect(eventWindow(times, 5000, 1500, 4)).toEqual([47, 51]);
  expect(eventWindow(times, 0, 1500, 1000)).toEqual([0, 1]);
  expect(eventWindow(new Uint32Array(0), 10, 5, 3)).toEqual([0, 0]);
});
