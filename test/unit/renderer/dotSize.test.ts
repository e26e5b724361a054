import { expect, it } from "vitest";
import { dotScale } from "../../../src/renderer/globe/dotSize.ts";

it("makes dots as wide as the users stand apart, within reason", () => {
  const near = dotScale(62_908, 375_000, 500);
  const far = dotScale(62_908, 375_000, 1500);
  expect(near / far).toBeCloseTo(3, 6);
  expect(dotScale(62_908, 375_000, 1e6)).toBe(0.5);
  expect(dotScale(10, 375_000, 10)).toBeCloseTo(5 / 2.2, 6);
});
