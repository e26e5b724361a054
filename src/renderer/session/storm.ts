import { createStore } from "zustand/vanilla";
import type { EventColumns } from "../../shared/frame.ts";
import type { Columns } from "../../shared/columns.ts";
import { floorsFor, pyramidOf, quantityOf } from "../../shared/peaks.ts";
import type { Pyramid, Quantity } from "../../shared/peaks.ts";
import { NO_PROCEDURE } from "../../shared/storm.ts";
import type {
  ProcedureColumns,
  SignallingSummary,
  StormColumns,
  StrategyCurves,
} from "../../shared/storm.ts";
import { fetchColumns } from "./client.ts";
import { runs } from "./runs.ts";
import { view } from "./view.ts";

export { QUANTITIES, quantityOf } from "../../shared/peaks.ts";
export type { Quantity } from "../../shared/peaks.ts";

/** What a run's handovers cost in signalling. */
export interface Storm {
  run: string;
  /** seconds of the run, and those after it while messages are still on their way */
  seconds: number;
  columns: StormColumns;
  /** floors of its pyramids, as the program kept them */
  peaks: Columns;
  /** null for a run without signalling */
  summary: SignallingSummary | null;
  procedures: ProcedureColumns;
}

/** The strategies of a run by second, of all cells and of the worst ones. */
export interface Overlay {
  /** names by their index */
  strategies: string[];
  columns: StrategyCurves;
}

interface Storms {
  /** of the open run; null until it is asked for and here */
  storm: Storm | null;
  overlay: Overlay | null;
  /** other runs beside it, in the order in which they came */
  others: Storm[];
  error: Error | null;
}

export const storms = createStore<Storms>(() => ({ storm: null, overlay: null, others: [], error: null }));

async function load(run: string, endS: number, signal: AbortSignal): Promise<Storm> {
  const [storm, peaks, procedures] = await Promise.all(
    ["storm", "peaks", "procedures"].map((what) => fetchColumns(run, what, signal)),
  );
  const columns = storm!.columns as unknown as StormColumns;
  return {
    run,
    seconds: columns.second.reduce((most, second) => Math.max(most, second + 1), Math.ceil(endS)),
    columns,
    peaks: peaks!.columns,
    summary: storm!.meta.summary as SignallingSummary | null,
    procedures: procedures!.columns as unknown as ProcedureColumns,
  };
}

async function loadOverlay(run: string, signal: AbortSignal): Promise<Overlay> {
  const { columns, meta } = await fetchColumns(run, "curves", signal);
  return { strategies: meta.strategies as string[], columns: columns as unknown as StrategyCurves };
}

let loading = new AbortController();

/** Asks for the signalling of the open run; again where that failed. */
export function askForStorm(): void {
  const { current } = runs.getState();
  const before = storms.getState();
  if (!current || (before.storm?.run === current.record.run && !before.error)) return;
  loading.abort();
  const { signal } = (loading = new AbortController());
  storms.setState({ storm: null, overlay: null, others: [], error: null });
  const { run } = current.record;
  const loads = [load(run, current.endS, signal), loadOverlay(run, signal), current.eventsHere] as const;
  Promise.all(loads).then(
    ([storm, overlay]) => signal.aborted || storms.setState({ storm, overlay }),
    (error: Error) => signal.aborted || storms.setState({ error }),
  );
}

/** Asks for the signalling of a run as soon as the heat of its handovers is to be shown. */
export function followHeat(): () => void {
  const leave = [
    runs.subscribe(
      ({ current }, before) => current !== before.current && view.getState().layers.heat && askForStorm(),
    ),
    view.subscribe(({ layers }, before) => layers.heat && !before.layers.heat && askForStorm()),
  ];
  if (view.getState().layers.heat) askForStorm();
  return () => {
    for (const stop of leave) stop();
  };
}

let comparing = new AbortController();

/** Lays these runs beside the open one; those that are there already stay. */
export function compareWith(wanted: readonly string[]): void {
  comparing.abort();
  const { signal } = (comparing = new AbortController());
  const kept = storms.getState().others.filter(({ run }) => wanted.includes(run));
  storms.setState({ others: kept });
  const { endS } = runs.getState().current!;
  for (const run of wanted.filter((name) => !kept.some((storm) => storm.run === name)))
    load(run, endS, signal).then(
      (other) => signal.aborted || storms.setState(({ others }) => ({ others: [...others, other] })),
      (error: Error) => signal.aborted || storms.setState({ error }),
    );
}

/** The pyramid kept with the run; of an older run it is built here. */
export function pyramidFor(
  { columns, peaks, seconds }: Storm,
  quantity: Quantity,
  value: Uint32Array,
): Pyramid {
  const kept: Pyramid = [];
  for (let stretchS = 2; `${quantity}.${stretchS}` in peaks; stretchS *= 2)
    kept.push(peaks[`${quantity}.${stretchS}`] as Uint32Array<ArrayBuffer>);
  return kept.length > 0 ? kept : pyramidOf(columns.cell, columns.second, value, floorsFor(seconds));
}

