import { RunReader } from "../store/reader.ts";
import { emptyWindows, type CellChanges, type LinkWindows } from "../simulation/link-windows.ts";
import { cellOf, type EventColumns } from "../../shared/frame.ts";
import { isMovable, movingOf, type Moving, type SignallingTask } from "../studies/strategies.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import type { PlanContext } from "./context.ts";
import type { Pool } from "./pool.ts";

/** Sums per cell and second that fit into memory: about 2 GB with those that take their place when they grow. */
const MOST_SUMS = 30_000_000;

/** The rows of some UEs' events, with the columns that their windows take. */
function eventsOf(
  events: EventColumns,
  from: number,
  to: number,
): { rows: Uint32Array; changes: CellChanges } {
  const rows = Uint32Array.from(events.ue.keys().filter((i) => events.ue[i] >= from && events.ue[i] < to));
  const pick = (column: Uint32Array) => Uint32Array.from(rows, (i) => column[i]);
  const { timeMs, ue, source, target, trigger } = events;
  return {
    rows,
    changes: {
      timeMs: pick(timeMs),
      ue: pick(ue),
      source: pick(source),
      target: pick(target),
      trigger: Uint8Array.from(rows, (i) => trigger[i]),
    },
  };
}

/** Windows of some rows each as those of all; `others` has several numbers a row. */
function joinWindows(count: number, parts: { rows: Uint32Array; windows: LinkWindows }[]): LinkWindows {
  const joined = emptyWindows(
    count,
    parts.some(({ windows }) => windows.others.length > 0),
  );
  for (const { rows, windows } of parts)
    for (const key of Object.keys(joined) as (keyof LinkWindows)[]) {
      const width = windows[key].length / rows.length;
      for (let i = 0; i < rows.length; i++)
        for (let k = 0; k < width; k++) joined[key][rows[i] * width + k] = windows[key][i * width + k];
    }
  return joined;
}

/**
 * Carries out the handovers of a run: links of every cell change on all threads, then every message in one. Keeps what the
 * run's own strategy gives; answers its summary first, and after it those of its handovers in groups and spread out, where
 * it measured A3.
 */
export async function signal(
  { mission, progress, writer, run, db }: PlanContext,
  pool: Pool,
  ranges: { from: number; to: number }[],
): Promise<{ signalling: SignallingSummary[]; notes: string[] }> {
  progress.enter("signal");
  const reader = new RunReader(db);
  const events = reader.events(run);
  const cellsAt = (step: number) => reader.frames(run, step, step).cellState.map(cellOf);
  const atStart = cellsAt(0);
  const atMark = cellsAt(Math.round(mission.mark / mission.step));
  const { cluster } = reader.ues(run);
  reader.close();
  const cells = cellsOf(events);
  if (cells * mission.duration > MOST_SUMS)
    return { signalling: [], notes: [tooManySums(cells, mission.duration)] };
  const shares = ranges.map(({ from, to }) => eventsOf(events, from, to));
  const parts = await pool.all("links", (i): [CellChanges] => [shares[i].changes]);
  pool.checkCancelled();
  progress.at(0.5, `${events.ue.length} cell changes`);
  const join = (of: (part: (typeof parts)[number]) => LinkWindows) =>
    joinWindows(
      events.ue.length,
      parts.map((part, i) => ({ rows: shares[i].rows, windows: of(part) })),
    );
  const task: SignallingTask = {
    events,
    windows: join(({ windows }) => windows),
    forecast: parts.every(({ forecast }) => forecast) ? join(({ forecast }) => forecast!) : null,
    atStart,
    atMark,
    cluster: (cluster as Uint8Array | undefined) ?? null,
  };
  // the one that takes longest first
  const moving = isMovable(mission, events) ? movingOf(mission).toReversed() : [];
  const [own, ...moved] = (
    await pool.spread(
      "signal",
      [...moving, null].map((name): [SignallingTask, Moving | null] => [task, name]),
      (done) =>
        progress.at(0.5 + done / (2 * moving.length + 2), `${done} of ${moving.length + 1} strategies`),
    )
  ).toReversed();
  pool.checkCancelled();
  writer.saveSignalling(run, own);
  return { signalling: [own.summary, ...moved.map(({ summary }) => summary)], notes: [] };
}

function cellsOf({ source, target }: EventColumns): number {
  const cells = new Set<number>();
  for (const column of [source, target]) for (const cell of column) cells.add(cell);
  return cells.size;
}

const tooManySums = (cells: number, seconds: number) =>
  `Signalling was left out: ${cells.toLocaleString("en-US")} cells with handovers in ${seconds} s are more than fit into memory.`;
