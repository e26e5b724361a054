import { describe, expect, it } from "vitest";
import { distanceLabels, timeLabels } from "../../../src/main/learn/label.ts";

describe("labels", () => {
  it("calls a UE ready beyond the distance, not at it", () => {
    const out = new Uint8Array(4).fill(9);
    distanceLabels(out, Float64Array.of(88.3, 88.4, 88.5, NaN), 88.4);
    expect([...out]).toEqual([0, 0, 1, 0]);
  });

  it("makes half of a uniform disc ready beyond 1/√2 of its radius", () => {
    const distance = Float64Array.from({ length: 10_000 }, (_, i) => 125 * Math.sqrt((i + 0.5) / 10_000));
    const out = new Uint8Array(10_000);
    distanceLabels(out, distance, 125 * Math.SQRT1_2);
    expect(out.reduce((sum, label) => sum + label, 0)).toBe(5000);
  });

  it("calls a UE ready that leaves within the time, now included, and never one that stays", () => {
    const out = new Uint8Array(5).fill(9);
    timeLabels(out, Float64Array.of(0, 10, 10.1, Infinity, NaN), 10);
    expect([...out]).toEqual([1, 1, 0, 0, 0]);
  });
});
