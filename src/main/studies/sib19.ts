/**
 * What the cells of a kept run would broadcast and configure, in the units of TS 38.331 V18.6.0: SIB19 (satellite's state, end of
 * service, reference location), and for each neighbour that UEs went to the windows of CondEvent T1 and the distances of
 * CondEvent D1 or D2. Frame number 0 is at the start of the run. Leaves out: neighbours' satellite assistance and the encoding
 * itself (PER).
 */
import { asn1Event, asn1Json, toAsn1 } from "../handover/asn1.ts";
import { DEG } from "../math/constants.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import { Footprints } from "../simulation/cells.ts";
import { firstSite } from "../simulation/ground.ts";
import type { Columns } from "../../shared/columns.ts";
import { cellBeam, cellOf, cellSatellite, type EventColumns, type FrameBlock } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import { reopen, type RunSource } from "./kept-run.ts";
import { timingOf, type Timing } from "./sib19-timing.ts";

/** What this study reads of a kept run. */
export interface Sib19Run extends RunSource {
  cells(run: string): Columns;
  events(run: string): EventColumns;
  frames(run: string, from: number, to: number): FrameBlock;
  holds(run: string): Columns;
}

/** A block of SIB19 holds so long: ntn-UlSyncValidityDuration-r17 s30. */
const VALIDITY_S = 30;
/** Changes to a neighbour that lie further apart belong to two windows. */
const APART_MS = 60_000;

/** ReferenceLocation-r17 as Ellipsoid-Point of TS 37.355, coded as in TS 23.032 §6.1: floor of 2²³/90° and 2²⁴/360°. */
export function ellipsoidPoint(latitude: number, longitude: number) {
  const [north, east] = [latitude / DEG, longitude / DEG];
  return {
    latitudeSign: north < 0 ? "south" : "north",
    degreesLatitude: Math.min(2 ** 23 - 1, Math.floor((Math.abs(north) * 2 ** 23) / 90)),
    degreesLongitude: Math.min(2 ** 23 - 1, Math.floor((east * 2 ** 24) / 360)),
  };
}

/** PositionVelocity-r17: ECEF, 1.3 m and 0.06 m/s; `state` is position m and velocity m/s. */
export function positionVelocity(state: Float64Array) {
  const position = (axis: number) => toAsn1("position", state[axis]).value;
  const velocity = (axis: number) => toAsn1("velocity", state[3 + axis]).value;
  return {
    "positionX-r17": position(0),
    "positionY-r17": position(1),
    "positionZ-r17": position(2),
    "velocityVX-r17": velocity(0),
    "velocityVY-r17": velocity(1),
    "velocityVZ-r17": velocity(2),
  };
}

/** What is said of all cells, and one object for each. */
export interface Broadcast {
  notes: string[];
  cells: Iterable<object>;
}

interface World {
  mission: Mission;
  timing: Timing;
  track: Track;
  footprints: Footprints;
  holds: Columns;
}

/** One object for each cell that served somebody, in the order of their numbers. */
export function sib19(source: Sib19Run, id: string): Broadcast {
  const record = source.run(id);
  const { mission, track } = reopen(source, record.run);
  const footprints = new Footprints(mission, track);
  const timing = timingOf(mission, track, footprints, VALIDITY_S);
  const world = { mission, track, footprints, timing, holds: source.holds(record.run) };
  return { notes: notesOf(world), cells: cellsOf(world, source, record) };
}

function* cellsOf(world: World, source: Sib19Run, record: ReturnType<Sib19Run["run"]>): Generator<object> {
  const { mission } = world;
  const events = source.events(record.run);
  const serving = servingAt(source, record, events);
  const windows = windowsOf(events);
  const { beams } = mission.payload;
  for (const cell of source.cells(record.run).cell) {
    // sites on the ground broadcast no SIB19, and no time or place leads to them
    if (cell >= firstSite(mission)) continue;
    const epochs = [...serving].filter(([, cells]) => cells.has(cell)).map(([epochS]) => epochS);
    yield {
      cell,
      satellite: mission.satellites[cellSatellite(cell, beams)].id,
      beam: cellBeam(cell, beams),
      sib19: epochs.map((epochS) => block(world, cell, epochS)).filter((one) => one !== null),
      neighbours: (windows.get(cell) ?? [])
        .filter(({ target }) => target < firstSite(mission))
        .map((window) => neighbour(world, cell, window)),
    };
  }
}

/** Where the numbers come from, and what of the scenario RRC cannot carry as it is given. */
function notesOf({ mission, timing }: World): string[] {
  const { handover, timeToTrigger } = mission;
  return [
    "T1: from the first to the last change of the run's UEs from a cell to its neighbour.",
    "D1, D2 and distanceThresh: the half major axis of each cell's -3 dB contour.",
    "D1, D2: hysteresisLocation is the scenario's handover.distanceHysteresisKm, timeToTrigger its handover.timeToTriggerMs.",
    "t-Service only where a cell that holds its place leaves it within the run.",
    ...timing.notes,
    ...[
      toAsn1("hysteresisLocation", handover.distanceHysteresisM).warning,
      toAsn1("timeToTrigger", timeToTrigger).warning,
    ]
      .filter((warning) => warning !== "")
      .map((warning) => `${warning}, which stands here; the run used the value given.`),
  ];
}

