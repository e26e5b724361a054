import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  BEAM_SPEED,
  simulateSnapshot,
  simulateSteady,
  snapshotRate,
  steadyRate,
  timeToHandover,
} from "../../../src/main/handover/mobility.ts";

interface Table {
  quantity: string;
  tolerance: number;
  rows: number[][];
}
const tables = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../resources/reference/handover.json"), "utf8"),
) as Table[];
const table = (quantity: string) => {
  const found = tables.find((t) => t.quantity === quantity);
  if (!found) throw new Error(`no table: ${quantity}`);
  return found;
};

describe("mobility under a moving cell", () => {
  it("gives the times to handover of TR 38.821 Table 7.3.2.1.4-1", () => {
    const { rows, tolerance } = table("time to handover");
    for (const [diameterKm, ueKmH, seconds] of rows)
      expect(
        Math.abs(timeToHandover(diameterKm * 1000, BEAM_SPEED, ueKmH / 3.6) - seconds),
      ).toBeLessThanOrEqual(tolerance);
  });

  it("gives 132.28 s for 1000 km, not the 132.38 s of the report's text", () => {
    expect(timeToHandover(1e6, BEAM_SPEED)).toBeCloseTo(132.275, 3);
  });

  it("gives the handover rates of 65,519 UEs", () => {
    for (const [ues, diameterKm, rate] of table("handovers out of a cell of 65,519 UEs").rows)
      expect(snapshotRate(ues, diameterKm * 1000, BEAM_SPEED)).toBeCloseTo(rate, 1);
    for (const [ues, diameterKm, rate] of table("handovers out of and into a cell of 65,519 UEs").rows)
      expect(2 * snapshotRate(ues, diameterKm * 1000, BEAM_SPEED)).toBeCloseTo(rate, 1);
  });

  it.each([50e3, 100e3, 200e3, 500e3, 1000e3])(
    "agrees within 1 % with a simulated circular cell of 65,519 UEs, %d m across",
    (diameter) => {
      const snapshot = simulateSnapshot(65_519, diameter, BEAM_SPEED, 7);
      expect(Math.abs(snapshot / snapshotRate(65_519, diameter, BEAM_SPEED) - 1)).toBeLessThan(0.01);
      const steady = simulateSteady(65_519, diameter, BEAM_SPEED, 4, 7);
      expect(Math.abs(steady / steadyRate(65_519, diameter, BEAM_SPEED) - 1)).toBeLessThan(0.01);
    },
  );

  it("simulates: few UEs are not out at the closed form's time, and another seed places them elsewhere", () => {
    const few = [1, 2, 3].map((seed) => simulateSnapshot(5, 50e3, BEAM_SPEED, seed));
    expect(new Set(few).size).toBe(3);
    for (const rate of few) expect(rate).toBeGreaterThan(1.01 * snapshotRate(5, 50e3, BEAM_SPEED));
    expect(simulateSteady(5, 50e3, BEAM_SPEED, 4, 1)).not.toBe(simulateSteady(5, 50e3, BEAM_SPEED, 4, 2));
  });

  it("has 4/π times as many handovers in the steady state as the report's average of a snapshot", () => {
    expect(steadyRate(1000, 50e3, 7560) / snapshotRate(1000, 50e3, 7560)).toBeCloseTo(4 / Math.PI, 12);
  });
});
