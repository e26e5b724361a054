import { barProgress, type Progress, sparseProgress } from "./progress.ts";
import type { World } from "./world.ts";

/** Work that takes less than this [ms] says nothing of itself. */
const SILENT_MS = 1000;

/** Progress of a study on stderr, from the second second on. */
export function lateProgress(world: World, stage: string) {
  const started = performance.now();
  let shown: Progress | null = null;
  return {
    update(fraction: number) {
      const elapsed = performance.now() - started;
      if (elapsed < SILENT_MS || fraction <= 0) return;
      shown ??= world.errIsTty ? barProgress(process.stderr) : sparseProgress(world.err);
      shown.update({ stage, fraction, etaS: (elapsed / 1000) * (1 / fraction - 1) });
    },
    stop: () => shown?.stop(),
  };
}
