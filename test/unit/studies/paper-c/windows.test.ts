import { describe, expect, it } from "vitest";
import { Random } from "../../../../src/main/math/random.ts";
import { chooseCells, splitUes, windowsOf } from "../../../../src/main/studies/paper-c/windows.ts";
import { FLOOR_DBM, worldOf } from "./worlds.ts";

const random = new Random(5, "levels");
const levels = (ues: number, steps: number, cells: number) =>
  Array.from({ length: ues }, () =>
    Array.from({ length: steps }, () => Array.from({ length: cells }, () => -120 + 40 * random.next())),
  );
const SETTINGS = { steps: 4, ahead: 3 };

describe("windows and labels", () => {
  it("has the levels up to the window's end, and the cell that is best so much later", () => {
    const raw = levels(2, 12, 3);
    const { x, y, rows } = windowsOf(worldOf(raw), [1, 0], SETTINGS, 2);
    // ends at 3, 5, 7 of each UE
    expect(rows).toBe(6);
    [1, 0].forEach((ue, u) =>
      [3, 5, 7].forEach((end, e) => {
        const row = 3 * u + e;
        const window = raw[ue].slice(end - 3, end + 1).flat();
        window.forEach((dbm, i) => expect(x[row * 12 + i]).toBeCloseTo((dbm + 100) / 10, 5));
        const then = raw[ue][end + 3];
        expect(y[row]).toBe(then.indexOf(Math.max(...then)));
      }),
    );
  });

  it("sees nothing of what comes after the window", () => {
    const raw = levels(3, 20, 3);
    const later = structuredClone(raw);
    // one window for each UE, that ends at 3
    for (const ue of later) for (let step = 4; step < 20; step++) ue[step].reverse();
    const before = windowsOf(worldOf(raw), [0, 1, 2], SETTINGS, 20);
    const after = windowsOf(worldOf(later), [0, 1, 2], SETTINGS, 20);
    expect(after.rows).toBe(3);
    expect(after.x).toEqual(before.x);
    expect(Array.from(after.y, (k) => 2 - k)).toEqual([...before.y]);
  });

  it("learns from reports and is labelled by the level behind them", () => {
    const raw = levels(1, 8, 2);
    const measured = [Float32Array.from(raw[0].flat(), (dbm) => dbm - 7)];
    const plain = windowsOf(worldOf(raw), [0], SETTINGS, 1);
    const seen = windowsOf(worldOf(raw, { measured }), [0], SETTINGS, 1);
    seen.x.forEach((value, i) => expect(value).toBeCloseTo(plain.x[i] - 0.7, 5));
    expect(seen.y).toEqual(plain.y);
  });

  it("knows what staying with the strongest cell comes to", () => {
    const raw = levels(4, 60, 3);
    const { persistence, rows, y, x } = windowsOf(worldOf(raw), [0, 1, 2, 3], SETTINGS, 1);
    let stays = 0;
    for (let row = 0; row < rows; row++) {
      const end = [...x.subarray(row * 12 + 9, row * 12 + 12)];
      if (end.indexOf(Math.max(...end)) === y[row]) stays++;
    }
    expect(persistence).toBeCloseTo(stays / rows, 12);
  });

  it("takes the strongest cells in order where they are ranked, as sorting does", () => {
    const raw = levels(1, 30, 9);
    raw[0][4][3] = FLOOR_DBM;
    const world = worldOf(raw, { ranked: true, classes: 4 });
    const chosen = new Int32Array(4);
    for (let step = 0; step < 30; step++) {
      chooseCells(chosen, world, 0, step);
      const sorted = raw[0][step].map((dbm, cell) => ({ dbm, cell })).sort((a, b) => b.dbm - a.dbm);
      expect([...chosen]).toEqual(sorted.slice(0, 4).map(({ cell }) => cell));
    }
  });

  it("offers no cell that a UE will only hear later", () => {
    const raw = levels(1, 12, 4);
    for (let step = 0; step < 8; step++) raw[0][step].fill(FLOOR_DBM, 1);
    const world = worldOf(raw, { ranked: true, classes: 3 });
    const chosen = new Int32Array(3);
    chooseCells(chosen, world, 0, 5);
    expect([...chosen]).toEqual([0, -1, -1]);
    expect([...windowsOf(world, [0], { steps: 4, ahead: 6 }, 1).y]).toEqual([0, 0, 0]);
  });

  it("labels a window in which nothing is heard by the first class", () => {
    const raw = levels(1, 12, 3);
    for (let step = 0; step < 6; step++) raw[0][step].fill(FLOOR_DBM);
    const world = worldOf(raw, { ranked: true, classes: 2 });
    expect(windowsOf(world, [0], SETTINGS, 20).y[0]).toBe(0);
  });

  it("leaves the last classes empty where a UE hears fewer cells", () => {
    const world = worldOf(levels(1, 10, 2), { ranked: true, classes: 3 });
    const chosen = new Int32Array(3);
    chooseCells(chosen, world, 0, 5);
    expect(chosen[2]).toBe(-1);
    const { x, y } = windowsOf(world, [0], SETTINGS, 1);
    expect(x[2]).toBe(-5);
    expect(Math.max(...y)).toBeLessThan(2);
  });
});

describe("the split", () => {
  it("has every UE on one side, and as many as asked", () => {
    for (const share of [0.3, 0.5, 0.7, 0.9]) {
      const { train, test } = splitUes(40, share, 7);
      expect(train.length).toBe(Math.round(40 * share));
      expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, ue) => ue));
    }
  });

  it("leaves someone on either side", () => {
    expect(splitUes(3, 0.01, 1).train.length).toBe(1);
    expect(splitUes(3, 0.99, 1).test.length).toBe(1);
  });
});
