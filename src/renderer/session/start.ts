import { followAddress, keepAddress } from "./addressBar.ts";
import { recallClock } from "./clock.ts";
import { listenToDrops, loadBundled } from "./draft.ts";
import { watchUnderWay } from "./job.ts";
import { listenToKeys } from "./keys.ts";
import { recallLocalTime } from "./localTime.ts";
import { keepListFresh, refreshRuns } from "./runs.ts";
import { watchStudyUnderWay } from "./studies.ts";

/** Asks for what the page needs first, restores the view of the address, and keeps the address up to date. */
export function startSession(): () => void {
  recallClock();
  recallLocalTime();
  void Promise.all([loadBundled(), refreshRuns()]);
  void watchUnderWay();
  void watchStudyUnderWay();
  void followAddress();
  const leave = [listenToKeys(), keepAddress(), keepListFresh(), listenToDrops()];
  return () => {
    for (const stop of leave) stop();
  };
}
