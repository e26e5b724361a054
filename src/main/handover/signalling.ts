/**
 * Signalling of handovers: every message of every attempt through links, queues and random access (TS 38.300 §9.2.3, TR 38.821 §7.2,
 * §7.3). Interruption counts from the last user data to the first. Down: from the instant at which data must leave the source
 * to reach the UE before it leaves (an ordinary handover's command; one way before a conditional execution) until the target
 * has the Complete and may send. Up: from the command, after which the source grants nothing more, or from the conditional
 * execution, until the random-access response lets the UE send. With a satellite in GEO and no processing that is 2 and 1.5
 * round trips (TR 38.821 §7.3.2.1.1). After a failure: from the last instant at which the link could be used until the UE has a
 * cell again; a link that fails before its handover starts starts the procedure by its failure. Deterministic for a seed; one UE has
 * one procedure at a time. Leaves out: re-establishment at other cells than source and target; a gNB decides and answers as of the
 * instant at which it takes a message, so what befalls the UE meanwhile does not stop it.
 */
import { BadInput, type Problem } from "../../shared/errors.ts";
import { OTHERS, type Attempts, type ChartLine, type SignallingSettings, type Span } from "./attempts.ts";
import { runEngine, type SignallingResult } from "./engine.ts";
import { OUTCOMES, type Outcome } from "./procedure.ts";

function check(attempts: Attempts, settings: SignallingSettings): void {
  const problems: Problem[] = [];
  const cells = settings.nodeOf.length;
  const say = (field: string, reason: string, remedy: string) => problems.push({ field, reason, remedy });
  const { count, kind, otherCandidates, preparedMs, source, target, timeMs } = attempts;
  let ordered = true;
  let known = !otherCandidates?.subarray(0, OTHERS * count).some((cell) => cell >= cells);
  let prepared = true;
  for (let p = 0; p < count; p++) {
    if (!(timeMs[p] >= (p > 0 ? timeMs[p - 1] : 0))) ordered = false;
    const [from, to] = [source[p], target[p]];
    if (from === 0 || to === 0 || from >= cells || to >= cells || from === to) known = false;
    if (kind[p] === 1 && !(preparedMs[p] >= 0 && preparedMs[p] <= timeMs[p])) prepared = false;
  }
  if (!ordered || timeMs[count - 1] === Infinity)
    say("attempts.timeMs", "the attempts are not in order of time from 0 on", "sort them");
  if (!known) say("attempts.target", "a cell is 0, unknown, or its own target", "number cells from 1");
  if (!prepared)
    say(
      "attempts.preparedMs",
      "a conditional attempt is prepared after its condition, or before 0",
      "prepare it between",
    );
  if (!(settings.processing.cpus >= 1)) say("processing.cpus", "no processor", "give at least 1");
  if (!(settings.messages.bytes.length >= 21)) say("messages", "messages are missing", "give all of them");
  const { length } = settings.rach.prach.subframes;
  if (length === 0 || length > 10) say("rach.prach", `${length} subframes with an occasion`, "give 1 to 10");
  if (problems.length > 0) throw new BadInput(problems);
}

/** Carries out all attempts. */
export function signalling(attempts: Attempts, settings: SignallingSettings): SignallingResult {
  check(attempts, settings);
  return runEngine(attempts, settings, -1);
}

export interface Explanation {
  outcome: Outcome;
  startMs: number;
  endMs: number;
  downMs: number;
  upMs: number;
  /** when that was: one time, and a second one where the target was lost again */
  down: Span[];
  up: Span[];
  /** without a gap from the start, or the loss of the source's link before it, to the end */
  lines: ChartLine[];
}

/** The message chart of one procedure among all: the same run, watched. */
export function explain(attempts: Attempts, settings: SignallingSettings, index: number): Explanation {
  check(attempts, settings);
  const { procedures: out, lines, down, up } = runEngine(attempts, { ...settings, keepRows: false }, index);
  return {
    outcome: OUTCOMES[out.outcome[index]],
    startMs: out.startMs[index],
    endMs: out.endMs[index],
    downMs: out.downMs[index],
    upMs: out.upMs[index],
    down,
    up,
    lines: lines.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs),
  };
}
