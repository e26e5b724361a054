/**
 * Spreads the executions of handovers so that the peak of signalling falls.
 *
 * The problem: UE i may execute in [earliestᵢ, latestᵢ] (the target serves, the source still does); it leaves cell aᵢ and
 * enters bᵢ. Time is cut into slots of `slotMs`; a cell's load in a slot is the number of UEs that leave it, enter it,
 * or both. Choose a slot inside every window so that the greatest load of any cell in any slot is least.
 *
 * With one cell loaded per UE the cells are separate and the answer is exact (`deadline.ts`). With both loaded they are
 * coupled: Hall's bound of every cell is still a bound, and `relief.ts` comes near it; the result carries both.
 * Leaves out: unequal work per handover, and the UE's own preference inside its window.
 */
import { leastPeak } from "./deadline.ts";
import { relieve } from "./relief.ts";

/** Handovers to spread, by UE. Times in ms, finite; cells from 1, 0 is none and carries no load. */
export interface FlattenInput {
  count: number;
  /** when each would execute by itself */
  individualMs: Float64Array;
  /** the window, both ends inside; latest < earliest (or NaN) is empty */
  earliestMs: Float64Array;
  latestMs: Float64Array;
  source: Uint32Array;
  target: Uint32Array;
}

export interface FlattenSettings {
  slotMs: number;
  /** start of slot 0 */
  originMs: number;
  /** which cell a handover loads; one whose source is its target loads it once */
  load: "source" | "target" | "both";
}

export interface FlattenResult {
  /**
   * [UE] when it executes: the k UEs of one slot that enter the same cell (leave it, if only the source is loaded) stand
   * evenly inside the slot in the order of their number, at its (j + ½)/k, moved into their window where it ends there.
   */
  atMs: Float64Array;
  /** greatest load of any cell in any slot; no assignment has less than `bound` */
  peak: number;
  bound: number;
  /** [cell] */
  perCellPeak: Uint32Array;
  /** [cell] Hall's bound: no assignment gives this cell less */
  perCellBound: Uint32Array;
  /** UEs with an empty window: they keep their individual instant, which counts in loads and bounds */
  infeasible: number;
}

type Cells = Pick<FlattenInput, "source" | "target">;

/** Which cells each UE loads, as two columns. */
function loaded({ source, target }: Cells, load: FlattenSettings["load"]): Uint32Array[] {
  if (load === "source") return [source];
  if (load === "target") return [target];
  return [source, target.map((cell, ue) => (cell === source[ue] ? 0 : cell))];
}

function slotOf(ms: number, { slotMs, originMs }: FlattenSettings): number {
  const slot = Math.floor((ms - originMs) / slotMs);
  if (slot !== (slot | 0))
    throw new Error(`${ms} ms is no instant on slots of ${slotMs} ms from ${originMs} ms`);
  return slot;
}

/** Windows as slots, and the slot in which each UE would execute by itself, moved into its window. */
function windows(input: FlattenInput, settings: FlattenSettings) {
  const { count, individualMs, earliestMs, latestMs } = input;
  const first = new Int32Array(count);
  const last = new Int32Array(count);
  const slot = new Int32Array(count);
  let infeasible = 0;
  for (let ue = 0; ue < count; ue++) {
    slot[ue] = slotOf(individualMs[ue], settings);
    if (latestMs[ue] >= earliestMs[ue]) {
      first[ue] = slotOf(earliestMs[ue], settings);
      last[ue] = slotOf(latestMs[ue], settings);
      slot[ue] = Math.min(last[ue], Math.max(first[ue], slot[ue]));
    } else {
      first[ue] = last[ue] = slot[ue];
      infeasible++;
    }
  }
  return { first, last, slot, infeasible };
}

/** The numbers 0 to keys.length − 1, or those given, in the order of their key; equal keys keep their order. */
function orderBy(key: Int32Array | Uint32Array, given?: Uint32Array): Uint32Array {
  let low = Infinity;
  let high = -Infinity;
  for (const value of key) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const start = new Uint32Array(Math.max(0, high - low + 2));
  for (const value of key) start[value - low + 1]++;
  for (let k = 1; k < start.length; k++) start[k] += start[k - 1];
  const sorted = new Uint32Array(key.length);
  for (let i = 0; i < key.length; i++) {
    const entry = given ? given[i] : i;
    sorted[start[key[entry] - low]++] = entry;
  }
  return sorted;
}

/** Every UE once for each cell that it loads: ordered by cell, then by slot, then by UE. */
interface Loads {
  cell: Uint32Array;
  ue: Uint32Array;
  slot: Int32Array;
}

function loads(columns: Uint32Array[], slots: Int32Array): Loads {
  const count = slots.length;
  const cell = new Uint32Array(columns.length * count);
  const ue = new Uint32Array(cell.length);
  const slot = new Int32Array(cell.length);
  let n = 0;
  for (let i = 0; i < count; i++) {
    for (const column of columns) {
      if (column[i] === 0) continue;
      cell[n] = column[i];
      ue[n] = i;
      slot[n++] = slots[i];
    }
  }
  const cells = cell.subarray(0, n);
  const order = orderBy(cells, orderBy(slot.subarray(0, n)));
  const sorted = { cell: new Uint32Array(n), ue: new Uint32Array(n), slot: new Int32Array(n) };
  for (let i = 0; i < n; i++) {
    const from = order[i];
    sorted.cell[i] = cell[from];
    sorted.ue[i] = ue[from];
    sorted.slot[i] = slot[from];
  }
  return sorted;
}

