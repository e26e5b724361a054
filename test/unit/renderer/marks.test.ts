import { describe, expect, it } from "vitest";
import { markShare, placeLabels } from "../../../src/renderer/panels/marks.ts";

/** a little more than "peak" takes on a scrubber of 570 px */
const WORD = 0.05;

const stretch = (at: number, place: string) =>
  place.startsWith("before") ? [at - WORD, at] : [at, at + WORD];

describe("the words of the marks on the scrubber", () => {
  it("never lie over each other and never leave the scrubber, wherever the marks stand", () => {
    for (let a = 0; a <= 100; a++)
      for (let b = 0; b <= 100; b++) {
        const [mark, peak] = [a / 100, b / 100];
        const words = placeLabels(mark, peak);
        const [m, p] = [stretch(mark, words.mark), stretch(peak, words.peak)];
        expect(Math.min(m[0]!, p[0]!)).toBeGreaterThanOrEqual(0);
        expect(Math.max(m[1]!, p[1]!)).toBeLessThanOrEqual(1);
        const apart = m[1]! <= p[0]! || p[1]! <= m[0]!;
        expect(apart || words.peak.endsWith("lower"), `${mark} ${peak}`).toBe(true);
      }
  });

  it("point apart where the marks are close, whichever comes first", () => {
    expect(placeLabels(0.5, 0.51)).toEqual({ mark: "before", peak: "after" });
    expect(placeLabels(0.51, 0.5)).toEqual({ mark: "after", peak: "before" });
  });

  it("leave out the mark of a run that ended before it, and keep the peak's word inside", () => {
    expect(markShare(30, 20)).toBeNull();
    expect([markShare(20, 20), markShare(5, 20), markShare(0, 0)]).toEqual([1, 0.25, 0]);
    expect(placeLabels(null, 1).peak).toBe("before");
    expect(placeLabels(null, 0.5).peak).toBe("after");
  });

  it("keep the mark's word inside where there is no peak", () => {
    expect(placeLabels(1, null).mark).toBe("before");
    expect(placeLabels(0, null).mark).toBe("after");
  });
});
