/** One whole run of a campaign, from a mission to the figures of its strategies. */
import { datasetAt } from "../simulation/mark.ts";
import { timeToLeave } from "../simulation/leave.ts";
import type { Inhabited } from "../simulation/population.ts";
import type { Mission } from "../../shared/mission.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { callReady } from "./call-ready.ts";
import { readiness } from "./readiness.ts";
import { linksOf, signallingOf, type Learned, type Moving } from "./strategies.ts";
import { checkSums } from "./sums.ts";
import { changeRates, leastOf, sampleOf, withChanges } from "./unavoidable.ts";
import { wholeRun, type WholeRun } from "./whole-run.ts";

export interface CampaignTask {
  mission: Mission;
  /** strategies that move the handovers of the run */
  moving: Moving[];
}

/** The summary of the run's own strategy, then those of the handovers moved. `check` may throw to stop; hears how much of the time loop is done, 0 … 1. */
export async function evaluateMission(
  { mission, moving }: CampaignTask,
  inhabited: Inhabited | null,
  check: (looped?: number) => void,
): Promise<SignallingSummary[]> {
  const run = wholeRun(mission, inhabited, check);
  checkSums(run.events, mission.duration);
  const links = linksOf({ mission, ...run, firstUe: 0 }, run.events, moving);
  check();
  const learned = await learnedOf(mission, run, moving, check);
  const { storm, others } = signallingOf({ mission, ...run, ...links }, moving, learned);
  check();
  const sample = sampleOf(run.users, run.linkEvaluations);
  const changes = changeRates(
    mission,
    run.events,
    leastOf({ mission, ...run }, sample),
    sample.numbers.length,
  );
  return [storm.summary, ...others].map((summary) => withChanges(summary, changes));
}

/** Clusters and readiness at the mark as a plan finds them; null where too few UEs are served or all are alike. */
async function learnedOf(
  mission: Mission,
  { track, users, atMark, enteredAtMarkMs }: WholeRun,
  moving: readonly Moving[],
  check: () => void,
): Promise<Learned> {
  const none: Learned = { cluster: null, ready: null };
  const wanted = moving.includes("flattened-ready");
  if (!wanted && !moving.includes("group")) return none;
  const data = datasetAt(mission, track, users, 0, atMark, enteredAtMarkMs);
  const leaveS = timeToLeave(mission, track, users, atMark);
  const ready = readiness(mission, track, data, atMark, leaveS);
  if (!ready) return none;
  const byUe = (column: Uint8Array) => {
    const all = new Uint8Array(users.count).fill(255);
    ready.ues.forEach((ue, row) => (all[ue] = column[row]));
    return all;
  };
  check();
  const called = wanted ? await callReady(mission, ready, check) : null;
  return { cluster: byUe(ready.cluster), ready: called && { ready: byUe(called), leaveS } };
}
