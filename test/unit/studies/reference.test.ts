import { describe, expect, it } from "vitest";
import { checkReference, type ReferenceTable } from "../../../src/main/studies/reference.ts";

const table = (changes: Partial<ReferenceTable> = {}): ReferenceTable => ({
  group: "Free-space loss",
  quantity: "free-space loss",
  source: "TR 38.811 eq. 6.6-2",
  label: "DERIVED",
  unit: "dB",
  tolerance: 0.01,
  formula: "freeSpaceLossDb",
  given: { elevationDeg: 90, frequencyGhz: 2 },
  inputs: ["altitudeKm"],
  rows: [[600, 154.03]],
  ...changes,
});

describe("the comparison with published numbers", () => {
  it("sets ours beside the published value and passes within the tolerance", () => {
    const report = checkReference([table()]);
    expect(report).toMatchObject({ pass: true, passed: 1, total: 1 });
    const [row] = report.rows;
    expect(row).toMatchObject({ published: 154.03, unit: "dB", tolerance: 0.01, pass: true });
    expect(row.ours).toBeCloseTo(154.031, 2);
    expect(row.quantity).toBe("free-space loss, altitudeKm 600");
  });

  it("fails as a whole when one value is out of its tolerance, and counts by group", () => {
    const report = checkReference([
      table(),
      table({
        group: "other",
        rows: [
          [600, 154.05],
          [600, 154.03],
        ],
      }),
    ]);
    expect(report.pass).toBe(false);
    expect(report.groups).toEqual([
      { group: "Free-space loss", passed: 1, total: 1 },
      { group: "other", passed: 1, total: 2 },
    ]);
  });

  it("takes a relative tolerance as a share of the published value", () => {
    const rows = [[600, 150]];
    expect(checkReference([table({ relative: true, tolerance: 0.03, rows })]).pass).toBe(true);
    expect(checkReference([table({ relative: true, tolerance: 0.02, rows })]).pass).toBe(false);
  });

  it("leaves out what was never published, and names columns in the quantity", () => {
    const report = checkReference([
      table({
        group: "Shadow fading",
        quantity: "rural",
        unit: "dB",
        formula: "surroundingsColumn",
        given: { surroundings: "suburban-rural" },
        inputs: ["elevationDeg"],
        columns: ["S LOS sigma", "Ka clutter"],
        rows: [
          [10, 1.79, null],
          [20, null, 24.6],
        ],
      }),
    ]);
    expect(report.rows.map((row) => row.quantity)).toEqual([
      "rural S LOS sigma, elevationDeg 10",
      "rural Ka clutter, elevationDeg 20",
    ]);
    expect(report.pass).toBe(true);
  });

  it("does not pass with nothing to compare, nor where ours is no number", () => {
    expect(checkReference([]).pass).toBe(false);
    expect(checkReference([table({ rows: [[NaN, 154.03]] })]).pass).toBe(false);
  });

  it("treats a wrong table as a bug", () => {
    expect(() => checkReference([table({ formula: "nonsense" })])).toThrow(/no formula "nonsense"/);
    expect(() => checkReference([table({ rows: [[600]] })])).toThrow(/has 1 values/);
    expect(() => checkReference([table({ inputs: ["height"] })])).toThrow(/no number "altitudeKm"/);
  });
});
