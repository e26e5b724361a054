/** From the cell changes of a run to the handovers that the signalling engine carries out, and the strategies that move them. */
import { OTHERS, type Attempts } from "../handover/attempts.ts";
import { flatten } from "../handover/flatten.ts";
import { groupAttempts } from "../handover/groups.ts";
import { nodeSwitches, servingGateway, type FeederPlan } from "../orbit/feeder.ts";
import { FEEDER, isConditional, REACH_S, type LinkWindows } from "../simulation/link-windows.ts";
import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";

const RESELECTION = TRIGGERS.indexOf("reselection");
/** Left of a source link for report, preparation and command, some 50 ms without queues. */
const GUARD_MS = 200;
/** Members of a group hand over within this of one another, and at most as many as a cell has preambles. */
const GROUP = { windowMs: 1000, maxSize: 64 };
/** Executions are spread over slots as long as the time over which peaks are counted. */
const SLOT_MS = 1000;
/** More gateways than a scenario may have, and none. */
const MOST_GATEWAYS = 1024;

/**
 * Handovers in order of time, with cells numbered 1 … n, so that sums per cell and second stay small. A cell whose gNB
 * changes with its satellite's gateway has a number for each.
 */
export interface Handovers {
  attempts: Attempts;
  /** [attempt] its row in the event table */
  eventOf: Uint32Array;
  /** [attempt] when the UE can be handed over, so that source and target both serve and none of its handovers passes another */
  earliestMs: Float64Array;
  latestMs: Float64Array;
  /** [attempt in order of the events] while the gNBs of its cells stay; null where they always do */
  bounds: Bounds | null;
  /** [number] cell of the run, not falling; 0 none */
  cellOf: Uint32Array<ArrayBuffer>;
  /** [number] gNB, from 0 */
  nodeOf: Uint32Array;
  /** [number] UEs served at the start of the run */
  held: Uint32Array;
}

interface Bounds {
  fromMs: Float64Array;
  untilMs: Float64Array;
}

export interface RunChanges {
  mission: Mission;
  feeders: FeederPlan | null;
  events: EventColumns;
  windows: LinkWindows;
  /** [ue] cell at the start of the run, 0 none */
  serving: Uint32Array;
}

/**
 * The handovers among the cell changes; a reselection is none. The gNB of a cell is its satellite where payloads are
 * regenerative, else the gateway that the satellite has at the time; satellites that reach gateways through others count as
 * gNBs of their own. At a hard feeder-link switch nothing reaches the UEs through the source any more: it is carried out as
 * a conditional handover by time; at a soft one by command. Its measurement report stands for the gNB's own order.
 */
