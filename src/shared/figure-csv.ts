/** Figures and tables of studies as CSV: RFC 4180, one heading with units, a missing value is empty. */
import { categoriesOf, hasCategories, spreadName } from "./figure-data.ts";
import { withUnit } from "./figure-text.ts";
import type { Figure, StudyTable } from "./study.ts";

type Cell = string | number | null | undefined;

const cellText = (cell: Cell) => {
  const text = cell === null || cell === undefined ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (rows: Cell[][]) => rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("");

/** One row per point: series, x, then the value on its axis, its spread and the paper's value. */
export function figureCsv(figure: Figure): string {
  if (figure.kind === "matrix") return matrixCsv(figure);
  const names = hasCategories(figure) ? categoriesOf(figure) : null;
  const { x, y, right } = figure;
  const extra = (key: "spread" | "paper") => figure.series.some((series) => series[key] !== undefined);
  const [spread, paper] = [extra("spread"), extra("paper")];
  const head = ["series", withUnit(x.title || "x", x.unit), withUnit(y.title, y.unit)];
  if (right) head.push(`${withUnit(right.title, right.unit)} (right axis)`);
  if (spread) head.push(`± ${spreadName(figure)}`);
  if (paper) head.push("paper");
  const rows = figure.series.flatMap((series) =>
    series.y.map((value, i) => {
      const at = series.x[i];
      const row: Cell[] = [series.name, names?.[at] ?? at];
      if (right) row.push(series.right ? null : value, series.right ? value : null);
      else row.push(value);
      if (spread) row.push(series.spread?.[i]);
      if (paper) row.push(series.paper?.[i]);
      return row;
    }),
  );
  return csv([head, ...rows]);
}

function matrixCsv(figure: Figure): string {
  const corner = `${withUnit(figure.y.title, figure.y.unit)} / ${withUnit(figure.x.title, figure.x.unit)}`;
  return csv([[corner, ...categoriesOf(figure)], ...figure.series.map(({ name, y }) => [name, ...y])]);
}

export function tableCsv({ columns, rows }: StudyTable): string {
  return csv([columns.map(({ title, unit }) => withUnit(title, unit)), ...rows]);
}
