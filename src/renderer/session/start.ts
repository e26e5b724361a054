import { readAddress, writeAddress } from "./address.ts";
import { clock, pause, seek, stepBy, togglePlay } from "./clock.ts";
import { listenToDrops, loadBundled } from "./draft.ts";
import { watchUnderWay } from "./job.ts";
import { keepListFresh, openRun, refreshRuns, runs } from "./runs.ts";
import { watchStudyUnderWay } from "./studies.ts";
import { selectCell, view } from "./view.ts";

/** Asks for what the page needs first, restores the view of the address, and keeps the address up to date. */
export function startSession(): () => void {
  const { run, timeS, cell } = readAddress(location.hash);
  void Promise.all([loadBundled(), refreshRuns()]);
  void watchUnderWay();
  void watchStudyUnderWay();
  if (run) void openRun(run, timeS, cell);
  addEventListener("keydown", followKey);
  addEventListener("hashchange", followAddress);
  const leave = [keepAddress(), keepListFresh(), listenToDrops()];
  return () => {
    removeEventListener("keydown", followKey);
    removeEventListener("hashchange", followAddress);
    for (const stop of leave) stop();
  };
}

const OFTEN_MS = 300;

function keepAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = () => {
    timer = null;
    const { current } = runs.getState();
    if (!current) return;
    const hash = writeAddress({
      run: current.record.run,
      timeS: clock.getState().timeS,
      cell: view.getState().cell,
    });
    if (hash !== location.hash) history.replaceState(null, "", hash);
  };
  const later = () => {
    timer ??= setTimeout(write, OFTEN_MS);
  };
  const leave = [clock.subscribe(later), view.subscribe(later), runs.subscribe(later)];
  return () => {
    if (timer !== null) clearTimeout(timer);
    for (const stop of leave) stop();
  };
}

/** A link followed, or an address typed, while the page is open. */
function followAddress(): void {
  const { run, timeS, cell } = readAddress(location.hash);
  if (!run) return;
  if (run !== runs.getState().current?.record.run) return void openRun(run, timeS, cell);
  if (timeS !== null) seek(timeS);
  selectCell(cell);
}

const KEYS: Record<string, () => void> = {
  " ": togglePlay,
  ArrowLeft: () => stepBy(-1),
  ArrowRight: () => stepBy(1),
  Home: () => (pause(), seek(0)),
  End: () => (pause(), seek(Number.POSITIVE_INFINITY)),
  Escape: () => selectCell(null),
};

/** Keys that a control needs for itself stay with it; the scrubber's arrows mean the same step. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  if (target.matches('input[type="range"]')) return false;
  if (target.matches("input, select, textarea")) return event.key !== "Escape";
  return event.key === " " && target.matches("button, a, summary");
}

function followKey(event: KeyboardEvent): void {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
  event.preventDefault();
  act();
}
