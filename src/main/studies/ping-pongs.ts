import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { Handovers } from "./attempts.ts";

const RESELECTION = TRIGGERS.indexOf("reselection");
const FEEDER = TRIGGERS.indexOf("feeder");

type Moved = Pick<Handovers, "eventOf"> & { attempts: Pick<Handovers["attempts"], "timeMs"> };

/**
 * Handovers back into the former cell sooner than the minimum time of stay, with every handover at the time at which it is carried
 * out. A UE that lost its cell in between returned to none: that shows in the run itself, where a return so soon is no ping-pong.
 */
export function pingPongsOf(
  events: EventColumns,
  { eventOf, attempts }: Moved,
  minTimeOfStayMs: number,
): number {
  const atMs = Float64Array.from(events.timeMs);
  eventOf.forEach((event, p) => (atMs[event] = attempts.timeMs[p]));
  const before = new Map<number, number>();
  let count = 0;
  for (let event = 0; event < atMs.length; event++) {
    if (events.trigger[event] === FEEDER) continue;
    const ue = events.ue[event];
    const last = before.get(ue);
    before.set(ue, event);
    if (last === undefined || events.trigger[event] === RESELECTION) continue;
    const back = events.target[event] === events.source[last] && events.source[event] === events.target[last];
    const lostBetween =
      events.pingPong[event] === 0 && events.timeMs[event] - events.timeMs[last] < minTimeOfStayMs;
    if (back && !lostBetween && atMs[event] - atMs[last] < minTimeOfStayMs) count++;
  }
  return count;
}
