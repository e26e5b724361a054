/** The message chart of one watched procedure. */
import type { ChartLine } from "./attempts.ts";
import { MESSAGES } from "./messages.ts";

export class Chart {
  readonly lines: ChartLine[] = [];
  /** procedure that is watched, −1 none */
  readonly watched: number;

  constructor(watched: number) {
    this.watched = watched;
  }

  /** A message of the watched procedure. */
  message(
    kind: number,
    bytes: number,
    startMs: number,
    wayMs: number,
    waitMs: number,
    workMs: number,
    lost: boolean,
  ): void {
    const { name, from, to, interface: at } = MESSAGES[kind];
    const endMs = startMs + wayMs + waitMs + workMs;
    this.lines.push({
      what: name,
      from,
      to,
      interface: at,
      bytes,
      startMs,
      wayMs,
      waitMs,
      workMs,
      endMs,
      lost,
    });
  }

  /** A wait of the watched procedure, at the UE or in the cell it accesses. */
  pause(what: string, at: "ue" | "cell", startMs: number, endMs: number, working = false): void {
    if (endMs <= startMs) return;
    const ms = endMs - startMs;
    const [waitMs, workMs] = working ? [0, ms] : [ms, 0];
    this.lines.push({
      what,
      from: at,
      to: at,
      interface: null,
      bytes: 0,
      startMs,
      wayMs: 0,
      waitMs,
      workMs,
      endMs,
      lost: false,
    });
  }
}
