import { createStore } from "zustand/vanilla";
import type { RunRecord } from "../../shared/run.ts";
import { call } from "./client.ts";
import { clock, leapAhead, pause, setRange } from "./clock.ts";
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

/** Whether planning can go on with a run where it ended. */
export const isResumable = ({ status }: RunRecord) => status === "interrupted" || status === "cancelled";

const readList = async () => runs.setState({ list: await call("runs.list", {}) });

export async function refreshRuns(): Promise<void> {
  try {
    await readList();
  } catch (error) {
    runs.setState({ error: error as Error });
  }
}

const LIST_MS = 3000;
/** A plan that nobody watches any more has its run in the list after so long at the latest. */
const PATIENCE_MS = 60_000;
let expectedUntil = 0;

/** A plan goes on unwatched: its run may not be in the list yet. */
export function expectRun(): void {
  expectedUntil = performance.now() + PATIENCE_MS;
}

/** While a run is under way or expected, the list follows it; what goes wrong once is asked again soon. */
export function keepListFresh(): () => void {
  const timer = setInterval(() => {
    const running = runs.getState().list?.some((r) => r.status === "running");
    if (running) expectedUntil = 0;
    if (running || performance.now() < expectedUntil) readList().catch(() => {});
  }, LIST_MS);
  return () => clearInterval(timer);
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
  onError: (error: unknown) => {
    pause();
    runs.setState({ error: error as Error });
  },
};

function show(loaded: LoadedRun, timeS: number | null, cell: number | null): void {
  const before = runs.getState().current;
  if (before) closeRun(before);
  setRange(loaded.endS, loaded.record.stepS, timeS ?? loaded.record.markS, (step, direction) => {
    const leap = leapAhead(clock.getState());
    loaded.frames.prefetch(step, direction, leap);
    loaded.footprints.prefetch(step, direction, leap);
    return loaded.frames.at(step) !== null;
  });
  openFinding("run");
  selectCell(null);
  if (cell !== null) selectCell(cell);
  runs.setState({ current: loaded, opening: null });
}

/** Blocks that failed are asked for again when the user seeks or plays: the clock stood since. */
clock.subscribe((now, before) => {
  const { current } = runs.getState();
  const sought = now.timeS !== before.timeS && !now.playing;
  const started = now.playing && !before.playing;
  if (current && (sought || started) && retry(current)) runs.setState({ error: null });
});

/** Whether anything had failed. */
function retry({ frames, footprints }: LoadedRun): boolean {
  const failed = [frames.retry(), footprints.retry()];
  return failed.includes(true);
}

export function clearRunError(): void {
  const { current } = runs.getState();
  if (current) retry(current);
  runs.setState({ error: null });
}
