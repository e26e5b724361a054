import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studyData } from "../../../src/main/jobs/study-data.ts";
import { BadInput } from "../../../src/shared/errors.ts";

const read = (text: string, label = "label") =>
  studyData(
    "nowhere.db",
    {
      kind: "train",
      data: { table: { name: "t.csv", text }, label },
      model: "forest",
      name: null,
      testShare: 0.2,
      folds: 0,
      without: [],
    },
    1,
  )!;
const reasons = (text: string, label?: string): string[] => {
  try {
    read(text, label);
  } catch (error) {
    if (error instanceof BadInput) return error.problems.map(({ reason }) => reason);
    throw error;
  }
  return [];
};

describe("a table to learn from", () => {
  it("is the same with CRLF, a byte order mark, quotes, blanks and empty lines", () => {
    const { columns, rejected } = read('\uFEFF"a", b ,label\r\n1, 2 ,0\r\n\r\n"3",4,1\r\n');
    expect(rejected).toEqual([]);
    expect(columns).toEqual({
      label: Uint8Array.of(0, 1),
      a: Float32Array.of(1, 3),
      b: Float32Array.of(2, 4),
    });
  });

  it("names the line of a bad row, also behind empty lines", () => {
    const { rejected } = read("a,label\n1,0\n\n\nx,1\n1e39,1\n  ,0\n");
    expect(rejected).toEqual([
      { line: 5, reason: 'a: "x" is not a number' },
      { line: 6, reason: 'a: "1e39" is too large' },
      { line: 7, reason: 'a: "  " is not a number' },
    ]);
  });

  it("is refused with columns of one name, which would hide one another", () => {
    expect(reasons("a,b,a,label\n1,2,3,0")).toEqual(['has several columns called "a"']);
    expect(reasons("a,label,ready\n1,0,1", "ready")).toEqual([
      'has a column "label" beside the label "ready"',
    ]);
  });

  it("is refused where it is empty, and has no rows where there is a header only", () => {
    expect(reasons("")).toEqual(['has no column "label" for the label']);
    expect(read("a,label\n").columns.label).toHaveLength(0);
  });

  it("gives back every number of any table, whatever the columns are called", () => {
    const name = fc.oneof(
      fc.constant("__proto__"),
      fc.constant("toString"),
      fc.stringMatching(/^[a-z]{1,4}$/),
    );
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).filter((all) => !all.includes("ue"));
    fc.assert(
      fc.property(
        names,
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(1e-30) }), {
          minLength: 1,
          maxLength: 8,
        }),
        (head, values) => {
          const lines = values.map((value, row) =>
            [...head.map((_, c) => value * (c + 1) * 1e-3), row % 2].join(","),
          );
          const { columns, rejected } = read([[...head, "label"].join(","), ...lines].join("\n"));
          expect(rejected).toEqual([]);
          expect(Object.keys(columns).sort()).toEqual([...head, "label"].sort());
          head.forEach((key, c) =>
            expect(columns[key]).toEqual(Float32Array.from(values, (value) => value * (c + 1) * 1e-3)),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
