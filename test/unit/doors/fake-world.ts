import type { World } from "../../../src/main/host/terminal/world.ts";
import type { RunReader } from "../../../src/main/store/reader.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import type { RunRecord } from "../../../src/shared/run.ts";
import { FakeJobs } from "../host/fake-jobs.ts";

/** A terminal in memory. */
export class FakeWorld implements World {
  readonly jobs = new FakeJobs();
  readonly opened: { db: string; threads?: number }[] = [];
  results = "";
  complaints = "";
  errIsTty = false;
  records: Partial<RunRecord>[] = [];
  #interrupt: (() => void) | null = null;

  out(text: string) {
    this.results += `${text}\n`;
  }
  err = (text: string) => {
    this.complaints += `${text}\n`;
  };
  async openJobs(db: string, threads?: number) {
    this.opened.push({ db, threads });
    return this.jobs;
  }
  async openReader() {
    const run = (id: string) => {
      const found = this.records.find((record) => record.run?.startsWith(id));
      if (found) return found;
      throw new BadInput([{ field: "run", reason: `there is no run "${id}"`, remedy: "See beamwalk runs" }]);
    };
    return { runs: () => this.records, run, close: () => {} } as unknown as RunReader;
  }
  onInterrupt(listener: () => void) {
    this.#interrupt = listener;
    return () => (this.#interrupt = null);
  }
  interrupt() {
    this.#interrupt?.();
  }
  get listensToInterrupts() {
    return this.#interrupt !== null;
  }
}
