import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { BadInput } from "../../../shared/errors.ts";
import { summaryText } from "../../export/summary.ts";
import type { PlanRequest } from "../../jobs/client.ts";
import { defaultDatabase } from "../../paths.ts";
import { loadBundled } from "../../scenario/bundled.ts";
import { requireScenario } from "../../scenario/check.ts";
import { readPatternTable } from "../../scenario/pattern-file.ts";
import { planRequest } from "../plan-request.ts";
import { Arguments } from "./arguments.ts";
import { follow } from "./follow.ts";
import type { World } from "./world.ts";

export interface PlanOptions {
  elements?: string;
  db?: string;
  seed?: string;
  threads?: string;
  resume?: string;
  json?: boolean;
}

export async function plan(
  world: World,
  scenario: string | undefined,
  options: PlanOptions,
): Promise<number> {
  const given = new Arguments();
  const seed = given.whole("--seed", options.seed, 0, 4_294_967_295);
  const threads = given.whole("--threads", options.threads, 1, 256);
  const request = options.resume === undefined ? newPlan(given, scenario, options) : null;
  given.check();
  if (!request && (scenario !== undefined || options.elements !== undefined || seed !== undefined))
    world.err("Resuming: scenario, elements and seed are those kept with the run.");

  const db = resolve(options.db ?? defaultDatabase());
  const run = request ? "" : await wholeName(world, db, options.resume!);
  const jobs = await world.openJobs(db, threads);
  try {
    const job = request ? jobs.plan({ ...request, seed, threads }) : jobs.resume(run, threads);
    const summary = await follow(
      world,
      jobs,
      job,
      (event) => (event.kind === "done" ? event.summary : undefined),
      (event) => kept(world, event.run, options.db),
    );
    world.out(options.json ? JSON.stringify(summary) : summaryText(summary));
    return 0;
  } finally {
    await jobs.close();
  }
}

/** A run may be named by its beginning. */
async function wholeName(world: World, db: string, run: string): Promise<string> {
  const reader = await world.openReader(db);
  try {
    return reader.run(run).run;
  } finally {
    reader.close();
  }
}

export function newPlan(
  given: Arguments,
  which: string | undefined,
  options: PlanOptions,
): PlanRequest | null {
  const source = scenarioSource(given, which);
  const elements = given.file("--elements", options.elements);
  if (!source) return null;
  try {
    const found = elements ?? elementsBeside(given, source);
    return planRequest(withPattern(given, source), { elements: found }, "--elements");
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    given.problems.push(...error.problems);
    return null;
  }
}

interface ScenarioSource {
  text: string;
  folder: string | null;
}

/** A file where there is one of that name, else a bundled scenario. */
function scenarioSource(given: Arguments, which: string | undefined): ScenarioSource | null {
  if (which === undefined) {
    given.refuse("scenario", "is missing", 'Give a scenario file or a name of "beamwalk scenarios"');
    return null;
  }
  if (existsSync(which) || /[/\\]|\.json$/i.test(which)) {
    const file = given.file("scenario", which);
    return file ? { text: file.text, folder: dirname(which) } : null;
  }
  try {
    return { text: loadBundled(which).text, folder: null };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    given.problems.push(...error.problems);
    return null;
  }
}

function elementsBeside(given: Arguments, { text, folder }: ScenarioSource) {
  const { constellation } = requireScenario(text);
  if (folder === null || constellation.kind !== "elements" || !constellation.file) return undefined;
  const before = given.problems.length;
  const file = given.file("constellation.file", resolve(folder, constellation.file));
  if (given.problems.length > before) throw new BadInput(given.problems.splice(before));
  return file;
}

/** The scenario with the rows of its pattern file in the file's place, so that the run carries them. */
function withPattern(given: Arguments, { text, folder }: ScenarioSource): string {
  const { payload } = requireScenario(text);
  if (folder === null || payload.kind !== "antenna" || payload.pattern.kind !== "file") return text;
  const before = given.problems.length;
  const file = given.file("payload.pattern.file", resolve(folder, payload.pattern.file));
  if (!file) throw new BadInput(given.problems.splice(before));
  const scenario = JSON.parse(text.replace(/^\uFEFF/, ""));
  scenario.payload.pattern = { kind: "table", ...patternRows(file) };
  return JSON.stringify(scenario, null, 2);
}

/** The rows of a pattern's file; complaints name it. */
function patternRows({ name, text }: { name: string; text: string }) {
  try {
    return readPatternTable(text);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const named = (field: string) => (field === "pattern" ? name : `${name}, ${field}`);
    throw new BadInput(error.problems.map((problem) => ({ ...problem, field: named(problem.field) })));
  }
}

/** How to go on with a run that stopped. */
function kept(world: World, run: string | null, db: string | undefined): void {
  if (run === null) return;
  const where = db === undefined ? "" : ` --db ${quoted(db)}`;
  world.err(`What was done is kept. To go on: beamwalk plan --resume ${run}${where}`);
}

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : JSON.stringify(path));
