import type { JobEvent } from "../../shared/run.ts";

/** Shares of a whole plan's time, for one percentage over all stages. */
const STAGES = {
  prepare: 0.03,
  simulate: 0.5,
  cluster: 0.05,
  learn: 0.35,
  signal: 0.05,
  store: 0.02,
} as const;
export type Stage = keyof typeof STAGES;

const TITLES: Record<Stage, string> = {
  prepare: "Orbits and users",
  simulate: "Links and handovers",
  cluster: "Data set and clusters",
  learn: "Classifiers",
  signal: "Signalling",
  store: "Writing results",
};

/** Turns "this far into this stage" into progress events, and keeps how long each stage took. */
export class Progress {
  readonly #job: string;
  readonly #emit: (event: JobEvent) => void;
  readonly #started = performance.now();
  #stage: Stage = "prepare";
  #stageStarted = performance.now();
  readonly stagesS: Record<string, number> = {};

  constructor(job: string, emit: (event: JobEvent) => void) {
    this.#job = job;
    this.#emit = emit;
  }

  enter(stage: Stage): void {
    this.#close();
    this.#stage = stage;
    this.#stageStarted = performance.now();
    this.at(0);
  }

  #close(): void {
    const seconds = (performance.now() - this.#stageStarted) / 1000;
    this.stagesS[this.#stage] = (this.stagesS[this.#stage] ?? 0) + seconds;
  }

  /** @param part how much of the stage is done, 0 … 1 */
  at(part: number, detail?: string): void {
    let before = 0;
    for (const [stage, share] of Object.entries(STAGES)) {
      if (stage === this.#stage) break;
      before += share;
    }
    const fraction = Math.min(1, before + STAGES[this.#stage] * part);
    const elapsed = (performance.now() - this.#started) / 1000;
    const etaS = fraction > 0.02 ? (elapsed * (1 - fraction)) / fraction : null;
    const event: JobEvent = { kind: "progress", job: this.#job, stage: TITLES[this.#stage], fraction, etaS };
    this.#emit(detail ? { ...event, detail } : event);
  }

  warn(message: string): void {
    this.#emit({ kind: "warning", job: this.#job, message });
  }

  /** Closes the last stage; seconds since the start. */
  end(): number {
    this.#close();
    return (performance.now() - this.#started) / 1000;
  }
}
