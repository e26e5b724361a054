import type { Columns } from "../../shared/columns.ts";
import type { LibraryCard } from "../../shared/study.ts";
import type { Trials } from "./trials.ts";

/**
 * A study is an async function of a `Lab`. It asks for trials, each of which is a pure function of its ask (plain JSON) and
 * of what was shared, and writes its findings from their answers. Whoever runs the lab spreads the trials over threads, keeps
 * every answer and replays it after an interruption.
 */
export type TrialKind = keyof Trials;
export type Ask<K extends TrialKind> = Parameters<Trials[K]>[0];
export type Answer<K extends TrialKind> = Awaited<ReturnType<Trials[K]>>;

export interface NewModel {
  /** its name in the library; one of the same name gives way */
  model: string;
  card: LibraryCard;
  metrics: Record<string, number>;
  /** J, of its training */
  energyJ: number | null;
  /** what it was trained on */
  lineage: string;
  onnx: Uint8Array;
}

export interface Lab {
  readonly seed: number;
  /** the same shapes on less data */
  readonly quick: boolean;
  /** Says, before the first trial, what will be run and about how long it takes on two cores [s], by title. */
  plan(stages: { title: string; seconds: number }[]): void;
  /**
   * Answers in the order of the asks, the same with any number of threads. `title` is a stage of the plan; `alone` runs one
   * trial at a time, so that its energy and time are its own.
   */
  run<K extends TrialKind>(
    kind: K,
    asks: readonly Ask<K>[],
    options: { title: string; alone?: boolean },
  ): Promise<Answer<K>[]>;
  /** Gives every thread columns; answers their hash, which asks that read them carry. */
  share(columns: Columns): Promise<string>;
  /** Puts a model into the library. */
  keep(model: NewModel): void;
}
