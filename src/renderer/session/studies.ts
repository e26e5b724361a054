import { createStore } from "zustand/vanilla";
import { Cancelled, restoreError } from "../../shared/errors.ts";
import type { EpochPoint, JobEvent } from "../../shared/run.ts";
import type { KeptStudy, LibraryModel, StudyAsk, StudyReport } from "../../shared/study.ts";
import { call, jsonLines } from "./client.ts";
import { beginJob, isUnderWay } from "./job.ts";
import type { Job } from "./job.ts";
import { note } from "./log.ts";
import { refreshRuns } from "./runs.ts";

export interface StudyJob extends Job {
  title: string;
  /** trainings by name, their epochs in order */
  epochs: ReadonlyMap<string, readonly EpochPoint[]>;
}

interface Studies {
  /** null: not asked yet */
  list: KeptStudy[] | null;
  models: LibraryModel[] | null;
  /** the study that is watched; null: none */
  job: StudyJob | null;
  /** the report that is open */
  open: { study: string; report: StudyReport | null } | null;
  error: Error | null;
}

export const studies = createStore<Studies>(() => ({
  list: null,
  models: null,
  job: null,
  open: null,
  error: null,
}));

const DEFAULT_SEED = 2023;

const fail = (error: unknown) => studies.setState({ error: error as Error });
const set = (change: Partial<StudyJob>) =>
  studies.setState(({ job }) => ({ job: job && { ...job, ...change } }));

/** Reads the lists of studies and models. */
export async function refreshStudies(): Promise<void> {
  try {
    const [list, models] = await Promise.all([call("studies.list", {}), call("models.list", {})]);
    studies.setState({ list, models, error: null });
  } catch (error) {
    fail(error);
  }
}

let opening = new AbortController();

export async function openStudy(study: string): Promise<void> {
  opening.abort();
  const { signal } = (opening = new AbortController());
  studies.setState({ open: { study, report: null }, error: null });
  try {
    const report = await call("studies.get", { study }, signal);
    studies.setState({ open: { study, report } });
  } catch (error) {
    if (!signal.aborted) studies.setState({ open: null, error: error as Error });
  }
}

export function closeStudy(): void {
  opening.abort();
  studies.setState({ open: null });
}

export interface StudyStart {
  title: string;
  ask: StudyAsk;
  quick?: boolean;
  seed?: number | null;
}

/** Starts a study, or goes on with an unfinished one of the same settings, and follows it. */
export async function startStudy({ title, ask, quick = false, seed }: StudyStart): Promise<void> {
  leave();
  studies.setState({ job: begin(null, title), error: null });
  try {
    const asked = { ask, quick, seed: seed ?? DEFAULT_SEED, fresh: false, meter: {} };
    const { job } = await call("studies.start", asked);
    // its view may have been closed before the program answered
    if (studies.getState().job) await watchStudy(job, title);
  } catch (error) {
    set({ state: "failed", error: error as Error });
  }
}

const begin = (id: string | null, title: string): StudyJob => ({
  ...beginJob(id),
  title,
  epochs: new Map(),
});

let watching = new AbortController();

/** Follows a study until it ends, or until its view is closed: the study itself goes on then. */
async function watchStudy(id: string, title: string): Promise<void> {
  leave();
  const { signal } = (watching = new AbortController());
  studies.setState({ job: begin(id, title) });
  try {
    for await (const event of jsonLines<JobEvent>(`/jobs/${encodeURIComponent(id)}/events`, signal))
      await follow(event);
    if (isUnderWay(studies.getState().job))
      set({ state: "failed", error: new Error("The stream of this study ended early. See the list.") });
  } catch (error) {
    if (!signal.aborted) set({ state: "failed", error: error as Error });
  }
}

async function follow(event: JobEvent): Promise<void> {
  if (event.kind === "queued") set({ stage: "queued" });
  else if (event.kind === "planned") set({ etaS: event.seconds });
  else if (event.kind === "progress")
    set({ stage: event.stage, fraction: event.fraction, etaS: event.etaS, detail: event.detail ?? "" });
  else if (event.kind === "warning")
    set({ warnings: [...(studies.getState().job?.warnings ?? []), event.message] });
  else if (event.kind === "epoch") keepEpoch(event);
  else if (event.kind === "report") {
    note("done", `Study ${event.study} is finished`);
    studies.setState({ job: null });
    await Promise.all([refreshStudies(), openStudy(event.study)]);
  } else if (event.kind === "done") {
    // it was a plan after all
    leave();
    await refreshRuns();
  } else {
    const error = restoreError(event.error);
    if (error instanceof Cancelled) set({ state: "cancelled", etaS: null });
    else set({ state: "failed", error });
    await refreshStudies();
  }
}

/** Epochs come in bursts; the page follows them in steps. */
const OFTEN_MS = 100;
let arrived: EpochPoint[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

function keepEpoch(point: EpochPoint): void {
  arrived.push(point);
  timer ??= setTimeout(() => {
    timer = null;
    const { job } = studies.getState();
    if (job) set({ epochs: withEpochs(job.epochs, arrived) });
    arrived = [];
  }, OFTEN_MS);
}

/** A training that begins anew forgets what it was; the one heard of last stands last. */
export function withEpochs(before: StudyJob["epochs"], points: readonly EpochPoint[]): StudyJob["epochs"] {
  const after = new Map(before);
  for (const point of points) {
    const known = after.get(point.label) ?? [];
    const goesOn = known.length > 0 && point.epoch > known.at(-1)!.epoch;
    after.delete(point.label);
    after.set(point.label, goesOn ? [...known, point] : [point]);
  }
  return after;
}

export async function cancelStudy(): Promise<void> {
  const id = studies.getState().job?.id;
  if (!id) return;
  set({ state: "cancelling" });
  try {
    await call("cancel", { job: id });
  } catch (error) {
    if (studies.getState().job?.state === "cancelling") set({ state: "running", error: error as Error });
  }
}

/** Closes the view of the study under way and its stream. */
export function unwatchStudy(): void {
  leave();
  void refreshStudies();
}

function leave(): void {
  watching.abort();
  if (timer !== null) clearTimeout(timer);
  timer = null;
  arrived = [];
  studies.setState({ job: null });
}

/** After a reload: the study that is under way. */
export async function watchStudyUnderWay(): Promise<void> {
  try {
    const found = (await call("jobs.list", {})).find(({ study }) => study);
    if (found && studies.getState().job === null) await watchStudy(found.job, "Study");
  } catch (error) {
    fail(error);
  }
}
