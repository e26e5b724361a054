import type { Columns } from "../../shared/columns.ts";
import type { EpochPoint } from "../../shared/run.ts";
import type { Energy } from "../../shared/study.ts";

export type { EpochPoint } from "../../shared/run.ts";

/** What a trial has at hand in its thread. */
export interface Bench {
  /** s, from any start */
  clock(): number;
  shouldStop(): boolean;
  /** the columns shared under a hash */
  columns(hash: string): Columns;
  /** A value that several trials of one thread need, made once; the last few are kept. */
  memo<T>(key: string, make: () => T): T;
  /** Energy so far, all growing; `spent` subtracts. null where the study does not measure. */
  energy(): Energy | null;
  /** One epoch of a training, for whoever watches. */
  epoch(point: EpochPoint): void;
}

/** Energy between two readings. */
export function spent(from: Energy | null, to: Energy | null): Energy | null {
  if (!from || !to) return null;
  return {
    joules: to.joules - from.joules,
    processorJ: to.processorJ - from.processorJ,
    memoryJ: to.memoryJ - from.memoryJ,
    seconds: to.seconds - from.seconds,
    co2G: to.co2G - from.co2G,
    method: to.method,
  };
}
