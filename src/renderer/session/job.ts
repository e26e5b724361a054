import { createStore } from "zustand/vanilla";
import type { JobEvent } from "../../shared/run.ts";
import { BadInput, Cancelled, restoreError } from "../../shared/errors.ts";
import { call, jsonLines } from "./client.ts";
import type { OperationInput } from "../../shared/operations.ts";
import { note } from "./log.ts";
import { expectRun, openRun, refreshRuns, runs } from "./runs.ts";
import { openPlan } from "./view.ts";

export interface Job {
  /** null while the program has not answered yet */
  id: string | null;
  stage: string;
  fraction: number;
  etaS: number | null;
  detail: string;
  warnings: string[];
  state: "starting" | "running" | "cancelling" | "cancelled" | "failed";
  error: Error | null;
  /** of a plan that ended too early: what it had finished is kept in this run */
  run: string | null;
}

/** The plan that is watched; null: none. */
export const job = createStore<{ job: Job | null }>(() => ({ job: null }));

/** Whether a plan is watched that has not ended. */
export const isUnderWay = (now: Job | null) =>
  now !== null && ["starting", "running", "cancelling"].includes(now.state);

let watching = new AbortController();

const set = (change: Partial<Job>) => job.setState(({ job: now }) => ({ job: now && { ...now, ...change } }));

export const startPlan = (input: OperationInput<"plan">) => start(() => call("plan", input));
/** The UEs, satellites and seed of a run once more, under another strategy. */
export const planBeside = (input: OperationInput<"plan.beside">) => start(() => call("plan.beside", input));
export const resumeRun = (run: string) => start(() => call("resume", { run }));

async function start(ask: () => Promise<{ job: string }>): Promise<void> {
  leave();
  openPlan();
  job.setState({ job: beginJob(null) });
  try {
    const { job: id } = await ask();
    void refreshRuns();
    // the view may have been closed before the program answered
    if (job.getState().job) await watch(id);
  } catch (error) {
    set({ state: "failed", error: error as Error });
  }
}

export const beginJob = (id: string | null): Job => ({
  id,
  stage: "starting",
  fraction: 0,
  etaS: null,
  detail: "",
  warnings: [],
  state: id === null ? "starting" : "running",
  error: null,
  run: null,
});

/** Follows a job until it ends, or until the view is closed: the job itself goes on then. */
export async function watch(id: string): Promise<void> {
  watching.abort();
  const { signal } = (watching = new AbortController());
  job.setState({ job: beginJob(id) });
  try {
    for await (const event of jsonLines<JobEvent>(`/jobs/${encodeURIComponent(id)}/events`, signal))
      await follow(event);
    if (isUnderWay(job.getState().job))
      set({ state: "failed", error: new Error("The stream of this plan ended early. See the run list.") });
  } catch (error) {
    if (!signal.aborted) set({ state: "failed", error: error as Error });
  }
}

async function follow(event: JobEvent): Promise<void> {
  if (event.kind === "queued") set({ stage: "queued" });
  else if (event.kind === "progress")
    set({
      stage: event.stage,
      fraction: event.fraction,
      etaS: event.etaS,
      detail: event.detail ?? "",
    });
  else if (event.kind === "warning")
    set({ warnings: [...(job.getState().job?.warnings ?? []), event.message] });
  else if (event.kind === "done") {
    job.setState({ job: null });
    note("done", `Run ${event.run} is planned`, [`in ${event.summary.elapsedS.toFixed(1)} s`]);
    await refreshRuns();
    await openRun(event.run);
  } else if (event.kind === "error") {
    const error = restoreError(event.error);
    const { run } = event;
    if (error instanceof Cancelled) set({ state: "cancelled", etaS: null, run });
    else set({ state: "failed", error, run });
    await refreshRuns();
  }
}

export async function cancel(): Promise<void> {
  const id = job.getState().job?.id;
  if (!id) return;
  set({ state: "cancelling" });
  try {
    await call("cancel", { job: id });
  } catch (error) {
    if (job.getState().job?.state === "cancelling") set({ state: "running", error: error as Error });
  }
}

/** Closes the view of the job and its stream; from here on the list of runs tells how far it is. */
export function unwatch(): void {
  leave();
  expectRun();
  void refreshRuns();
}

function leave(): void {
  watching.abort();
  job.setState({ job: null });
}

/** Follows the plan that is under way: that of one run, or after a reload the first. */
export async function watchUnderWay(run?: string): Promise<void> {
  try {
    const jobs = await call("jobs.list", {});
    const found = jobs.find((j) => !j.study && (run === undefined || j.run === run));
    if (found) await watch(found.job);
    else await refreshRuns();
  } catch (error) {
    runs.setState({ error: error as Error });
  }
}

export const problemsOf = (error: Error) => (error instanceof BadInput ? error.problems : []);
