import { expect, it } from "vitest";
import { fallsOf } from "../../../src/renderer/panels/budget.ts";
import type { LinkTerm } from "../../../src/shared/link.ts";

const term = (name: string, value: number, enters: LinkTerm["enters"]): LinkTerm => ({
  name,
  unit: "dB",
  value,
  enters,
});

it("turns a link budget into steps that add up to C/N, and names what is zero apart", () => {
  // 48.8 − 154.2 − 31.6 + 228.6 = 91.6 dBHz, over 30 MHz (74.77 dB) 16.83 dB
  const { falls, zero } = fallsOf([
    term("elevationDeg", 79, "info"),
    term("eirpDbw", 48.8, "plus"),
    term("freeSpaceLossDb", 154.2, "minus"),
    term("rainLossDb", 0, "minus"),
    term("gOverTDbPerK", -31.6, "plus"),
    term("cOverN0DbHz", 91.6, "info"),
    term("cnDb", 16.83, "info"),
  ]);
  expect(falls.map(({ title, text }) => `${title} ${text}`)).toEqual([
    "EIRP +48.8",
    "free space −154.2",
    "G/T −31.6",
    "1/k, Boltzmann +228.6",
    "bandwidth −74.8",
    "C/N +16.8",
  ]);
  expect(falls.reduce((db, { value }) => db + value, 0)).toBeCloseTo(16.83, 9);
  expect(falls.at(-1)!.total).toBe(true);
  expect(zero).toEqual(["rain"]);
});
