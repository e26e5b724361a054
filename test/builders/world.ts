import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Jobs } from "../../src/main/jobs/client.ts";
import { forkEngine } from "../../src/main/jobs/fork.ts";
import type { EngineProcess } from "../../src/main/jobs/messages.ts";
import type { JobEvent } from "../../src/shared/run.ts";
import type { Scenario } from "../../src/shared/scenario.ts";

/** A database in a folder of its own and the job queue that writes it, with real engine processes. */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), "beamwalk-test-"));
  readonly db: string;
  readonly jobs: Jobs;
  /** the engine started last */
  engine: EngineProcess | null = null;

  constructor(name = "runs.db", threads = 2) {
    this.db = join(this.folder, name);
    const fork = forkEngine();
    this.jobs = new Jobs({ db: this.db, start: () => (this.engine = fork()), threads });
  }

  plan(scenario: Scenario, threads?: number): string {
    return this.jobs.plan({ scenario, scenarioText: JSON.stringify(scenario), threads });
  }

  /** Follows a plan to its end; `onEvent` sees every event. */
  follow(job: string, onEvent?: (event: JobEvent) => void) {
    return this.#end(job, ["done", "error"] as const, onEvent);
  }

  /** Follows a study to its end. */
  followStudy(job: string, onEvent?: (event: JobEvent) => void) {
    return this.#end(job, ["report", "error"] as const, onEvent);
  }

  async #end<K extends JobEvent["kind"]>(
    job: string,
    ends: readonly K[],
    onEvent: (event: JobEvent) => void = () => {},
  ): Promise<Extract<JobEvent, { kind: K }>> {
    for await (const event of this.jobs.events(job)) {
      onEvent(event);
      if ((ends as readonly string[]).includes(event.kind)) return event as Extract<JobEvent, { kind: K }>;
    }
    throw new Error("the job's events ended without an end");
  }

  /** Plans to the end; throws where the plan fails. */
  async finish(scenario: Scenario, threads?: number) {
    const last = await this.follow(this.plan(scenario, threads));
    if (last.kind === "error") throw new Error(last.error.message);
    return last;
  }

  async close(): Promise<void> {
    await this.jobs.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
