import { meterReader } from "../energy/meter.ts";
import type { Bench } from "../studies/bench.ts";
import { TRIALS } from "../studies/trials.ts";
import type { Columns } from "../../shared/columns.ts";
import type { EpochPoint } from "../../shared/run.ts";

export interface LabSetup {
  lab: true;
  /** where the meter writes; null where nothing is measured */
  meter: { buffer: SharedArrayBuffer; method: string } | null;
  /** set to 1 to stop */
  cancel: Int32Array;
}

/** Values that trials have in common; the oldest goes first. */
const REMEMBERED = 6;

/** The work of one thread of a lab: one trial after the other. */
export class LabTasks {
  readonly #bench: Bench;
  readonly #shared = new Map<string, Columns>();

  constructor({ meter, cancel }: LabSetup, tell: (point: EpochPoint) => void) {
    const memory = new Map<string, unknown>();
    const energy = meter ? meterReader(meter.buffer, meter.method) : () => null;
    this.#bench = {
      clock: () => performance.now() / 1000,
      shouldStop: () => Atomics.load(cancel, 0) !== 0,
      columns: (hash) => {
        const columns = this.#shared.get(hash);
        if (!columns) throw new Error(`no columns were shared under ${hash}`);
        return columns;
      },
      memo: <T>(key: string, make: () => T): T => {
        if (!memory.has(key)) {
          if (memory.size >= REMEMBERED) memory.delete(memory.keys().next().value!);
          memory.set(key, make());
        }
        return memory.get(key) as T;
      },
      energy,
      epoch: tell,
    };
  }

  share(hash: string, columns: Columns): void {
    this.#shared.set(hash, columns);
  }

  trial(kind: string, ask: unknown): Promise<unknown> {
    return (TRIALS as Record<string, (ask: unknown, bench: Bench) => Promise<unknown>>)[kind](
      ask,
      this.#bench,
    );
  }
}
