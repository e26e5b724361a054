import type { HandoverState } from "../handover/a3.ts";
import type { Columns } from "../../shared/columns.ts";

/** The cell of each UE at the mark, when it was entered, and when it was first left afterwards; −1 while it was not. */
export interface Departures {
  cellAtMark: Uint32Array<ArrayBuffer>;
  enteredAtMarkMs: Int32Array<ArrayBuffer>;
  leftMs: Int32Array<ArrayBuffer>;
}

/** What a resumed run needs to go on, as columns; timers only of the UEs that have some running. */
export function packState(state: HandoverState, departures: Departures, slots: number): Columns {
  const total = state.running.reduce((sum, n) => sum + n, 0);
  const neighbour = new Uint32Array(total);
  const sinceMs = new Int32Array(total);
  let at = 0;
  for (let ue = 0; ue < state.running.length; ue++) {
    for (let s = 0; s < state.running[ue]; s++) {
      neighbour[at] = state.neighbour[ue * slots + s];
      sinceMs[at++] = state.sinceMs[ue * slots + s];
    }
  }
  return {
    serving: state.serving.slice(),
    enteredMs: state.enteredMs.slice(),
    previous: state.previous.slice(),
    running: state.running.slice(),
    cellAtMark: departures.cellAtMark.slice(),
    enteredAtMarkMs: departures.enteredAtMarkMs.slice(),
    leftMs: departures.leftMs.slice(),
    neighbour,
    sinceMs,
  };
}

/** Reverse of `packState`. */
export function unpackState(
  state: HandoverState,
  departures: Departures,
  packed: Columns,
  slots: number,
): void {
  state.serving.set(packed.serving);
  state.enteredMs.set(packed.enteredMs);
  state.previous.set(packed.previous);
  state.running.set(packed.running);
  departures.cellAtMark.set(packed.cellAtMark);
  departures.enteredAtMarkMs.set(packed.enteredAtMarkMs);
  departures.leftMs.set(packed.leftMs);
  let at = 0;
  for (let ue = 0; ue < state.running.length; ue++) {
    for (let s = 0; s < state.running[ue]; s++) {
      state.neighbour[ue * slots + s] = packed.neighbour[at];
      state.sinceMs[ue * slots + s] = packed.sinceMs[at++];
    }
  }
}

/** Joins the states of shards in the order of their UEs. */
export function joinStates(parts: Columns[]): Columns {
  const joined: Columns = {};
  for (const key of Object.keys(parts[0])) {
    const length = parts.reduce((sum, part) => sum + part[key].length, 0);
    const column = new (parts[0][key].constructor as Uint32ArrayConstructor)(length);
    let at = 0;
    for (const part of parts) {
      column.set(part[key], at);
      at += part[key].length;
    }
    joined[key] = column;
  }
  return joined;
}

/** The part of a joined state that belongs to the UEs [from, to). */
export function cutState(joined: Columns, from: number, to: number): Columns {
  const sum = (start: number, end: number) => {
    let total = 0;
    for (let ue = start; ue < end; ue++) total += joined.running[ue];
    return total;
  };
  const before = sum(0, from);
  const own = sum(from, to);
  const cut: Columns = {};
  for (const [key, column] of Object.entries(joined)) {
    const perTimer = key === "neighbour" || key === "sinceMs";
    cut[key] = perTimer ? column.slice(before, before + own) : column.slice(from, to);
  }
  return cut;
}
