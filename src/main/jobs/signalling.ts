import { RunReader } from "../store/reader.ts";
import { emptyWindows, type CellChanges, type LinkWindows } from "../simulation/link-windows.ts";
import { cellOf, type EventColumns } from "../../shared/frame.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import type { PlanContext } from "./context.ts";
import type { Pool } from "./pool.ts";

/** What one thread needs to carry out the handovers of a whole run. */
export interface SignallingTask {
  events: EventColumns;
  windows: LinkWindows;
  forecast: LinkWindows | null;
  /** [ue] cell at the start, and at the mark; 0 none */
  atStart: Uint32Array;
  atMark: Uint32Array;
  /** [ue] cluster at the mark, 255 none; null without clusters */
  cluster: Uint8Array | null;
}

/** The rows of some UEs' events, with the columns that their windows take. */
function eventsOf(
  events: EventColumns,
  from: number,
  to: number,
): { rows: Uint32Array; changes: CellChanges } {
  const rows = Uint32Array.from(events.ue.keys().filter((i) => events.ue[i] >= from && events.ue[i] < to));
  const pick = (column: Uint32Array) => Uint32Array.from(rows, (i) => column[i]);
  const { timeMs, ue, source, target } = events;
  return {
    rows,
    changes: { timeMs: pick(timeMs), ue: pick(ue), source: pick(source), target: pick(target) },
  };
}

function joinWindows(count: number, parts: { rows: Uint32Array; windows: LinkWindows }[]): LinkWindows {
  const joined = emptyWindows(count);
  for (const { rows, windows } of parts)
    for (const key of Object.keys(joined) as (keyof LinkWindows)[])
      rows.forEach((row, i) => (joined[key][row] = windows[key][i]));
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
): Promise<SignallingSummary[]> {
  progress.enter("signal");
  const reader = new RunReader(db);
  const events = reader.events(run);
  const cellsAt = (step: number) => reader.frames(run, step, step).cellState.map(cellOf);
  const atStart = cellsAt(0);
  const atMark = cellsAt(Math.round(mission.mark / mission.step));
  const { cluster } = reader.ues(run);
  reader.close();
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
  const { storm, others } = await pool.one("signal", task);
  pool.checkCancelled();
  writer.saveSignalling(run, storm);
  return [storm.summary, ...others];
}
