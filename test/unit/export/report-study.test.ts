import { describe, expect, it } from "vitest";
import { XMLValidator } from "fast-xml-parser";
import { studyReport } from "../../../src/main/export/report-study.ts";
import type { StudyReport } from "../../../src/shared/study.ts";

const report: StudyReport = {
  kind: "paper-b",
  title: "Paper B <b>",
  quick: true,
  seed: 7,
  seconds: 12.34,
  trials: 3,
  replayed: 2,
  figures: [
    {
      id: "4a",
      of: "Figure 4(a)",
      title: "RMSE against W",
      kind: "line",
      x: { title: "W", unit: "1" },
      y: { title: "RMSE", unit: "dB" },
      series: [{ name: "ours & theirs", x: [3, 5], y: [2.5, null], paper: [null, 1.75] }],
      note: "Five seeds.",
    },
  ],
  tables: [
    {
      id: "1",
      of: "Table 1",
      title: "Settings",
      columns: [
        { title: "name", unit: "" },
        { title: "rate", unit: "1/s", digits: 2 },
      ],
      rows: [
        ["a", 1.234],
        ["b", null],
      ],
      note: "A note of the table.",
    },
  ],
  claims: [{ claim: "W = 9 is best", holds: "no", ours: "W = 5: 2.1 dB", reason: "Shorter memory." }],
  notes: ["A note of the study."],
};

describe("the report of a study", () => {
  const page = [...studyReport(report, "9.9.9")].join("");

  it("is well-formed, runs nothing and asks for nothing", () => {
    expect(XMLValidator.validate(page.replace("<!doctype html>\n", ""))).toBe(true);
    expect(page.match(/<script|https?:|src=/g)).toBeNull();
    expect(page).toContain("Paper B &#60;b&#62;");
  });

  it("has claims with verdict and reason, tables with units and digits, figures with their number, notes", () => {
    const said = [
      "W = 9 is best",
      ">no<",
      "W = 5: 2.1 dB",
      "Shorter memory.",
      "1/s",
      ">1.23<",
      ">none<",
      "A note of the table.",
    ];
    const wanted = [
      ...said,
      "Figure 4(a): RMSE against W",
      "ours &#38; theirs",
      "Five seeds.",
      "A note of the study.",
      "Beamwalk 9.9.9",
    ];
    expect(wanted.filter((one) => !page.includes(one))).toEqual([]);
  });

  it("leaves out the parts that the study has none of", () => {
    const bare = [...studyReport({ ...report, claims: [], tables: [], notes: [] }, "1")].join("");
    expect([...bare.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id)).toEqual(["figures"]);
  });
});
