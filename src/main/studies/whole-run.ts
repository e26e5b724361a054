import { feedersOf } from "../simulation/feeders.ts";
import { mergeEvents } from "../simulation/events.ts";
import { placeUsers, type Inhabited } from "../simulation/population.ts";
import { Shard } from "../simulation/shard.ts";
import { region, type Users } from "../simulation/users.ts";
import { buildTrack, type Track } from "../orbit/track.ts";
import type { FeederPlan } from "../orbit/feeder.ts";
import { cellOf, stepsPerBlock, type EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";

/** So that progress is heard of soon, and a stop. */
const STEPS_PER_BLOCK = 4;

/** What a campaign needs of a run; frames are not kept. */
export interface WholeRun {
  track: Track;
  feeders: FeederPlan | null;
  users: Users;
  events: EventColumns;
  /** [ue] cell at the start, and at the mark; 0 none */
  atStart: Uint32Array;
  atMark: Uint32Array;
  /** [ue] when it entered that cell, ms */
  enteredAtMarkMs: Int32Array;
  linkEvaluations: number;
}

/** All steps of a mission in one go, in this thread. `onStep` hears how much is done, 0 … 1, and may throw to stop. */
export function wholeRun(
  mission: Mission,
  inhabited: Inhabited | null,
  onStep: (done: number) => void = () => {},
): WholeRun {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const feeders = feedersOf(mission, track);
  const users = placeUsers(mission, track, inhabited);
  const shard = new Shard({ mission, track, feeders, users, firstUe: 0, ...region(mission, users) });
  const steps = Math.round(mission.duration / mission.step) + 1;
  const size = Math.min(STEPS_PER_BLOCK, stepsPerBlock(users.count));
  const markStep = Math.round(mission.mark / mission.step);
  const events: EventColumns[] = [];
  let atStart = new Uint32Array(users.count);
  let atMark = atStart;
  let linkEvaluations = 0;
  for (let first = 0; first < steps; first += size) {
    const block = shard.run(first, Math.min(size, steps - first));
    events.push(block.events);
    linkEvaluations += block.linkEvaluations;
    const cellsAt = (step: number) =>
      block.frames.cellState
        .slice((step - first) * users.count, (step - first + 1) * users.count)
        .map(cellOf);
    if (first === 0) atStart = cellsAt(0);
    if (markStep >= first && markStep < first + size) atMark = cellsAt(markStep);
    onStep(Math.min(1, (first + size) / steps));
  }
  const { enteredAtMarkMs } = shard.departures;
  return {
    track,
    feeders,
    users,
    events: mergeEvents(events),
    atStart,
    atMark,
    enteredAtMarkMs,
    linkEvaluations,
  };
}
