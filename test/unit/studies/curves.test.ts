import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strategyCurves } from "../../../src/main/studies/curves.ts";
import { CURVE_KEYS } from "../../../src/shared/storm.ts";
import { stormOf, stormSummary } from "../../builders/storm.ts";

const rows = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9 })),
  { selector: ([cell, second]) => cell * 100 + second, minLength: 1, maxLength: 40 },
);
const storms = fc
  .array(fc.record({ rows, peakCell: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 4 })
  .map((all) =>
    all.map((one) => ({
      storm: stormOf(
        one.rows.map(([cell, second, n]) => [cell, second, n, n + 1, 7 * n, 90 * n, n, 0, n, n % 2]),
      ),
      summary: stormSummary({ peakCell: one.peakCell }),
    })),
  );

describe("the curves of strategies", () => {
  it("are for each: all cells, its worst cell, and the worst cell of the first strategy", () => {
    fc.assert(
      fc.property(storms, (all) => {
        const { strategy, cell } = strategyCurves(all);
        all.forEach(({ summary }, number) => {
          const cells = [...cell].filter((_, i) => strategy[i] === number);
          expect(cells).toEqual([...new Set([0, summary.peakCell, all[0].summary.peakCell])]);
        });
      }),
    );
  });

  it("say of every second what the storm says of it: its cell alone, or the sum and the longest queue of all", () => {
    fc.assert(
      fc.property(storms, (all) => {
        const curves = strategyCurves(all);
        const seconds = 1 + Math.max(...all.flatMap(({ storm }) => [...storm.second]));
        expect(curves.messages).toHaveLength(curves.cell.length * seconds);
        curves.cell.forEach((cell, row) => {
          const { storm } = all[curves.strategy[row]];
          for (let second = 0; second < seconds; second++) {
            const places = [...storm.cell.keys()].filter(
              (i) => storm.second[i] === second && (cell === 0 || storm.cell[i] === cell),
            );
            for (const key of CURVE_KEYS) {
              const values = places.map((i) => storm[key][i]);
              const expected = key === "queue" ? Math.max(0, ...values) : values.reduce((a, b) => a + b, 0);
              expect(curves[key][row * seconds + second]).toBe(expected);
            }
          }
        });
      }),
    );
  });

  it("are empty where nobody hands over", () => {
    const curves = strategyCurves([{ storm: stormOf([]), summary: stormSummary({ peakCell: 0 }) }]);
    expect([...curves.cell]).toEqual([0]);
    expect(curves.messages).toHaveLength(0);
  });
});
