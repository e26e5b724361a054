import { randomUUID } from "node:crypto";
import type { JobEvent } from "../../shared/run.ts";
import type { StudyRequest } from "../../shared/study.ts";
import type { EngineMessage, EngineProcess, EngineRequest, PlanRequest, StartEngine } from "./messages.ts";

export type { EngineProcess, PlanRequest, StartEngine } from "./messages.ts";

/** How long a cancelled engine may take to end by itself before it is killed [ms]. */
const PATIENCE_MS = 3000;
/** Ended jobs whose story can still be told. */
const KEPT_JOBS = 20;

interface Job {
  id: string;
  study: boolean;
  /** null once it was handed over: it may hold megabytes of elements */
  request: EngineRequest | null;
  engine: EngineProcess | null;
  run: string | null;
  events: JobEvent[];
  ended: boolean;
  cancelled: boolean;
  waiting: Set<() => void>;
}

/**
 * The queue of long jobs, on the door's side: one engine process per job, one job at a time. The engine may crash or be
 * killed at any instant; the job then ends with an error and the run can be resumed.
 */
export class Jobs {
  readonly #db: string;
  readonly #start: StartEngine;
  readonly #threads: number;
  readonly #jobs = new Map<string, Job>();
  #closed = false;

  constructor(options: { db: string; start: StartEngine; threads?: number }) {
    this.#db = options.db;
    this.#start = options.start;
    this.#threads = options.threads ?? 0;
  }

  plan(plan: PlanRequest): string {
    const job = randomUUID();
    return this.#add(
      job,
      { kind: "plan", job, db: this.#db, threads: plan.threads ?? this.#threads, plan },
      null,
    );
  }

  /** Goes on with a run; where a job already does, that job is the answer. */
  resume(run: string, threads?: number): string {
    for (const job of this.#jobs.values()) if (!job.ended && job.run === run) return job.id;
    const job = randomUUID();
    return this.#add(job, { kind: "resume", job, db: this.#db, threads: threads ?? this.#threads, run }, run);
  }

  study(study: StudyRequest, threads?: number): string {
    const job = randomUUID();
    return this.#add(
      job,
      { kind: "study", job, db: this.#db, threads: threads ?? this.#threads, study },
      null,
    );
  }

  #add(id: string, request: EngineRequest, run: string | null): string {
    const job: Job = {
      id,
      study: request.kind === "study",
      request,
      engine: null,
      run,
      events: [],
      ended: false,
      cancelled: false,
      waiting: new Set(),
    };
    this.#jobs.set(id, job);
    this.#tell(job, { kind: "queued", job: id });
    this.#startNext();
    return id;
  }

  #startNext(): void {
    const open = [...this.#jobs.values()].filter((job) => !job.ended);
    if (this.#closed || open.some((job) => job.engine) || open.length === 0) return;
    const job = open[0];
    const engine = this.#start();
    job.engine = engine;
    engine.onMessage((message) => this.#hear(job, message));
    engine.onExit((code, signal) => this.#exited(job, code, signal));
    if (job.request) engine.send(job.request);
    job.request = null;
  }

  #hear(job: Job, message: EngineMessage): void {
    if (message.kind === "run") job.run = message.run;
    else this.#tell(job, message);
  }

  #exited(job: Job, code: number | null, signal: string | null): void {
    if (!job.ended) {
      const how = signal ? `signal ${signal}` : `code ${code}`;
      const kept = job.run ? ` What it had finished is kept: resume run ${job.run}.` : "";
      const error = job.cancelled
        ? { kind: "cancelled" as const, message: "cancelled", problems: [] }
        : {
            kind: "failure" as const,
            message: `The engine process ended before its work was done (${how}).${kept}`,
            problems: [],
          };
      this.#tell(job, { kind: "error", job: job.id, run: job.run, error });
    }
    job.engine = null;
    this.#startNext();
  }

  #tell(job: Job, event: JobEvent): void {
    if (job.ended) return;
    // of many progress lines only the last matters to somebody who comes later
    if (event.kind === "progress" && job.events.at(-1)?.kind === "progress" && job.waiting.size === 0)
      job.events.pop();
    job.events.push(event);
    job.ended = event.kind === "done" || event.kind === "report" || event.kind === "error";
    for (const wake of job.waiting) wake();
    if (job.ended) this.#forgetOld();
  }

  #forgetOld(): void {
    const ended = [...this.#jobs.values()].filter((job) => job.ended && job.waiting.size === 0);
    for (const job of ended.slice(0, -KEPT_JOBS)) this.#jobs.delete(job.id);
  }

  /** Asks a job to stop; a job that does not hear is killed. False where there is nothing to stop. */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    if (!job || job.ended) return false;
    job.cancelled = true;
    if (!job.engine) {
      this.#tell(job, {
        kind: "error",
        job: id,
        run: job.run,
        error: { kind: "cancelled", message: "cancelled", problems: [] },
      });
      return true;
    }
    const { engine } = job;
    engine.send({ kind: "cancel" });
    setTimeout(() => job.engine === engine && engine.kill(), PATIENCE_MS).unref();
    return true;
  }

  list(): { job: string; study: boolean; run: string | null; stage: string; fraction: number }[] {
    return [...this.#jobs.values()]
      .filter((job) => !job.ended)
      .map((job) => {
        const last = job.events.findLast((event) => event.kind === "progress");
        const { id, study, run } = job;
        return { job: id, study, run, stage: last?.stage ?? "Queued", fraction: last?.fraction ?? 0 };
      });
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** How many listeners wait for a job's next event. */
  listeners(id: string): number {
    return this.#jobs.get(id)?.waiting.size ?? 0;
  }

  /** The events of a job from its start; ends after `done` or `error`, or when the signal aborts. */
  async *events(id: string, signal?: AbortSignal): AsyncGenerator<JobEvent> {
    const job = this.#jobs.get(id);
    if (!job) return;
    let wake = () => {};
    const nudge = () => wake();
    job.waiting.add(nudge);
    signal?.addEventListener("abort", nudge);
    try {
      let next = 0;
      while (!signal?.aborted) {
        if (next < job.events.length) yield job.events[next++];
        else if (job.ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      job.waiting.delete(nudge);
      signal?.removeEventListener("abort", nudge);
    }
  }

  /** Ends everything that runs. Runs under way stay resumable. */
  async close(): Promise<void> {
    this.#closed = true;
    const engines = [...this.#jobs.values()].flatMap((job) => (job.engine ? [job.engine] : []));
    await Promise.all(
      engines.map(
        (engine) =>
          new Promise<void>((resolve) => {
            engine.onExit(() => resolve());
            engine.kill();
          }),
      ),
    );
  }
}
