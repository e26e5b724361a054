import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastPeak } from "../../../src/main/handover/deadline.ts";
import {
  flatten,
  peakOf,
  type FlattenInput,
  type FlattenSettings,
} from "../../../src/main/handover/flatten.ts";
import { Random } from "../../../src/main/math/random.ts";

/** [first slot, last slot] of each job, by last slot. */
type Windows = [number, number][];
const windows = (most: number, slots: number) =>
  fc
    .array(fc.tuple(fc.nat(slots - 1), fc.nat(slots - 1)), { minLength: 1, maxLength: most })
    .map((pairs): Windows =>
      pairs.map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]).sort((a, b) => a[1] - b[1]),
    );
const solve = (jobs: Windows) =>
  leastPeak(
    Int32Array.from(jobs, ([first]) => first),
    Int32Array.from(jobs, ([, last]) => last),
  );

/** Hall's bound as it is written: over all intervals. */
function naiveHall(jobs: Windows, slots: number): number {
  let bound = 0;
  for (let a = 0; a < slots; a++) {
    for (let b = a; b < slots; b++) {
      const inside = jobs.filter(([first, last]) => first >= a && last <= b).length;
      bound = Math.max(bound, Math.ceil(inside / (b - a + 1)));
    }
  }
  return bound;
}

/** The least peak over all assignments; `cells` are those that each job loads. */
function bruteForce(jobs: Windows, cells: number[][]): number {
  const load = new Map<string, number>();
  const search = (job: number, peak: number): number => {
    if (job === jobs.length) return peak;
    let best = Infinity;
    for (let slot = jobs[job][0]; slot <= jobs[job][1]; slot++) {
      const keys = cells[job].map((cell) => `${cell}/${slot}`);
      for (const key of keys) load.set(key, (load.get(key) ?? 0) + 1);
      best = Math.min(best, search(job + 1, Math.max(peak, ...keys.map((key) => load.get(key)!))));
      for (const key of keys) load.set(key, load.get(key)! - 1);
    }
    return best;
  };
  return search(0, 0);
}

describe("the least peak of one cell", () => {
  it("is that of the best of all assignments", () => {
    fc.assert(
      fc.property(windows(7, 4), (jobs) => {
        expect(solve(jobs).peak).toBe(
          bruteForce(
            jobs,
            jobs.map(() => [1]),
          ),
        );
      }),
    );
  });

  it("equals Hall's bound over all intervals, and its interval proves it", () => {
    fc.assert(
      fc.property(windows(60, 12), (jobs) => {
        const { peak, bound, from, to, slot } = solve(jobs);
        const inside = jobs.filter(([first, last]) => first >= from && last <= to).length;
        expect(bound).toBe(naiveHall(jobs, 12));
        expect(Math.ceil(inside / (to - from + 1))).toBe(bound);
        expect(peak).toBe(bound);
        const load = new Uint32Array(12);
        for (const [job, [first, last]] of jobs.entries()) {
          expect(slot[job]).toBeGreaterThanOrEqual(first);
          expect(slot[job]).toBeLessThanOrEqual(last);
          load[slot[job]]++;
        }
        expect(Math.max(...load)).toBe(peak);
      }),
    );
  });
});

interface Case {
  input: FlattenInput;
  settings: FlattenSettings;
}
const LOADS = ["source", "target", "both"] as const;
const loadedBy = ({ source, target }: FlattenInput, load: FlattenSettings["load"], ue: number) =>
  [...new Set([load !== "target" ? source[ue] : 0, load !== "source" ? target[ue] : 0])].filter(
    (cell) => cell > 0,
  );

/** UEs whose window holds the individual instant; cell 0 and a target equal to the source occur. */
const cases = (most: number, spanMs: number): fc.Arbitrary<Case> =>
  fc
    .record({
      ues: fc.array(
        fc.record({
          times: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0, max: spanMs, noNaN: true }))),
          source: fc.nat(3),
          target: fc.nat(3),
        }),
        { maxLength: most },
      ),
      load: fc.constantFrom(...LOADS),
      slotMs: fc.constantFrom(100, 33.3),
      originMs: fc.constantFrom(0, 250),
    })
    .map(({ ues, ...settings }) => {
      const sorted = ues.map(({ times }) => [...times].sort((a, b) => a - b));
      const input = {
        count: ues.length,
        earliestMs: Float64Array.from(sorted, (times) => times[0]),
        individualMs: Float64Array.from(sorted, (times) => times[1]),
        latestMs: Float64Array.from(sorted, (times) => times[2]),
        source: Uint32Array.from(ues, ({ source }) => source),
        target: Uint32Array.from(ues, ({ target }) => target),
      };
      return { input, settings };
    });

const slotsOf = ({ input, settings }: Case): Windows =>
  Array.from(input.earliestMs, (earliest, ue) => {
    const slot = (ms: number) => Math.floor((ms - settings.originMs) / settings.slotMs);
    return [slot(earliest), slot(input.latestMs[ue])];
  });