export function handoversOf({ mission, feeders, events, windows, serving }: RunChanges): Handovers {
  const hard = !(mission.gateways && mission.gateways.switchOverlap > 0);
  const ahead = (i: number) => isConditional(events.trigger[i]) || (hard && events.trigger[i] === FEEDER);
  const eventOf = Uint32Array.from(events.ue.keys().filter((i) => events.trigger[i] !== RESELECTION));
  const { keyOf, cellOf: cellOfKey } = keys(mission, feeders);
  // a UE leaves the gNB that its cell had until then
  const sourceKey = Float64Array.from(eventOf, (i) => keyOf(events.source[i], events.timeMs[i] - 1));
  const targetKey = Float64Array.from(eventOf, (i) => keyOf(events.target[i], events.timeMs[i]));
  const otherKey = Float64Array.from(windows.others, (cell, at) =>
    cell === 0 ? 0 : keyOf(cell, events.timeMs[Math.floor(at / OTHERS)]),
  );
  const used = new Set([sourceKey, targetKey, otherKey].flatMap((column) => [...new Set(column)]));
  used.delete(0);
  const keyOfNumber = Float64Array.from([0, ...[...used].sort((a, b) => a - b)]);
  const cellOf = Uint32Array.from(keyOfNumber, cellOfKey);
  const numberOf = new Map(Array.from(keyOfNumber, (key, number) => [key, number]));
  const pick = (column: ArrayLike<number>) => gather(new Float64Array(eventOf.length), column, eventOf);
  const compact = (column: Float64Array) => Uint32Array.from(column, (key) => numberOf.get(key)!);
  const held = new Uint32Array(cellOf.length);
  for (const cell of serving) {
    const number = cell === 0 ? undefined : numberOf.get(keyOf(cell, 0));
    if (number !== undefined) held[number]++;
  }
  const source = compact(sourceKey);
  const target = compact(targetKey);
  const timeMs = pick(events.timeMs);
  const nodeOf = nodesOf(mission, keyOfNumber, cellOf);
  const attempts: Attempts = {
    count: eventOf.length,
    timeMs,
    ue: gather(new Uint32Array(eventOf.length), events.ue, eventOf),
    source,
    target,
    kind: Uint8Array.from(eventOf, (i) => (ahead(i) ? 1 : 0)),
    preparedMs: preparedOf(mission, events, eventOf, ahead),
    sourceUntilMs: pick(windows.sourceUntilMs),
    targetFromMs: pick(windows.targetFromMs),
    targetUntilMs: pick(windows.targetUntilMs),
    serviceDelayMs: pick(windows.sourceDelayMs),
    targetDelayMs: pick(windows.targetDelayMs),
    interSatellite: Uint8Array.from(source, (from, p) => (nodeOf[from] === nodeOf[target[p]] ? 0 : 1)),
    ...(windows.others.length > 0
      ? { otherCandidates: othersOf(otherKey, eventOf, (key) => numberOf.get(key)!) }
      : {}),
  };
  const bounds = feeders ? nodeBounds(attempts, cellOf, feeders, mission.payload.beams) : null;
  const between = executionWindows(attempts, attempts, mission.duration, bounds);
  return { attempts, eventOf, ...between, bounds, cellOf, nodeOf, held };
}

/** Cells told apart by the gateway of their satellite: a number for each pair, in the order of the cells; 0 none. */
function keys({ payload: { beams } }: Mission, feeders: FeederPlan | null) {
  const satellite = (cell: number) => Math.floor((cell - 1) / beams);
  return {
    keyOf: (cell: number, atMs: number) => {
      if (cell === 0 || !feeders || satellite(cell) + 1 >= feeders.start.length) return cell * MOST_GATEWAYS;
      return cell * MOST_GATEWAYS + servingGateway(feeders, satellite(cell), atMs) + 1;
    },
    cellOf: (key: number) => Math.floor(key / MOST_GATEWAYS),
  };
}

/** While source and target have the gNBs that they have at each handover, so that it stays one between them however it is moved. */
function nodeBounds(
  { count, timeMs, source, target }: Attempts,
  cellOf: Uint32Array,
  feeders: FeederPlan,
  beams: number,
): Bounds | null {
  const switches = nodeSwitches(feeders);
  const ofSatellite = new Map<number, number[]>();
  switches.satellite.forEach((s, i) =>
    ofSatellite.set(s, [...(ofSatellite.get(s) ?? []), switches.timeMs[i]]),
  );
  if (ofSatellite.size === 0) return null;
  const bounds = {
    fromMs: new Float64Array(count).fill(-Infinity),
    untilMs: new Float64Array(count).fill(Infinity),
  };
  for (let p = 0; p < count; p++) {
    const ends = [cellOf[source[p]], cellOf[target[p]]];
    // a switch that is the handover itself bounds nothing
    for (const cell of ends[0] === ends[1] ? [] : ends)
      for (const ms of ofSatellite.get(Math.floor((cell - 1) / beams)) ?? [])
        if (ms <= timeMs[p]) bounds.fromMs[p] = Math.max(bounds.fromMs[p], ms);
        else bounds.untilMs[p] = Math.min(bounds.untilMs[p], ms - 1);
  }
  return bounds;
}

