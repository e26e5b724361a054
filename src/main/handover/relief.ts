/**
 * Lowers the peaks of cells that share UEs: each UE stands in one slot and loads up to two cells there.
 *
 * Starts from the slots given and moves UEs out of slots above their cell's goal into slots where both their cells are
 * below theirs, so no cell's peak ever rises above max(goal, what it was). A UE that finds no such slot starts a chain:
 * it goes where only one of its cells is full, a UE of that cell there goes on, until one comes to rest. The shortest
 * chain is taken, in a search over full (cell, slot) places that ends after `REACH` of them.
 * Leaves out: going where both cells are full. What that costs is the distance between peak and bound.
 */

/** By UE: window in slots and the cells that it loads (0: none; never one cell twice). `slot` is changed in place. */
export interface Coupled {
  first: Int32Array;
  last: Int32Array;
  cells: [Uint32Array, Uint32Array];
  slot: Int32Array;
  /** [cell] Hall's bound, 0 without UEs */
  bound: Uint32Array;
}

const REACH = 2000;
/** No slot; slots may be negative. */
const NONE = -0x80000000;

/** Rows of 32-slot words, one for each cell, from its first to its last slot; the row of cell 0 covers all slots. */
function layOut({ first, last, cells, bound }: Coupled) {
  const low = new Int32Array(bound.length).fill(0x7fffffff);
  const high = new Int32Array(bound.length).fill(-0x80000000);
  for (const column of [...cells, new Uint32Array(first.length)]) {
    for (let ue = 0; ue < first.length; ue++) {
      low[column[ue]] = Math.min(low[column[ue]], first[ue]);
      high[column[ue]] = Math.max(high[column[ue]], last[ue]);
    }
  }
  /** [cell] what to add to slot >> 5 to find its word; times 32, to a slot to find its place */
  const shift = new Int32Array(bound.length);
  let words = 0;
  for (let cell = 0; cell < bound.length; cell++) {
    if (low[cell] > high[cell]) continue;
    shift[cell] = words - (low[cell] >> 5);
    words += (high[cell] >> 5) - (low[cell] >> 5) + 1;
  }
  return { low, high, shift, words };
}

/** First slot from `from` to `to` that is set in row `shiftA` of `a` and in row `shiftB` of `b`, or `NONE`. */
function common(
  a: Int32Array,
  shiftA: number,
  b: Int32Array,
  shiftB: number,
  from: number,
  to: number,
): number {
  let mask = -1 << (from & 31);
  for (let word = from >> 5; word <= to >> 5; word++) {
    const bits = a[shiftA + word] & b[shiftB + word] & mask;
    if (bits !== 0) {
      const slot = word * 32 + 31 - Math.clz32(bits & -bits);
      return slot <= to ? slot : NONE;
    }
    mask = -1;
  }
  return NONE;
}

/** Who stands where, and which places are below the goal. */
function board(coupled: Coupled) {
  const { first, cells, slot, bound } = coupled;
  const count = first.length;
  const { low, high, shift, words } = layOut(coupled);
  const load = new Uint32Array(words * 32);
  const goal = new Uint32Array(bound.length);
  /** bit: load < goal; cell 0 is never full */
  const open = new Int32Array(words).fill(-1);
  /** UEs in a place, a doubly linked list; entries of a UE: `ue` in its first cell, `count + ue` in its second */
  const head = new Int32Array(words * 32).fill(-1);
  const after = new Int32Array(2 * count);
  const before = new Int32Array(2 * count);
  const state = { excess: 0 };

  const place = (cell: number, at: number) => shift[cell] * 32 + at;

  function mark(cell: number, at: number): void {
    const word = shift[cell] + (at >> 5);
    const bit = 1 << (at & 31);
    if (load[place(cell, at)] < goal[cell]) open[word] |= bit;
    else open[word] &= ~bit;
  }

  function enter(ue: number, at: number): void {
    slot[ue] = at;
    for (let side = 0; side < 2; side++) {
      const cell = cells[side][ue];
      if (cell === 0) continue;
      const here = place(cell, at);
      const entry = side * count + ue;
      if (++load[here] > goal[cell]) state.excess++;
      before[entry] = -1;
      after[entry] = head[here];
      if (head[here] >= 0) before[head[here]] = entry;
      head[here] = entry;
      mark(cell, at);
    }
  }

  function leave(ue: number): void {
    for (let side = 0; side < 2; side++) {
      const cell = cells[side][ue];
      if (cell === 0) continue;
      const here = place(cell, slot[ue]);
      const entry = side * count + ue;
      if (load[here]-- > goal[cell]) state.excess--;
      if (before[entry] >= 0) after[before[entry]] = after[entry];
      else head[here] = after[entry];
      if (after[entry] >= 0) before[after[entry]] = before[entry];
      mark(cell, slot[ue]);
    }
  }

  function move(ue: number, at: number): void {
    leave(ue);
    enter(ue, at);
  }

  function setGoal(cell: number, to: number): void {
    for (let at = low[cell]; at <= high[cell]; at++) {
      const here = load[place(cell, at)];
      state.excess += Math.max(0, here - to) - Math.max(0, here - goal[cell]);
    }
    goal[cell] = to;
    for (let at = low[cell]; at <= high[cell]; at++) mark(cell, at);
  }

  function peakOf(cell: number): number {
    let peak = 0;
    for (let at = low[cell]; at <= high[cell]; at++) peak = Math.max(peak, load[place(cell, at)]);
    return peak;
  }

  for (let ue = 0; ue < count; ue++) enter(ue, slot[ue]);
  return { low, high, shift, words, load, goal, open, head, after, state, place, move, setGoal, peakOf };
}

