import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CampaignTask } from "../studies/campaign.ts";
import { rootFolder } from "../paths.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import type { CampaignTasks } from "./campaign-tasks.ts";
import { Pool } from "./pool.ts";

const built = join(rootFolder, "out", "main", "worker.js");
const source = join(rootFolder, "src", "main", "jobs", "worker.ts");
const workerUrl = () => pathToFileURL(import.meta.url.endsWith(".ts") || !existsSync(built) ? source : built);

export interface CampaignOptions {
  /** 0: one per processor */
  threads: number;
  /** hears how much of all runs together is done, 0 … 1 */
  onDone: (done: number) => void;
  /** set to 1 to stop */
  cancel: Int32Array;
}

/**
 * Many runs, each as a whole in one of the threads; the database is not touched. Answers the summaries of each task in the
 * order of the tasks, the same with any number of threads.
 */
export async function runCampaign(
  tasks: CampaignTask[],
  { threads, onDone, cancel }: CampaignOptions,
): Promise<SignallingSummary[][]> {
  const size = Math.min(tasks.length, threads > 0 ? threads : availableParallelism());
  const setups = Array.from({ length: size }, () => ({}));
  let done = 0;
  const gain = (gained: unknown) => onDone(Math.min(1, (done += Number(gained)) / tasks.length));
  const pool = new Pool<CampaignTasks>(workerUrl(), setups, cancel, gain);
  try {
    return await pool.spread(
      "evaluate",
      tasks.map((task): [CampaignTask] => [task]),
      () => {},
    );
  } catch (error) {
    // the other threads need not go on
    Atomics.store(cancel, 0, 1);
    throw error;
  } finally {
    await pool.all("idle", () => []).catch(() => {});
    await pool.end();
  }
}
