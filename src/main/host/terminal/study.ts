import { resolve } from "node:path";
import type { StudyAsk, StudyReport } from "../../../shared/study.ts";
import { reportText } from "../../export/report-text.ts";
import { defaultDatabase } from "../../paths.ts";
import { Arguments } from "./arguments.ts";
import { follow } from "./follow.ts";
import { duration } from "./progress.ts";
import type { World } from "./world.ts";

export interface StudyOptions {
  db?: string;
  quick?: boolean;
  fresh?: boolean;
  seed?: string;
  threads?: string;
  watts?: string;
  country?: string;
  gramsPerKwh?: string;
  json?: boolean;
}

const DEFAULT_SEED = 2023;

/** Runs a study to its end and answers its report. */
export async function study(
  world: World,
  given: Arguments,
  ask: StudyAsk,
  options: StudyOptions,
): Promise<StudyReport> {
  const seed = given.whole("--seed", options.seed, 0, 4_294_967_295) ?? DEFAULT_SEED;
  const threads = given.whole("--threads", options.threads, 1, 256);
  const watts = given.number("--watts", options.watts, 0.1, 1e6);
  const gramsPerKwh = given.number("--grams-per-kwh", options.gramsPerKwh, 0, 5000);
  given.check();
  const db = resolve(options.db ?? defaultDatabase());
  const jobs = await world.openJobs(db, threads);
  try {
    const job = jobs.study(
      {
        ask,
        quick: options.quick ?? false,
        seed,
        fresh: options.fresh ?? false,
        meter: { watts, country: options.country, gramsPerKwh },
      },
      threads,
    );
    const name = await follow(world, jobs, job, (event) => {
      if (event.kind === "planned")
        world.err(`${event.study}: about ${duration(event.seconds)} on two processors`);
      return event.kind === "report" ? event.study : undefined;
    });
    const reader = await world.openReader(db);
    try {
      return reader.report(name);
    } finally {
      reader.close();
    }
  } finally {
    await jobs.close();
  }
}

/** Prints what a study found. */
export function tell(world: World, report: StudyReport, { json }: { json?: boolean }): number {
  world.out(json ? JSON.stringify(report) : reportText(report));
  return 0;
}
