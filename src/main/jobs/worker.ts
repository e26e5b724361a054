import { parentPort, workerData } from "node:worker_threads";
import { reportError } from "../../shared/errors.ts";
import type { CampaignSetup } from "./campaign-tasks.ts";
import type { LabSetup } from "./lab-tasks.ts";
import type { WorkerSetup } from "./tasks.ts";

/** Worker thread: adapter around the tasks that its setup asks for, one call at a time; loads no more than they need. */
const setup = workerData as WorkerSetup | CampaignSetup | LabSetup;
const port = parentPort!;
const tasks = await tasksOf();

async function tasksOf(): Promise<object> {
  if ("lab" in setup) {
    const { LabTasks } = await import("./lab-tasks.ts");
    return new LabTasks(setup, (note) => port.postMessage({ note }));
  }
  if ("mission" in setup) return new (await import("./tasks.ts")).WorkerTasks(setup);
  return new (await import("./campaign-tasks.ts")).CampaignTasks(setup, (note) => port.postMessage({ note }));
}

port.on("message", async ({ id, method, args }: { id: number; method: never; args: unknown[] }) => {
  try {
    const call = tasks[method] as (...all: unknown[]) => unknown;
    port.postMessage({ id, result: await call.apply(tasks, args) });
  } catch (error) {
    port.postMessage({ id, error: reportError(error) });
  }
});
