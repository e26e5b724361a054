import { writeFileSync } from "node:fs";
import { BadInput } from "../../../shared/errors.ts";
import { studyReport } from "../../export/report-study.ts";
import { defaultDatabase, programVersion } from "../../paths.ts";
import type { RunReader } from "../../store/reader.ts";
import { reportOf } from "../report.ts";
import { Arguments } from "./arguments.ts";
import { printPdf } from "./pdf.ts";
import type { World } from "./world.ts";

export interface ReportOptions {
  study?: string;
  output?: string;
  pdf?: string;
  db?: string;
  json?: boolean;
}

/** A run or a study as one HTML file that needs nothing else, and as PDF where there is a Chromium; exit code 1 without it. */
export async function report(world: World, run: string | undefined, options: ReportOptions): Promise<number> {
  const given = new Arguments();
  if ((run === undefined) === (options.study === undefined))
    given.refuse("run", "a report is of a run or of a study", "Give one of the two: RUN, or --study STUDY");
  if (options.pdf === "-") given.refuse("--pdf", '"-" is not a file', "Give a file");
  given.check();
  const { name, page } = await made(world, run, options);
  const files: string[] = [];
  const keep = (field: string, path: string, content: string | Uint8Array) => {
    write(field, path, content);
    files.push(path);
  };
  const pdf = options.pdf === undefined ? null : await printPdf(page);
  const wanted = options.output ?? (pdf === null || typeof pdf === "string" ? `${name}-report.html` : null);
  if (wanted === "-") world.out(page);
  else if (wanted !== null) keep("--output", wanted, page);
  const reason = typeof pdf === "string" ? pdf : null;
  if (pdf instanceof Uint8Array) keep("--pdf", options.pdf!, pdf);
  if (reason !== null)
    world.err(`No PDF: ${reason}. The HTML page prints well: open it in a browser and print it.`);
  if (options.json && wanted !== "-")
    world.out(JSON.stringify({ report: name, files, pdf: pdf !== null && reason === null, reason }));
  else if (files.length > 0) world.err(`report of ${name}: ${files.join(", ")}`);
  return reason === null ? 0 : 1;
}

async function made(world: World, run: string | undefined, { study, db }: ReportOptions) {
  const reader = await world.openReader(db ?? defaultDatabase());
  try {
    return run === undefined ? ofStudy(reader, study!) : ofRun(world, reader, run);
  } finally {
    reader.close();
  }
}

/** Longer than this, what is being made is said. */
const QUIET_MS = 1000;

function ofRun(world: World, reader: RunReader, run: string) {
  const began = performance.now();
  const say = (part: string, done: number) => {
    if (performance.now() - began > QUIET_MS)
      world.err(`${String(Math.round(100 * done)).padStart(3)} %  ${part}`);
  };
  const file = reportOf(reader, run, say);
  const page = Buffer.concat([...(file.chunks as Iterable<Uint8Array>)]).toString();
  return { name: reader.run(run).run, page };
}

function ofStudy(reader: RunReader, name: string) {
  const found = reader.report(name);
  const { study } = reader.studies().find((one) => one.study === name) ?? { study: name };
  return { name: study, page: [...studyReport(found, programVersion)].join("") };
}

function write(field: string, path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reason = `"${path}" cannot be written (${code})`;
    throw new BadInput([{ field, reason, remedy: "Give a file that can be written, with room for it" }]);
  }
}
