/** Signalling of a run: what became of every cell change, what each cell had to work on, and all in one line. */
import { signallingSettings, type SignallingSettings } from "../handover/attempts.ts";
import { COMMAND, CONFIGURE, MESSAGES, messageCosts } from "../handover/messages.ts";
import { OUTCOMES } from "../handover/procedure.ts";
import type { SignallingResult } from "../handover/engine.ts";
import { signalling } from "../handover/signalling.ts";
import { percentile } from "../math/statistics.ts";
import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import {
  STORM_KEYS,
  type MessageName,
  type ProcedureColumns,
  type SignallingSummary,
  type StormColumns,
} from "../../shared/storm.ts";
import type { Handovers } from "./attempts.ts";
import { pingPongsOf } from "./ping-pongs.ts";
import { randomAccess } from "./random-access.ts";

const RESELECTION = TRIGGERS.indexOf("reselection");

export interface Storm {
  storm: StormColumns;
  procedures: ProcedureColumns;
  summary: SignallingSummary;
}

export interface StormAsk {
  strategy: string;
  mission: Pick<Mission, "seed" | "minTimeOfStay" | "signalling">;
  events: EventColumns;
  handovers: Handovers;
  /** of flattened executions */
  peakBound?: number;
}

/** Settings of the signalling engine for a run's handovers. N311 is none: the windows of a link end once, so that T310 is never stopped. */
export function settingsOf(
  { seed, minTimeOfStay, signalling: rules }: StormAsk["mission"],
  { nodeOf, held }: Pick<Handovers, "nodeOf" | "held">,
): SignallingSettings {
  const base = signallingSettings(seed, nodeOf);
  const { cpus, queueLimit, coreMs, interSatelliteMs, retryMs, t304Ms, t311Ms, t430Ms } = rules;
  const { t310Ms, n310, capacity, maxRetransmissions } = rules;
  const { prach, contentionPreambles, fdm, triesMax, backoffMs } = rules;
  return {
    ...base,
    held,
    keepRows: false,
    minTimeOfStayMs: minTimeOfStay * 1000,
    coreMs,
    interSatelliteMs,
    retryMs,
    t304Ms,
    t311Ms,
    t430Ms,
    capacity,
    maxRetransmissions,
    radioLink: { ...base.radioLink, t310Ms, n310 },
    messages: messageCosts(
      MESSAGES.map((message) => {
        const given = rules.messages[message.name as MessageName];
        return {
          ...message,
          bytes: given?.bytes ?? message.bytes,
          serviceMs: given?.processingMs ?? message.serviceMs,
        };
      }),
    ),
    processing: { cpus, queueLimit },
    rach: { ...base.rach, prach, contentionPreambles, fdm, triesMax, backoffMs },
  };
}

/** Carries out all handovers and sums up. */
export function stormOf(ask: StormAsk): Storm {
  const { handovers, mission } = ask;
  const settings = settingsOf(mission, handovers);
  const result = signalling(handovers.attempts, settings);
  const byNode = stormColumns(handovers, result);
  const access = randomAccess(handovers.attempts, result.procedures, settings, byNode);
  return {
    storm: joined(byNode),
    procedures: procedureColumns(ask.events.ue.length, handovers, result),
    summary: { ...summarise(ask, result, byNode), access },
  };
}

/** One row for a cell and second where two gNBs had the cell: sums, and the longer of their queues. */
function joined(byNode: StormColumns): StormColumns {
  const { cell, second } = byNode;
  const isSplit = cell.some((c, i) => i > 0 && c === cell[i - 1] && second[i] <= second[i - 1]);
  if (!isSplit) return byNode;
  const rowOf = new Map<number, number>();
  const order = [...cell.keys()].sort((a, b) => cell[a] - cell[b] || second[a] - second[b] || a - b);
  for (const i of order) {
    const key = cell[i] * 2 ** 24 + second[i];
    if (!rowOf.has(key)) rowOf.set(key, rowOf.size);
  }
  const rows = rowOf.size;
  const out = Object.fromEntries(STORM_KEYS.map((key) => [key, new Uint32Array(rows)]));
  for (const i of order) {
    const row = rowOf.get(cell[i] * 2 ** 24 + second[i])!;
    for (const key of STORM_KEYS) {
      if (key === "cell" || key === "second") out[key][row] = byNode[key][i];
      else if (key === "queue") out[key][row] = Math.max(out[key][row], byNode[key][i]);
      else out[key][row] += byNode[key][i];
    }
  }
  return out as unknown as StormColumns;
}

