import { describe, expect, it } from "vitest";
import { fovThatHolds } from "../../../src/renderer/globe/pose.ts";
import {
  firstStretch,
  MOST_FRAMES,
  videoPlan,
  videoProblem,
} from "../../../src/renderer/panels/videoPlan.ts";

const ask = { fromS: 10, toS: 40, speed: 10, rate: 25 } as const;

describe("the plan of a video", () => {
  it("shows both ends, evenly between them", () => {
    const { frames, lengthS, timeOf } = videoPlan(ask);
    expect(frames).toBe(76);
    expect(lengthS).toBeCloseTo(3.04, 12);
    expect([timeOf(0), timeOf(1), timeOf(75)]).toEqual([10, 10.4, 40]);
  });

  it("neither loses nor adds a frame where the step is no binary fraction", () => {
    for (const speed of [0.1, 0.5, 1, 2, 5, 10, 30, 60] as const)
      for (const rate of [10, 25, 30]) {
        const { frames, timeOf } = videoPlan({ fromS: 0, toS: 60, speed, rate });
        expect(frames).toBe(Math.round((60 * rate) / speed) + 1);
        expect(timeOf(frames - 1)).toBeCloseTo(60, 9);
        expect(timeOf(frames - 1)).toBeLessThanOrEqual(60);
      }
  });

  it("ends before the end where the next frame would lie past it", () => {
    const { frames, timeOf } = videoPlan({ fromS: 0, toS: 7, speed: 30, rate: 10 });
    expect(frames).toBe(3);
    expect(timeOf(2)).toBe(6);
  });

  it("refuses what has no frames or too many, and says what to do", () => {
    expect(videoProblem(ask)).toBeNull();
    expect(videoProblem({ ...ask, toS: 10 })).toMatch(/after the start/);
    expect(videoProblem({ ...ask, fromS: Number.NaN })).toMatch(/starts and ends/);
    const long = { fromS: 0, toS: 7200, speed: 1, rate: 30 } as const;
    expect(videoPlan(long).frames).toBeGreaterThan(MOST_FRAMES);
    expect(videoProblem(long)).toMatch(/216,001 frames .* shorter stretch/);
  });
});

describe("the stretch offered at first", () => {
  it("is the clock's range, else half a minute about the clock, within the run", () => {
    const run = { endS: 119.5, range: null };
    expect(firstStretch({ ...run, timeS: 60.4 })).toEqual({ fromS: 45, toS: 75 });
    expect(firstStretch({ ...run, timeS: 3 })).toEqual({ fromS: 0, toS: 30 });
    expect(firstStretch({ ...run, timeS: 119.5 })).toEqual({ fromS: 89, toS: 119 });
    expect(firstStretch({ endS: 9, timeS: 4, range: null })).toEqual({ fromS: 0, toS: 9 });
    expect(firstStretch({ ...run, timeS: 4, range: { fromS: 20.5, toS: 119.5 } })).toEqual({
      fromS: 20,
      toS: 119,
    });
  });
});

describe("a picture of another shape", () => {
  const seen = (fov: number, aspect: number) => {
    const longer = Math.tan(fov / 2);
    return aspect > 1 ? [longer, longer / aspect] : [longer * aspect, longer];
  };

  it("shows all that was seen, and touches it on one side", () => {
    for (const aspect of [0.4, 0.9, 1, 1.3, 2.5])
      for (const into of [0.5, 1, 16 / 9, 3]) {
        const [across, down] = seen(1.0472, aspect);
        const [wide, tall] = seen(fovThatHolds(1.0472, aspect, into), into);
        expect(wide! / tall!).toBeCloseTo(into, 9);
        expect(Math.min(wide! / across!, tall! / down!)).toBeCloseTo(1, 9);
      }
  });

  it("is the same at the same shape", () => {
    for (const aspect of [0.4, 1, 2.5]) expect(fovThatHolds(0.8, aspect, aspect)).toBeCloseTo(0.8, 12);
  });
});