/** Cells by their peak, the greatest first, equals by number: cell [row], row [cell], peak [row]. */
export interface Ranking {
  cell: Uint32Array;
  rowOf: Uint32Array;
  peak: Uint32Array;
}

export function rankCells(cell: Uint32Array, value: Uint32Array): Ranking {
  const peaks = new Map<number, number>();
  let last = -1;
  let most = 0;
  for (let i = 0; i < cell.length; i++) {
    if (cell[i] !== last) {
      if (last >= 0) peaks.set(last, most);
      last = cell[i]!;
      most = 0;
    }
    if (value[i]! > most) most = value[i]!;
  }
  if (last >= 0) peaks.set(last, most);
  const order = [...peaks].sort(([a, p], [b, q]) => q - p || a - b);
  const ranked = Uint32Array.from(order, ([number]) => number);
  const rowOf = new Uint32Array(ranked.reduce((greatest, number) => Math.max(greatest, number), 0) + 1);
  ranked.forEach((number, row) => (rowOf[number] = row));
  return { cell: ranked, rowOf, peak: Uint32Array.from(order, ([, peak]) => peak) };
}

/** Cells and seconds above a limit: how many, and in how many cells. */
export function above(
  cell: Uint32Array,
  value: Uint32Array,
  limit: number,
): { seconds: number; cells: number } {
  const hurt = new Set<number>();
  let seconds = 0;
  for (let i = 0; i < cell.length; i++) {
    if (value[i]! <= limit) continue;
    seconds++;
    hurt.add(cell[i]!);
  }
  return { seconds, cells: hurt.size };
}

/** A cell by its number, 0 all cells together; "own": of each strategy its worst. */
export type OverlayPlace = number | "own";

/** One quantity of every strategy by second, in their order; null where no curve of that place is kept. */
export function overlayOf(
  { strategies, columns }: Overlay,
  quantity: Quantity,
  place: OverlayPlace,
): (Float64Array | null)[] {
  const values = quantityOf(columns, quantity);
  const seconds = columns.cell.length === 0 ? 0 : values.length / columns.cell.length;
  return strategies.map((_, strategy) => {
    const wanted = (cell: number) => (place === "own" ? cell !== 0 : cell === place);
    const row = columns.cell.findIndex((cell, i) => columns.strategy[i] === strategy && wanted(cell));
    return row < 0 ? null : Float64Array.from(values.subarray(row * seconds, (row + 1) * seconds));
  });
}

/** One cell's columns by second of the run, 0 where nothing happened; null: all cells, their queues' longest. */
export type Curves = Record<Exclude<keyof StormColumns, "cell" | "second">, Float64Array>;

export function curvesOf({ columns, seconds }: Storm, cell: number | null): Curves {
  const { cell: cells, second, ...quantities } = columns;
  const [from, to] = cell === null ? [0, cells.length] : rangeOf(cells, cell);
  const curves = Object.entries(quantities).map(([name, values]) => {
    const curve = new Float64Array(seconds);
    for (let i = from; i < to; i++) {
      const at = second[i]!;
      curve[at] = name === "queue" ? Math.max(curve[at]!, values[i]!) : curve[at]! + values[i]!;
    }
    return [name, curve];
  });
  return Object.fromEntries(curves) as Curves;
}

function rangeOf(sorted: ArrayLike<number>, value: number): [number, number] {
  return [firstAtLeast(sorted, value), firstAtLeast(sorted, value + 1)];
}

/** Where the first element that is not below `value` stands. */
export function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Events of one second of the run, out of or into a cell or all; by number. */
export function eventsIn(
  { timeMs, source, target }: EventColumns,
  second: number,
  cell: number | null,
): number[] {
  const found: number[] = [];
  const to = firstAtLeast(timeMs, 1000 * (second + 1));
  for (let i = firstAtLeast(timeMs, 1000 * second); i < to; i++)
    if (cell === null || source[i] === cell || target[i] === cell) found.push(i);
  return found;
}

/** What became of the procedures out of and into a cell. */
export interface Fates {
  /** [outcome] */
  counts: Uint32Array;
  /** procedures whose UE was cut off, ms of each, ascending */
  downMs: Float32Array;
  upMs: Float32Array;
}

export function fatesOf(
  procedures: ProcedureColumns,
  events: EventColumns,
  cell: number,
  kinds: number,
): Fates {
  const counts = new Uint32Array(kinds);
  const down: number[] = [];
  const up: number[] = [];
  for (let i = 0; i < procedures.outcome.length; i++) {
    const outcome = procedures.outcome[i]!;
    if (outcome === NO_PROCEDURE || (events.source[i] !== cell && events.target[i] !== cell)) continue;
    counts[outcome]!++;
    if (procedures.downMs[i]! > 0) down.push(procedures.downMs[i]!);
    if (procedures.upMs[i]! > 0) up.push(procedures.upMs[i]!);
  }
  return { counts, downMs: Float32Array.from(down).sort(), upMs: Float32Array.from(up).sort() };
}
