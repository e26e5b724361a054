/** One whole run of a campaign, from a mission to the figures of its strategies. */
import { datasetAt } from "../simulation/mark.ts";
import type { Inhabited } from "../simulation/population.ts";
import type { Mission } from "../../shared/mission.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { readiness } from "./readiness.ts";
import { linksOf, signallingOf, type Moving } from "./strategies.ts";
import { wholeRun, type WholeRun } from "./whole-run.ts";

export interface CampaignTask {
  mission: Mission;
  /** strategies that move the handovers of the run */
  moving: Moving[];
}

/** The summary of the run's own strategy, then those of the handovers moved. */
export function evaluateMission(
  { mission, moving }: CampaignTask,
  inhabited: Inhabited | null,
  check: () => void,
): SignallingSummary[] {
  const run = wholeRun(mission, inhabited, check);
  const links = linksOf({ mission, ...run, firstUe: 0 }, run.events, moving);
  check();
  const cluster = moving.includes("group") ? clustersOf(mission, run) : null;
  const { storm, others } = signallingOf({ mission, ...run, ...links, cluster }, moving);
  return [storm.summary, ...others];
}

/** [ue] cluster at the mark as a plan makes them, 255 none; null where too few UEs are served. */
function clustersOf(mission: Mission, { track, users, atMark }: WholeRun): Uint8Array | null {
  const entered = new Int32Array(users.count);
  const data = datasetAt(mission, track, users, 0, atMark, entered);
  const ready = readiness(mission, track, data, atMark, new Float32Array(users.count));
  if (!ready) return null;
  const cluster = new Uint8Array(users.count).fill(255);
  ready.ues.forEach((ue, row) => (cluster[ue] = ready.cluster[row]));
  return cluster;
}
