import { readAddress, writeAddress } from "./address.ts";
import { clock, seek } from "./clock.ts";
import { layout } from "./layout.ts";
import type { LoadedRun } from "./loadRun.ts";
import { openRun, runs } from "./runs.ts";
import { selectCell, showAgain, shownNow, view } from "./view.ts";
import type { Counts } from "./view.ts";

/** Shows what the address tells of. */
export async function followAddress(): Promise<void> {
  const { run, timeS, cell, ...shown } = readAddress(location.hash);
  if (!run) return;
  if (run !== runs.getState().current?.record.run) await openRun(run, timeS, cell);
  else {
    if (timeS !== null) seek(timeS);
    selectCell(null);
    if (cell !== null) selectCell(cell);
  }
  const { current } = runs.getState();
  if (current?.record.run !== run) return;
  // who listens to the run is told where they fail
  if (shown.handover !== null) await current.eventsHere.catch(() => {});
  if (runs.getState().current === current) showAgain(shown, countsOf(current));
}

const countsOf = ({ record, events }: LoadedRun): Counts => ({
  satellites: record.satellites,
  events: events.ue.length,
  ues: record.ues,
});

const OFTEN_MS = 300;

/** Keeps the address up to date, and follows a link, or an address typed, while the page is open. */
export function keepAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = () => {
    timer = null;
    const { current } = runs.getState();
    if (!current) return;
    const hash = writeAddress({
      run: current.record.run,
      timeS: clock.getState().timeS,
      cell: view.getState().cell,
      ...shownNow(),
    });
    if (hash !== location.hash) history.replaceState(null, "", hash);
  };
  const later = () => {
    timer ??= setTimeout(write, OFTEN_MS);
  };
  const follow = () => void followAddress();
  addEventListener("hashchange", follow);
  const leave = [clock, view, runs, layout].map((store) => store.subscribe(later));
  return () => {
    removeEventListener("hashchange", follow);
    if (timer !== null) clearTimeout(timer);
    for (const stop of leave) stop();
  };
}