/** Cells of gNBs and seconds with anything to show. A handover counts in the second of its report, or of its condition. */
function stormColumns({ attempts, cellOf }: Handovers, { sums }: SignallingResult): StormColumns {
  const { count, timeMs, source, target } = attempts;
  const { cells } = sums;
  const seconds = Math.max(sums.seconds, count > 0 ? Math.floor(timeMs[count - 1] / 1000) + 1 : 0);
  const out = new Uint32Array(cells * seconds);
  const into = new Uint32Array(cells * seconds);
  for (let p = 0; p < count; p++) {
    const row = Math.floor(timeMs[p] / 1000) * cells;
    out[row + source[p]]++;
    into[row + target[p]]++;
  }
  const place: number[] = [];
  for (let cell = 1; cell < cells; cell++)
    for (let second = 0; second < seconds; second++) {
      const at = second * cells + cell;
      if (out[at] + into[at] > 0 || sums.messages[at] > 0 || sums.tries[at] > 0 || sums.drops[at] > 0)
        place.push(at);
    }
  const of = (column: ArrayLike<number>) => Uint32Array.from(place, (at) => column[at] ?? 0);
  return {
    cell: Uint32Array.from(place, (at) => cellOf[at % cells]),
    second: Uint32Array.from(place, (at) => Math.floor(at / cells)),
    handoversOut: of(out),
    handoversIn: of(into),
    messages: of(sums.messages),
    bytes: of(sums.bytes),
    tries: of(sums.tries),
    collisions: of(sums.collisions),
    queue: of(sums.queue),
    drops: of(sums.drops),
  };
}

function procedureColumns(
  events: number,
  { eventOf }: Handovers,
  { procedures: from }: SignallingResult,
): ProcedureColumns {
  const columns: ProcedureColumns = {
    outcome: new Uint8Array(events).fill(255),
    startMs: new Float64Array(events).fill(Number.NaN),
    endMs: new Float64Array(events).fill(Number.NaN),
    downMs: new Float32Array(events),
    upMs: new Float32Array(events),
    messages: new Uint16Array(events),
    bytes: new Uint32Array(events),
    tries: new Uint16Array(events),
  };
  for (let p = 0; p < from.count; p++) {
    const event = eventOf[p];
    columns.outcome[event] = from.outcome[p];
    columns.startMs[event] = from.startMs[p];
    columns.endMs[event] = from.endMs[p];
    columns.downMs[event] = from.downMs[p];
    columns.upMs[event] = from.upMs[p];
    columns.messages[event] = from.messages[p];
    columns.bytes[event] = from.bytes[p];
    columns.tries[event] = from.tries[p];
  }
  return columns;
}

const sum = (column: ArrayLike<number> & Iterable<number>) => {
  let total = 0;
  for (const value of column) total += value;
  return total;
};
const greatest = (column: Uint32Array) => column.reduce((a, b) => Math.max(a, b), 0);

function summarise(ask: StormAsk, { procedures, kinds }: SignallingResult, storm: StormColumns) {
  const { events, handovers, mission, strategy, peakBound } = ask;
  const counts = new Uint32Array(OUTCOMES.length);
  for (const outcome of procedures.outcome) counts[outcome]++;
  const tries = sum(storm.tries);
  const summary: SignallingSummary = {
    strategy,
    procedures: procedures.count,
    outcomes: Object.fromEntries(OUTCOMES.map((name, i) => [name, counts[i]])),
    successShare: procedures.count > 0 ? counts[0] / procedures.count : null,
    pingPongs: pingPongsOf(events, handovers, 1000 * mission.minTimeOfStay),
    reselections: events.trigger.reduce((n, trigger) => n + (trigger === RESELECTION ? 1 : 0), 0),
    interruptionDownMs: spread(procedures.downMs),
    interruptionUpMs: spread(procedures.upMs),
    messages: sum(procedures.messages),
    bytes: sum(procedures.bytes),
    commands: kinds[COMMAND] + kinds[CONFIGURE],
    ...peakOf(storm),
    collisionShare: tries > 0 ? sum(storm.collisions) / tries : null,
    longestQueue: greatest(storm.queue),
    drops: sum(storm.drops),
    peakBound: peakBound ?? null,
  };
  return summary;
}

/** Over all procedures; one that never left its source counts with 0. */
function spread(ms: Float64Array): { mean: number | null; p95: number | null } {
  if (ms.length === 0) return { mean: null, p95: null };
  return { mean: sum(ms) / ms.length, p95: percentile(ms.slice().sort(), 95) };
}

function peakOf({ cell, second, handoversOut, handoversIn }: StormColumns) {
  const rates = handoversOut.map((out, i) => out + handoversIn[i]);
  let worst = -1;
  for (let i = 0; i < rates.length; i++) if (rates[i] > (rates[worst] ?? 0)) worst = i;
  const sorted = rates.filter((rate) => rate > 0).sort();
  return {
    peakPerS: rates[worst] ?? 0,
    peakCell: cell[worst] ?? 0,
    peakAtS: second[worst] ?? 0,
    p99PerS: sorted.length > 0 ? percentile(sorted, 99) : 0,
  };
}
