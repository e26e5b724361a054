/** From the cell changes of a run to the handovers that the signalling engine carries out, and the strategies that move them. */
import { OTHERS, type Attempts } from "../handover/attempts.ts";
import { flatten } from "../handover/flatten.ts";
import { groupAttempts } from "../handover/groups.ts";
import { feederAt, type FeederPlan } from "../orbit/feeder.ts";
import { isConditional, REACH_S, type LinkWindows } from "../simulation/link-windows.ts";
import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";

const RESELECTION = TRIGGERS.indexOf("reselection");
/** Where the run does not say when a conditional handover was configured: this long before its condition held. */
const LEAD_MS = 2000;
/** Left of a source link for report, preparation and command, some 50 ms without queues. */
const GUARD_MS = 200;
/** Members of a group hand over within this of one another, and at most as many as a cell has preambles. */
const GROUP = { windowMs: 1000, maxSize: 64 };
/** Executions are spread over slots as long as the time over which peaks are counted. */
const SLOT_MS = 1000;

/** Handovers in order of time, with cells numbered 1 … n, so that sums per cell and second stay small. */
export interface Handovers {
  attempts: Attempts;
  /** [attempt] its row in the event table */
  eventOf: Uint32Array;
  /** [attempt] when the UE can be handed over, so that source and target both serve and none of its handovers passes another */
  earliestMs: Float64Array;
  latestMs: Float64Array;
  /** [number] cell of the run, ascending; 0 none */
  cellOf: Uint32Array<ArrayBuffer>;
  /** [number] gNB, from 0 */
  nodeOf: Uint32Array;
  /** [number] UEs served at the start of the run */
  held: Uint32Array;
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
 * regenerative, else the gateway that the satellite has at the cell's first handover (its last one for a mere candidate); satellites that reach gateways
 * through others count as gNBs of their own.
 */
export function handoversOf({ mission, feeders, events, windows, serving }: RunChanges): Handovers {
  const { beams } = mission.payload;
  const eventOf = Uint32Array.from(events.ue.keys().filter((i) => events.trigger[i] !== RESELECTION));
  const cells = new Set<number>();
  for (const i of eventOf) cells.add(events.source[i]).add(events.target[i]);
  for (const cell of windows.others) if (cell !== 0) cells.add(cell);
  const cellOf = Uint32Array.from([0, ...[...cells].sort((a, b) => a - b)]);
  const numberOf = new Map(Array.from(cellOf, (cell, number) => [cell, number]));
  const pick = (column: ArrayLike<number>) => gather(new Float64Array(eventOf.length), column, eventOf);
  const compact = (column: ArrayLike<number>) => Uint32Array.from(eventOf, (i) => numberOf.get(column[i])!);
  const held = new Uint32Array(cellOf.length);
  for (const cell of serving) {
    const number = cell === 0 ? undefined : numberOf.get(cell);
    if (number !== undefined) held[number]++;
  }
  const source = compact(events.source);
  const target = compact(events.target);
  const timeMs = pick(events.timeMs);
  const nodeOf = nodesOf(cellOf, beams, feeders, firstUse(cellOf.length, source, target, timeMs));
  const attempts: Attempts = {
    count: eventOf.length,
    timeMs,
    ue: gather(new Uint32Array(eventOf.length), events.ue, eventOf),
    source,
    target,
    kind: Uint8Array.from(eventOf, (i) => (isConditional(events.trigger[i]) ? 1 : 0)),
    preparedMs: preparedOf(events, eventOf),
    sourceUntilMs: pick(windows.sourceUntilMs),
    targetFromMs: pick(windows.targetFromMs),
    targetUntilMs: pick(windows.targetUntilMs),
    serviceDelayMs: pick(windows.sourceDelayMs),
    targetDelayMs: pick(windows.targetDelayMs),
    interSatellite: Uint8Array.from(source, (from, p) => (nodeOf[from] === nodeOf[target[p]] ? 0 : 1)),
    ...(windows.others.length > 0
      ? { otherCandidates: othersOf(windows.others, eventOf, (cell) => numberOf.get(cell)!) }
      : {}),
  };
  const between = executionWindows(attempts, attempts, mission.duration);
  return { attempts, eventOf, ...between, cellOf, nodeOf, held };
}

function othersOf(
  others: Uint32Array,
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

/** [number] when each cell takes part first, ms. */
function firstUse(cells: number, source: Uint32Array, target: Uint32Array, timeMs: Float64Array) {
  const first = new Float64Array(cells).fill(Infinity);
  for (let p = 0; p < timeMs.length; p++) {
    first[source[p]] = Math.min(first[source[p]], timeMs[p]);
    first[target[p]] = Math.min(first[target[p]], timeMs[p]);
  }
  return first;
}

function nodesOf(
  cellOf: Uint32Array,
  beams: number,
  feeders: FeederPlan | null,
  firstMs: Float64Array,
): Uint32Array {
  const known = new Map<number, number>();
  return Uint32Array.from(cellOf, (cell, number) => {
    if (cell === 0) return 0;
    const satellite = Math.floor((cell - 1) / beams);
    const gateway = feeders ? feederAt(feeders, satellite, firstMs[number] / 1000) : -1;
    const key = gateway >= 0 ? -1 - gateway : satellite;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key)!;
  });
}

/** When conditional handovers are configured; never before the UE is in the source cell. NaN for the others. */
function preparedOf(events: EventColumns, eventOf: Uint32Array): Float64Array {
  const enteredMs = new Map<number, number>();
  const entered = Float64Array.from(events.ue, (ue, i) => {
    const before = enteredMs.get(ue) ?? 0;
    enteredMs.set(ue, events.timeMs[i]);
    return before;
  });
  return Float64Array.from(eventOf, (i) => {
    if (!isConditional(events.trigger[i])) return Number.NaN;
    return Math.min(events.timeMs[i], Math.max(entered[i], events.timeMs[i] - LEAD_MS));
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
) {
  const { sourceUntilMs, targetFromMs, targetUntilMs } = links;
  const earliestMs = new Float64Array(count);
  const latestMs = new Float64Array(count);
  const last = new Map<number, number>();
  for (let p = 0; p < count; p++) {
    const end = Math.min(timeMs[p] + REACH_S * 1000, duration * 1000);
    const until = Math.min(sourceUntilMs[p], targetUntilMs[p], end);
    earliestMs[p] = Math.max(targetFromMs[p], timeMs[p] - REACH_S * 1000);
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
  return { ...handovers, ...executionWindows(attempts, links, duration) };
}

/** Executions spread over their windows so that the busiest second of any cell is as quiet as can be; and its bound. */
export function flattened(handovers: Handovers): { handovers: Handovers; bound: number } {
  const { attempts, earliestMs, latestMs } = handovers;
  const { count, timeMs, source, target } = attempts;
  if (count === 0) return { handovers, bound: 0 };
  const { atMs, bound } = flatten(
    { count, individualMs: timeMs, earliestMs, latestMs, source, target },
    { slotMs: SLOT_MS, originMs: 0, load: "both" },
  );
  return { handovers: retimed(handovers, atMs), bound };
}
