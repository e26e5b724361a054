import type { Energy } from "../../shared/study.ts";
import { LONGEST_GAP_S } from "./integrator.ts";

/** s on the clock that all threads of a process share */
export const clockS = () => Number(process.hrtime.bigint()) / 1e9;

/** Numbers of the record, in the order in which they stand. */
const FIELDS = [
  "at",
  "seconds",
  "processorJ",
  "memoryJ",
  "processorW",
  "memoryW",
  "gramsPerJoule",
  // processor time of the meter's own thread, and since when it has been counted [s]
  "ownS",
  "lifeS",
] as const;
type Field = (typeof FIELDS)[number];
export type MeterRecord = Record<Field, number>;

const COUNT = 0;
const STOPPED = 1;
const HEAD_BYTES = 8;

export const recordBuffer = () => new SharedArrayBuffer(HEAD_BYTES + 8 * FIELDS.length);

/**
 * One record that one thread writes and any thread reads without waiting: the count is odd while it is being written, and a
 * reader begins again where it changed.
 */
export class SharedRecord {
  readonly #head: Int32Array;
  readonly #numbers: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#head = new Int32Array(buffer, 0, 2);
    this.#numbers = new Float64Array(buffer, HEAD_BYTES);
  }

  write(record: MeterRecord): void {
    Atomics.add(this.#head, COUNT, 1);
    FIELDS.forEach((field, i) => (this.#numbers[i] = record[field]));
    Atomics.add(this.#head, COUNT, 1);
  }

  read(): MeterRecord {
    for (;;) {
      // a thread that was ended while it wrote leaves the count odd for ever
      const ended = this.stopped;
      const before = Atomics.load(this.#head, COUNT);
      const record = Object.fromEntries(FIELDS.map((field, i) => [field, this.#numbers[i]])) as MeterRecord;
      if (ended || (before % 2 === 0 && Atomics.load(this.#head, COUNT) === before)) return record;
    }
  }

  stop(): void {
    Atomics.store(this.#head, STOPPED, 1);
  }

  get stopped(): boolean {
    return Atomics.load(this.#head, STOPPED) === 1;
  }
}

/** Energy up to now: the last sample, and its power for the time since. */
export function energyAt(record: MeterRecord, now: number, stopped: boolean, method: string): Energy {
  const since = stopped || record.at === 0 ? 0 : Math.min(Math.max(0, now - record.at), LONGEST_GAP_S);
  const processorJ = record.processorJ + record.processorW * since;
  const memoryJ = record.memoryJ + record.memoryW * since;
  const joules = processorJ + memoryJ;
  return {
    joules,
    processorJ,
    memoryJ,
    seconds: record.seconds + since,
    co2G: joules * record.gramsPerJoule,
    method,
  };
}
