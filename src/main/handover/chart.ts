/** The message chart of one watched procedure, and when its UE had no user data. */
import { DOWN } from "./assembly/numbers.ts";
import type { ChartLine, Span } from "./attempts.ts";
import { MESSAGES, type Role } from "./messages.ts";

/** [number] what a procedure waits for, where, and whether it is worked on meanwhile: see `assembly/numbers.ts` */
const PAUSES: readonly { what: string; at: Role; working?: true }[] = [
  { what: "read SIB19 of the target", at: "ue" },
  { what: "wait for an occasion", at: "ue" },
  { what: "prepare the response", at: "cell", working: true },
  { what: "look for a cell", at: "ue" },
  { what: "wait for the response", at: "ue" },
  { what: "back-off", at: "ue" },
  { what: "wait for the condition", at: "ue" },
  { what: "link lost: N310 and T310 run", at: "ue" },
  { what: "link failed before", at: "ue" },
  { what: "T311: no cell found", at: "ue" },
  { what: "wait to send again", at: "source" },
  { what: "wait for the group's command", at: "ue" },
  { what: "stay at the source", at: "ue" },
  { what: "stay at the target", at: "ue" },
  { what: "T311 runs: no answer", at: "ue" },
];

export class Chart {
  readonly lines: ChartLine[] = [];
  down: Span[] = [];
  up: Span[] = [];
  readonly #source: number;
  readonly #target: number;

  /** @param source its cells, by the numbers of the attempts */
  constructor(source: number, target: number) {
    this.#source = source;
    this.#target = target;
  }

  message(
    kind: number,
    bytes: number,
    startMs: number,
    wayMs: number,
    waitMs: number,
    workMs: number,
    lost: number,
    candidate: number,
    access: number,
  ): void {
    const { name: what, interface: at } = MESSAGES[kind];
    const from = this.#party(MESSAGES[kind].from, candidate, access);
    const to = this.#party(MESSAGES[kind].to, candidate, access);
    const endMs = startMs + wayMs + waitMs + workMs;
    const times = { startMs, wayMs, waitMs, workMs, endMs };
    this.lines.push({ what, ...ends(from, to), interface: at, bytes, ...times, lost: lost === 1 });
  }

  /** `sends`: message whose sender waits, −1 none */
  pause(
    number: number,
    startMs: number,
    endMs: number,
    sends: number,
    candidate: number,
    access: number,
  ): void {
    if (endMs <= startMs) return;
    const { what, at, working } = PAUSES[number];
    const place = this.#party(sends < 0 ? at : MESSAGES[sends].from, candidate, access);
    const ms = endMs - startMs;
    const times = { startMs, wayMs: 0, waitMs: working ? 0 : ms, workMs: working ? ms : 0, endMs };
    this.lines.push({ what, ...ends(place, place), interface: null, bytes: 0, ...times, lost: false });
  }

  off(direction: number, fromMs: number, toMs: number): void {
    (direction === DOWN ? this.down : this.up).push({ fromMs, toMs });
  }

  upAnew(): void {
    this.up = [];
  }

  /** Who plays a role, and in which cell; a further candidate plays the target towards the source. */
  #party(role: Role, candidate: number, access: number): Party {
    if (candidate > 0 && (role === "target" || role === "other")) return { role: "other", cell: candidate };
    if (role === "source") return { role, cell: this.#source };
    if (role === "target") return { role, cell: this.#target };
    return { role, cell: role === "cell" ? access : null };
  }
}

interface Party {
  role: Role;
  cell: number | null;
}

const ends = (from: Party, to: Party) => ({
  from: from.role,
  fromCell: from.cell,
  to: to.role,
  toCell: to.cell,
});
