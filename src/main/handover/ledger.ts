/**
 * Every message that was sent: rows in the order of sending, and sums per cell and second. A message belongs to the cell whose gNB
 * works on it, or to the sender's where the receiver is a UE or the core.
 */
import { INTERFACES, MESSAGES } from "./messages.ts";

/** [message] number of its interface in INTERFACES */
export const INTERFACE_OF = Uint8Array.from(MESSAGES, (m) => INTERFACES.indexOf(m.interface));

/** Rows as columns, `count` long. */
export interface LedgerRows {
  count: number;
  /** when it was sent [ms] */
  timeMs: Float64Array;
  cell: Uint32Array;
  /** message number; `INTERFACE_OF` tells the interface */
  kind: Uint8Array;
  bytes: Uint32Array;
}

/** [second × cells + cell] sums; cell 0 is none. */
export interface LedgerSums {
  cells: number;
  seconds: number;
  messages: Uint32Array;
  bytes: Float64Array;
  /** accesses that began: handovers carried out or tried, and re-establishments */
  executions: Uint32Array;
  tries: Uint32Array;
  collisions: Uint32Array;
  /** longest queue that a message of the cell met at its gNB */
  queue: Uint32Array;
  drops: Uint32Array;
}

function sums(cells: number, seconds: number, old?: LedgerSums): LedgerSums {
  const size = cells * seconds;
  const count = (from?: Uint32Array) => {
    const next = new Uint32Array(size);
    if (from) next.set(from);
    return next;
  };
  const bytes = new Float64Array(size);
  if (old) bytes.set(old.bytes);
  return {
    cells,
    seconds,
    messages: count(old?.messages),
    bytes,
    executions: count(old?.executions),
    tries: count(old?.tries),
    collisions: count(old?.collisions),
    queue: count(old?.queue),
    drops: count(old?.drops),
  };
}

export class Ledger {
  sums: LedgerSums;
  /** [message number] how often it was sent */
  readonly kinds = new Uint32Array(MESSAGES.length);
  #count = 0;
  #timeMs: Float64Array<ArrayBuffer>;
  #cell: Uint32Array<ArrayBuffer>;
  #kind: Uint8Array<ArrayBuffer>;
  #bytes: Uint32Array<ArrayBuffer>;
  readonly #keepRows: boolean;
  /** the latest that came [ms] */
  #lastMs = 0;
  /** the second that was met last: its start [ms], its first place */
  #secondMs = -Infinity;
  #row = 0;

  /** `keepRows: false` keeps only the sums: 17 bytes a message are too much for millions of procedures. */
  constructor(cells: number, keepRows: boolean) {
    const rows = keepRows ? 65_536 : 0;
    this.#keepRows = keepRows;
    this.sums = sums(cells, 64);
    this.#timeMs = new Float64Array(rows);
    this.#cell = new Uint32Array(rows);
    this.#kind = new Uint8Array(rows);
    this.#bytes = new Uint32Array(rows);
  }

  get rows(): LedgerRows {
    const n = this.#count;
    return {
      count: n,
      timeMs: this.#timeMs.subarray(0, n),
      cell: this.#cell.subarray(0, n),
      kind: this.#kind.subarray(0, n),
      bytes: this.#bytes.subarray(0, n),
    };
  }

  sent(timeMs: number, cell: number, kind: number, bytes: number): void {
    const at = this.#place(timeMs, cell);
    const all = this.sums;
    all.messages[at]++;
    all.bytes[at] += bytes;
    this.kinds[kind]++;
    if (this.#keepRows) this.#keep(timeMs, cell, kind, bytes);
  }

  #keep(timeMs: number, cell: number, kind: number, bytes: number): void {
    if (this.#count === this.#timeMs.length) this.#grow();
    const row = this.#count++;
    this.#timeMs[row] = timeMs;
    this.#cell[row] = cell;
    this.#kind[row] = kind;
    this.#bytes[row] = bytes;
  }

  executed(timeMs: number, cell: number): void {
    this.sums.executions[this.#place(timeMs, cell)]++;
  }

  tried(timeMs: number, cell: number, collided: boolean): void {
    const at = this.#place(timeMs, cell);
    this.sums.tries[at]++;
    if (collided) this.sums.collisions[at]++;
  }

  queued(timeMs: number, cell: number, waiting: number, dropped: boolean): void {
    // without branches: one that is first taken late would have V8 throw away what it has compiled
    const at = this.#place(timeMs, cell);
    const { queue, drops } = this.sums;
    queue[at] = Math.max(queue[at], waiting);
    drops[at] += dropped ? 1 : 0;
  }

  /** Cuts the sums behind the last second that holds anything. */
  close(): LedgerSums {
    const { cells } = this.sums;
    const seconds = Math.floor(this.#lastMs / 1000) + 1;
    this.#reach(seconds - 1);
    const size = cells * seconds;
    const s = this.sums;
    this.sums = {
      cells,
      seconds,
      messages: s.messages.slice(0, size),
      bytes: s.bytes.slice(0, size),
      executions: s.executions.slice(0, size),
      tries: s.tries.slice(0, size),
      collisions: s.collisions.slice(0, size),
      queue: s.queue.slice(0, size),
      drops: s.drops.slice(0, size),
    };
    return this.sums;
  }

  #place(timeMs: number, cell: number): number {
    if (timeMs > this.#lastMs) this.#lastMs = timeMs;
    if (timeMs < this.#secondMs || timeMs >= this.#secondMs + 1000) this.#turn(Math.floor(timeMs / 1000));
    return this.#row + cell;
  }

  #turn(second: number): void {
    this.#reach(second);
    this.#secondMs = 1000 * second;
    this.#row = second * this.sums.cells;
  }

  #reach(second: number): void {
    const { cells, seconds } = this.sums;
    if (second >= seconds) this.sums = sums(cells, Math.max(second + 1, 2 * seconds), this.sums);
  }

  #grow(): void {
    const length = 2 * this.#count;
    const timeMs = new Float64Array(length);
    const cell = new Uint32Array(length);
    const kind = new Uint8Array(length);
    const bytes = new Uint32Array(length);
    timeMs.set(this.#timeMs);
    cell.set(this.#cell);
    kind.set(this.#kind);
    bytes.set(this.#bytes);
    this.#timeMs = timeMs;
    this.#cell = cell;
    this.#kind = kind;
    this.#bytes = bytes;
  }
}
