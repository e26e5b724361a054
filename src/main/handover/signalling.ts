/**
 * Signalling of handovers: every message of every attempt through links, queues and random access (TS 38.300 §9.2.3, TR 38.821 §7.2,
 * §7.3). Interruption counts from the last user data to the first. Down: from the instant at which data must leave the source
 * to reach the UE before it leaves (an ordinary handover's command; one way before a conditional execution) until the target
 * has the Complete and may send. Up: from the command, after which the source grants nothing more, or from the conditional
 * execution, until the random-access response lets the UE send. With a satellite in GEO and no processing that is 2 and 1.5
 * round trips (TR 38.821 §7.3.2.1.1). Deterministic for a seed; one UE has one procedure at a time.
 */
import { BadInput, type Problem } from "../../shared/errors.ts";
import type { Attempts, ChartLine, Procedures, SignallingSettings } from "./attempts.ts";
import { Engine } from "./engine.ts";
import type { LedgerRows, LedgerSums } from "./ledger.ts";
import { OUTCOMES, type Outcome } from "./procedure.ts";

export interface SignallingResult {
  procedures: Procedures;
  rows: LedgerRows;
  sums: LedgerSums;
  /** [message number] how often it was sent */
  kinds: Uint32Array;
  /** [node] messages dropped, longest queue, ms of service */
  nodes: { drops: Uint32Array; longest: Uint32Array; busyMs: Float64Array };
  /** [cell] UEs held at the end */
  held: Int32Array;
}

function check(attempts: Attempts, settings: SignallingSettings): void {
  const problems: Problem[] = [];
  const cells = settings.nodeOf.length;
  const say = (field: string, reason: string, remedy: string) => problems.push({ field, reason, remedy });
  let ordered = true;
  let known = true;
  let prepared = true;
  for (let p = 0; p < attempts.count; p++) {
    if (p > 0 && attempts.timeMs[p] < attempts.timeMs[p - 1]) ordered = false;
    const { source, target } = attempts;
    if (
      source[p] === 0 ||
      target[p] === 0 ||
      source[p] >= cells ||
      target[p] >= cells ||
      source[p] === target[p]
    )
      known = false;
    if (attempts.kind[p] === 1 && !(attempts.preparedMs[p] <= attempts.timeMs[p])) prepared = false;
  }
  if (!ordered) say("attempts.timeMs", "the attempts are not in order of time", "sort them");
  if (!known) say("attempts.target", "a cell is 0, unknown, or its own target", "number cells from 1");
  if (!prepared)
    say("attempts.preparedMs", "a conditional attempt is prepared after its condition", "prepare it before");
  if (!(settings.processing.cpus >= 1)) say("processing.cpus", "no processor", "give at least 1");
  if (!(settings.messages.bytes.length >= 21)) say("messages", "messages are missing", "give all of them");
  if (settings.rach.prach.subframes.length === 0) say("rach.prach", "no occasion", "give a subframe");
  if (problems.length > 0) throw new BadInput(problems);
}

/** Carries out all attempts. */
export function signalling(attempts: Attempts, settings: SignallingSettings): SignallingResult {
  const engine = runEngine(attempts, settings, -1);
  const { ledger, processors } = engine.transport;
  const { drops, longest, busyMs } = processors;
  const sums = ledger.close();
  return {
    procedures: engine.progress.out,
    rows: ledger.rows,
    sums,
    kinds: ledger.kinds,
    nodes: { drops, longest, busyMs },
    held: engine.progress.held,
  };
}

function runEngine(attempts: Attempts, settings: SignallingSettings, watched: number): Engine {
  check(attempts, settings);
  const engine = new Engine(attempts, settings, watched);
  engine.run();
  return engine;
}

export interface Explanation {
  outcome: Outcome;
  startMs: number;
  endMs: number;
  downMs: number;
  upMs: number;
  lines: ChartLine[];
}

/** The message chart of one procedure among all: the same run, watched. */
export function explain(attempts: Attempts, settings: SignallingSettings, index: number): Explanation {
  const { progress, transport } = runEngine(attempts, { ...settings, keepRows: false }, index);
  const { out } = progress;
  return {
    outcome: OUTCOMES[out.outcome[index]],
    startMs: out.startMs[index],
    endMs: out.endMs[index],
    downMs: out.downMs[index],
    upMs: out.upMs[index],
    lines: transport.chart.lines.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs),
  };
}