function othersOf(
  others: Float64Array,
  eventOf: Uint32Array,
  numberOf: (cell: number) => number,
): Uint32Array {
  const out = new Uint32Array(eventOf.length * OTHERS);
  for (let p = 0; p < eventOf.length; p++)
    for (let c = 0; c < OTHERS; c++) out[p * OTHERS + c] = numberOf(others[eventOf[p] * OTHERS + c]);
  return out;
}

/** Fills a column with some rows of another. */
function gather<T extends Float64Array | Uint32Array>(
  out: T,
  column: ArrayLike<number>,
  rows: Uint32Array,
): T {
  for (let i = 0; i < rows.length; i++) out[i] = column[rows[i]];
  return out;
}

/** [number] gNB: the gateway, or the satellite where it has none; a site on the ground. */
function nodesOf(
  { payload: { beams }, satellites }: Mission,
  keyOfNumber: Float64Array,
  cellOf: Uint32Array,
) {
  const known = new Map<number, number>();
  return Uint32Array.from(cellOf, (cell, number) => {
    if (cell === 0) return 0;
    const gateway = (keyOfNumber[number] % MOST_GATEWAYS) - 1;
    const satellite = Math.floor((cell - 1) / beams);
    const site = cell - satellites.length * beams;
    const key = gateway >= 0 ? -1 - gateway : site > 0 ? satellites.length + site : satellite;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key)!;
  });
}

/** How long before its condition a conditional handover is configured [ms]: its time-to-trigger starts after its configuration. */
export const leadMs = ({ timeToTrigger, measurementPeriod, signalling }: Mission): number =>
  Math.max(signalling.leadMs, 1000 * (timeToTrigger + measurementPeriod));

/** When conditional handovers are configured; never before the UE is in the source cell. NaN for the others. */
function preparedOf(
  mission: Mission,
  events: EventColumns,
  eventOf: Uint32Array,
  ahead: (event: number) => boolean,
): Float64Array {
  const enteredMs = new Map<number, number>();
  const entered = Float64Array.from(events.ue, (ue, i) => {
    const before = enteredMs.get(ue) ?? 0;
    enteredMs.set(ue, events.timeMs[i]);
    return before;
  });
  const lead = leadMs(mission);
  return Float64Array.from(eventOf, (i) => {
    if (!ahead(i)) return Number.NaN;
    return Math.min(events.timeMs[i], Math.max(entered[i], events.timeMs[i] - lead));
  });
}

type Links = Pick<LinkWindows, "sourceUntilMs" | "targetFromMs" | "targetUntilMs">;

/**
 * The window in which each handover can be executed by its links: target usable, source usable for a guard time more.
 * The windows of one UE end halfway between its handovers. A handover that the links allow lies inside its own.
 */
function executionWindows(
  { count, timeMs, ue }: Attempts,
  links: { [K in keyof Links]: Float64Array },
  duration: number,
  bounds: Bounds | null,
) {
  const { sourceUntilMs, targetFromMs, targetUntilMs } = links;
  const earliestMs = new Float64Array(count);
  const latestMs = new Float64Array(count);
  const last = new Map<number, number>();
  for (let p = 0; p < count; p++) {
    const end = Math.min(timeMs[p] + REACH_S * 1000, duration * 1000, bounds?.untilMs[p] ?? Infinity);
    const until = Math.min(sourceUntilMs[p], targetUntilMs[p], end);
    earliestMs[p] = Math.max(targetFromMs[p], timeMs[p] - REACH_S * 1000, bounds?.fromMs[p] ?? -Infinity);
    latestMs[p] = Math.max(Math.min(timeMs[p], until), until - GUARD_MS);
    const before = last.get(ue[p]);
    if (before !== undefined) {
      const middle = (timeMs[before] + timeMs[p]) / 2;
      latestMs[before] = Math.min(latestMs[before], middle);
      earliestMs[p] = Math.max(earliestMs[p], middle);
    }
    last.set(ue[p], p);
  }
  return { earliestMs, latestMs };
}

