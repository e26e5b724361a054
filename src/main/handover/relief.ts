/**
 * Lowers the peaks of cells that share UEs: each UE stands in one slot and loads up to two cells there.
 *
 * Starts from the slots given and only moves UEs out of slots above their cell's goal into slots where both their cells
 * are below theirs, so no cell's peak ever rises above max(goal, what it was). A UE that finds no such slot starts a
 * chain: it takes a full slot of its cell, another UE there goes on, until one comes to rest below the goal. A shortest
 * chain enters a slot once, so the other cells of its UEs gain at most one each, where they had room.
 * Leaves out: chains that change cell on the way. What that costs is the distance between peak and bound.
 */
import { free, freeAll } from "./deadline.ts";

/** By UE: window in slots and the cells that it loads (0: none; never one cell twice). `slot` is changed in place. */
export interface Coupled {
  first: Int32Array;
  last: Int32Array;
  cells: [Uint32Array, Uint32Array];
  slot: Int32Array;
  /** [cell] Hall's bound */
  bound: Uint32Array;
}

/** The slots that each cell's UEs can reach, one after another in one column. */
function layOut({ first, last, cells, bound }: Coupled) {
  const low = new Int32Array(bound.length).fill(0x7fffffff);
  const high = new Int32Array(bound.length).fill(-0x80000000);
  for (const column of cells) {
    for (let ue = 0; ue < first.length; ue++) {
      low[column[ue]] = Math.min(low[column[ue]], first[ue]);
      high[column[ue]] = Math.max(high[column[ue]], last[ue]);
    }
  }
  /** [cell] what to add to a slot to find its place in the column */
  const shift = new Float64Array(bound.length);
  let places = 0;
  let longest = 0;
  for (let cell = 1; cell < bound.length; cell++) {
    if (bound[cell] === 0) continue;
    shift[cell] = places - low[cell];
    places += high[cell] - low[cell] + 1;
    longest = Math.max(longest, high[cell] - low[cell] + 1);
  }
  return { low, high, shift, places, longest };
}

export function relieve(coupled: Coupled): void {
  const { first, last, cells, slot, bound } = coupled;
  const count = first.length;
  const { low, high, shift, places, longest } = layOut(coupled);
  const load = new Uint32Array(places);
  const goal = new Uint32Array(bound.length);
  /** UEs in a place as a doubly linked list; a UE's entries are `ue` (first cell) and `count + ue` (second) */
  const head = new Int32Array(places).fill(-1);
  const after = new Int32Array(2 * count);
  const before = new Int32Array(2 * count);
  /** scratch of one chain, by slot of the cell */
  const unseen = new Int32Array(longest + 1);
  const via = new Int32Array(longest);
  const queue = new Int32Array(longest);

  function enter(ue: number, at: number): void {
    slot[ue] = at;
    for (let side = 0; side < 2; side++) {
      const cell = cells[side][ue];
      if (cell === 0) continue;
      const place = shift[cell] + at;
      const entry = side * count + ue;
      load[place]++;
      before[entry] = -1;
      after[entry] = head[place];
      if (head[place] >= 0) before[head[place]] = entry;
      head[place] = entry;
    }
  }

  function leave(ue: number): void {
    for (let side = 0; side < 2; side++) {
      const cell = cells[side][ue];
      if (cell === 0) continue;
      const place = shift[cell] + slot[ue];
      const entry = side * count + ue;
      load[place]--;
      if (before[entry] >= 0) after[before[entry]] = after[entry];
      else head[place] = after[entry];
      if (after[entry] >= 0) before[after[entry]] = before[entry];
    }
  }

  function move(ue: number, at: number): void {
    leave(ue);
    enter(ue, at);
  }

  const ueOf = (entry: number) => (entry < count ? entry : entry - count);
  const otherCell = (entry: number) => (entry < count ? cells[1][entry] : cells[0][entry - count]);
  const room = (cell: number, at: number) => cell === 0 || load[shift[cell] + at] < goal[cell];

  /** Takes one UE out of a slot of a cell by a shortest chain of moves; false if there is none. */
  function chain(cell: number, from: number): boolean {
    const base = low[cell];
    freeAll(unseen);
    unseen[from - base] = from - base + 1;
    queue[0] = from;
    for (let done = 0, found = 1; done < found; done++) {
      for (let entry = head[shift[cell] + queue[done]]; entry >= 0; entry = after[entry]) {
        const ue = ueOf(entry);
        const other = otherCell(entry);
        const end = last[ue] - base;
        for (let i = free(unseen, first[ue] - base); i <= end; i = free(unseen, i + 1)) {
          if (!room(other, i + base)) continue;
          unseen[i] = i + 1;
          via[i] = ue;
          if (room(cell, i + base)) {
            follow(cell, from, i + base);
            return true;
          }
          queue[found++] = i + base;
        }
      }
    }
    return false;
  }

  /** Makes the moves of a chain, the last first. */
  function follow(cell: number, from: number, to: number): void {
    while (to !== from) {
      const ue = via[to - low[cell]];
      const left = slot[ue];
      move(ue, to);
      to = left;
    }
  }

  /** The slots of a cell that still have room. */
  const open = new Int32Array(longest + 1);

  /** Moves UEs that can go straight to a slot with room, until the slot is down to the goal. */
  function spill(cell: number, from: number): void {
    const base = low[cell];
    let entry = head[shift[cell] + from];
    while (entry >= 0 && load[shift[cell] + from] > goal[cell]) {
      const ue = ueOf(entry);
      const other = otherCell(entry);
      const rest = after[entry];
      for (let i = free(open, first[ue] - base); i <= last[ue] - base; i = free(open, i + 1)) {
        if (!room(other, i + base)) continue;
        move(ue, i + base);
        if (!room(cell, i + base)) open[i] = i + 1;
        break;
      }
      entry = rest;
    }
  }

  /** Brings every slot of a cell down to its goal; false at the first that stays above. */
  function lower(cell: number): boolean {
    if (bound[cell] === 0) return true;
    freeAll(open);
    for (let at = low[cell]; at <= high[cell]; at++)
      if (!room(cell, at)) open[at - low[cell]] = at - low[cell] + 1;
    for (let at = low[cell]; at <= high[cell]; at++) spill(cell, at);
    for (let at = low[cell]; at <= high[cell]; at++) {
      while (load[shift[cell] + at] > goal[cell]) if (!chain(cell, at)) return false;
    }
    return true;
  }

  for (let ue = 0; ue < count; ue++) enter(ue, slot[ue]);
  const start = new Uint32Array(bound.length);
  for (let cell = 1; cell < bound.length; cell++) {
    if (bound[cell] === 0) continue;
    for (let at = low[cell]; at <= high[cell]; at++)
      start[cell] = Math.max(start[cell], load[shift[cell] + at]);
  }
  const order = Uint32Array.from(bound.keys()).sort((a, b) => bound[b] - bound[a] || a - b);

  /** One level for all cells, the lowest that works: this is the peak. */
  for (let level = bound[order[0]]; ; level++) {
    for (let cell = 0; cell < goal.length; cell++) goal[cell] = Math.min(start[cell], level);
    if (order.every(lower)) break;
  }
  /** Then each cell by itself toward its own bound. */
  for (const cell of order) {
    goal[cell] = Math.min(goal[cell], bound[cell]);
    while (!lower(cell)) goal[cell]++;
  }
}