describe("flattening", () => {
  it("executes every handover inside its window", () => {
    fc.assert(
      fc.property(cases(60, 1000), ({ input, settings }) => {
        const { atMs } = flatten(input, settings);
        for (let ue = 0; ue < input.count; ue++) {
          expect(atMs[ue]).toBeGreaterThanOrEqual(input.earliestMs[ue]);
          expect(atMs[ue]).toBeLessThanOrEqual(input.latestMs[ue]);
        }
      }),
    );
  });

  it("never raises a cell's peak where windows hold the individual instants, nor undercuts Hall's bound", () => {
    fc.assert(
      fc.property(cases(80, 800), (one) => {
        const { input, settings } = one;
        const { perCellPeak, perCellBound, peak, bound } = flatten(input, settings);
        const individual = peakOf(input.individualMs, input, settings);
        const all = slotsOf(one).map(([a, b]): [number, number] => [a + 10, b + 10]);
        for (let cell = 1; cell < perCellPeak.length; cell++) {
          const jobs = all.filter((_, ue) => loadedBy(input, settings.load, ue).includes(cell));
          expect(perCellBound[cell]).toBe(naiveHall(jobs, 36));
          expect(perCellPeak[cell]).toBeLessThanOrEqual(individual[cell]);
          expect(perCellPeak[cell]).toBeGreaterThanOrEqual(perCellBound[cell]);
          if (settings.load !== "both") expect(perCellPeak[cell]).toBe(perCellBound[cell]);
        }
        expect(peak).toBe(Math.max(0, ...perCellPeak));
        expect(bound).toBe(Math.max(0, ...perCellBound));
      }),
      { numRuns: 60 },
    );
  });

  it("counts in its peaks what its instants show", () => {
    fc.assert(
      fc.property(cases(60, 1000), ({ input, settings }) => {
        const { atMs, perCellPeak } = flatten(input, settings);
        expect([...peakOf(atMs, input, settings)]).toEqual([...perCellPeak]);
      }),
    );
  });

  it("comes within one of the best of all assignments for a few UEs that load two cells", () => {
    fc.assert(
      fc.property(cases(6, 400), (one) => {
        const input = one.input;
        const cells = Array.from({ length: input.count }, (_, ue) => loadedBy(input, "both", ue));
        const { peak } = flatten(input, { ...one.settings, load: "both" });
        expect(peak - bruteForce(slotsOf(one), cells)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the instant of a UE whose window is empty, counts it, and moves the others away", () => {
    const input: FlattenInput = {
      count: 4,
      individualMs: Float64Array.of(150, 150, 150, 150),
      earliestMs: Float64Array.of(200, 0, 0, 0),
      latestMs: Float64Array.of(100, 399, 399, 399),
      source: new Uint32Array(4).fill(1),
      target: new Uint32Array(4).fill(2),
    };
    const result = flatten(input, { slotMs: 100, originMs: 0, load: "both" });
    expect(result).toMatchObject({ infeasible: 1, peak: 1, bound: 1 });
    expect(result.atMs[0]).toBe(150);
  });

  it("lets UEs that share a slot stand evenly in it", () => {
    const ues = 4;
    const input: FlattenInput = {
      count: ues,
      individualMs: new Float64Array(ues),
      earliestMs: new Float64Array(ues),
      latestMs: new Float64Array(ues).fill(99),
      source: new Uint32Array(ues).fill(1),
      target: new Uint32Array(ues).fill(2),
    };
    const { atMs } = flatten(input, { slotMs: 100, originMs: 0, load: "target" });
    expect([...atMs]).toEqual([12.5, 37.5, 62.5, 87.5]);
  });

  it("refuses instants that are not finite", () => {
    const one = new Float64Array(1);
    const cell = new Uint32Array(1).fill(1);
    const input = { count: 1, individualMs: one, earliestMs: one, source: cell, target: cell };
    const settings = { slotMs: 100, originMs: 0, load: "both" } as const;
    expect(() => flatten({ ...input, latestMs: Float64Array.of(Infinity) }, settings)).toThrow("no instant");
  });

  it("brings 20,000 UEs of 19 coupled cells near the bound, far below the storm", () => {
    const count = 20_000;
    const random = new Random(4, "flatten test");
    const column = (value: (ue: number) => number) =>
      Float64Array.from({ length: count }, (_, ue) => value(ue));
    const source = Uint32Array.from({ length: count }, () => 1 + random.below(19));
    const individualMs = column(() => 10_000 + 1000 * random.next());
    const input: FlattenInput = {
      count,
      individualMs,
      earliestMs: column((ue) => individualMs[ue] - 5000 * random.next()),
      latestMs: column((ue) => individualMs[ue] + 5000 * random.next()),
      source,
      target: source.map((cell) => 1 + ((cell + random.below(6)) % 19)),
    };
    const settings = { slotMs: 100, originMs: 0, load: "both" } as const;
    const result = flatten(input, settings);
    expect(Math.max(...peakOf(individualMs, input, settings))).toBeGreaterThan(5 * result.peak);
    expect(result.peak).toBeLessThanOrEqual(Math.ceil(1.05 * result.bound));
    expect(flatten(input, settings)).toEqual(result);
  });
});
