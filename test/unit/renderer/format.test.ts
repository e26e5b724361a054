import { describe, expect, it } from "vitest";
import {
  duration,
  fixed,
  greatestAt,
  peaks,
  percent,
  utcTime,
  whole,
  zoneTime,
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

  it("writes less than nothing with a minus sign", () => {
    expect(fixed(-101.24, 1)).toBe("−101.2");
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

describe("the time of a place", () => {
  const noon = Date.UTC(2026, 6, 1, 12, 0, 41, 249);

  it("stands with its offset, in summer and in winter", () => {
    expect(zoneTime(noon, "Europe/Berlin")).toEqual({ time: "14:00:41.2", offset: "UTC+02:00", days: 0 });
    expect(zoneTime(Date.UTC(2026, 0, 1, 12), "Europe/Berlin").offset).toBe("UTC+01:00");
    expect(zoneTime(noon, "Asia/Kathmandu")).toMatchObject({ time: "17:45:41.2", offset: "UTC+05:45" });
    expect(zoneTime(noon, "UTC")).toEqual({ time: "12:00:41.2", offset: "UTC+00:00", days: 0 });
  });

  it("rounds as UTC does, and says midnight as 00", () => {
    const late = Date.UTC(2026, 0, 1, 22, 59, 59, 960);
    expect(zoneTime(late, "Europe/Berlin").time).toBe("00:00:00.0");
    expect(zoneTime(late, "UTC").time).toBe(utcTime(late));
  });

  it("tells a date that differs from UTC's, over the end of a month too", () => {
    expect(zoneTime(Date.UTC(2026, 0, 31, 23), "Asia/Tokyo").days).toBe(1);
    expect(zoneTime(Date.UTC(2026, 1, 1, 1), "America/New_York").days).toBe(-1);
    expect(zoneTime(Date.UTC(2026, 1, 10, 1), "America/New_York").days).toBe(-1);
    expect(zoneTime(Date.UTC(2026, 1, 10, 23), "Asia/Tokyo").days).toBe(1);
  });
});
