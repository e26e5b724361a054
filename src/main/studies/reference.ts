import { FORMULAS } from "./reference-formulas.ts";
import type { Inputs, ReferenceTable } from "./reference-table.ts";

export type { ReferenceTable } from "./reference-table.ts";

/** One published number beside ours. */
export interface ReferenceRow {
  group: string;
  /** with its inputs */
  quantity: string;
  /** quantity of the table that it stands in */
  table: string;
  source: string;
  label: ReferenceTable["label"];
  published: number;
  ours: number;
  unit: string;
  tolerance: number;
  relative: boolean;
  /** where the tolerance comes from, and what the source has wrong */
  note: string | null;
  pass: boolean;
}

export interface ReferenceReport {
  pass: boolean;
  passed: number;
  total: number;
  /** of all: two ways of our own side by side */
  own: number;
  groups: { group: string; passed: number; total: number }[];
  rows: ReferenceRow[];
}

/** Works out every published number of the tables with the program's own formulas. */
export function checkReference(tables: readonly ReferenceTable[]): ReferenceReport {
  const rows = tables.flatMap(tableRows);
  const names = [...new Set(rows.map((row) => row.group))];
  const groups = names.map((group) => ({ group, ...count(rows.filter((row) => row.group === group)) }));
  const all = count(rows);
  const own = rows.filter(({ label }) => label === "OWN").length;
  return { pass: all.total > 0 && all.passed === all.total, ...all, own, groups, rows };
}

const count = (rows: readonly ReferenceRow[]) => ({
  passed: rows.filter((row) => row.pass).length,
  total: rows.length,
});

function tableRows(table: ReferenceTable): ReferenceRow[] {
  const formula = FORMULAS[table.formula];
  if (!formula) throw new Error(`no formula "${table.formula}" for "${table.quantity}"`);
  const columns = table.columns ?? [""];
  return table.rows.flatMap((row) => {
    if (row.length !== table.inputs.length + columns.length)
      throw new Error(`a row of "${table.quantity}" has ${row.length} values`);
    const own = Object.fromEntries(table.inputs.map((name, i) => [name, row[i]])) as Inputs;
    return columns.flatMap((column, i) => {
      const published = row[table.inputs.length + i];
      if (published === null) return [];
      const ours = formula({ ...table.given, ...own, ...(column && { column }) });
      return [compare(table, describe(table.quantity, own, column), Number(published), ours)];
    });
  });
}

const describe = (quantity: string, inputs: Inputs, column: string) =>
  [[quantity, column].filter(Boolean).join(" "), ...Object.entries(inputs).map(([k, v]) => `${k} ${v}`)].join(
    ", ",
  );

function compare(table: ReferenceTable, quantity: string, published: number, ours: number): ReferenceRow {
  const { group, source, label, unit, tolerance, relative = false, note = null } = table;
  // a printed decimal is not a binary number: half an ulp of the printed value is no error
  const allowed = (relative ? tolerance * Math.abs(published) : tolerance) + 1e-12 * Math.abs(published);
  const pass = Math.abs(ours - published) <= allowed;
  return {
    group,
    quantity,
    table: table.quantity,
    source,
    label,
    published,
    ours,
    unit,
    tolerance,
    relative,
    note,
    pass,
  };
}
