/** One handover of a kept run, opened: its messages, what the UE heard, which condition decided, what staying meant. */
import { explain } from "../handover/signalling.ts";
import { DEG } from "../math/constants.ts";
import { CloseUps, type CloseUp } from "../simulation/close-up.ts";
import { feedersOf } from "../simulation/feeders.ts";
import { linkWindows, type CellChanges, type LinkWindows } from "../simulation/link-windows.ts";
import type { Columns } from "../../shared/columns.ts";
import { BadInput } from "../../shared/errors.ts";
import { cellOf, TRIGGERS, type EventColumns, type FrameBlock } from "../../shared/frame.ts";
import type { CellHeard, HandoverShown } from "../../shared/handover.ts";
import type { Mission } from "../../shared/mission.ts";
import { NO_PROCEDURE, OUTCOME_NAMES } from "../../shared/storm.ts";
import { handoversOf } from "./attempts.ts";
import { cellPlace } from "./cell-place.ts";
import { conditionOf } from "./handover-condition.ts";
import { sinrOf, stayingOf } from "./handover-staying.ts";
import { reopen, type RunSource } from "./kept-run.ts";
import { settingsOf } from "./storm.ts";
import { QOUT_DB } from "./strategies.ts";
import { usersOf } from "./ue-link.ts";

export interface ShownRun extends RunSource {
  ues(run: string): Columns;
  events(run: string): EventColumns;
  frames(run: string, from: number, to: number): FrameBlock;
  procedures(run: string): Columns;
}

/** Candidates that are told one by one. */
const MOST_CANDIDATES = 8;

const bad = (field: string, reason: string, remedy: string) => new BadInput([{ field, reason, remedy }]);

/** A run and one of its handovers. */
function open(source: ShownRun, id: string, event: number) {
  const { run } = source.run(id);
  const { mission, track } = reopen(source, run);
  const events = source.events(run);
  if (!(event < events.ue.length))
    throw bad("event", `the run has no event ${event}`, `Give 0 to ${events.ue.length - 1}`);
  if (TRIGGERS[events.trigger[event]] === "reselection")
    throw bad(
      "event",
      `event ${event} is a reselection: the UE had lost its cell, and no handover began`,
      "Choose an event with another trigger",
    );
  const feeders = feedersOf(mission, track);
  return { run, mission, track, events, feeders, users: usersOf(source.ues(run)) };
}
type Opened = ReturnType<typeof open>;

/**
 * Opens the cell change with a number in the run's table of events, from 0: what the UE heard, which condition decided, what
 * staying meant, and how it went as far as the run keeps it. Asks only for this one UE's links.
 */
export function openHandover(source: ShownRun, id: string, event: number): HandoverShown {
  const opened = open(source, id, event);
  return factsOf(opened, event, procedureOf(source.procedures(opened.run), event));
}

/** The same with every message, for which the whole run is carried out again: seconds. */
export function showHandover(source: ShownRun, id: string, event: number): HandoverShown {
  const opened = open(source, id, event);
  const { run, mission, track, events, feeders, users } = opened;
  const windows = linkWindows({ mission, track, feeders, users, firstUe: 0, qoutDb: QOUT_DB }, events);
  const serving = source.frames(run, 0, 0).cellState.map(cellOf);
  const handovers = handoversOf({ mission, feeders, events, windows, serving });
  const explanation = explain(
    handovers.attempts,
    settingsOf(mission, handovers),
    handovers.eventOf.indexOf(event),
  );
  const kept = procedureOf(source.procedures(run), event);
  const cell = (number: number | null) => (number === null ? null : handovers.cellOf[number]);
  const lines = explanation.lines.map((line) => ({
    ...line,
    fromCell: cell(line.fromCell),
    toCell: cell(line.toCell),
  }));
  return { ...factsOf(opened, event, kept), ...explanation, lines };
}

type Kept = Pick<
  HandoverShown,
  "outcome" | "startMs" | "endMs" | "downMs" | "upMs" | "messages" | "bytes" | "tries"