/** Ordinary handovers at other times. Delays stay those of their own instants. */
function retimed(handovers: Handovers, timeMs: Float64Array, groupOf?: Int32Array): Handovers {
  const { attempts } = handovers;
  const order = Uint32Array.from(timeMs.keys()).sort((a, b) => timeMs[a] - timeMs[b] || a - b);
  const moved = <T extends Float64Array | Uint32Array | Uint8Array | Int32Array>(column: T): T =>
    column.map((_, i) => column[order[i]]) as T;
  return {
    ...handovers,
    attempts: {
      count: attempts.count,
      timeMs: moved(timeMs),
      ue: moved(attempts.ue),
      source: moved(attempts.source),
      target: moved(attempts.target),
      kind: moved(attempts.kind),
      preparedMs: moved(attempts.preparedMs),
      sourceUntilMs: moved(attempts.sourceUntilMs),
      targetFromMs: moved(attempts.targetFromMs),
      targetUntilMs: moved(attempts.targetUntilMs),
      serviceDelayMs: moved(attempts.serviceDelayMs),
      targetDelayMs: moved(attempts.targetDelayMs),
      interSatellite: moved(attempts.interSatellite),
      ...(groupOf ? { groupOf: moved(groupOf) } : {}),
    },
    eventOf: moved(handovers.eventOf),
    earliestMs: moved(handovers.earliestMs),
    latestMs: moved(handovers.latestMs),
  };
}

/**
 * UEs of one cluster that make the same change within a second go together, with one preparation and one command.
 * @param cluster [ue] their cluster at the mark, 255 none; null: all UEs are one
 */
export function grouped(handovers: Handovers, cluster: Uint8Array | null): Handovers {
  const { attempts, earliestMs, latestMs } = handovers;
  const clusterOf = (ue: number) => (cluster && cluster[ue] === 255 ? -1 : (cluster?.[ue] ?? 0));
  const groups = groupAttempts(
    {
      count: attempts.count,
      timeMs: attempts.timeMs,
      source: attempts.source,
      target: attempts.target,
      cluster: Int32Array.from(attempts.ue, clusterOf),
      windows: { earliestMs, latestMs },
    },
    GROUP,
  );
  return retimed(handovers, groups.timeMs, groups.groupOf);
}

/** The same handovers with the windows that a forecast of their links gives, by event. */
export function foreseen(handovers: Handovers, forecast: LinkWindows, duration: number): Handovers {
  const { attempts, eventOf } = handovers;
  const pick = (column: Float64Array) => gather(new Float64Array(eventOf.length), column, eventOf);
  const links = {
    sourceUntilMs: pick(forecast.sourceUntilMs),
    targetFromMs: pick(forecast.targetFromMs),
    targetUntilMs: pick(forecast.targetUntilMs),
  };
  return { ...handovers, ...executionWindows(attempts, links, duration, handovers.bounds) };
}

/** What is known at the mark of every UE [ue]. */
export interface ReadyUes {
  /** the cell that it leaves, 0 none */
  cell: Uint32Array;
  /** 1 where a classifier calls it handover-ready */
  ready: Uint8Array;
  /** seconds after the mark at which geometry says that it leaves its cell; NaN: not within the run */
  leaveS: Float32Array;
}

const SLOTS = { slotMs: SLOT_MS, originMs: 0, load: "both" } as const;

/** Executions spread over their windows so that the busiest second of any cell is as quiet as can be; and its bound. */
export function flattened(handovers: Handovers): { handovers: Handovers; bound: number } {
  const { attempts, earliestMs, latestMs } = handovers;
  const { count, timeMs, source, target } = attempts;
  if (count === 0) return { handovers, bound: 0 };
  const { atMs, bound } = flatten(
    { count, individualMs: timeMs, earliestMs, latestMs, source, target },
    SLOTS,
  );
  return { handovers: retimed(handovers, atMs), bound };
}

/**
 * Flattening that moves only what the mark foretells: handovers out of the cell at the mark, by UEs that are called ready and are
 * predicted to leave within the run; from the mark or the start of the window to the predicted leave or the end of the window. A
 * handover stays where it was measured where that is outside and serves better; all others stay there in any case. What is
 * measured by then has the last word: see `asMeasured`. The bound takes what lies between window and own instant for possible.
 */
