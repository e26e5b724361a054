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
/** UEs looked at in all chains together, after which there are no more chains: under a minute. */
const MOST_LOOKS = 6e8;
/** UEs of one pair and slot in a row that add nothing, after which the search goes on elsewhere: at first, and at last. */
const LEAST_PATIENCE = 4;
const MOST_PATIENCE = 16384;
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

/** Pairs of cells that UEs load together. */
function pairsOf({ first, last, cells, bound }: Coupled) {
  const number = new Map<number, number>();
  const of = new Int32Array(first.length);
  const low: number[] = [];
  const high: number[] = [];
  /** [cell] its pairs, and the other cell of each */
  const ofCell = Array.from(bound, (): { pair: number; other: number }[] => []);
  for (let ue = 0; ue < first.length; ue++) {
    const a = Math.min(cells[0][ue], cells[1][ue]);
    const b = Math.max(cells[0][ue], cells[1][ue]);
    const key = a * bound.length + b;
    let pair = number.get(key);
    if (pair === undefined) {
      number.set(key, (pair = low.length));
      ofCell[a].push({ pair, other: b });
      ofCell[b].push({ pair, other: a });
      low.push(first[ue]);
      high.push(last[ue]);
    }
    of[ue] = pair;
    low[pair] = Math.min(low[pair], first[ue]);
    high[pair] = Math.max(high[pair], last[ue]);
  }
  /** [pair] what to add to a slot to find its place; a slot outside the pair's has none */
  const shift = new Int32Array(low.length);
  let places = 0;
  for (let pair = 0; pair < low.length; pair++) {
    shift[pair] = places - low[pair];
    places += high[pair] - low[pair] + 1;
  }
  return { of, ofCell, low, high, shift, places };
}

/** Who stands where, and which places are below the goal. */
function board(coupled: Coupled) {
  const { first, last, cells, slot, bound } = coupled;
  const count = first.length;
  const { low, high, shift, words } = layOut(coupled);
  const load = new Uint32Array(words * 32);
  const goal = new Uint32Array(bound.length);
  /** bit: load < goal; cell 0 is never full */
  const open = new Int32Array(words).fill(-1);
  const pairs = pairsOf(coupled);
  /** UEs of a pair of cells in a slot, a doubly linked list */
  const head = new Int32Array(pairs.places).fill(-1);
  const tail = new Int32Array(pairs.places).fill(-1);
  const width = last.map((to, ue) => to - first[ue]);
  const after = new Int32Array(count);
  const before = new Int32Array(count);
  const state = { excess: 0, patience: LEAST_PATIENCE, looks: 0 };

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
      if (++load[place(cell, at)] > goal[cell]) state.excess++;
      mark(cell, at);
    }
    const list = pairs.shift[pairs.of[ue]] + at;
    const wide = head[list] < 0 || width[ue] >= width[head[list]];
    before[ue] = wide ? -1 : tail[list];
    after[ue] = wide ? head[list] : -1;
    if (after[ue] >= 0) before[after[ue]] = ue;
    else tail[list] = ue;
    if (before[ue] >= 0) after[before[ue]] = ue;
    else head[list] = ue;
  }

  function leave(ue: number): void {
    for (let side = 0; side < 2; side++) {
      const cell = cells[side][ue];
      if (cell === 0) continue;
      if (load[place(cell, slot[ue])]-- > goal[cell]) state.excess--;
      mark(cell, slot[ue]);
    }
    if (before[ue] >= 0) after[before[ue]] = after[ue];
    else head[pairs.shift[pairs.of[ue]] + slot[ue]] = after[ue];
    if (after[ue] >= 0) before[after[ue]] = before[ue];
    else tail[pairs.shift[pairs.of[ue]] + slot[ue]] = before[ue];
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

  // the widest windows stand first in the lists: they tell most of where the UEs of a place can go
  for (const ue of Uint32Array.from(width.keys()).sort((a, b) => width[a] - width[b] || a - b))
    enter(ue, slot[ue]);
  return {
    low,
    high,
    shift,
    words,
    load,
    goal,
    open,
    pairs,
    head,
    after,
    state,
    place,
    move,
    setGoal,
    peakOf,
  };
}

type Board = ReturnType<typeof board>;

