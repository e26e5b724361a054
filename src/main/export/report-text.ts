import type { Figure, StudyReport, StudyTable } from "../../shared/study.ts";
import { textTable } from "./text-table.ts";

/** A study as the terminal shows it: tables, figures as columns of numbers, claims, notes. */
export function reportText(report: StudyReport): string {
  const size = report.quick ? "quick: the same shapes on less data" : "full";
  const trials = `${report.trials} trials${report.replayed > 0 ? `, ${report.replayed} kept ones replayed` : ""}`;
  return [
    `${report.title} (${size}; seed ${report.seed}; ${report.seconds.toFixed(1)} s; ${trials})`,
    ...report.tables.map(tableText),
    ...report.figures.map(figureText),
    ...(report.claims.length > 0 ? [claimsText(report)] : []),
    ...(report.notes.length > 0 ? [report.notes.map((note) => `- ${note}`).join("\n")] : []),
  ].join("\n\n");
}

const headed = ({ of, id, title }: { of: string | null; id: string; title: string }) =>
  `${of ?? id}: ${title}`;
const united = (title: string, unit: string) => (unit === "1" || unit === "" ? title : `${title} [${unit}]`);

function cell(value: string | number | null, digits?: number): string {
  if (value === null) return "none";
  if (typeof value === "string") return value;
  return digits === undefined ? plain(value) : value.toFixed(digits);
}

/** Four significant digits, whole numbers whole. */
const plain = (value: number) =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));

function tableText(table: StudyTable): string {
  const left = table.columns.flatMap((_, c) =>
    table.rows.some((row) => typeof row[c] === "string") ? [c] : [],
  );
  const rows = table.rows.map((row) => row.map((value, c) => cell(value, table.columns[c].digits)));
  const head = table.columns.map(({ title, unit }) => united(title, unit));
  return [headed(table), textTable(head, rows, left), table.note].filter(Boolean).join("\n");
}

/** Longest series that is printed number by number. */
const PRINTED = 60;
/** Series that share fewer x than this would make a table of holes. */
const SPARSE = 1.5;

function figureText(figure: Figure): string {
  const { x, y, right, series, categories, kind } = figure;
  const at = [...new Set(series.flatMap((one) => one.x))];
  if (!categories) at.sort((a, b) => a - b);
  const lines = [headed(figure)];
  if (kind === "matrix" && categories)
    lines.push(
      textTable(
        ["", ...categories],
        series.map((one) => [one.name, ...one.y.map((v) => cell(v))]),
      ),
    );
  else if (kind === "track" || at.length > PRINTED)
    lines.push(...series.map((one) => rangeText(one, (one.right && right ? right : y).unit)));
  else if (at.length > SPARSE * Math.max(...series.map((one) => one.x.length)))
    lines.push(
      ...series.map(
        (one) =>
          `  ${one.name}: ${one.x.map((value, i) => `${plain(value)} → ${cell(one.y[i])}`).join(", ")}`,
      ),
    );
  else {
    const columns = series.flatMap((one) => [
      { title: one.name, of: one, values: one.y },
      ...(one.spread ? [{ title: "±", of: one, values: one.spread }] : []),
      ...(one.paper ? [{ title: `${one.name}, paper`, of: one, values: one.paper }] : []),
    ]);
    const rows = at.map((value) => [
      categories?.[value] ?? plain(value),
      ...columns.map(({ of, values }) => {
        const i = of.x.indexOf(value);
        return i < 0 ? "" : cell(values[i] ?? null);
      }),
    ]);
    const head = [united(x.title, x.unit), ...columns.map(({ title }) => title)];
    lines.push(textTable(head, rows, categories ? [0] : []));
  }
  lines.push(
    `${united(y.title, y.unit)}${right ? `; on the right ${united(right.title, right.unit)}` : ""}. ${figure.note}`.trim(),
  );
  return lines.join("\n");
}

function rangeText({ name, y }: Figure["series"][number], unit: string): string {
  const values = y.filter((value) => value !== null);
  if (values.length === 0) return `  ${name}: none`;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return `  ${name}: ${y.length} points from ${plain(low)} to ${plain(high)} ${unit === "1" ? "" : unit}`.trimEnd();
}

const claimsText = ({ claims }: StudyReport) =>
  [
    "Claims of the paper",
    ...claims.map(
      ({ claim, holds, ours, reason }) =>
        `  ${holds.padEnd(7)}  ${claim}\n           ours: ${ours}. ${reason}`,
    ),
  ].join("\n");
