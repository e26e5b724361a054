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

  /** Follows a job to its end; `onEvent` sees every event. */
  async follow(
    job: string,
    onEvent: (event: JobEvent) => void = () => {},
  ): Promise<Extract<JobEvent, { kind: "done" | "error" }>> {
    for await (const event of this.jobs.events(job)) {
      onEvent(event);
      if (event.kind === "done" || event.kind === "error") return event;
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
