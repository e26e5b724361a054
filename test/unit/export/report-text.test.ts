import { describe, expect, it } from "vitest";
import { reportText } from "../../../src/main/export/report-text.ts";
import type { Figure, StudyReport } from "../../../src/shared/study.ts";

const figure = (over: Partial<Figure>): Figure => ({
  id: "4a",
  of: "Figure 4(a)",
  title: "RMSE against W",
  kind: "line",
  x: { title: "W", unit: "1" },
  y: { title: "RMSE", unit: "dB" },
  series: [{ name: "ours", x: [3, 5], y: [2.5, null], spread: [0.25, null], paper: [null, 1.75] }],
  note: "Five seeds.",
  ...over,
});

const report = (over: Partial<StudyReport>): StudyReport => ({
  kind: "paper-b",
  title: "Paper B",
  quick: true,
  seed: 7,
  seconds: 12.34,
  trials: 3,
  replayed: 2,
  figures: [],
  tables: [],
  claims: [],
  notes: [],
  ...over,
});

describe("a study in the terminal", () => {
  it("says its size, seed, time and how many trials were replayed", () => {
    expect(reportText(report({}))).toBe(
      "Paper B (quick: the same shapes on less data; seed 7; 12.3 s; 3 trials, 2 kept ones replayed)",
    );
  });

  it("prints a figure as columns with units, spread and the paper's values, and none where there is none", () => {
    const text = reportText(report({ figures: [figure({})] }));
    expect(text).toContain("Figure 4(a): RMSE against W");
    expect(text).toMatch(/W {2}ours {5}± {2}ours, paper/);
    expect(text).toMatch(/3 {3}2\.5 {2}0\.25 {9}none/);
    expect(text).toMatch(/5 {2}none {2}none {9}1\.75/);
    expect(text).toContain("RMSE [dB]. Five seeds.");
  });

  it("prints a matrix by rows, and only the range of a long series", () => {
    const matrix = figure({
      kind: "matrix",
      categories: ["no", "yes"],
      series: [
        { name: "no", x: [0, 1], y: [10, 2] },
        { name: "yes", x: [0, 1], y: [3, 20] },
      ],
    });
    expect(reportText(report({ figures: [matrix] }))).toMatch(/no {3}10 {4}2\nyes {3}3 {3}20/);
    const x = Array.from({ length: 100 }, (_, i) => i);
    const long = reportText(report({ figures: [figure({ series: [{ name: "s", x, y: x }] })] }));
    expect(long).toContain("s: 100 points from 0 to 99 dB");
  });

  it("prints claims with verdict, our figure and reason", () => {
    const claims = [
      { claim: "W = 9 is best", holds: "no" as const, ours: "W = 5: 2.1 dB", reason: "Shorter memory." },
    ];
    expect(reportText(report({ claims }))).toContain(
      "no       W = 9 is best\n           ours: W = 5: 2.1 dB. Shorter memory.",
    );
  });
});
