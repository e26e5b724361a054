import { feedersOf } from "../simulation/feeders.ts";
import { timeToLeave } from "../simulation/leave.ts";
import { datasetAt } from "../simulation/mark.ts";
import { placeUsers, type Inhabited } from "../simulation/population.ts";
import { Shard } from "../simulation/shard.ts";
import { region } from "../simulation/users.ts";
import { buildTrack, type Track } from "../orbit/track.ts";
import type { Columns } from "../../shared/columns.ts";
import { Cancelled } from "../../shared/errors.ts";
import { stepsPerBlock } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";

/** What a plan knows of its UEs at the marked instant. */
export interface AtMark {
  track: Track;
  /** the data set of `datasetAt` [ue] */
  dataset: Columns;
  /** [ue] as `timeToLeave` */
  leaveS: Float32Array;
  /** [ue] serving cell, 0 none */
  cell: Uint32Array;
}

/** Runs a mission up to its mark in this thread, with the same answer as a plan. */
export function simulateToMark(
  mission: Mission,
  inhabited: Inhabited | null,
  shouldStop: () => boolean = () => false,
): AtMark {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const feeders = feedersOf(mission, track);
  const users = placeUsers(mission, track, inhabited);
  const shard = new Shard({ mission, track, feeders, users, firstUe: 0, ...region(mission, users) });
  const steps = Math.round(mission.mark / mission.step) + 1;
  const size = Math.min(8, stepsPerBlock(users.count));
  for (let first = 0; first < steps; first += size) {
    if (shouldStop()) throw new Cancelled();
    shard.run(first, Math.min(size, steps - first));
  }
  const { cellAtMark, enteredAtMarkMs } = shard.departures;
  return {
    track,
    dataset: datasetAt(mission, track, users, 0, cellAtMark, enteredAtMarkMs),
    leaveS: timeToLeave(mission, track, users, cellAtMark),
    cell: cellAtMark,
  };
}
