import { readAddress, writeAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { clock, seek } from "./clock.ts";
import { layout } from "./layout.ts";
import { openRun, runs } from "./runs.ts";
import { selectCell, showAgain, shownNow, view } from "./view.ts";

/** Shows what the address tells of. */
export async function followAddress(): Promise<void> {
  const { run, timeS, cell, ...shown } = readAddress(location.hash);
  if (!run) return;
  if (run !== runs.getState().current?.record.run) return openAt({ run, timeS, cell, ...shown });
  if (timeS !== null) seek(timeS);
  selectCell(cell);
  showAgain(shown, runs.getState().current!.events.ue.length);
}

async function openAt({ run, timeS, cell, ...shown }: Address): Promise<void> {
  await openRun(run!, timeS, cell);
  const { current } = runs.getState();
  if (current?.record.run !== run) return;
  if (shown.handover !== null) await current.eventsHere;
  if (runs.getState().current === current) showAgain(shown, current.events.ue.length);
}

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
