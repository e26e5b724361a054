import { csv } from "../../export/csv.ts";
import { parquet } from "../../export/parquet.ts";
import { encoded } from "../../export/text.ts";
import { textTable } from "../../export/text-table.ts";
import type { Table, TableColumn } from "../../export/table.ts";
import { compileMission } from "../../scenario/compile.ts";
import { readElements } from "../../scenario/elements.ts";
import {
  LEFT_OUT,
  LINK_COLUMNS,
  LinkSurvey,
  populate,
  WINDOW,
  type LinkRows,
  type LinksSummary,
} from "../../studies/links.ts";
import { BadInput } from "../../../shared/errors.ts";
import { Arguments } from "./arguments.ts";
import { lateProgress } from "./coverage-progress.ts";
import { maybeNumber } from "./passes-number.ts";
import { newPlan } from "./plan.ts";
import { write } from "./runs.ts";
import type { World } from "./world.ts";

export interface LinksCommand {
  elements?: string;
  atS?: string;
  format: string;
  output?: string;
  json?: boolean;
}

/** A file of more rows than this is refused: 6 GB of CSV. */
const MOST_ROWS = 20_000_000;
const FORMATS = ["csv", "parquet"] as const;
/** The columns that hold whole numbers. */
const WHOLE: readonly string[] = ["ue", "beam", "cell", "best"];

/** The links of all UEs of a scenario with all beams in view at one instant: their summary, and with --output each of them. */
export async function links(world: World, which: string, options: LinksCommand): Promise<number> {
  const given = new Arguments();
  const atS = maybeNumber(given, "--at-s", options.atS);
  const format = given.oneOf("--format", options.format, FORMATS);
  const request = newPlan(given, which, { elements: options.elements });
  given.check();
  const { scenario, elements } = request!;
  const file = elements ? readElements(elements.text, elements.name) : null;
  const mission = compileMission(scenario, file);
  const timeS = atS ?? mission.mark;
  const { track, users } = populate(mission);
  const survey = new LinkSurvey(mission, track, users, timeS);
  const progress = lateProgress(world, "links");
  const began = performance.now();
  const summary = survey.summary(options.output !== undefined, progress.update);
  const seconds = (performance.now() - began) / 1000;
  progress.stop();
  const ids = mission.satellites.map(({ id }) => id);
  const report = {
    scenario: mission.name,
    satellites: ids.length,
    utc: new Date(mission.startMs + timeS * 1000).toISOString(),
    timeS,
    ...summary,
    seconds,
    nsPerLink: (1e9 * seconds) / summary.links,
    leftOut: LEFT_OUT,
  };
  if (options.output === undefined) world.out(options.json ? JSON.stringify(report) : reportText(report));
  else {
    const table = tableOf(survey, summary.rows!, ids);
    const bytes = await write(format === "csv" ? encoded(csv(table)) : parquet(table), options.output);
    const kept = { file: options.output, format, bytes };
    if (options.output !== "-" && options.json) world.out(JSON.stringify({ ...report, ...kept }));
    else world.err(`${summary.rows} links: ${bytes} bytes of ${format}. Left out: ${LEFT_OUT}.`);
  }
  return 0;
}

type Report = LinksSummary & {
  scenario: string;
  satellites: number;
  utc: string;
  timeS: number;
  seconds: number;
  nsPerLink: number;
};

function reportText(report: Report): string {
  const { ues, uesInView, uesInMainLobe, links: count, seconds, nsPerLink } = report;
  const levels = [
    ["C/N", report.cOverNDb],
    ["C/I", report.cOverIDb],
    ["SINR", report.sinrDb],
  ] as const;
  return [
    `${report.scenario} at ${report.timeS} s (${report.utc})`,
    `${ues} UEs: ${uesInView} with a satellite in view, ${uesInMainLobe} in the main lobe of their strongest cell`,
    `${report.satellitesInView} of ${report.satellites} satellites in view, ${count} links in ${seconds.toFixed(3)} s` +
      (count > 0 ? `, ${nsPerLink.toFixed(1)} ns each` : ""),
    textTable(
      ["dB", "5 %", "median", "95 %", "least", "most"],
      levels.map(([name, { p5, median, p95, min, max }]) => [
        name,
        ...[p5, median, p95, min, max].map((level) => (Number.isNaN(level) ? "–" : level.toFixed(2))),
      ]),
    ),
    `Left out: ${LEFT_OUT}.`,
  ].join("\n");
}

/** The rows as a table that can be read once from top to bottom, a window at a time. */
function tableOf(survey: LinkSurvey, rows: number, ids: string[]): Table {
  if (rows > MOST_ROWS) throw tooMany(rows);
  const windows = survey.rows();
  let window = -1;
  let columns: LinkRows;
  const column = (name: (typeof LINK_COLUMNS)[number]): TableColumn => {
    const value = (row: number) => {
      const wanted = Math.floor(row / WINDOW);
      if (wanted < window) throw new Error("the rows are read from top to bottom");
      for (; window < wanted; window++) columns = windows.next().value!;
      return columns[name][row % WINDOW];
    };
    if (name === "satellite") return { name, kind: "text", value: (row) => ids[value(row)] };
    return { name, kind: WHOLE.includes(name) ? "integer" : "double", value };
  };
  return { rows, columns: LINK_COLUMNS.map(column) };
}

const tooMany = (rows: number) =>
  new BadInput([
    {
      field: "--output",
      reason: `the file would have ${rows} rows, more than ${MOST_ROWS}`,
      remedy: "Leave --output out for the summary, or give fewer UEs, satellites or beams",
    },
  ]);
