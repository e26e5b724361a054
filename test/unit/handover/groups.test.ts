import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupAttempts, type GroupSettings, type Individuals } from "../../../src/main/handover/groups.ts";

interface Case {
  input: Individuals;
  settings: GroupSettings;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    rows: fc.array(
      fc.record({
        times: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 3000 }))),
        source: fc.integer({ min: 1, max: 2 }),
        target: fc.integer({ min: 3, max: 4 }),
        cluster: fc.integer({ min: -1, max: 1 }),
      }),
      { maxLength: 60 },
    ),
    known: fc.boolean(),
    windowMs: fc.integer({ min: 0, max: 2000 }),
    maxSize: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ rows, known, ...settings }) => {
    const sorted = rows.map(({ times }) => [...times].sort((a, b) => a - b));
    const earliestMs = Float64Array.from(sorted, (times) => times[0]);
    const latestMs = Float64Array.from(sorted, (times) => times[2]);
    const input: Individuals = {
      count: rows.length,
      timeMs: Float64Array.from(sorted, (times) => times[1]),
      source: Uint32Array.from(rows, ({ source }) => source),
      target: Uint32Array.from(rows, ({ target }) => target),
      cluster: Int32Array.from(rows, ({ cluster }) => cluster),
      ...(known && { windows: { earliestMs, latestMs } }),
    };
    return { input, settings };
  });

const attempts = (timeMs: number[], windows?: [number, number][]): Individuals => ({
  count: timeMs.length,
  timeMs: Float64Array.from(timeMs),
  source: new Uint32Array(timeMs.length).fill(1),
  target: new Uint32Array(timeMs.length).fill(2),
  cluster: new Int32Array(timeMs.length),
  ...(windows && {
    windows: {
      earliestMs: Float64Array.from(windows, ([from]) => from),
      latestMs: Float64Array.from(windows, ([, until]) => until),
    },
  }),
});

describe("group handover", () => {
  it("puts every attempt into one group of equals or leaves it alone as it was", () => {
    fc.assert(
      fc.property(cases, ({ input, settings }) => {
        const { groupOf, groups, timeMs, size, representative } = groupAttempts(input, settings);
        const members = Array.from({ length: groups }, (): number[] => []);
        groupOf.forEach((group, attempt) => {
          if (group < 0) expect(timeMs[attempt]).toBe(input.timeMs[attempt]);
          else members[group].push(attempt);
        });
        for (const [group, all] of members.entries()) {
          const own = all.map((attempt) => input.timeMs[attempt]);
          const keys = all.map((i) => `${input.source[i]} ${input.target[i]} ${input.cluster[i]}`);
          expect(new Set(keys).size).toBe(1);
          expect(input.cluster[all[0]]).toBeGreaterThanOrEqual(0);
          expect(all.length).toBe(size[group]);
          expect(all.length).toBeGreaterThan(1);
          expect(all.length).toBeLessThanOrEqual(settings.maxSize);
          expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(settings.windowMs);
          expect(all).toContain(representative[group]);
          expect(new Set(all.map((attempt) => timeMs[attempt])).size).toBe(1);
        }
      }),
    );
  });

  it("never sends more commands than there are individual handovers", () => {
    fc.assert(
      fc.property(cases, ({ input, settings }) => {
        const { commands, groupOf, groups } = groupAttempts(input, settings);
        expect(commands).toBe(groups + groupOf.filter((group) => group < 0).length);
        expect(commands).toBeLessThanOrEqual(input.count);
      }),
    );
  });

  it("goes at an instant at which every member's window is open", () => {
    fc.assert(
      fc.property(cases, ({ input, settings }) => {
        const { timeMs } = groupAttempts(input, settings);
        if (!input.windows) return;
        for (let i = 0; i < input.count; i++) {
          expect(timeMs[i]).toBeGreaterThanOrEqual(input.windows.earliestMs[i]);
          expect(timeMs[i]).toBeLessThanOrEqual(input.windows.latestMs[i]);
        }
      }),
    );
  });

  it("follows the member of the median instant where windows are unknown", () => {
    const { timeMs, representative } = groupAttempts(attempts([30, 0, 10, 80]), {
      windowMs: 100,
      maxSize: 8,
    });
    expect(representative[0]).toBe(2);
    expect([...timeMs]).toEqual([10, 10, 10, 10]);
  });

  it("moves the group's instant no further than the windows ask", () => {
    const input = attempts(
      [10, 20, 90],
      [
        [0, 100],
        [0, 100],
        [60, 100],
      ],
    );
    expect([...groupAttempts(input, { windowMs: 100, maxSize: 8 }).timeMs]).toEqual([60, 60, 60]);
  });

  it("leaves out a member whose window does not meet the others'", () => {
    const input = attempts(
      [10, 20, 30],
      [
        [0, 50],
        [19, 21],
        [29, 90],
      ],
    );
    const { groupOf, timeMs } = groupAttempts(input, { windowMs: 100, maxSize: 8 });
    expect([...groupOf]).toEqual([0, 0, -1]);
    expect(timeMs[2]).toBe(30);
  });
});