/** The greatest load of each cell in any slot, counted in a row of slots for each cell from its first to its last. */
function peaks(columns: Uint32Array[], slots: Int32Array, cells: number): Uint32Array {
  const low = new Int32Array(cells).fill(0x7fffffff);
  const high = new Int32Array(cells).fill(-0x80000000);
  for (const column of columns)
    for (let i = 0; i < slots.length; i++) {
      const cell = column[i];
      if (slots[i] < low[cell]) low[cell] = slots[i];
      if (slots[i] > high[cell]) high[cell] = slots[i];
    }
  /** [cell] what to add to a slot to find its place */
  const shift = new Float64Array(cells);
  let places = 0;
  for (let cell = 1; cell < cells; cell++) {
    if (low[cell] > high[cell]) continue;
    shift[cell] = places - low[cell];
    places += high[cell] - low[cell] + 1;
  }
  const load = new Uint32Array(places);
  const peak = new Uint32Array(cells);
  for (const column of columns)
    for (let i = 0; i < slots.length; i++) {
      const cell = column[i];
      if (cell === 0) continue;
      const here = ++load[shift[cell] + slots[i]];
      if (here > peak[cell]) peak[cell] = here;
    }
  return peak;
}

/** Hall's bound of every cell, and slots that reach it for every UE in the busier of its cells. */
function separate(columns: Uint32Array[], cells: number, first: Int32Array, last: Int32Array) {
  const bound = new Uint32Array(cells);
  const found: { ues: Uint32Array; peak: number; slot: Int32Array }[] = [];
  const { cell, ue, slot: deadline } = loads(columns, last);
  for (let from = 0, to = 0; from < cell.length; from = to) {
    while (to < cell.length && cell[to] === cell[from]) to++;
    const ues = ue.subarray(from, to);
    const own = leastPeak(
      Int32Array.from(ues, (i) => first[i]),
      deadline.subarray(from, to),
    );
    bound[cell[from]] = own.bound;
    found.push({ ues, peak: own.bound, slot: own.slot });
  }
  const slot = first.slice();
  for (const { ues, slot: own } of found.toSorted((a, b) => a.peak - b.peak))
    ues.forEach((i, job) => (slot[i] = own[job]));
  return { bound, slot };
}

/** Slots to instants, by the rule of `FlattenResult.atMs`. */
function instants(input: FlattenInput, settings: FlattenSettings, slots: Int32Array): Float64Array {
  const { slotMs, originMs, load } = settings;
  const atMs = new Float64Array(input.count);
  const { cell, ue, slot } = loads([load === "source" ? input.source : input.target], slots);
  const place = (i: number, share: number) => {
    const inSlot = originMs + (slots[i] + share) * slotMs;
    const empty = !(input.latestMs[i] >= input.earliestMs[i]);
    atMs[i] = empty
      ? input.individualMs[i]
      : Math.max(input.earliestMs[i], Math.min(input.latestMs[i], inSlot));
  };
  for (let i = 0; i < input.count; i++) place(i, 0.5);
  for (let from = 0, to = 0; from < cell.length; from = to) {
    while (to < cell.length && cell[to] === cell[from] && slot[to] === slot[from]) to++;
    for (let j = from; j < to; j++) place(ue[j], (j - from + 0.5) / (to - from));
  }
  return atMs;
}

const greatest = (column: Uint32Array) => column.reduce((a, b) => Math.max(a, b), 0);
const cellsOf = (cells: Cells) => 1 + Math.max(greatest(cells.source), greatest(cells.target));

/** Loads of given instants, as of every UE by itself: [cell] the greatest in any slot. */
export function peakOf(atMs: Float64Array, cells: Cells, settings: FlattenSettings): Uint32Array {
  const slots = Int32Array.from(atMs, (ms) => slotOf(ms, settings));
  return peaks(loaded(cells, settings.load), slots, cellsOf(cells));
}

/**
 * Spreads the handovers over their windows. Where every window holds its individual instant, no cell's peak is above
 * that of the individual instants.
 */
export function flatten(input: FlattenInput, settings: FlattenSettings): FlattenResult {
  const { first, last, slot: start, infeasible } = windows(input, settings);
  const columns = loaded(input, settings.load);
  const { bound: perCellBound, slot: exact } = separate(columns, cellsOf(input), first, last);
  const peaksOf = (slots: Int32Array) => peaks(columns, slots, perCellBound.length);
  const individual = peaksOf(start);
  // no cell may fare worse than by itself: else its UEs are moved from where they stand
  const isBetter = peaksOf(exact).every((peak, cell) => peak <= individual[cell]);
  const slot = columns.length === 1 || isBetter ? exact : start;
  if (columns.length === 2)
    relieve({ first, last, cells: [columns[0], columns[1]], slot, bound: perCellBound });
  const perCellPeak = peaksOf(slot);
  return {
    atMs: instants(input, settings, slot),
    peak: greatest(perCellPeak),
    bound: greatest(perCellBound),
    perCellPeak,
    perCellBound,
    infeasible,
  };
}
