import { createHash } from "node:crypto";
import type { Columns } from "../../src/shared/columns.ts";
import type { Bench, EpochPoint } from "../../src/main/studies/bench.ts";
import type { Answer, Ask, Lab, NewModel, TrialKind } from "../../src/main/studies/lab.ts";
import { TRIALS } from "../../src/main/studies/trials.ts";

export interface TestBench extends Bench {
  epochs: EpochPoint[];
}

/** A bench in this thread, with no energy meter. */
export function testBench(over: Partial<Bench> = {}): TestBench {
  const memory = new Map<string, unknown>();
  const epochs: EpochPoint[] = [];
  return {
    epochs,
    clock: () => performance.now() / 1000,
    shouldStop: () => false,
    columns: (hash) => memory.get(hash) as Columns,
    memo: <T>(key: string, make: () => T) => {
      if (!memory.has(key)) memory.set(key, make());
      return memory.get(key) as T;
    },
    energy: () => null,
    epoch: (point) => void epochs.push(point),
    ...over,
  };
}

/** A lab that runs every trial at once in this thread and keeps nothing. */
export function testLab(
  settings: { seed?: number; quick?: boolean } = {},
  bench: Bench = testBench(),
): Lab & { models: NewModel[] } {
  const models: NewModel[] = [];
  return {
    models,
    keep: (model) => void models.push(model),
    seed: settings.seed ?? 1,
    quick: settings.quick ?? true,
    plan: () => {},
    run: async <K extends TrialKind>(kind: K, asks: readonly Ask<K>[]) => {
      const answers: Answer<K>[] = [];
      const trial = TRIALS[kind] as (ask: Ask<K>, bench: Bench) => Promise<Answer<K>>;
      // oxlint-disable-next-line no-await-in-loop
      for (const ask of asks) answers.push(await trial(structuredClone(ask), bench));
      return answers;
    },
    share: async (columns) => {
      const hash = createHash("sha256");
      for (const [name, data] of Object.entries(columns)) hash.update(name).update(data);
      const key = hash.digest("hex").slice(0, 16);
      bench.memo(key, () => columns);
      return key;
    },
  };
}
