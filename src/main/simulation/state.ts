import type { HandoverState } from "../handover/a3.ts";
import type { TriggerBank } from "../handover/trigger.ts";
import type { Columns } from "../../shared/columns.ts";
import { Levels } from "./decide-levels.ts";

/** The cell of each UE at the mark, when it was entered, and when it was first left afterwards; −1 while it was not. */
export interface Departures {
  cellAtMark: Uint32Array<ArrayBuffer>;
  enteredAtMarkMs: Int32Array<ArrayBuffer>;
  leftMs: Int32Array<ArrayBuffer>;
}

/** Columns that hold a list for each UE, one after the other, by the column [ue] of its lengths. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  running: ["neighbour", "sinceMs"],
  candidates: ["candidate", "entering0Ms", "fulfilled0Ms", "entering1Ms", "fulfilled1Ms"],
  filtered: ["filteredCell", "filteredRsrp"],
};

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

/** The candidates of all UEs, those of each in the order of their cells, so that their slots leave no trace. */
export function packCandidates({ cell, sinceMs, fulfilledMs, slots, conditions }: TriggerBank): Columns {
  const candidates = new Uint8Array(cell.length / slots);
  let total = 0;
  for (const one of cell) if (one !== 0) total++;
  // where each candidate stands in the bank
  const order = new Uint32Array(total);
  let filled = 0;
  for (let ue = 0; ue < candidates.length; ue++) {
    const first = filled;
    for (let at = ue * slots; at < (ue + 1) * slots; at++) {
      if (cell[at] === 0) continue;
      let to = filled++;
      for (; to > first && cell[order[to - 1]] > cell[at]; to--) order[to] = order[to - 1];
      order[to] = at;
    }
    candidates[ue] = filled - first;
  }
  const packed: Columns = { candidates, candidate: new Uint32Array(total) };
  for (let i = 0; i < total; i++) packed.candidate[i] = cell[order[i]];
  for (let c = 0; c < conditions; c++) {
    const entering = new Int32Array(total);
    const fulfilled = new Int32Array(total);
    for (let i = 0; i < total; i++) {
      entering[i] = sinceMs[order[i] * conditions + c];
      fulfilled[i] = fulfilledMs[order[i] * conditions + c];
    }
    packed[`entering${c}Ms`] = entering;
    packed[`fulfilled${c}Ms`] = fulfilled;
  }
  return packed;
}

/** Reverse of `packCandidates`. */
export function unpackCandidates(bank: TriggerBank, packed: Columns): void {
  const { cell, sinceMs, fulfilledMs, slots, conditions } = bank;
  for (let ue = 0; ue < packed.candidates.length; ue++) bank.clear(ue);
  let from = 0;
  for (let ue = 0; ue < packed.candidates.length; ue++)
    for (let s = 0; s < packed.candidates[ue]; s++, from++) {
      const at = ue * slots + s;
      cell[at] = packed.candidate[from];
      for (let c = 0; c < conditions; c++) {
        sinceMs[at * conditions + c] = packed[`entering${c}Ms`][from];
        fulfilledMs[at * conditions + c] = packed[`fulfilled${c}Ms`][from];
      }
    }
}

/** What the layer-3 filters hold of all UEs. */
export function packFilters({ known, knownCell, knownRsrp }: Levels): Columns {
  const total = known.reduce((sum, n) => sum + n, 0);
  const filteredCell = new Uint32Array(total);
  const filteredRsrp = new Float32Array(total);
  let to = 0;
  for (let ue = 0; ue < known.length; ue++)
    for (let at = ue * Levels.width; at < ue * Levels.width + known[ue]; at++) {
      filteredCell[to] = knownCell[at];
      filteredRsrp[to++] = knownRsrp[at];
    }
  return { filtered: known.slice(), filteredCell, filteredRsrp };
}

/** Reverse of `packFilters`. */
export function unpackFilters({ known, knownCell, knownRsrp }: Levels, packed: Columns): void {
  known.set(packed.filtered);
  let from = 0;
  for (let ue = 0; ue < known.length; ue++)
    for (let at = ue * Levels.width; at < ue * Levels.width + known[ue]; at++) {
      knownCell[at] = packed.filteredCell[from];
      knownRsrp[at] = packed.filteredRsrp[from++];
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
  const cut: Columns = {};
  for (const [key, column] of Object.entries(joined)) cut[key] = column.slice(from, to);
  for (const [lengths, lists] of Object.entries(LISTS)) {
    if (!(lengths in joined)) continue;
    let before = 0;
    for (let ue = 0; ue < from; ue++) before += joined[lengths][ue];
    let end = before;
    for (let ue = from; ue < to; ue++) end += joined[lengths][ue];
    for (const key of lists) if (key in joined) cut[key] = joined[key].slice(before, end);
  }
  return cut;
}
