import { parentPort, workerData } from "node:worker_threads";
import { reportError } from "../../shared/errors.ts";
import { CampaignTasks, type CampaignSetup } from "./campaign-tasks.ts";
import { WorkerTasks, type WorkerSetup } from "./tasks.ts";

/** Worker thread: adapter around `WorkerTasks` or `CampaignTasks`, one call at a time. */
const setup = workerData as WorkerSetup | CampaignSetup;
const tasks = "mission" in setup ? new WorkerTasks(setup) : new CampaignTasks(setup);
const port = parentPort!;

port.on("message", async ({ id, method, args }: { id: number; method: never; args: unknown[] }) => {
  try {
    const call = tasks[method] as (...all: unknown[]) => unknown;
    port.postMessage({ id, result: await call.apply(tasks, args) });
  } catch (error) {
    port.postMessage({ id, error: reportError(error) });
  }
});
