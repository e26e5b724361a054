import type { JobEvent } from "../../../src/shared/run.ts";
import type { StudyRequest } from "../../../src/shared/study.ts";
import type { PlanRequest } from "../../../src/main/jobs/client.ts";

/** A job queue in memory: the test says what happens next. */
export class FakeJobs {
  planned: PlanRequest[] = [];
  resumed: string[] = [];
  studies: StudyRequest[] = [];
  cancelled: string[] = [];
  closed = false;
  /** subscriptions that are open at the moment */
  listening = 0;
  #events: JobEvent[] = [];
  #wake = () => {};
  onCancel = () => {};

  plan(request: PlanRequest) {
    this.planned.push(request);
    return "job-1";
  }
  resume(run: string) {
    this.resumed.push(run);
    return "job-1";
  }
  study(request: StudyRequest) {
    this.studies.push(request);
    return "job-1";
  }
  cancel(job: string) {
    this.cancelled.push(job);
    this.onCancel();
    return job === "job-1";
  }
  list() {
    return [{ job: "job-1", study: false, run: null, stage: "Classifiers", fraction: 0.5 }];
  }
  has(job: string) {
    return job === "job-1";
  }
  async close() {
    this.closed = true;
  }
  say(...events: JobEvent[]) {
    this.#events.push(...events);
    this.#wake();
  }
  async *events(_job: string, signal?: AbortSignal): AsyncGenerator<JobEvent> {
    this.listening++;
    let gone = false;
    signal?.addEventListener("abort", () => {
      gone = true;
      this.#wake();
    });
    try {
      let next = 0;
      for (;;) {
        if (gone) return;
        if (next === this.#events.length) await new Promise<void>((resolve) => (this.#wake = resolve));
        else {
          const event = this.#events[next++];
          yield event;
          if (["done", "report", "error"].includes(event.kind)) return;
        }
      }
    } finally {
      this.listening--;
    }
  }
}
