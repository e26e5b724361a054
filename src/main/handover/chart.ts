/** The message chart of one watched procedure. */
import type { ChartLine } from "./attempts.ts";
import { MESSAGES, type Role } from "./messages.ts";

/** [number] what a procedure waits for, where, and whether it is worked on meanwhile: see `assembly/numbers.ts` */
const PAUSES: readonly { what: string; at: Role; working: boolean }[] = [
  { what: "read SIB19 of the target", at: "ue", working: false },
  { what: "wait for an occasion", at: "ue", working: false },
  { what: "prepare the response", at: "cell", working: true },
  { what: "look for a cell", at: "ue", working: false },
];

export class Chart {
  readonly lines: ChartLine[] = [];

  message(
    kind: number,
    bytes: number,
    startMs: number,
    wayMs: number,
    waitMs: number,
    workMs: number,
    lost: number,
  ): void {
    const { name: what, from, to, interface: at } = MESSAGES[kind];
    const endMs = startMs + wayMs + waitMs + workMs;
    const times = { startMs, wayMs, waitMs, workMs, endMs };
    this.lines.push({ what, from, to, interface: at, bytes, ...times, lost: lost === 1 });
  }

  pause(number: number, startMs: number, endMs: number): void {
    if (endMs <= startMs) return;
    const { what, at, working } = PAUSES[number];
    const ms = endMs - startMs;
    const times = { startMs, wayMs: 0, waitMs: working ? 0 : ms, workMs: working ? ms : 0, endMs };
    this.lines.push({ what, from: at, to: at, interface: null, bytes: 0, ...times, lost: false });
  }
}
