/** One handover of a kept run, opened: its messages, what the UE heard, which condition decided, what staying meant. */
import { explain, type Explanation } from "../handover/signalling.ts";
import { DEG } from "../math/constants.ts";
import { toDb } from "../math/decibel.ts";
import { closeUp, type CloseUp } from "../simulation/close-up.ts";
import { feedersOf } from "../simulation/feeders.ts";
import { linkWindows, REACH_S } from "../simulation/link-windows.ts";
import type { Columns } from "../../shared/columns.ts";
import { BadInput } from "../../shared/errors.ts";
import {
  cellBeam,
  cellOf,
  cellSatellite,
  TRIGGERS,
  type EventColumns,
  type FrameBlock,
} from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import { handoversOf } from "./attempts.ts";
import { reopen, type RunSource } from "./kept-run.ts";
import { settingsOf } from "./storm.ts";
import { QOUT_DB } from "./strategies.ts";
import { usersOf } from "./ue-link.ts";

export interface ShownRun extends RunSource {
  ues(run: string): Columns;
  events(run: string): EventColumns;
  frames(run: string, from: number, to: number): FrameBlock;
}

/** Candidates that are told one by one. */
const MOST_CANDIDATES = 8;
/** Times after the event at which the link of one that stays is looked at [s]. */
const STAYING_S = [0, 0.5, 1, 2, 5, 10, 20, 30];

export interface CellHeard {
  cell: number;
  satellite: string;
  beam: number;
  role: "source" | "target" | "other";
  rsrpDbm: number;
  sinrDb: number;
  elevationDeg: number;
  rangeKm: number;
}

export interface HandoverShown extends Explanation {
  event: number;
  ue: number;
  timeS: number;
  source: number;
  target: number;
  trigger: string;
  /** the inequality that was fulfilled, with its numbers */
  condition: string;
  /** the strongest cells heard at that instant; the source first, then the target */
  candidates: CellHeard[];
  /** cells heard beyond those */
  unlisted: number;
  staying: {
    /** until the source's SINR falls below Qout; null: not within what was searched */
    outageAfterS: number | null;
    searchedS: number;
    qoutDb: number;
    /** with all other cells as interference */
    sinr: { afterS: number; sinrDb: number }[];
  };
}

const bad = (field: string, reason: string, remedy: string) => new BadInput([{ field, reason, remedy }]);
const sinrOf = (close: CloseUp) => toDb(close.wantedMw / (close.interferenceMw + close.noiseMw));

/** Opens the cell change with a number in the run's table of events, from 0. */
export function showHandover(source: ShownRun, id: string, event: number): HandoverShown {
  const { run } = source.run(id);
  const { mission, track } = reopen(source, run);
  const events = source.events(run);
  if (!(event < events.ue.length))
    throw bad("--show", `the run has no event ${event}`, `Give 0 to ${events.ue.length - 1}`);
  if (TRIGGERS[events.trigger[event]] === "reselection")
    throw bad(
      "--show",
      `event ${event} is a reselection: the UE had lost its cell, and no handover began`,
      "Choose an event with another trigger",
    );
  const users = usersOf(source.ues(run));
  const feeders = feedersOf(mission, track);
  const windows = linkWindows({ mission, track, feeders, users, firstUe: 0, qoutDb: QOUT_DB }, events);
  const serving = source.frames(run, 0, 0).cellState.map(cellOf);
  const handovers = handoversOf({ mission, feeders, events, windows, serving });
  const explanation = explain(
    handovers.attempts,
    settingsOf(mission, handovers),
    handovers.eventOf.indexOf(event),
  );

  const ue = events.ue[event];
  const timeS = events.timeMs[event] / 1000;
  // an instant of its own, not the end of a step
  const instant = { ...mission, step: mission.measurementPeriod };
  const look = (cell: number, t: number) => closeUp(instant, track, users, ue, cell, t);
  const { candidates, unlisted } = candidatesOf(mission, events, event, (cell) => look(cell, timeS));
  const left = Math.min(REACH_S, mission.duration - timeS);
  const outage = (windows.sourceUntilMs[event] - events.timeMs[event]) / 1000;
  return {
    ...explanation,
    event,
    ue,
    timeS,
    source: events.source[event],
    target: events.target[event],
    trigger: TRIGGERS[events.trigger[event]],
    condition: conditionOf(mission, events, event, candidates),
    candidates,
    unlisted,
    staying: {
      outageAfterS: Number.isFinite(outage) ? outage : null,
      searchedS: left,
      qoutDb: QOUT_DB,
      sinr: STAYING_S.filter((after) => after <= left).map((afterS) => ({
        afterS,
        sinrDb: sinrOf(look(events.source[event], timeS + afterS)),
      })),
    },
  };
}

function candidatesOf(
  mission: Mission,
  events: EventColumns,
  event: number,
  look: (cell: number) => CloseUp,
): { candidates: CellHeard[]; unlisted: number } {
  const [source, target] = [events.source[event], events.target[event]];
  const heard = look(source).heard.sort((a, b) => b.rsrpDbm - a.rsrpDbm);
  const own = (cell: number) => heard.filter((one) => one.cell === cell);
  const rest = heard.filter(({ cell }) => cell !== source && cell !== target);
  const listed = [...own(source), ...own(target), ...rest.slice(0, MOST_CANDIDATES - 1)];
  const { beams } = mission.payload;
  const candidates = listed.map(({ cell, rsrpDbm }) => {
    const close = look(cell);
    return {
      cell,
      satellite: mission.satellites[cellSatellite(cell, beams)].id,
      beam: cellBeam(cell, beams),
      role:
        cell === source ? ("source" as const) : cell === target ? ("target" as const) : ("other" as const),
      rsrpDbm,
      sinrDb: sinrOf(close),
      elevationDeg: close.elevation / DEG,
      rangeKm: close.range / 1000,
    };
  });
  return { candidates, unlisted: heard.length - listed.length };
}

const db = (value: number) => value.toFixed(2);

/** What was fulfilled, by the levels that the event carries; for the events of geometry what stood beside them. */
function conditionOf(mission: Mission, events: EventColumns, event: number, cells: CellHeard[]): string {
  const trigger = TRIGGERS[events.trigger[event]];
  const { a3OffsetDb, hysteresisDb, timeToTrigger } = mission;
  const [from, to] = [events.rsrpSource[event], events.rsrpTarget[event]];
  if (trigger === "A3")
    return `A3-1: target ${db(to)} dBm − hysteresis ${hysteresisDb} dB > source ${db(from)} dBm + offset ${a3OffsetDb} dB, for ${1000 * timeToTrigger} ms`;
  const levels = `source ${db(from)} dBm, target ${db(to)} dBm`;
  const [source, target] = ["source", "target"].map((role) => cells.find((cell) => cell.role === role));
  const elevations =
    source && target
      ? `, elevation ${source.elevationDeg.toFixed(2)}° and ${target.elevationDeg.toFixed(2)}°, range ${source.rangeKm.toFixed(1)} km and ${target.rangeKm.toFixed(1)} km`
      : "";
  const study = trigger === "elevation" || trigger === "timing-advance";
  return `${trigger}${study ? " (study trigger of TR 38.821 §7.3.2.2.2, no RRC event)" : ""} of a conditional handover by strategy ${mission.handover.strategy}: ${levels}${elevations}`;
}