>;
const KEPT = ["startMs", "endMs", "downMs", "upMs", "messages", "bytes", "tries"] as const;

/** What the run keeps of a procedure. */
function procedureOf(columns: Columns, event: number): Kept {
  const number = columns.outcome[event] ?? NO_PROCEDURE;
  const known = number !== NO_PROCEDURE;
  const values = KEPT.map((key) => [key, known ? columns[key][event] : null]);
  return { outcome: known ? OUTCOME_NAMES[number] : null, ...Object.fromEntries(values) };
}

function factsOf(opened: Opened, event: number, kept: Kept): HandoverShown {
  const { mission, track, events, feeders, users } = opened;
  const ue = events.ue[event];
  const timeS = events.timeMs[event] / 1000;
  const [source, target] = [events.source[event], events.target[event]];
  // an instant of its own, not the end of a step
  const closeUps = new CloseUps({ ...mission, step: mission.measurementPeriod }, track, users, ue);
  const looks = new Map<string, CloseUp>();
  const look = (cell: number, t: number) => {
    const key = `${cell} ${t}`;
    const close = looks.get(key) ?? closeUps.at(cell, t);
    looks.set(key, close);
    return close;
  };
  const own = linkWindows(
    { mission, track, feeders, users, firstUe: 0, qoutDb: QOUT_DB },
    changeOf(events, event),
  );
  const signallingS = own.sourceUntilMs[0] / 1000;
  return {
    event,
    ue,
    timeS,
    source,
    target,
    trigger: TRIGGERS[events.trigger[event]],
    ...conditionOf(opened, event),
    ...candidatesOf(mission, events, event, own, (cell) => look(cell, timeS)),
    staying: stayingOf({
      mission,
      feeders,
      source,
      timeS,
      look: (t) => look(source, t),
      signallingS,
      feederEndsS: TRIGGERS[events.trigger[event]] === "feeder" ? signallingS : null,
    }),
    ...kept,
    lines: null,
    down: null,
    up: null,
  };
}

/** One row of the table of events. */
function changeOf({ timeMs, ue, source, target, trigger }: EventColumns, event: number): CellChanges {
  return {
    timeMs: timeMs.slice(event, event + 1),
    ue: ue.slice(event, event + 1),
    source: source.slice(event, event + 1),
    target: target.slice(event, event + 1),
    trigger: trigger.slice(event, event + 1),
  };
}

/** The cells heard: source, target, then those that were prepared and the strongest of the others. */
function candidatesOf(
  mission: Mission,
  events: EventColumns,
  event: number,
  { others }: LinkWindows,
  look: (cell: number) => CloseUp,
): { candidates: CellHeard[]; unlisted: number } {
  const [source, target] = [events.source[event], events.target[event]];
  const heard = look(source).heard.sort((a, b) => b.rsrpDbm - a.rsrpDbm);
  const own = [...new Set([source, target])].flatMap((cell) => heard.filter((one) => one.cell === cell));
  const rest = heard.filter(({ cell }) => cell !== source && cell !== target);
  const prepared = new Set([target, ...others]);
  const first = rest.filter(({ cell }) => prepared.has(cell));
  const more = rest.filter(({ cell }) => !prepared.has(cell)).slice(0, MOST_CANDIDATES - 1 - first.length);
  const listed = [...own, ...rest.filter((one) => first.includes(one) || more.includes(one))];
  const candidates = listed.map(({ cell, rsrpDbm }) => {
    const close = look(cell);
    return {
      cell,
      ...cellPlace(mission, cell),
      role:
        cell === source ? ("source" as const) : cell === target ? ("target" as const) : ("other" as const),
      prepared: prepared.has(cell),
      rsrpDbm,
      sinrDb: sinrOf(close),
      elevationDeg: close.elevation / DEG,
      rangeKm: close.range / 1000,
    };
  });
  return { candidates, unlisted: heard.length - listed.length };
}
