import { describe, expect, it } from "vitest";
import { cellWhere } from "../../../src/renderer/panels/cellWhere.ts";
import { leavingAt } from "../../../src/renderer/session/leaving.ts";
import type { FootprintBlock, LoadedRun } from "../../../src/renderer/session/loadRun.ts";
import { packCell } from "../../../src/shared/frame.ts";

const EARTH_RADIUS_M = 6_371_008.8;

/** Two cells, of which the second holds its place, at three steps of 2 s in blocks of two; the first moves north. */
function runOf(speed: number): LoadedRun {
  const at = (step: number): FootprintBlock => {
    const firstStep = step - (step % 2);
    const steps = [firstStep, firstStep + 1];
    return {
      firstStep,
      steps: 2,
      cell: Uint32Array.of(3, 7, 3, 7),
      firstOfStep: Uint32Array.of(0, 2, 4),
      latitude: Float32Array.from(steps.flatMap((s) => [(2 * s * speed) / EARTH_RADIUS_M, 0.5])),
      longitude: new Float32Array(4),
      semiMajorM: new Float32Array(4).fill(25_000),
      semiMinorM: new Float32Array(4).fill(25_000),
      azimuth: new Float32Array(4),
    };
  };
  return {
    record: { stepS: 2 },
    steps: 3,
    frames: { at: () => Uint32Array.from([3, 7, 3, 0, 3, 7], (cell, i) => packCell(cell, i % 3)) },
    footprints: { at },
  } as unknown as LoadedRun;
}

describe("what geometry takes out of a cell", () => {
  it("is its UEs over the mean dwell πD/4v, between two blocks and at the last step too", () => {
    for (const step of [0, 1, 2]) {
      const { ues, dwell, into } = leavingAt(runOf(7560), 3, step)!;
      expect([ues, into]).toEqual([3, 0]);
      expect(dwell.speed).toBeCloseTo(7560, -1);
      expect(dwell.seconds / ((Math.PI * 50_000) / (4 * 7560))).toBeCloseTo(1, 3);
    }
  });

  it("is not told of a cell that rests, has no footprint or serves nobody", () => {
    expect(leavingAt(runOf(7560), 7, 0)).toBeNull();
    expect(leavingAt(runOf(7560), 4, 0)).toBeNull();
    expect(leavingAt(runOf(20), 3, 0)).toBeNull();
    const empty = { ...runOf(7560), frames: { at: () => new Uint32Array(6) } } as unknown as LoadedRun;
    expect(leavingAt(empty, 3, 0)).toBeNull();
  });

  it("waits for what is not here yet", () => {
    const away = { ...runOf(7560), footprints: { at: () => null } } as unknown as LoadedRun;
    expect(leavingAt(away, 3, 0)).toBeNull();
  });
});

it("a cell is its satellite's, or a site on the ground after all satellites' cells", () => {
  const run = { record: { beams: 3 }, track: { satellites: 2, names: ["First", "Second"] } } as LoadedRun;
  expect([1, 3, 4, 6, 7, 9].map((cell) => cellWhere(run, cell))).toEqual([
    "First",
    "First",
    "Second",
    "Second",
    "site 0 on the ground",
    "site 2 on the ground",
  ]);
});
