import { describe, expect, it } from "vitest";
import { CATEGORIES } from "../../../src/renderer/session/palette.ts";
import { rowsOf } from "../../../src/renderer/widgets/ChartTable.tsx";
import { contrast, standingOut } from "../../../src/renderer/widgets/ink.ts";

describe("a chart as a table", () => {
  it("gives every point where they are few, and a dash where a series ends early", () => {
    const { rows, width } = rowsOf([0, 1, 2], [{ values: [5, 6, 7] }, { values: [1] }]);
    expect(width).toBe(1);
    expect(rows.map(({ from, values }) => [from, ...values])).toEqual([
      [0, 5, 1],
      [1, 6, null],
      [2, 7, null],
    ]);
  });

  it("loses no peak and no point where they are many", () => {
    const x = Array.from({ length: 1001 }, (_, i) => i);
    const values = x.map((i) => (i === 777 ? 50 : i % 3));
    const { rows, width } = rowsOf(x, [{ values }]);
    expect(rows.length).toBeLessThanOrEqual(120);
    expect(width).toBe(9);
    const peak = rows.filter((row) => row.values[0] === 50);
    expect(peak).toHaveLength(1);
    expect(peak[0]!.from).toBeLessThanOrEqual(777);
    expect(peak[0]!.to).toBeGreaterThanOrEqual(777);
    expect(rows[0]!.from).toBe(0);
    expect(rows.at(-1)!.to).toBe(1000);
    for (const [i, row] of rows.entries()) if (i > 0) expect(row.from).toBe(rows[i - 1]!.to + 1);
  });
});

describe("colours of a chart", () => {
  it("agree with the contrasts that WCAG names", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrast("#777", "#fff")).toBe(contrast("#777777", "#ffffff"));
  });

  it("stand out from both grounds by 3 : 1, and stay as they are where they do", () => {
    for (const ground of ["#ffffff", "#11171f"])
      for (const colour of CATEGORIES) {
        const drawn = standingOut(colour, ground);
        expect(contrast(drawn, ground)).toBeGreaterThanOrEqual(3);
        if (contrast(colour, ground) >= 3) expect(drawn).toBe(colour);
      }
  });

  it("are still told apart when darkened", () => {
    expect(new Set(CATEGORIES.map((colour) => standingOut(colour, "#ffffff"))).size).toBe(CATEGORIES.length);
  });
});
