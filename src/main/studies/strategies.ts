import type { FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import {
  linkWindows,
  type CellChanges,
  type LinkWindows,
  type WindowOptions,
} from "../simulation/link-windows.ts";
import { RADIO_LINK } from "../handover/radio-link.ts";
import type { EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import {
  flattened,
  flattenedReady,
  foreseen,
  grouped,
  handoversOf,
  type Handovers,
  type ReadyUes,
} from "./attempts.ts";
import { stormOf, type Storm } from "./storm.ts";

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
  /** what could be known beforehand of the same; null where nobody asks */
  forecast: LinkWindows | null;
  /** [ue] cell at the start, and at the mark; 0 none */
  atStart: Uint32Array;
  atMark: Uint32Array;
}

/** What was learned at the mark, as far as a strategy rests on it. */
export interface Learned {
  /** [ue] cluster, 255 none; null: all UEs are one */
  cluster: Uint8Array | null;
  /** of the primary classifier; null where there was nothing to learn */
  ready: Omit<ReadyUes, "cell"> | null;
}

/** A run's outcome without what every thread has. */
export type SignallingTask = Omit<RunOutcome, "mission" | "track" | "feeders">;

/**
 * Strategies that move the handovers of measured A3 events instead of making events of their own. `flattened` knows the
 * links as they turn out; `flattened-forecast` knows what orbits, beams and the UEs' places tell, without fading;
 * `flattened-ready` moves only those that the classifier calls ready at the mark, by that forecast and up to the predicted leave.
 */
export const MOVING = ["group", "flattened", "flattened-forecast", "flattened-ready"] as const;
export type Moving = (typeof MOVING)[number];

const drawn = ({ channel }: Mission) => channel.shadowing || channel.drawLineOfSight;

/** Those worth a look in every run: a forecast is exact where nothing is drawn. */
export const movingOf = (mission: Mission): Moving[] =>
  MOVING.filter((name) => name !== "flattened-forecast" || drawn(mission));

/** Links of cell changes as they turn out and, for a strategy that rests on it, their forecast. */
export function linksOf(
  options: Omit<WindowOptions, "qoutDb">,
  changes: CellChanges,
  moving: readonly Moving[],
): { windows: LinkWindows; forecast: LinkWindows | null } {
  const { mission } = options;
  const windows = linkWindows({ ...options, qoutDb: QOUT_DB }, changes);
  if (!moving.some((name) => name === "flattened-forecast" || name === "flattened-ready"))
    return { windows, forecast: null };
  if (!drawn(mission)) return { windows, forecast: windows };
  const channel = { ...mission.channel, shadowing: false, drawLineOfSight: false };
  return {
    windows,
    forecast: linkWindows({ ...options, mission: { ...mission, channel }, qoutDb: QOUT_DB }, changes),
  };
}

/** What the strategies of a run have in common. */
export interface Common {
  run: RunOutcome;
  handovers: Handovers;
}

export function commonOf(run: RunOutcome): Common {
  const { mission, feeders, events, windows, atStart } = run;
  return { run, handovers: handoversOf({ mission, feeders, events, windows, serving: atStart }) };
}

/** The signalling of a run as it happened, or of the same handovers moved. */
export function stormBy(common: Common, moving: Moving | null, { cluster, ready }: Learned): Storm {
  const { run, handovers } = common;
  const { mission, events, forecast, atMark } = run;
  const ask = { mission, events, strategy: moving ?? mission.handover.strategy };
  if (moving === null) return stormOf({ ...ask, handovers });
  if (moving === "group") return stormOf({ ...ask, handovers: grouped(handovers, cluster) });
  const known =
    moving === "flattened" || !forecast ? handovers : foreseen(handovers, forecast, mission.duration);
  const none = { ready: new Uint8Array(atMark.length), leaveS: new Float32Array(atMark.length) };
  const { handovers: spread, bound } =
    moving === "flattened-ready"
      ? flattenedReady(known, { cell: atMark, ...(ready ?? none) }, 1000 * mission.mark)
      : flattened(known);
  return stormOf({ ...ask, handovers: spread, peakBound: bound });
}

/** Whether the handovers of a run can be moved as well: measured ones, and not too many. */
export const isMovable = ({ handover }: Mission, { ue }: Pick<EventColumns, "ue">) =>
  handover.strategy === "a3" && ue.length <= MOST_MOVED;

/** The signalling of a run as it happened and, where its handovers were measured ones, of the same handovers moved. */
export function signallingOf(
  run: RunOutcome,
  moving: readonly Moving[],
  learned: Learned,
): { storm: Storm; others: SignallingSummary[] } {
  const common = commonOf(run);
  const others = isMovable(run.mission, run.events) ? moving : [];
  return {
    storm: stormBy(common, null, learned),
    others: others.map((name) => stormBy(common, name, learned).summary),
  };
}
