import { join, resolve } from "node:path";
import type { StartEngine } from "../jobs/client.ts";
import { Jobs } from "../jobs/client.ts";
import { defaultDatabase, rootFolder } from "../paths.ts";
import { RunReader } from "../store/reader.ts";

export type Door = "desktop" | "browser";
export type JobsPort = Pick<Jobs, "plan" | "resume" | "study" | "cancel" | "list" | "events" | "has">;

/** What the handler needs of the rest of the program. */
export interface Services {
  door: Door;
  db: string;
  pageFolder: string;
  jobs: JobsPort;
  reader: RunReader;
}

export const pageFolder = join(rootFolder, "out", "renderer");

/** Opens the job queue and the read-only database connection of one door. */
export function openServices(door: Door, start: StartEngine, path?: string) {
  const db = resolve(path ?? defaultDatabase());
  const jobs = new Jobs({ db, start });
  const reader = new RunReader(db);
  const services: Services = { door, db, pageFolder, jobs, reader };
  const close = async () => {
    await jobs.close();
    reader.close();
  };
  return { services, close };
}