type Board = ReturnType<typeof board>;

/** Chains of moves: gives a function that takes one UE out of a place, false if it finds no way. */
function chains({ first, last, cells, slot }: Coupled, on: Board): (cell: number, at: number) => boolean {
  const { shift, open, head, after, place, move, load, goal } = on;
  const count = first.length;
  const unseen = new Int32Array(on.words).fill(-1);
  /** [step] a full place, the UE that would come there and the step that it would leave */
  const inCell = new Uint32Array(REACH);
  const inSlot = new Int32Array(REACH);
  const comer = new Int32Array(REACH);
  const parent = new Int32Array(REACH);
  let steps = 0;

  function push(cell: number, at: number, ue: number, from: number): void {
    unseen[shift[cell] + (at >> 5)] &= ~(1 << (at & 31));
    if (steps === REACH) return;
    inCell[steps] = cell;
    inSlot[steps] = at;
    comer[steps] = ue;
    parent[steps++] = from;
  }

  const full = (cell: number, at: number) => cell !== 0 && load[place(cell, at)] >= goal[cell];

  /** Moves the UE to `to`, then each comer into the place left; undoes all if two of them need the same room. */
  function follow(step: number, ue: number, to: number): boolean {
    const moved: number[] = [];
    for (let pinned = 0; ; step = parent[step]) {
      const from = inSlot[step];
      const blocked = [0, 1].some((side) => cells[side][ue] !== pinned && full(cells[side][ue], to));
      if (blocked || slot[ue] !== from) break;
      moved.push(ue, from);
      move(ue, to);
      if (parent[step] < 0) return true;
      pinned = inCell[step];
      ue = comer[step];
      to = from;
    }
    while (moved.length > 0) {
      const back = moved.pop()!;
      move(moved.pop()!, back);
    }
    return false;
  }

  function search(): boolean {
    for (let step = 0; step < steps; step++) {
      const cell = inCell[step];
      for (let entry = head[place(cell, inSlot[step])]; entry >= 0; entry = after[entry]) {
        const ue = entry < count ? entry : entry - count;
        const other = cells[entry < count ? 1 : 0][ue];
        const mine = shift[cell];
        const its = shift[other];
        const rest = common(open, mine, open, its, first[ue], last[ue]);
        if (rest !== NONE) {
          if (follow(step, ue, rest)) return true;
          break; // the list has been rearranged
        }
        for (let at = first[ue]; (at = common(unseen, mine, open, its, at, last[ue])) !== NONE; at++)
          push(cell, at, ue, step);
        for (let at = first[ue]; (at = common(open, mine, unseen, its, at, last[ue])) !== NONE; at++)
          push(other, at, ue, step);
      }
    }
    return false;
  }

  return (cell, at) => {
    steps = 0;
    push(cell, at, -1, -1);
    const found = search();
    for (let step = 0; step < steps; step++) unseen[shift[inCell[step]] + (inSlot[step] >> 5)] = -1;
    return found;
  };
}

export function relieve(coupled: Coupled): void {
  const { first, last, cells, bound } = coupled;
  const on = board(coupled);
  const { low, high, shift, load, goal, open, head, after, place } = on;
  const chain = chains(coupled, on);

  /** Moves UEs that can go straight to a place with room, until the place is down to the goal. */
  function spill(cell: number, at: number): void {
    for (let entry = head[place(cell, at)]; entry >= 0 && load[place(cell, at)] > goal[cell];) {
      const side = entry < first.length ? 0 : 1;
      const ue = entry - side * first.length;
      const to = common(open, shift[cell], open, shift[cells[1 - side][ue]], first[ue], last[ue]);
      entry = after[entry];
      if (to !== NONE) on.move(ue, to);
    }
  }

  /** Brings every slot of a cell down to its goal; false at the first that stays above. */
  function lower(cell: number): boolean {
    for (let at = low[cell]; at <= high[cell]; at++) spill(cell, at);
    for (let at = low[cell]; at <= high[cell]; at++) {
      while (load[place(cell, at)] > goal[cell]) if (!chain(cell, at)) return false;
    }
    return true;
  }

  const order = Uint32Array.from(bound.keys().filter((cell) => bound[cell] > 0)).sort(
    (a, b) => bound[b] - bound[a] || a - b,
  );
  const start = bound.map((_, cell) => (bound[cell] > 0 ? on.peakOf(cell) : 0));
  /** One level for all cells, the lowest that is reached in rounds that each take a tenth off: this is the peak. */
  for (let level = bound[order[0]]; order.length > 0; level++) {
    for (const cell of order) on.setGoal(cell, Math.min(start[cell], level));
    for (let before = Infinity; on.state.excess > 0 && on.state.excess < before;) {
      before = on.state.excess;
      order.forEach(lower);
    }
    if (on.state.excess === 0) break;
  }
  /** Then each cell by itself, toward its own bound. */
  for (const cell of order) {
    on.setGoal(cell, Math.min(goal[cell], bound[cell]));
    while (!lower(cell)) on.setGoal(cell, goal[cell] + 1);
  }
}
