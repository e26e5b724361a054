import type { StoreApi } from "zustand/vanilla";
import { draft } from "./draft.ts";
import { job } from "./job.ts";
import type { Job } from "./job.ts";
import { note, noteError } from "./log.ts";
import { runs } from "./runs.ts";
import { storms } from "./storm.ts";
import { studies } from "./studies.ts";

/** Writes into the log what goes wrong anywhere, and how jobs end that do not finish. */
export function keepLog(): () => void {
  const stops = [
    errorsOf(runs, "Showing a run failed"),
    errorsOf(draft, "A file or the samples were not read"),
    errorsOf(storms, "The signalling was not read"),
    errorsOf(studies, "A study or the library was not read"),
    job.subscribe((now, before) => compare(now.job, before.job, "The plan")),
    studies.subscribe((now, before) => compare(now.job, before.job, now.job?.title ?? "The study")),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function errorsOf(store: StoreApi<{ error: Error | null }>, what: string): () => void {
  return store.subscribe(({ error }, before) => {
    if (error && error !== before.error) noteError(what, error);
  });
}

function compare(now: Job | null, before: Job | null, what: string): void {
  if (!now || now === before) return;
  const known = before?.id === now.id ? before.warnings.length : 0;
  for (const warning of now.warnings.slice(known)) note("warning", warning);
  if (now.state === before?.state) return;
  if (now.state === "failed") noteError(`${what} failed`, now.error ?? new Error("No reason was given."));
  if (now.state === "cancelled") note("note", `${what} was cancelled`, ["What was done is kept."]);
}
