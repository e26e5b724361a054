import { afterEach, expect, it } from "vitest";
import { clock, setRange } from "../../../src/renderer/session/clock.ts";
import type { LoadedRun } from "../../../src/renderer/session/loadRun.ts";
import { goToPeak, nextPeak, peaksOfRun, separatedPeaks } from "../../../src/renderer/session/peaks.ts";
import { runs } from "../../../src/renderer/session/runs.ts";

afterEach(() => runs.setState({ current: null }));

const seconds = (perSecond: number[], apart: number, most?: number) =>
  separatedPeaks(perSecond, apart, most).map(({ second }) => second);

it("marks what stands out and not its shoulders", () => {
  expect(seconds([0, 2, 9, 8, 7, 6, 5, 6, 0], 1)).toEqual([2, 7]);
  expect(seconds([0, 2, 9, 8, 7, 6, 5, 6, 0], 5)).toEqual([2]);
  expect(seconds([1, 2, 3, 4, 5], 1)).toEqual([4]);
});

it("takes the first of equal seconds, and none where nothing happens", () => {
  expect(seconds([0, 4, 4, 4, 0, 0, 4, 0], 1)).toEqual([1, 6]);
  expect(seconds([0, 0, 0], 1)).toEqual([]);
  expect(seconds([], 1)).toEqual([]);
});

it("keeps the highest, in order of time, with their ranks", () => {
  expect(separatedPeaks([0, 3, 0, 9, 0, 5, 0, 1], 1, 3)).toEqual([
    { second: 1, count: 3, rank: 3 },
    { second: 3, count: 9, rank: 1 },
    { second: 5, count: 5, rank: 2 },
  ]);
});

it("never puts two marks nearer than a thirty-second of the run, whatever the run", () => {
  let state = 7;
  const density = Uint32Array.from({ length: 640 }, () => (state = (state * 16_807) % 2_147_483_647) % 50);
  const marks = peaksOfRun(density, 640);
  expect(marks.length).toBe(6);
  for (let i = 1; i < marks.length; i++) expect(marks[i]!.second - marks[i - 1]!.second).toBeGreaterThan(20);
  expect(marks.find(({ rank }) => rank === 1)!.count).toBe(Math.max(...density));
});

it("leaves out the second that begins where the run ends", () => {
  expect(peaksOfRun(Uint32Array.of(1, 0, 0, 8), 3)).toEqual([{ second: 0, count: 1, rank: 1 }]);
});

it("goes from peak to peak either way and begins again past the last", () => {
  const marks = separatedPeaks([0, 3, 0, 9, 0, 5, 0], 1);
  const from = (timeS: number, direction: 1 | -1) => nextPeak(marks, timeS, direction)?.second;
  expect([0, 1, 2.5, 3, 5, 6].map((t) => from(t, 1))).toEqual([1, 3, 3, 5, 1, 1]);
  expect([0, 1, 2.5, 3, 5, 6].map((t) => from(t, -1))).toEqual([5, 5, 1, 1, 3, 5]);
  expect(nextPeak([], 3, 1)).toBeUndefined();
});

it("puts the clock on the peak, and leaves it where nothing happens", () => {
  setRange(7, 1, 2, () => true);
  const blocks = { retry: () => false };
  const open = (counts: number[]) => {
    const current = { density: Uint32Array.from(counts), endS: 7, frames: blocks, footprints: blocks };
    runs.setState({ current: current as unknown as LoadedRun });
  };
  open([0, 0, 0, 0, 6, 0, 0]);
  goToPeak(1);
  expect(clock.getState()).toMatchObject({ timeS: 4, playing: false });
  open([0, 0, 0, 0, 0, 0, 0]);
  goToPeak(-1);
  expect(clock.getState().timeS).toBe(4);
});
