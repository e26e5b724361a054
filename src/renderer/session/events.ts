import type { EventColumns } from "../../shared/frame.ts";
import { fetchColumns } from "./client.ts";

/** In one answer: the program reads them in some 15 ms, and answers nothing else meanwhile. */
const EVENTS_AT_ONCE = 25_000;
/** Each arrival draws the page anew. */
const PIECES_TO_ARRIVE = 4;

interface Reading {
  /** as many as are here: columns are replaced as they grow, always ascending in time */
  columns: EventColumns;
  /** the first of them are here */
  begun: Promise<void>;
  /** all are here */
  here: Promise<void>;
}

interface Listener {
  onArrival: () => void;
  onError: (error: unknown) => void;
}

/** Reads a run's events piece by piece, so that a run with millions of them opens at once. */
export function readEvents(run: string, signal: AbortSignal, { onArrival, onError }: Listener): Reading {
  const columns = {} as EventColumns;
  let total = 0;
  let all: EventColumns;
  const piece = async (from: number) => {
    // a run that is under way has more by now
    const end = from === 0 ? EVENTS_AT_ONCE : Math.min(total, from + EVENTS_AT_ONCE);
    const range = `from=${from}&to=${end - 1}`;
    const { columns: read, meta } = await fetchColumns(run, `events?${range}`, signal);
    const part = read as unknown as EventColumns;
    if (from === 0) {
      total = meta.total as number;
      all = total > part.ue.length ? roomFor(part, total) : part;
    }
    if (all !== part) put(all, part, from);
    show(columns, all, from + part.ue.length);
  };
  const begun = piece(0);
  const rest = async () => {
    await begun;
    for (let at = EVENTS_AT_ONCE, pieces = 1; at < total; at += EVENTS_AT_ONCE, pieces++) {
      await piece(at);
      if (pieces % PIECES_TO_ARRIVE === 0 || at + EVENTS_AT_ONCE >= total) onArrival();
    }
  };
  const here = rest();
  // who waits for the first piece hears of its failure himself
  begun.then(
    () => here.catch((error: unknown) => signal.aborted || onError(error)),
    () => here.catch(() => {}),
  );
  return { columns, begun, here };
}

type Keyed = Record<string, EventColumns[keyof EventColumns]>;
const columnsOf = (events: EventColumns) => Object.entries(events as unknown as Keyed);

const roomFor = (part: EventColumns, total: number) =>
  Object.fromEntries(
    columnsOf(part).map(([name, column]) => [
      name,
      new (column.constructor as new (length: number) => typeof column)(total),
    ]),
  ) as unknown as EventColumns;

function put(all: EventColumns, part: EventColumns, at: number): void {
  for (const [name, column] of columnsOf(part)) (all as unknown as Keyed)[name]!.set(column, at);
}

function show(into: EventColumns, all: EventColumns, count: number): void {
  for (const [name, column] of columnsOf(all)) (into as unknown as Keyed)[name] = column.subarray(0, count);
}
