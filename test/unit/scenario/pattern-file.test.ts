import { describe, expect, it } from "vitest";
import { BadInput } from "../../../src/shared/errors.ts";
import { readPatternTable } from "../../../src/main/scenario/pattern-file.ts";

describe("a pattern's file", () => {
  it("may have a header, comments, and absolute gains", () => {
    expect(readPatternTable("angle deg,gain dBi\n# measured\n0,38.5\r\n1, 37.5\n\n2,30\n")).toEqual({
      offAxisDeg: [0, 1, 2],
      relativeGainDb: [0, -1, -8.5],
    });
  });

  it("reports every faulty line with its number", () => {
    const problemsOf = (text: string) => {
      try {
        readPatternTable(text);
      } catch (error) {
        if (error instanceof BadInput)
          return error.problems.map(({ field, reason }) => `${field}: ${reason}`);
      }
      return [];
    };
    expect(problemsOf("0,0\n1,x\n2,-4,7\n3,1\n3,-5\n200,-9\n4,\n")).toEqual([
      'line 2: "1,x" is not an angle and a gain',
      'line 3: "2,-4,7" is not an angle and a gain',
      "line 6: the angle 200° is outside 0…180°",
      'line 7: "4," is not an angle and a gain',
      "line 4: the gain 1 dB is above the 0 dB at the first angle",
      "line 5: the angle 3° does not exceed the 3° before it",
    ]);
    expect(problemsOf("1,0\n2,-1\n3,-2.9")).toEqual([
      "line 1: the first angle is 1°",
      "pattern: the gain never falls 3 dB below its peak",
    ]);
    expect(problemsOf("")).toEqual(["pattern: 0 usable rows"]);
    expect(problemsOf("0,0\n1,-5")).toEqual(["pattern: 2 usable rows"]);
  });
});
