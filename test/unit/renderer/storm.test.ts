import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  above,
  curvesOf,
  eventsIn,
  fatesOf,
  firstAtLeast,
  overlayOf,
  quantityOf,
  rankCells,
} from "../../../src/renderer/session/storm.ts";
import { OUTCOME_NAMES } from "../../../src/shared/storm.ts";
import type { SignallingSummary } from "../../../src/shared/storm.ts";
import { proceduresOf, stormOf } from "../../builders/storm.ts";

const storm = stormOf([
  [2, 0, 3, 1, 40, 9000, 4, 0, 2, 0],
  [2, 2, 0, 1, 4, 900, 1, 0, 7, 0],
  [5, 0, 1, 1, 1, 100, 9, 3, 5, 1],
  [5, 1, 6, 2, 80, 20_000, 9, 3, 1, 2],
  [9, 1, 2, 2, 8, 1000, 2, 0, 0, 0],
]);
const whole = { run: "r", seconds: 3, columns: storm, peaks: {}, summary: null as SignallingSummary | null };

describe("the storm of a run", () => {
  it("counts handovers out and in together", () => {
    expect([...quantityOf(storm, "handovers")]).toEqual([4, 1, 2, 8, 4]);
    expect(quantityOf(storm, "queue")).toBe(storm.queue);
  });

  it("ranks cells by their peak, equals by number", () => {
    const { cell, rowOf, peak } = rankCells(storm.cell, quantityOf(storm, "handovers"));
    expect([...cell]).toEqual([5, 2, 9]);
    expect([...peak]).toEqual([8, 4, 4]);
    expect([rowOf[5], rowOf[2], rowOf[9]]).toEqual([0, 1, 2]);
  });

  it("counts the seconds above a limit, and the cells they are in", () => {
    expect(above(storm.cell, storm.messages, 8)).toEqual({ seconds: 2, cells: 2 });
    expect(above(storm.cell, storm.messages, 80)).toEqual({ seconds: 0, cells: 0 });
  });

  it("spreads one cell over the seconds of the run, and adds up all", () => {
    const procedures = proceduresOf(0);
    expect([...curvesOf({ ...whole, procedures }, 2).messages]).toEqual([40, 0, 4]);
    expect([...curvesOf({ ...whole, procedures }, 9).handoversOut]).toEqual([0, 2, 0]);
    expect([...curvesOf({ ...whole, procedures }, 7).messages]).toEqual([0, 0, 0]);
    const all = curvesOf({ ...whole, procedures }, null);
    expect([...all.messages]).toEqual([41, 88, 4]);
    expect([...all.queue]).toEqual([5, 1, 7]);
  });

  it("lays the strategies of a run over one another, in all cells, one cell, or each one's worst", () => {
    const counts = (...values: number[]) => Uint32Array.from(values);
    const zero = new Uint32Array(10);
    const overlay = {
      strategies: ["a3", "flattened"],
      columns: {
        strategy: Uint8Array.of(0, 0, 1, 1, 1),
        cell: counts(0, 7, 0, 3, 7),
        handoversOut: counts(9, 8, 5, 4, 7, 7, 3, 2, 1, 1),
        handoversIn: counts(1, 1, 0, 0, 1, 1, 0, 0, 0, 0),
        messages: zero,
        bytes: zero,
        tries: zero,
        collisions: zero,
        queue: zero,
        drops: zero,
      },
    };
    const shown = (place: number | "own") =>
      overlayOf(overlay, "handovers", place).map((curve) => curve && [...curve]);
    expect(shown(0)).toEqual([
      [10, 9],
      [8, 8],
    ]);
    expect(shown(7)).toEqual([
      [5, 4],
      [1, 1],
    ]);
    expect(shown("own")).toEqual([
      [5, 4],
      [3, 2],
    ]);
    expect(shown(3)).toEqual([null, [3, 2]]);
  });

  it("finds the events of a second, of all cells or of one", () => {
    const events = {
      timeMs: Uint32Array.of(0, 999, 1000, 1500, 1999, 2000),
      source: Uint32Array.of(1, 2, 1, 2, 3, 1),
      target: Uint32Array.of(2, 3, 2, 1, 2, 3),
    } as never;
    expect(eventsIn(events, 1, null)).toEqual([2, 3, 4]);
    expect(eventsIn(events, 1, 1)).toEqual([2, 3]);
    expect(eventsIn(events, 3, null)).toEqual([]);
  });

  it("tells how a cell's procedures ended, leaving out reselections", () => {
    const events = {
      source: Uint32Array.of(1, 2, 1, 1, 4),
      target: Uint32Array.of(2, 1, 3, 2, 1),
    } as never;
    const { counts, downMs } = fatesOf(proceduresOf(5), events, 1, OUTCOME_NAMES.length);
    expect([...counts]).toEqual([1, 1, 1, 0, 1, 0, 0, 0, 0]);
    expect([...downMs]).toEqual([20.5, 21.5, 22.5, 24.5]);
  });

  it("finds where a sorted column reaches a value", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), fc.nat(32), (values, wanted) => {
        const sorted = values.toSorted((a, b) => a - b);
        const at = sorted.findIndex((value) => value >= wanted);
        expect(firstAtLeast(sorted, wanted)).toBe(at < 0 ? sorted.length : at);
      }),
    );
  });
});