/** The cells that serve somebody while the block of an epoch holds: by epoch [s]. */
function servingAt(
  source: Sib19Run,
  { run, stepS, stepsDone }: ReturnType<Sib19Run["run"]>,
  { timeMs, source: from, target }: EventColumns,
): Map<number, Set<number>> {
  const serving = new Map<number, Set<number>>();
  for (let epochS = 0; epochS <= (stepsDone - 1) * stepS; epochS += VALIDITY_S) {
    const step = Math.min(stepsDone - 1, Math.ceil(epochS / stepS));
    const { cellState } = source.frames(run, step, step);
    serving.set(epochS, new Set(cellState.map(cellOf)));
  }
  for (let i = 0; i < timeMs.length; i++) {
    const cells = serving.get(Math.floor(timeMs[i] / 1000 / VALIDITY_S) * VALIDITY_S);
    cells?.add(from[i]).add(target[i]);
  }
  return serving;
}

/** What SIB19 of a cell says from an epoch on; null where the cell is not on the ground then. */
function block(
  { mission, timing, track, footprints, holds }: World,
  cell: number,
  epochS: number,
): object | null {
  const state = new Float64Array(6);
  const footprint = footprints.at(cell, epochS);
  if (!footprint || !stateAt(state, 0, track, cellSatellite(cell, mission.payload.beams), epochS))
    return null;
  const epochMs = Math.round(1000 * epochS);
  const held = holdAt(holds, cell, epochMs);
  const place = ellipsoidPoint(footprint.latitude, footprint.longitude);
  return {
    utc: new Date(mission.startMs + epochMs).toISOString(),
    "ntn-Config-r17": {
      "epochTime-r17": { "sfn-r17": Math.floor(epochMs / 10) % 1024, "subFrameNR-r17": epochMs % 10 },
      "ntn-UlSyncValidityDuration-r17": toAsn1("ntn-UlSyncValidityDuration", VALIDITY_S).text,
      ...timing.at(cell, epochS),
      "ephemerisInfo-r17": { "positionVelocity-r17": positionVelocity(state) },
    },
    ...(held === null
      ? { "movingReferenceLocation-r18": place }
      : {
          ...(held < 1000 * mission.duration
            ? { "t-Service-r17": toAsn1("t-Service", (mission.startMs + held) / 1000).value }
            : {}),
          "referenceLocation-r17": place,
        }),
    "distanceThresh-r17": toAsn1("distanceThresh", footprint.semiMajorM).value,
  };
}

/** Until when [ms] a quasi-earth-fixed cell holds its place; null for a cell that moves. */
function holdAt({ cell, fromMs, untilMs }: Columns, wanted: number, atMs: number): number | null {
  for (let i = 0; i < cell.length; i++)
    if (cell[i] === wanted && fromMs[i] <= atMs && atMs < untilMs[i]) return untilMs[i];
  return null;
}

interface Window {
  target: number;
  fromMs: number;
  untilMs: number;
  changes: number;
}

/** When UEs went from a cell to a neighbour: windows by source, in the order of their beginnings. */
function windowsOf({ timeMs, source, target }: EventColumns): Map<number, Window[]> {
  const windows = new Map<number, Window[]>();
  for (let i = 0; i < timeMs.length; i++) {
    if (source[i] === 0 || target[i] === 0) continue;
    // to another gNB of the same cell
    if (source[i] === target[i]) continue;
    const known = windows.get(source[i]) ?? [];
    windows.set(source[i], known);
    const open = known.findLast((window) => window.target === target[i]);
    if (open && timeMs[i] - open.untilMs <= APART_MS) {
      open.untilMs = timeMs[i];
      open.changes++;
    } else known.push({ target: target[i], fromMs: timeMs[i], untilMs: timeMs[i], changes: 1 });
  }
  return windows;
}

/** T1 as the run's UEs went over; D1 (places that stand) or D2 (places that move) with the cells' half axes at its beginning. */
function neighbour(world: World, cell: number, window: Window): object {
  const { target, fromMs, untilMs, changes } = window;
  const lastsS = Math.max(1, Math.ceil((untilMs - fromMs) / 100)) / 10;
  return {
    cell: target,
    changes,
    "condEventT1-r17": {
      "t1-Threshold-r17": toAsn1("t1-Threshold", (world.mission.startMs + fromMs) / 1000).value,
      "duration-r17": toAsn1("duration", lastsS).value,
    },
    ...condEvent(world, cell, window),
  };
}

/** Nothing where one of the two cells is not on the ground: all fields are mandatory. */
function condEvent({ mission, footprints, holds }: World, cell: number, { target, fromMs }: Window): object {
  const [from, to] = [cell, target].map((one) => footprints.at(one, fromMs / 1000));
  if (!from || !to) return {};
  const kind = holdAt(holds, cell, fromMs) === null ? "D2" : "D1";
  const { event, fields } = asn1Event(
    {
      kind,
      threshold1M: from.semiMajorM,
      threshold2M: to.semiMajorM,
      hysteresisM: mission.handover.distanceHysteresisM,
      timeToTriggerMs: 1000 * mission.timeToTrigger,
    },
    mission.startMs,
  );
  const locations = { "referenceLocation1-r17": from, "referenceLocation2-r17": to };
  return {
    [event!]: {
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, asn1Json(value)])),
      ...(kind === "D1"
        ? Object.fromEntries(
            Object.entries(locations).map(([name, at]) => [name, ellipsoidPoint(at.latitude, at.longitude)]),
          )
        : {}),
    },
  };
}
