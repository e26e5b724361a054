import { buildTrack } from "../../src/main/orbit/track.ts";
import { feedersOf } from "../../src/main/simulation/feeders.ts";
import { placeUsers } from "../../src/main/simulation/population.ts";
import { Shard } from "../../src/main/simulation/shard.ts";
import { region, sliceUsers } from "../../src/main/simulation/users.ts";
import type { EventColumns } from "../../src/shared/frame.ts";
import type { Mission } from "../../src/shared/mission.ts";

/** A mission made ready, and shards over any range of its UEs. */
export function setUp(mission: Mission) {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const users = placeUsers(mission, track, null);
  const feeders = feedersOf(mission, track);
  const { centre, spread } = region(mission, users);
  const shard = (from: number, to: number) =>
    new Shard({ mission, track, feeders, users: sliceUsers(users, from, to), firstUe: from, centre, spread });
  return { track, users, shard };
}

/** Frames of a mission. */
export const stepsOf = (mission: Mission) => Math.round(mission.duration / mission.step) + 1;
/** Events as rows: time [ms], UE, source, target, trigger. */
export const rows = (events: EventColumns) =>
  Array.from(events.ue, (ue, i) => [
    events.timeMs[i],
    ue,
    events.source[i],
    events.target[i],
    events.trigger[i],
  ]);
