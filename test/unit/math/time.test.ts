import { describe, expect, it } from "vitest";
import { dayOfYearMs, isoEpochMs, tleEpochMs } from "../../../src/main/math/time.ts";

describe("epochs", () => {
  it("reads a TLE's day of the year", () => {
    expect(tleEpochMs(0, 179.78495062)).toBeCloseTo(Date.UTC(2000, 5, 27, 18, 50, 19) + 733.568, 2);
  });

  it("puts 57 in 1957 and 56 in 2056", () => {
    expect(new Date(tleEpochMs(57, 1)).getUTCFullYear()).toBe(1957);
    expect(new Date(tleEpochMs(56, 1)).getUTCFullYear()).toBe(2056);
  });

  it("knows day 366 in leap years only, and no day 0", () => {
    expect(dayOfYearMs(2024, 366.5)).toBe(Date.UTC(2024, 11, 31, 12));
    expect(dayOfYearMs(2023, 366.5)).toBeNaN();
    expect(dayOfYearMs(2023, 0.5)).toBeNaN();
    expect(dayOfYearMs(1900, 366)).toBeNaN();
  });

  it("keeps microseconds of ISO 8601, calendar or ordinal", () => {
    const expected = Date.UTC(2025, 1, 14, 14, 36, 48) + 662.784;
    expect(isoEpochMs("2025-02-14T14:36:48.662784")).toBeCloseTo(expected, 2);
    expect(isoEpochMs("2025-045T14:36:48.662784Z")).toBeCloseTo(expected, 2);
  });

  it.each([
    "2025-02-30T00:00:00",
    "2025-13-01T00:00:00",
    "2025-02-14",
    "2025-02-14T24:00:00",
    "2023-366T00:00:00",
    "",
  ])("refuses %j", (text) => expect(isoEpochMs(text)).toBeNaN());
});
