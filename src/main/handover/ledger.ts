/**
 * Every message that was sent: rows in the order of sending, and sums per cell and second. A message belongs to the cell whose gNB
 * works on it, or to the sender's where the receiver is a UE or the core.
 */
import { address, type EngineModule } from "./module.ts";

/** Rows as columns, `count` long. */
export interface LedgerRows {
  count: number;
  /** when it was sent [ms] */
  timeMs: Float64Array;
  cell: Uint32Array;
  /** message number */
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

/** Gathers the rows that the engine hands over, some thousands at a time. */
export class Rows {
  readonly #parts: LedgerRows[] = [];

  take(module: EngineModule, count: number): void {
    const { buffer } = module.memory;
    this.#parts.push({
      count,
      timeMs: new Float64Array(buffer, address(module, "rowMs"), count).slice(),
      cell: new Uint32Array(buffer, address(module, "rowCell"), count).slice(),
      kind: new Uint8Array(buffer, address(module, "rowKind"), count).slice(),
      bytes: new Uint32Array(buffer, address(module, "rowBytes"), count).slice(),
    });
  }

  joined(): LedgerRows {
    const count = this.#parts.reduce((sum, part) => sum + part.count, 0);
    const rows = {
      count,
      timeMs: new Float64Array(count),
      cell: new Uint32Array(count),
      kind: new Uint8Array(count),
      bytes: new Uint32Array(count),
    };
    let at = 0;
    for (const part of this.#parts) {
      rows.timeMs.set(part.timeMs, at);
      rows.cell.set(part.cell, at);
      rows.kind.set(part.kind, at);
      rows.bytes.set(part.bytes, at);
      at += part.count;
    }
    return rows;
  }
}
