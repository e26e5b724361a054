import type { Jobs } from "../../jobs/client.ts";
import type { RunReader } from "../../store/reader.ts";

/** What a command may touch: where its words go and what it can open. Tests bring their own. */
export interface World {
  /** results */
  out(text: string): void;
  /** progress and complaints */
  err(text: string): void;
  errIsTty: boolean;
  openJobs(
    db: string,
    threads?: number,
  ): Promise<Pick<Jobs, "plan" | "resume" | "study" | "cancel" | "events" | "close">>;
  openReader(db: string): Promise<RunReader>;
  /** Calls back on Ctrl+C and on a polite kill; answers how to stop listening. */
  onInterrupt(listener: () => void): () => void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** One Ctrl+C reaches a program several times: from the terminal and from each launcher around it. */
const SAME_KEY_MS = 700;

export function realWorld(): World {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    errIsTty: process.stderr.isTTY,
    openJobs: async (db, threads) => {
      const [{ Jobs }, { forkEngine }] = await Promise.all([
        import("../../jobs/client.ts"),
        import("../../jobs/fork.ts"),
      ]);
      return new Jobs({ db, start: forkEngine(), threads });
    },
    openReader: async (db) => new (await import("../../store/reader.ts")).RunReader(db),
    onInterrupt: listenToSignals,
  };
}

function listenToSignals(listener: () => void) {
  let first = 0;
  const hear = () => {
    if (first === 0) {
      first = performance.now();
      listener();
    } else if (performance.now() - first > SAME_KEY_MS) process.exit(1);
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return () => {
    for (const signal of SIGNALS) process.off(signal, hear);
  };
}

/** A reader that has gone (`| head`) is no failure. */
export function survivePipes() {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    process.stderr.write(`The result could not be written: ${error.message}\n`);
    process.exit(1);
  });
  process.stderr.on("error", () => {});
}
