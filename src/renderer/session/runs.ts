import { createStore } from "zustand/vanilla";
import type { RunRecord } from "../../shared/run.ts";
import { call } from "./client.ts";
import { setRange } from "./clock.ts";
import { closeRun, loadRun } from "./loadRun.ts";
import type { LoadedRun } from "./loadRun.ts";
import { openFinding, selectCell } from "./view.ts";

interface Runs {
  /** null: not asked yet */
  list: RunRecord[] | null;
  current: LoadedRun | null;
  /** the run that is on its way */
  opening: string | null;
  error: Error | null;
  /** grows with every block of frames that arrives, so that the globe draws what it waited for */
  arrivals: number;
}

export const runs = createStore<Runs>(() => ({
  list: null,
  current: null,
  opening: null,
  error: null,
  arrivals: 0,
}));

export async function refreshRuns(): Promise<void> {
  try {
    runs.setState({ list: await call("runs.list", {}) });
  } catch (error) {
    runs.setState({ error: error as Error });
  }
}

let opening = new AbortController();

/** Shows a run, from its marked instant unless a time is given. */
export async function openRun(run: string, timeS: number | null = null, cell: number | null = null) {
  opening.abort();
  const { signal } = (opening = new AbortController());
  runs.setState({ opening: run, error: null });
  try {
    const record = await call("runs.get", { run }, signal);
    if (record.stepsDone === 0) throw new Error(`Run ${run} holds no step yet: there is nothing to show.`);
    const loaded = await loadRun(record, listener, signal);
    show(loaded, timeS, cell);
  } catch (error) {
    if (!signal.aborted) runs.setState({ opening: null, error: error as Error });
  }
}

const listener = {
  onArrival: () => runs.setState(({ arrivals }) => ({ arrivals: arrivals + 1 })),
  onError: (error: unknown) => runs.setState({ error: error as Error }),
};

function show(loaded: LoadedRun, timeS: number | null, cell: number | null): void {
  const before = runs.getState().current;
  setRange(loaded.endS, loaded.record.stepS, timeS ?? loaded.record.markS, (step) => {
    loaded.frames.prefetch(step, 1);
    loaded.footprints.prefetch(step, 1);
    return loaded.frames.at(step) !== null;
  });
  openFinding("run");
  selectCell(cell);
  runs.setState({ current: loaded, opening: null });
  if (before) closeRun(before);
}

export const clearRunError = () => runs.setState({ error: null });
