import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { figureCsv, figureSvg, tableCsv } from "../../../shared/figure-svg.ts";
import { BadInput } from "../../../shared/errors.ts";
import type { StudyReport } from "../../../shared/study.ts";
import { Arguments } from "./arguments.ts";
import { study, tell, type StudyOptions } from "./study.ts";
import type { World } from "./world.ts";

export interface PaperOptions extends StudyOptions {
  figure?: string;
  output?: string;
}

/** A paper of three, rerun here: its tables and figures beside ours, and its claims. */
export async function paper(world: World, which: string, options: PaperOptions): Promise<number> {
  const given = new Arguments();
  const letter = given.oneOf("paper", which, ["a", "b", "c"] as const);
  const report = await study(world, given, { kind: `paper-${letter}` as const }, options);
  const shown = options.figure === undefined ? report : only(report, options.figure);
  if (options.output !== undefined) writePictures(world, shown, options.output);
  return tell(world, shown, options);
}

/** A figure or table by its number, with its parts: 4 stands for 4a and 4b. */
function only(report: StudyReport, number: string): StudyReport {
  const wanted = ({ id }: { id: string }) => id === number || (id.startsWith(number) && /^[a-z]+$/.test(id.slice(number.length)));
  const figures = report.figures.filter(wanted);
  const tables = report.tables.filter(wanted);
  if (figures.length + tables.length > 0) return { ...report, figures, tables, claims: [], notes: [] };
  const known = [...report.figures, ...report.tables].map(({ id }) => id).join(", ");
  const reason = `there is no figure or table "${number}"`;
  throw new BadInput([{ field: "--figure", reason, remedy: `Use one of ${known}` }]);
}

/** Each figure as SVG and CSV, each table as CSV, in a folder. */
export function writePictures(world: World, report: StudyReport, folder: string): void {
  const size = { width: 800, height: 520, theme: "light" } as const;
  const files = [
    ...report.figures.flatMap((figure): [string, string][] => [
      [`${report.kind}-${figure.id}.svg`, figureSvg(figure, size)],
      [`${report.kind}-${figure.id}.csv`, figureCsv(figure)],
    ]),
    ...report.tables.map((table): [string, string] => [`${report.kind}-${table.id}.csv`, tableCsv(table)]),
  ];
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
  } catch (error) {
    const reason = `"${folder}" cannot be written (${(error as NodeJS.ErrnoException).code})`;
    throw new BadInput([{ field: "--output", reason, remedy: "Give a folder that can be written" }]);
  }
  world.err(`${files.length} files in ${folder}`);
}
