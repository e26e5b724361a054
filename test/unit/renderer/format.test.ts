import { describe, expect, it } from "vitest";
import {
  duration,
  fixed,
  greatestAt,
  peaks,
  percent,
  utcTime,
  whole,
} from "../../../src/renderer/panels/format.ts";

describe("the greatest value", () => {
  it("is told by its first place, and nowhere where nothing is above zero", () => {
    expect(greatestAt(Uint32Array.of(0, 3, 7, 7, 1))).toBe(2);
    expect(greatestAt(Uint32Array.of(4, 3))).toBe(0);
    expect(greatestAt(new Uint32Array(5))).toBeNull();
    expect(greatestAt([])).toBeNull();
  });
});

describe("numbers and times in words", () => {
  it("shows a dash for what is missing", () => {
    for (const nothing of [null, undefined, Number.NaN]) {
      expect([whole(nothing), fixed(nothing, 2), percent(nothing), duration(nothing)]).toEqual(
        Array.from({ length: 4 }, () => "–"),
      );
    }
  });

  it("groups thousands, and says a share in percent", () => {
    expect(whole(62_908)).toBe("62,908");
    expect(percent(0.41234)).toBe("41.2 %");
  });

  it("says a duration as a person would", () => {
    expect([0.26, 9.95, 45, 180, 200, 3900].map(duration)).toEqual([
      "0.3 s",
      "9.9 s",
      "45 s",
      "3 min",
      "3 min 20 s",
      "1 h 05 min",
    ]);
  });

  it("rounds the clock to tenths without showing a second that is not", () => {
    expect(utcTime(Date.UTC(2026, 0, 1, 12, 0, 41, 249))).toBe("12:00:41.2");
    expect(utcTime(Date.UTC(2026, 0, 1, 12, 0, 59, 960))).toBe("12:01:00.0");
  });
});

it("keeps the greatest of each stretch, so that no peak is lost in a narrow chart", () => {
  expect(peaks([1, 9, 2, 3, 4, 0], 3)).toEqual([9, 3, 4]);
  expect(peaks([1, 2], 400)).toEqual([1, 2]);
  expect(peaks([], 400)).toEqual([]);
});
