import { parentPort, workerData } from "node:worker_threads";
import { reportError } from "../../shared/errors.ts";
import { WorkerTasks, type WorkerSetup } from "./tasks.ts";

/** Worker thread: adapter around `WorkerTasks`, one call at a time. */
const tasks = new WorkerTasks(workerData as WorkerSetup);
const port = parentPort!;

port.on(
  "message",
  async ({ id, method, args }: { id: number; method: keyof WorkerTasks; args: unknown[] }) => {
    try {
      const call = tasks[method] as (...all: unknown[]) => unknown;
      port.postMessage({ id, result: await call.apply(tasks, args) });
    } catch (error) {
      port.postMessage({ id, error: reportError(error) });
    }
  },
);
