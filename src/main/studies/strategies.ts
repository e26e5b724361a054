import type { FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import type { LinkWindows } from "../simulation/link-windows.ts";
import { RADIO_LINK } from "../handover/radio-link.ts";
import type { EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { flattened, grouped, handoversOf } from "./attempts.ts";
import { stormOf, type Storm } from "./storm.ts";
import { unavoidableRate } from "./unavoidable.ts";

/** SINR below which a link counts as lost [dB]. */
export const QOUT_DB = RADIO_LINK.qoutDb;
/** More handovers than this are not moved as well: their columns would not fit into memory several times. */
const MOST_MOVED = 1_000_000;

export interface RunOutcome {
  mission: Mission;
  track: Track;
  feeders: FeederPlan | null;
  events: EventColumns;
  windows: LinkWindows;
  /** [ue] cell at the start, and at the mark; 0 none */
  atStart: Uint32Array;
  atMark: Uint32Array;
  /** [ue] cluster at the mark, 255 none; null: all UEs are one */
  cluster: Uint8Array | null;
}

/** Strategies that move the handovers of measured A3 events instead of making events of their own. */
export const MOVING = ["group", "flattened"] as const;
export type Moving = (typeof MOVING)[number];

/** The signalling of a run as it happened and, where its handovers were measured ones, of the same handovers moved. */
export function signallingOf(
  run: RunOutcome,
  moving: readonly Moving[] = MOVING,
): { storm: Storm; others: SignallingSummary[] } {
  const { mission, track, feeders, events, windows, atStart, atMark, cluster } = run;
  const handovers = handoversOf({ mission, feeders, events, windows, serving: atStart });
  const unavoidablePerS = unavoidableRate(mission, track, atMark, mission.mark);
  const ask = { mission, events, unavoidablePerS };
  const { strategy } = mission.handover;
  const storm = stormOf({ ...ask, strategy, handovers });
  const movable = strategy === "a3" && handovers.attempts.count <= MOST_MOVED;
  const moved = (name: Moving) => {
    if (name === "group") return stormOf({ ...ask, strategy: name, handovers: grouped(handovers, cluster) });
    const { handovers: spread, bound } = flattened(handovers);
    return stormOf({ ...ask, strategy: name, handovers: spread, peakBound: bound });
  };
  return { storm, others: movable ? moving.map((name) => moved(name).summary) : [] };
}
