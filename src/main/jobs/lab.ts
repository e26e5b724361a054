import { createHash } from "node:crypto";
import { programVersion } from "../paths.ts";
import type { Lab, NewModel } from "../studies/lab.ts";
import type { StudyWriter } from "../store/studies.ts";
import type { Columns } from "../../shared/columns.ts";
import { Cancelled } from "../../shared/errors.ts";
import type { EpochPoint, JobEvent } from "../../shared/run.ts";
import type { LabTasks } from "./lab-tasks.ts";
import { Pool } from "./pool.ts";

export interface LabContext {
  job: string;
  study: string;
  seed: number;
  quick: boolean;
  threads: number;
  workerUrl: URL;
  writer: StudyWriter;
  /** where the meter writes */
  meter: { buffer: SharedArrayBuffer; method: string } | null;
  emit: (event: JobEvent) => void;
  /** set to 1 to stop */
  cancel: Int32Array;
}

interface Stage {
  title: string;
  seconds: number;
}

/** Runs trials on worker threads, keeps every answer, and answers kept ones at once. */
export class EngineLab implements Lab {
  readonly seed: number;
  readonly quick: boolean;
  readonly #context: LabContext;
  readonly #pool: Pool<LabTasks>;
  readonly #began = performance.now();
  #stages: Stage[] = [];
  #stage = 0;
  /** share of the whole that kept answers stood in for */
  #spared = 0;
  trials = 0;
  replayed = 0;

  constructor(context: LabContext) {
    this.#context = context;
    this.seed = context.seed;
    this.quick = context.quick;
    const setups = Array.from({ length: context.threads }, () => ({
      lab: true as const,
      meter: context.meter,
    }));
    this.#pool = new Pool<LabTasks>(context.workerUrl, setups, context.cancel, (note) =>
      context.emit({ kind: "epoch", job: context.job, ...(note as EpochPoint) }),
    );
  }

  plan(stages: Stage[]): void {
    this.#stages = stages;
    const { emit, job, study } = this.#context;
    const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
    emit({ kind: "planned", job, study, seconds });
    this.#tell(0);
  }

  async run(
    kind: string,
    asks: readonly unknown[],
    { title, alone = false }: { title: string; alone?: boolean },
  ): Promise<never[]> {
    const { writer, study } = this.#context;
    this.#enter(title);
    const texts = asks.map((ask) => JSON.stringify(ask));
    const kept = texts.map((text) => writer.answer(study, kind, text));
    const missing = [...texts.keys()].filter((i) => !kept[i]);
    this.replayed += texts.length - missing.length;
    this.#spared += this.#weight() * (texts.length === 0 ? 0 : 1 - missing.length / texts.length);
    const answers: unknown[] = kept.map((one) => one?.answer);
    let done = texts.length - missing.length;
    this.#tell(done / Math.max(1, texts.length), `${done} of ${texts.length}`);
    await this.#pool.work(
      missing,
      async (thread, i) => {
        const started = performance.now();
        answers[i] = await thread.call("trial", kind, asks[i]);
        writer.keep(study, kind, texts[i], answers[i], (performance.now() - started) / 1000);
        this.trials++;
        this.#tell(++done / texts.length, `${done} of ${texts.length}`);
      },
      alone ? 1 : undefined,
    );
    return answers as never[];
  }

  async share(columns: Columns): Promise<string> {
    const hash = createHash("sha256");
    for (const [name, data] of Object.entries(columns)) hash.update(name).update(data);
    const key = hash.digest("hex").slice(0, 16);
    await this.#pool.all("share", () => [key, columns]);
    return key;
  }

  keep(model: NewModel): void {
    const lineage = `${model.lineage}; study ${this.#context.study}, seed ${this.seed}, Beamwalk ${programVersion}`;
    this.#context.writer.keepModel({ ...model, lineage });
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  /** A stage that was not planned still shows its title. */
  #enter(title: string): void {
    if (this.#context.cancel[0] !== 0) throw new Cancelled();
    const planned = this.#stages.findIndex((stage) => stage.title === title);
    if (planned < 0) this.#stages.push({ title, seconds: 0 });
    this.#stage = planned < 0 ? this.#stages.length - 1 : planned;
  }

  #total = () => this.#stages.reduce((sum, { seconds }) => sum + seconds, 0) || 1;
  /** Share of a stage in the whole. */
  #weight = () => (this.#stages[this.#stage]?.seconds ?? 0) / this.#total();

  #tell(part: number, detail?: string): void {
    const { emit, job } = this.#context;
    const before = this.#stages.slice(0, this.#stage).reduce((sum, { seconds }) => sum + seconds, 0);
    const fraction = Math.min(1, before / this.#total() + this.#weight() * part);
    const own = fraction - this.#spared;
    const elapsed = (performance.now() - this.#began) / 1000;
    const etaS = own > 0.01 ? (elapsed * (1 - fraction)) / own : null;
    const stage = this.#stages[this.#stage]?.title ?? "Preparing";
    emit({ kind: "progress", job, stage, fraction, etaS, ...(detail ? { detail } : {}) });
  }
}
