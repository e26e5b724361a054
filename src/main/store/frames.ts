import type { Column } from "../../shared/columns.ts";
import { asColumn } from "../../shared/columns.ts";
import { emptyColumn, type FrameColumn, type FramePart } from "../../shared/frame.ts";
import { putBlob } from "./blobs.ts";
import type { Db } from "./database.ts";
import type { RunRow } from "./records.ts";

const STORED = {
  cellState: { column: "cell_state", type: "u32", bytes: 4 },
  rsrp: { column: "rsrp", type: "i16", bytes: 2 },
  sinr: { column: "sinr", type: "i16", bytes: 2 },
} as const;

type BlockRow = { first_step: number; steps: number } & Record<FrameColumn, Buffer>;

/**
 * The steps of [from, to], both inclusive, that exist, joined from the blocks that hold them; where that is one block, its bytes
 * are not copied. Only the columns named are read.
 */
export function readFrames<N extends FrameColumn>(
  db: Db,
  { id, ues, steps_done }: RunRow,
  from: number,
  to: number,
  names: readonly N[],
): FramePart<N> {
  const firstStep = Math.min(Math.max(0, from), steps_done);
  const endStep = Math.max(firstStep, Math.min(to + 1, steps_done));
  const stored = names.map((name) => `${STORED[name].column} AS ${name}`).join(", ");
  const blocks = db
    .prepare(
      `SELECT first_step, steps, ${stored} FROM frame_block
       WHERE run_id = @id AND first_step < @endStep AND first_step >=
         (SELECT max(first_step) FROM frame_block WHERE run_id = @id AND first_step <= @firstStep)
       ORDER BY first_step`,
    )
    .iterate({ id, firstStep, endStep }) as Iterable<BlockRow>;
  const columns: Partial<Record<FrameColumn, Column>> = {};
  for (const block of blocks) {
    const first = Math.max(firstStep, block.first_step);
    const end = Math.min(endStep, block.first_step + block.steps);
    for (const name of names) {
      const { type, bytes } = STORED[name];
      const cut = (step: number) => (step - block.first_step) * ues * bytes;
      const part = block[name].subarray(cut(first), cut(end));
      if (first === firstStep && end === endStep) columns[name] = asColumn(part, type);
      else
        putBlob(
          (columns[name] ??= emptyColumn(name, (endStep - firstStep) * ues)),
          (first - firstStep) * ues,
          part,
        );
    }
  }
  for (const name of names) columns[name] ??= emptyColumn(name, 0);
  return { firstStep, steps: endStep - firstStep, ues, ...columns } as unknown as FramePart<N>;
}
