import type { Claim, StudyReport, StudyTable } from "../../shared/study.ts";
import {
  count,
  dataTable,
  facts,
  figureHtml,
  figureText,
  markup,
  list,
  plural,
  section,
  type Markup,
} from "./report-markup.ts";
import { shell, type Part } from "./report-shell.ts";

/** A study as one page: its tables, figures, claims and notes. */
export function studyReport(report: StudyReport, version: string): Generator<string> {
  const parts: Part[] = [
    ...(report.claims.length > 0
      ? [
          {
            id: "claims",
            title: "Claims of the paper",
            make: () => section("claims", "Claims of the paper", false, claims(report.claims)),
          },
        ]
      : []),
    ...(report.tables.length > 0
      ? [
          {
            id: "tables",
            title: "Tables",
            make: () => section("tables", "Tables", false, report.tables.map(tableHtml)),
          },
        ]
      : []),
    ...(report.figures.length > 0
      ? [
          {
            id: "figures",
            title: "Figures",
            make: () => section("figures", "Figures", false, report.figures.map(numbered)),
          },
        ]
      : []),
    ...(report.notes.length > 0
      ? [{ id: "notes", title: "Notes", make: () => section("notes", "Notes", false, list(report.notes)) }]
      : []),
  ];
  const head = facts([
    ["size", report.quick ? "quick: the same shapes on less data" : "full"],
    ["seed", String(report.seed)],
    [
      "trials",
      `${count(report.trials)}${report.replayed > 0 ? `, ${plural(report.replayed, "kept one")} replayed` : ""}`,
    ],
    ["time", `${figureText(report.seconds, 1)} s`],
    ["page made by", `Beamwalk ${version}`],
  ]);
  return shell({
    title: report.title,
    head,
    parts,
    foot: `Beamwalk ${version}, study ${report.kind}, seed ${report.seed}.`,
  });
}

const titled = ({ of, title }: { of: string | null; title: string }) =>
  of === null ? title : `${of}: ${title}`;

const numbered = (figure: StudyReport["figures"][number]): Markup =>
  markup`${figureHtml({ ...figure, title: titled(figure) })}`;

function tableHtml(table: StudyTable): Markup {
  const words = (c: number) => table.rows.some((row) => typeof row[c] === "string");
  return dataTable({
    caption: titled(table),
    head: table.columns.map(({ title, unit }, c) => ({ title, unit, words: words(c) })),
    rows: table.rows.map((row) =>
      row.map((value, c) => (typeof value === "string" ? value : figureText(value, table.columns[c].digits))),
    ),
    note: table.note,
  });
}

function claims(all: Claim[]): Markup {
  const of = (verdict: Claim["holds"]) => all.filter(({ holds }) => holds === verdict).length;
  return dataTable({
    caption: `Of ${plural(all.length, "claim")}: ${of("yes")} hold, ${of("in part")} hold in part, ${of("no")} do not hold`,
    head: ["claim", "holds", "ours", "reason"].map((title) => ({ title, words: true })),
    rows: all.map(({ claim, holds, ours, reason }) => [
      claim,
      markup`<span class="verdict">${holds}</span>`,
      ours,
      reason,
    ]),
  });
}