/** Chains of moves: gives a function that takes one UE out of a place, false if it finds no way. */
function chains({ first, last, cells, slot }: Coupled, on: Board): (cell: number, at: number) => boolean {
  const { shift, open, pairs, head, after, place, move, load, goal } = on;
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

  /**
   * Goes on from a full place with the UEs of one pair there: true once one of them comes to rest. Their windows all hold
   * the place and so join up; a UE whose window adds nothing to those before it is passed over.
   */
  function spread(step: number, pair: number, other: number): boolean {
    const mine = shift[inCell[step]];
    const its = shift[other];
    let reachedFrom = Infinity;
    let reachedTo = -Infinity;
    let idle = 0;
    for (
      let ue = head[pairs.shift[pair] + inSlot[step]];
      ue >= 0 && idle < on.state.patience;
      ue = after[ue]
    ) {
      on.state.looks++;
      if (first[ue] >= reachedFrom && last[ue] <= reachedTo) {
        idle++;
        continue;
      }
      idle = 0;
      reachedFrom = Math.min(reachedFrom, first[ue]);
      reachedTo = Math.max(reachedTo, last[ue]);
      const rest = common(open, mine, open, its, first[ue], last[ue]);
      if (rest !== NONE) {
        if (follow(step, ue, rest)) return true;
        break; // the list has been rearranged
      }
      for (let at = first[ue]; (at = common(unseen, mine, open, its, at, last[ue])) !== NONE; at++)
        push(inCell[step], at, ue, step);
      for (let at = first[ue]; (at = common(open, mine, unseen, its, at, last[ue])) !== NONE; at++)
        push(other, at, ue, step);
    }
    return false;
  }

  function search(): boolean {
    for (let step = 0; step < steps && on.state.looks < MOST_LOOKS; step++) {
      const at = inSlot[step];
      for (const { pair, other } of pairs.ofCell[inCell[step]])
        if (at >= pairs.low[pair] && at <= pairs.high[pair] && spread(step, pair, other)) return true;
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
  const { first, last, bound } = coupled;
  const on = board(coupled);
  const { low, high, shift, load, goal, open, pairs, head, after, place } = on;
  const chain = chains(coupled, on);

  /** Moves UEs that can go straight to a place with room, until the place is down to the goal. */
  function spill(cell: number, at: number): void {
    for (const { pair, other } of pairs.ofCell[cell]) {
      if (at < pairs.low[pair] || at > pairs.high[pair]) continue;
      for (let ue = head[pairs.shift[pair] + at]; ue >= 0 && load[place(cell, at)] > goal[cell];) {
        const next = after[ue];
        const to = common(open, shift[cell], open, shift[other], first[ue], last[ue]);
        if (to !== NONE) on.move(ue, to);
        ue = next;
      }
    }
  }

  /** Brings every slot of a cell down to its goal; false at the first that stays above. */
  function lower(cell: number): boolean {
    for (let at = low[cell]; at <= high[cell]; at++) spill(cell, at);
    for (let at = low[cell]; at <= high[cell]; at++)
      while (load[place(cell, at)] > goal[cell]) if (!chain(cell, at)) return false;
    return true;
  }

  const order = Uint32Array.from(bound.keys().filter((cell) => bound[cell] > 0)).sort(
    (a, b) => bound[b] - bound[a] || a - b,
  );
  const start = bound.map((_, cell) => (bound[cell] > 0 ? on.peakOf(cell) : 0));
  /** One level for all cells: rises in steps that double until it is reached in rounds that each take a tenth off. */
  let level = order.length > 0 ? bound[order[0]] : 0;
  for (let step = 1; order.length > 0; step *= 2) {
    for (const cell of order) on.setGoal(cell, Math.min(start[cell], level));
    on.state.patience = LEAST_PATIENCE;
    while (on.state.excess > 0 && on.state.patience <= MOST_PATIENCE) {
      const before = on.state.excess;
      order.forEach(lower);
      if (on.state.excess > 0.9 * before) on.state.patience *= 8;
    }
    if (on.state.excess === 0) break;
    level += step;
  }
  on.state.patience = MOST_PATIENCE;
  /** Then each cell by itself, toward its own bound, by halving the distance. */
  for (const cell of order) {
    let reached = Math.min(goal[cell], on.peakOf(cell));
    for (let least = Math.min(bound[cell], reached); least < reached;) {
      const middle = (least + reached) >> 1;
      on.setGoal(cell, middle);
      if (lower(cell)) reached = middle;
      else least = middle + 1;
    }
    on.setGoal(cell, reached);
    lower(cell);
  }
}
