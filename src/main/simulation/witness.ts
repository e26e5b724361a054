import type { FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import type { Triggered } from "./decide.ts";
import { Shard } from "./shard.ts";
import { region, sliceUsers, type Users } from "./users.ts";

const FEEDER = TRIGGERS.indexOf("feeder");

/**
 * What made a UE execute a conditional handover of a run's table of events, as the time loop saw it: the loop is run again for
 * this UE alone, from its change of cell before. Null where it does not happen again.
 */
export function witness(
  mission: Mission,
  track: Track,
  feeders: FeederPlan | null,
  users: Users,
  events: EventColumns,
  event: number,
): Triggered | null {
  const ue = events.ue[event];
  const atMs = events.timeMs[event];
  const own = sliceUsers(users, ue, ue + 1);
  const shard = new Shard({ mission, track, feeders, users: own, firstUe: ue, ...region(mission, own) });
  let seen: Triggered | null = null;
  shard.witness((one) => {
    if (one.cell === events.target[event] && one.atMs === atMs) seen = one;
  });
  const first = begin(shard, mission, events, event);
  shard.run(first, Math.ceil(atMs / 1000 / mission.step) + 1 - first);
  return seen;
}

/** Puts the UE where its change of cell before an event left it; answers the step from which to go on. */
function begin(shard: Shard, mission: Mission, events: EventColumns, event: number): number {
  // filters remember more than a change of cell forgets
  if (mission.handover.l3FilterCoefficient !== null) return 0;
  const change = before(events, event, () => true);
  // a UE that goes over with its satellite's gateway stays in the cell that it had entered
  const entrance = before(events, event, (i) => events.trigger[i] !== FEEDER);
  if (change < 0 || entrance < 0) return 0;
  shard.enter(0, events.target[change], events.timeMs[entrance], events.timeMs[change]);
  return Math.floor(events.timeMs[change] / 1000 / mission.step) + 1;
}

/** The last change of the same UE before another one; −1 none. */
function before({ ue }: EventColumns, event: number, counts: (event: number) => boolean): number {
  let i = event - 1;
  while (i >= 0 && !(ue[i] === ue[event] && counts(i))) i--;
  return i;
}
