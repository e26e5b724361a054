import { describe, expect, it } from "vitest";
import { trainStudy } from "../../../src/main/studies/train/index.ts";
import type { AskOf } from "../../../src/shared/study.ts";
import { testLab } from "../../builders/lab.ts";

const ask: AskOf<"train"> = {
  kind: "train",
  data: { run: "r" },
  model: "bayes",
  name: null,
  testShare: 0.2,
  folds: 0,
  without: [],
};

describe("a training", () => {
  it("for a quick look takes rows from all over a table that is sorted by its label", async () => {
    const rows = 25_000;
    const label = Uint8Array.from({ length: rows }, (_, row) => (row < 0.6 * rows ? 0 : 1));
    const a = Float32Array.from({ length: rows }, (_, row) => row);
    const lab = testLab({ quick: true });
    const { notes } = await trainStudy(lab, ask, { label, a });
    expect(notes[0]).toContain("bayes-r");
    const { metrics } = lab.models[0];
    expect(metrics.trainRows + metrics.testRows).toBe(10_000);
    expect(metrics.accuracy).toBeGreaterThan(0.9);
  });

  it("refuses labels of one class, and features that are not there", async () => {
    const columns = { label: new Uint8Array(100), a: new Float32Array(100) };
    await expect(trainStudy(testLab(), ask, columns)).rejects.toThrow(/0 of them with label 1/);
    await expect(trainStudy(testLab(), { ...ask, without: ["b"] }, columns)).rejects.toThrow(
      /no feature "b"/,
    );
  });
});
