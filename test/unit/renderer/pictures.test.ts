import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pictures } from "../../../src/renderer/globe/Pictures.ts";

const draw = vi.fn();
let pictures: Pictures;

beforeEach(() => {
  vi.useFakeTimers();
  draw.mockReset();
  pictures = new Pictures(draw);
});
afterEach(() => void vi.useRealTimers());

test("a whole picture is drawn at once", () => {
  pictures.ask(true);
  pictures.ask(true);
  expect(draw).toHaveBeenCalledTimes(2);
});

test("a leap is drawn once, when its frames are here", () => {
  pictures.ask(false);
  vi.advanceTimersByTime(60);
  pictures.ask(false);
  expect(draw).not.toHaveBeenCalled();
  pictures.ask(true);
  vi.advanceTimersByTime(10_000);
  expect(draw).toHaveBeenCalledOnce();
});

test("who drags over seconds that are not here sees the rest of the picture follow all the same", () => {
  for (let ms = 0; ms < 1200; ms += 20) {
    pictures.ask(false);
    vi.advanceTimersByTime(20);
  }
  expect(draw).toHaveBeenCalledTimes(10);
});

test("nothing is drawn any more after the end", () => {
  pictures.ask(false);
  pictures.stop();
  vi.advanceTimersByTime(10_000);
  expect(draw).not.toHaveBeenCalled();
});
