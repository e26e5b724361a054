import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { a3, handoverState, type A3Settings, type Decision } from "../../../src/main/handover/a3.ts";

const settings = (change: Partial<A3Settings> = {}): A3Settings => ({
  offsetDb: 3,
  hysteresisDb: 1,
  timeToTriggerMs: 480,
  periodMs: 200,
  ...change,
});

/** Feeds a series of (serving, neighbours) RSRP and answers the first decision, or null. */
function play(series: { serving: number; neighbours: Record<number, number> }[], s: A3Settings) {
  const state = handoverState(1);
  state.serving[0] = 1;
  const decision: Decision = { target: 0, atMs: 0, rsrpTarget: 0 };
  for (const [i, { serving, neighbours }] of series.entries()) {
    const entries = Object.entries(neighbours);
    const measured = {
      count: entries.length + 1,
      cell: Uint32Array.from([1, ...entries.map(([cell]) => Number(cell))]),
      rsrp: Float64Array.from([serving, ...entries.map(([, rsrp]) => rsrp)]),
    };
    a3(decision, state, 0, i * s.periodMs, serving, measured, s);
    if (decision.target) return { ...decision };
  }
  return null;
}

/** Second writing of the rule, from the inequality alone: when has Mn − Hys > Mp + Off held for the time-to-trigger? */
function naive(series: { serving: number; neighbours: Record<number, number> }[], s: A3Settings) {
  const held = (cell: number, i: number) => {
    const rsrp = series[i]?.neighbours[cell];
    return rsrp !== undefined && rsrp - s.hysteresisDb > series[i].serving + s.offsetDb;
  };
  const cells = [...new Set(series.flatMap((m) => Object.keys(m.neighbours).map(Number)))].sort();
  let first: { target: number; atMs: number; rsrpTarget: number } | null = null;
  for (const cell of cells) {
    for (let start = 0; start < series.length; start++) {
      if (!held(cell, start) || (start > 0 && held(cell, start - 1))) continue;
      const atMs = start * s.periodMs + s.timeToTriggerMs;
      const last = Math.floor(atMs / s.periodMs);
      let whole = last < series.length;
      for (let i = start; i <= last; i++) whole &&= held(cell, i);
      if (!whole) continue;
      const rsrpTarget = series[last].neighbours[cell];
      if (!first || atMs < first.atMs || (atMs === first.atMs && rsrpTarget > first.rsrpTarget))
        first = { target: cell, atMs, rsrpTarget };
      break;
    }
  }
  return first;
}

const steady = (n: number, neighbour: number) =>
  Array.from({ length: n }, () => ({ serving: -100, neighbours: { 2: neighbour } }));

describe("event A3", () => {
  it("keeps the serving cell while the neighbour is not better by offset and hysteresis", () => {
    expect(play(steady(20, -96), settings())).toBeNull();
    expect(play(steady(20, -95.99), settings())).toMatchObject({ target: 2, atMs: 480 });
  });

  it("keeps the serving cell while the entering condition holds for less than the time-to-trigger", () => {
    const broken = [
      ...steady(2, -90),
      { serving: -100, neighbours: { 2: -99 } },
      ...steady(2, -90),
      { serving: -100, neighbours: { 2: -99 } },
    ];
    expect(play(broken, settings())).toBeNull();
  });

  it("fires at once with a time-to-trigger of zero, and between two measurements where the timer says so", () => {
    expect(play(steady(3, -90), settings({ timeToTriggerMs: 0 }))).toMatchObject({ atMs: 0 });
    expect(play(steady(9, -90), settings({ timeToTriggerMs: 256 }))).toMatchObject({ atMs: 256 });
    expect(play(steady(9, -90), settings({ timeToTriggerMs: 400 }))).toMatchObject({ atMs: 400 });
  });

  it("takes the strongest of neighbours that are due at the same time", () => {
    const series = Array.from({ length: 5 }, () => ({
      serving: -100,
      neighbours: { 2: -94, 3: -92, 4: -93 },
    }));
    expect(play(series, settings())).toMatchObject({ target: 3, rsrpTarget: -92 });
  });

  it("forgets a neighbour that is no longer heard", () => {
    const series = [...steady(2, -90), { serving: -100, neighbours: {} }, ...steady(2, -90)];
    expect(play(series, settings())).toBeNull();
  });

  const level = fc.integer({ min: -110, max: -90 });
  const track = fc.array(
    fc.record({ serving: level, neighbours: fc.dictionary(fc.constantFrom("2", "3", "4"), level) }),
    { maxLength: 14 },
  );

  it("agrees with a second writing of the rule on any series of measurements", () => {
    fc.assert(
      fc.property(
        track,
        fc.constantFrom(0, 40, 100, 160, 200, 256, 480, 640),
        fc.integer({ min: 0, max: 4 }),
        (series, timeToTriggerMs, hysteresisDb) => {
          const s = settings({ timeToTriggerMs, hysteresisDb, offsetDb: 1 });
          const expected = naive(series, s);
          const got = play(series, s);
          expect(got && { target: got.target, atMs: got.atMs }).toEqual(
            expected && { target: expected.target, atMs: expected.atMs },
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("never fires earlier with more hysteresis on the same measurements", () => {
    fc.assert(
      fc.property(track, fc.integer({ min: 0, max: 6 }), (series, hysteresisDb) => {
        const less = play(series, settings({ hysteresisDb }))?.atMs ?? Infinity;
        const more = play(series, settings({ hysteresisDb: hysteresisDb + 1 }))?.atMs ?? Infinity;
        expect(more).toBeGreaterThanOrEqual(less);
      }),
    );
  });
});
