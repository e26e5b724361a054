import { BadInput } from "../../shared/errors.ts";
import type { EventColumns } from "../../shared/frame.ts";

/** Sums per cell and second that fit into memory: about 1 GB, and at most as much again in the engine. */
export const MOST_SUMS = 30_000_000;

/** Handovers of which the signalling engine can keep a record each: 2.3 of its 4 GiB. */
export const MOST_ATTEMPTS = 10_000_000;

export const tooManyHandovers = (count: number) =>
  `${count.toLocaleString("en-US")} changes of cell are more than fit into memory`;

/** Cells with handovers. */
export function cellsOf({ source, target }: Pick<EventColumns, "source" | "target">): number {
  const cells = new Set<number>();
  for (const column of [source, target]) for (const cell of column) cells.add(cell);
  return cells.size;
}

/** Refuses a run whose signalling would not fit into memory. */
export function checkSums(events: Pick<EventColumns, "source" | "target">, seconds: number): void {
  if (events.source.length > MOST_ATTEMPTS)
    throw new BadInput([
      {
        field: "population",
        reason: tooManyHandovers(events.source.length),
        remedy: "Give fewer UEs or a shorter run",
      },
    ]);
  const cells = cellsOf(events);
  if (cells * seconds <= MOST_SUMS) return;
  throw new BadInput([
    {
      field: "time.durationS",
      reason: `${cells.toLocaleString("en-US")} cells with handovers in ${seconds} s are more than fit into memory for the signalling`,
      remedy: `Give at most ${Math.floor(MOST_SUMS / cells)} s, or fewer UEs or beams`,
    },
  ]);
}
