import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { qualityFormulas } from "../../../src/main/studies/reference-quality.ts";
import type { Inputs, ReferenceTable } from "../../../src/main/studies/reference-table.ts";
import { resourcesFolder } from "../../../src/main/paths.ts";

const tables: ReferenceTable[] = JSON.parse(
  readFileSync(join(resourcesFolder, "reference", "nr-mcs.json"), "utf8"),
);

it.each(tables)("$quantity has the published values", ({ formula, given, inputs, rows, tolerance }) => {
  for (const row of rows) {
    const own = Object.fromEntries(inputs.map((name, i) => [name, row[i]])) as Inputs;
    const ours = qualityFormulas[formula]({ ...given, ...own });
    expect(Math.abs(ours - Number(row.at(-1)))).toBeLessThanOrEqual(tolerance);
  }
});

it("checks all 29 schemes by modulation, code rate and efficiency", () => {
  const schemes = tables.filter(({ inputs }) => inputs[0] === "mcs");
  expect(schemes.map(({ rows }) => rows.length)).toEqual([29, 29, 29]);
});
