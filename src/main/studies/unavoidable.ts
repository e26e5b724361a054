import type { FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import { leastChanges, type LeastChanges } from "../simulation/least-changes.ts";
import type { Users } from "../simulation/users.ts";
import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import type { CellChangeRates, SignallingSummary } from "../../shared/storm.ts";

/** Links that are looked at once more at most, about a second on one core. */
const MOST_LINKS = 4_000_000;
const FEEDER = TRIGGERS.indexOf("feeder");

/** Evenly taken UEs of a run. */
export interface Sample {
  users: Users;
  /** [ue] its number in the run */
  numbers: Uint32Array<ArrayBuffer>;
}

/** As many UEs as may be followed again. @param links evaluated in the whole run */
export function sampleOf(users: Users, links: number): Sample {
  const size = Math.max(
    1,
    Math.min(users.count, Math.floor((users.count * MOST_LINKS) / Math.max(1, links))),
  );
  const numbers = Uint32Array.from({ length: size }, (_, i) => Math.floor(((i + 0.5) * users.count) / size));
  const pick = (column: Float64Array) => Float64Array.from(numbers, (ue) => column[ue]);
  const { latitude, longitude, heading, userClass } = users;
  return {
    numbers,
    users: {
      count: size,
      latitude: pick(latitude),
      longitude: pick(longitude),
      heading: pick(heading),
      userClass: Uint8Array.from(numbers, (ue) => userClass[ue]),
    },
  };
}

export const leastOf = (
  world: { mission: Mission; track: Track; feeders: FeederPlan | null },
  sample: Sample,
): LeastChanges => leastChanges({ ...world, ...sample });

/** Changes of cell a second of a run, and the fewest that geometry leaves by a sample of its UEs. */
export function changeRates(
  { duration, userCount }: Pick<Mission, "duration" | "userCount">,
  { trigger }: Pick<EventColumns, "trigger">,
  { atContour, least }: LeastChanges,
  ues: number,
): CellChangeRates {
  const changes = trigger.reduce((n, one) => n + (one === FEEDER ? 0 : 1), 0);
  const perS = userCount / ues / duration;
  return { meanPerS: changes / duration, atContourPerS: atContour * perS, leastPerS: least * perS, ues };
}

export const withChanges = (summary: SignallingSummary, changes: CellChangeRates): SignallingSummary => ({
  ...summary,
  changes,
});
