import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { figureCsv, figureSvg, tableCsv } from "../../../shared/figure-svg.ts";
import { BadInput } from "../../../shared/errors.ts";
import type { StudyReport } from "../../../shared/study.ts";
import { Arguments } from "./arguments.ts";
import { study, tell, type StudyOptions } from "./study.ts";
import type { World } from "./world.ts";

const FOLDER_REMEDY = "Give a folder that can be written";

export interface PaperOptions extends StudyOptions {
  figure?: string;
  output?: string;
}

/** A paper of three, rerun here: its tables and figures beside ours, and its claims. */
export async function paper(world: World, which: string, options: PaperOptions): Promise<number> {
  const given = new Arguments();
  const letter = given.oneOf("paper", which, ["a", "b", "c"] as const);
  prepareFolder(given, options.output);
  const report = await study(world, given, { kind: `paper-${letter}` as const }, options);
  const shown = options.figure === undefined ? report : only(report, options.figure);
  if (options.output !== undefined) writePictures(world, shown ?? report, options.output);
  // the work took its time: a figure that is not there must not cost the others
  tell(world, shown ?? report, options);
  if (!shown) throw noFigure(report, options.figure!);
  return 0;
}

/** A figure or table by its number, with its parts: 4 stands for 4a and 4b; null where there is none. */
function only(report: StudyReport, number: string): StudyReport | null {
  const wanted = ({ id }: { id: string }) =>
    id === number || (id.startsWith(number) && /^[a-z]+$/.test(id.slice(number.length)));
  const figures = report.figures.filter(wanted);
  const tables = report.tables.filter(wanted);
  return figures.length + tables.length > 0 ? { ...report, figures, tables, claims: [], notes: [] } : null;
}

function noFigure(report: StudyReport, number: string): BadInput {
  const known = [...report.figures, ...report.tables].map(({ id }) => id).join(", ");
  const reason = `there is no figure or table "${number}": here is all of it`;
  return new BadInput([{ field: "--figure", reason, remedy: `Use one of ${known}` }]);
}

/** Makes the folder for the pictures, so that one that cannot be is known before the work and not after it. */
export function prepareFolder(given: Arguments, folder: string | undefined): void {
  if (folder === undefined || given.problems.length > 0) return;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = `"${folder}" cannot be made (${(error as NodeJS.ErrnoException).code})`;
    given.refuse("--output", reason, FOLDER_REMEDY);
  }
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
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
  } catch (error) {
    const reason = `"${folder}" cannot be written (${(error as NodeJS.ErrnoException).code})`;
    throw new BadInput([{ field: "--output", reason, remedy: FOLDER_REMEDY }]);
  }
  world.err(`${files.length} files in ${folder}`);
}
