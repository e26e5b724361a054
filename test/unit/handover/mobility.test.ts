import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  BEAM_SPEED,
  meanDwell,
  simulateCell,
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

  it.each([50e3, 200e3, 1000e3])(
    "agrees within 1 % with a simulated circular cell of 65,519 UEs, %d m across",
    (diameter) => {
      const cell = simulateCell(65_519, diameter, BEAM_SPEED, 12, 7);
      expect(cell.snapshot / snapshotRate(65_519, diameter, BEAM_SPEED)).toBeCloseTo(1, 2);
      expect(Math.abs(cell.steady / steadyRate(65_519, diameter, BEAM_SPEED) - 1)).toBeLessThan(0.01);
      expect(Math.abs(cell.meanDwell / meanDwell(diameter, BEAM_SPEED) - 1)).toBeLessThan(0.01);
    },
  );

  it("has 4/π times as many handovers in the steady state as the report's average of a snapshot", () => {
    expect(steadyRate(1000, 50e3, 7560) / snapshotRate(1000, 50e3, 7560)).toBeCloseTo(4 / Math.PI, 12);
  });
});