export function flattenedReady(
  handovers: Handovers,
  known: ReadyUes,
  markMs: number,
): { handovers: Handovers; bound: number } {
  const { attempts } = handovers;
  const { count, timeMs } = attempts;
  if (count === 0) return { handovers, bound: 0 };
  const { fromMs, untilMs } = foretold(handovers, known, markMs);
  const within = (earliestMs: Float64Array, latestMs: Float64Array) =>
    flatten({ ...attempts, individualMs: timeMs, earliestMs, latestMs }, SLOTS);
  const inside = (p: number, ms: number) => ms >= fromMs[p] && ms <= untilMs[p];
  const { atMs: spread, bound } = within(
    fromMs.map((from, p) => Math.min(from, timeMs[p])),
    untilMs.map((until, p) => Math.max(until, timeMs[p])),
  );
  let atMs: Float64Array = spread.map((ms, p) => (inside(p, ms) ? asMeasured(attempts, p, ms) : timeMs[p]));
  if (greatestLoad(attempts, atMs) > greatestLoad(attempts, timeMs)) {
    // too many were put back: only those then that may stay as well
    const narrow = within(
      timeMs.map((own, p) => (inside(p, own) ? fromMs[p] : own)),
      timeMs.map((own, p) => (inside(p, own) ? untilMs[p] : own)),
    );
    atMs = narrow.atMs.map((ms, p) => asMeasured(attempts, p, ms));
    if (greatestLoad(attempts, atMs) > greatestLoad(attempts, timeMs)) atMs = timeMs;
  }
  return { handovers: retimed(handovers, atMs), bound };
}

/**
 * When a handover planned for an instant is carried out: not before its own where the UE does not yet hear the target then, and
 * earlier where the source is about to be lost.
 */
function asMeasured(
  { timeMs, sourceUntilMs, targetFromMs, targetUntilMs }: Attempts,
  p: number,
  plannedMs: number,
): number {
  const own = timeMs[p];
  if (plannedMs >= own) return Math.max(own, Math.min(plannedMs, sourceUntilMs[p] - GUARD_MS));
  return plannedMs >= targetFromMs[p] && plannedMs <= targetUntilMs[p] ? plannedMs : own;
}

/** The most handovers out of and into one cell in one slot. */
function greatestLoad({ source, target }: Attempts, atMs: Float64Array): number {
  const cells = 1 + source.reduce((most, cell, p) => Math.max(most, cell, target[p]), 0);
  const slots = 1 + Math.floor(atMs.reduce((most, ms) => Math.max(most, ms), 0) / SLOT_MS);
  const load = new Uint32Array(cells * slots);
  let most = 0;
  for (let p = 0; p < atMs.length; p++) {
    const row = Math.floor(atMs[p] / SLOT_MS) * cells;
    most = Math.max(most, ++load[row + source[p]], ++load[row + target[p]]);
  }
  return most;
}

/** The windows of what the mark foretells; of all others their own instant. */
function foretold(handovers: Handovers, { cell, ready, leaveS }: ReadyUes, markMs: number) {
  const { attempts, cellOf, earliestMs, latestMs } = handovers;
  const { timeMs, ue, source } = attempts;
  const fromMs = timeMs.slice();
  const untilMs = timeMs.slice();
  const done = new Uint8Array(cell.length);
  for (let p = 0; p < attempts.count; p++) {
    const who = ue[p];
    if (timeMs[p] < markMs || done[who] === 1) continue;
    done[who] = 1;
    if (ready[who] !== 1 || cellOf[source[p]] !== cell[who]) continue;
    const from = Math.max(markMs, earliestMs[p]);
    const until = Math.min(markMs + 1000 * leaveS[who], latestMs[p]);
    if (!(from <= until)) continue;
    fromMs[p] = from;
    untilMs[p] = until;
  }
  return { fromMs, untilMs };
}
