import { readFileSync } from "node:fs";
import { join } from "node:path";
import { textTable } from "../../export/text-table.ts";
import { resourcesFolder } from "../../paths.ts";
import {
  checkReference,
  type ReferenceReport,
  type ReferenceRow,
  type ReferenceTable,
} from "../../studies/reference.ts";
import type { World } from "./world.ts";

/** Files of `resources/reference/` that hold tables for this command. */
const FILES = [
  "sgp4",
  "frames",
  "geometry",
  "motion",
  "antennas",
  "propagation",
  "itu",
  "budgets",
  "nr-mcs",
  "handover",
];

export function referenceTables(): ReferenceTable[] {
  return FILES.flatMap(
    (name) =>
      JSON.parse(
        readFileSync(join(resourcesFolder, "reference", `${name}.json`), "utf8"),
      ) as ReferenceTable[],
  );
}

/** Published numbers beside ours; exit code 1 if any is out of its tolerance. */
export function reference(world: World, { json }: { json?: boolean }): number {
  const report = checkReference(referenceTables());
  world.out(json ? JSON.stringify(report) : reportText(report));
  return report.pass ? 0 : 1;
}

const HEAD = ["quantity", "source", "", "published", "ours", "unit", "tolerance", ""];

function reportText({ groups, rows, passed, total }: ReferenceReport): string {
  const parts = groups.map((group) => {
    const own = rows.filter((row) => row.group === group.group);
    const table = textTable(HEAD, own.map(cells), [0, 1, 2, 5, 7]);
    return `${group.group}\n${table}\n${group.group}: ${group.passed} of ${group.total} pass\n`;
  });
  return [...parts, `${passed} of ${total} pass`].join("\n");
}

const cells = (row: ReferenceRow) => [
  row.quantity,
  row.source,
  row.label,
  String(row.published),
  String(Number(row.ours.toPrecision(12))),
  row.unit,
  row.relative ? `${row.tolerance} rel.` : String(row.tolerance),
  row.pass ? "pass" : "FAIL",
];
