import { array, assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { BadInput } from "../../../../src/shared/errors.ts";
import { splitWindows, type SplitKind } from "../../../../src/main/learn/forecast/split.ts";
import { withFeatures } from "../../../../src/main/learn/forecast/tracks.ts";
import {
  makeWindows,
  nextSamples,
  takeRows,
  type Windows,
} from "../../../../src/main/learn/forecast/windows.ts";
import { coded, tracksOf } from "./tracks.ts";

const pathIn = (value: number) => Math.floor(value / 10_000);
const stepIn = (value: number) => Math.floor((value % 10_000) / 100);
const nodeIn = (value: number) => Math.floor((value % 100) / 10);

describe("windows", () => {
  it("hold consecutive samples of one node up to step k, and the target after it", () => {
    const windows = makeWindows(tracksOf([5, 6], 2, 2, coded), { steps: 3, ahead: 2 });
    // path 0 has one place (k = 2), path 1 two (k = 2, 3), for each of two nodes
    expect(windows.rows).toBe(6);
    expect([...windows.path]).toEqual([0, 0, 1, 1, 1, 1]);
    expect([...windows.node]).toEqual([0, 1, 0, 0, 1, 1]);
    expect([...windows.at]).toEqual([2, 2, 2, 3, 2, 3]);
    expect([...windows.x.subarray(3 * 6, 4 * 6)]).toEqual([10100, 10101, 10200, 10201, 10300, 10301]);
    expect([...windows.y.subarray(3 * 2, 4 * 2)]).toEqual([10400, 10500]);
    expect([...nextSamples(windows).subarray(3 * 2, 4 * 2)]).toEqual([10400, 10401]);
  });

  it("never cross an end of a path, mix nodes or show what they are asked", () => {
    assert(
      property(
        array(integer({ min: 1, max: 14 }), { minLength: 1, maxLength: 5 }),
        integer({ min: 1, max: 6 }),
        integer({ min: 1, max: 4 }),
        (lengths, steps, ahead) => {
          const possible = lengths.reduce((sum, length) => sum + Math.max(0, length - steps - ahead + 1), 0);
          const make = () => makeWindows(tracksOf(lengths, 2, 1, coded), { steps, ahead });
          if (possible === 0) return void expect(make).toThrow(BadInput);
          const windows = make();
          expect(windows.rows).toBe(2 * possible);
          for (let row = 0; row < windows.rows; row++) {
            const x = [...windows.x.subarray(row * steps, (row + 1) * steps)];
            const y = [...windows.y.subarray(row * ahead, (row + 1) * ahead)];
            const all = [...x, ...y];
            expect(new Set(all.map(pathIn))).toEqual(new Set([windows.path[row]]));
            expect(new Set(all.map(nodeIn))).toEqual(new Set([windows.node[row]]));
            expect(all.map(stepIn)).toEqual(all.map((_, i) => windows.at[row] - steps + 1 + i));
          }
        },
      ),
    );
  });

  it("end at the same instants for every W and H where they leave the same room", () => {
    const tracks = tracksOf([20, 9], 1, 1, coded);
    const room = { steps: 7, ahead: 3 };
    const long = makeWindows(tracks, { steps: 7, ahead: 3 });
    const short = makeWindows(tracks, { steps: 2, ahead: 1, room });
    expect(short.at).toEqual(long.at);
    expect(short.path).toEqual(long.path);
    expect(short.y[0]).toBe(long.y[0]);
  });

  it("of fewer features keep the target", () => {
    const less = withFeatures({ ...tracksOf([4], 1, 3, coded), target: 2 }, [1, 2]);
    expect(less.target).toBe(1);
    expect([...less.values]).toEqual([1, 2, 101, 102, 201, 202, 301, 302]);
  });

  it("are refused with every reason where the tracks do not add up", () => {
    const tracks = tracksOf([4], 1, 1, () => NaN);
    const wrong = { ...tracks, target: 3, firstStep: Uint32Array.of(0, 5) };
    const error = (() => {
      try {
        makeWindows(wrong, { steps: 1, ahead: 1 });
      } catch (thrown) {
        return thrown as BadInput;
      }
    })();
    expect(error?.problems.map(({ field }) => field)).toEqual([
      "tracks.target",
      "tracks.values",
      "tracks.values",
    ]);
  });
});

describe("a split", () => {
  const tracks = tracksOf(Array(10).fill(60), 2, 1, coded);
  const windows = makeWindows(tracks, { steps: 4, ahead: 2 });
  /** every sample that rows use, by its code; targets alone */
  const used = ({ x, y }: Windows) => new Set([...x, ...y]);
  const split = (kind: SplitKind, seed = 1) => splitWindows(windows, { kind, seed });

  it("by path tests on a fifth of the paths, of which nothing is learnt", () => {
    const { train, validation, test } = split("path");
    expect(new Set(test.path).size).toBe(2);
    expect(new Set([...train.path, ...validation.path]).size).toBe(8);
    for (const path of new Set(test.path)) expect([...train.path, ...validation.path]).not.toContain(path);
    expect(test.rows).toBe(2 * 2 * 55);
  });

  it("by path takes the very paths it is given and leaves the others", () => {
    const { train, validation, test } = splitWindows(windows, {
      kind: "path",
      seed: 1,
      paths: { train: [0, 3], test: [9] },
    });
    expect(new Set(train.path)).toEqual(new Set([0, 3]));
    expect(new Set(validation.path)).toEqual(new Set([0, 3]));
    expect(new Set(test.path)).toEqual(new Set([9]));
  });

  it("by time tests on the end of every path and shares no sample between the parts", () => {
    const { train, validation, test } = split("time");
    expect(new Set(test.path).size).toBe(10);
    expect(Math.min(...test.at)).toBe(48 + 3);
    expect(used(train).isDisjointFrom(used(test))).toBe(true);
    expect(used(train).isDisjointFrom(used(validation))).toBe(true);
    expect(used(validation).isDisjointFrom(used(test))).toBe(true);
  });

  it("at random leaks: targets of the test stand inside training windows", () => {
    const { train, validation, test } = split("random");
    expect(train.rows + validation.rows + test.rows).toBe(windows.rows);
    const seen = new Set(train.x);
    const known = [...test.y].filter((value) => seen.has(value)).length;
    expect(known / test.y.length).toBeGreaterThan(0.9);
  });

  it("is the same for the same seed only", () => {
    expect(split("path", 4).test.path).toEqual(split("path", 4).test.path);
    expect(split("path", 4).test.path).not.toEqual(split("path", 5).test.path);
  });

  it("says what is missing where a part would be empty", () => {
    const few = makeWindows(tracksOf([8], 1, 1, coded), { steps: 4, ahead: 2 });
    expect(() => splitWindows(few, { kind: "path", seed: 1 })).toThrow(/no row is left/);
  });

  it("hands on rows unchanged", () => {
    const some = takeRows(windows, Uint32Array.of(5, 0));
    expect([...some.x]).toEqual([...windows.x.subarray(20, 24), ...windows.x.subarray(0, 4)]);
    expect([...some.y]).toEqual([...windows.y.subarray(10, 12), ...windows.y.subarray(0, 2)]);
  });
});
