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

function reportText({ groups, rows, passed, total, own: ours }: ReferenceReport): string {
  const parts = groups.map((group) => {
    const own = rows.filter((row) => row.group === group.group);
    const table = textTable(HEAD, own.map(cells), [0, 1, 2, 5, 7]);
    const count = `${group.group}: ${group.passed} of ${group.total} pass`;
    return [group.group, table, ...notesOf(own), count, ""].join("\n");
  });
  const aside =
    ours > 0 ? `; ${ours} of them (OWN) are nowhere published: two ways of our own side by side` : "";
  return [...parts, `${passed} of ${total} pass${aside}`].join("\n");
}

/** Each note once, with the quantities that it is about unless they are many. */
function notesOf(rows: readonly ReferenceRow[]): string[] {
  const about = new Map<string, Set<string>>();
  for (const { note, table } of rows)
    if (note !== null) about.set(note, (about.get(note) ?? new Set()).add(table));
  return Array.from(about, ([note, tables]) => {
    const names = tables.size > 2 ? "" : `${[...tables].join(", ")}: `;
    return `  - ${names}${note}`;
  });
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
