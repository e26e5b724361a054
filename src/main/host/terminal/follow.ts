import { Cancelled, restoreError } from "../../../shared/errors.ts";
import type { JobEvent } from "../../../shared/run.ts";
import { barProgress, sparseProgress, type Progress } from "./progress.ts";
import type { World } from "./world.ts";

type Jobs = Pick<Awaited<ReturnType<World["openJobs"]>>, "events" | "cancel">;
type JobError = Extract<JobEvent, { kind: "error" }>;

/**
 * Shows the progress of a job until `take` makes something of an event; Ctrl+C asks the job to stop. `onError` may say what
 * was kept.
 */
export async function follow<T>(
  world: World,
  jobs: Jobs,
  job: string,
  take: (event: JobEvent) => T | undefined,
  onError: (event: JobError) => void = () => {},
): Promise<T> {
  const progress: Progress = world.errIsTty ? barProgress(process.stderr) : sparseProgress(world.err);
  let interrupted = false;
  const forget = world.onInterrupt(() => {
    interrupted = true;
    jobs.cancel(job);
  });
  try {
    for await (const event of jobs.events(job)) {
      const taken = take(event);
      if (taken !== undefined) return taken;
      if (event.kind === "progress") progress.update(event);
      else if (event.kind === "warning") world.err(`warning: ${event.message}`);
      else if (event.kind === "error") {
        progress.stop();
        if (event.error.kind !== "bad-input") onError(event);
        throw interrupted && event.error.kind !== "bad-input" ? new Cancelled() : restoreError(event.error);
      }
    }
    throw new Error("the job ended without an answer");
  } finally {
    progress.stop();
    forget();
  }
}
