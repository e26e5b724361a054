import { emptyBlock, type FrameBlock } from "../../shared/frame.ts";
import { putBlob } from "./blobs.ts";
import type { Db } from "./database.ts";
import type { RunRow } from "./records.ts";

interface BlockRow {
  first_step: number;
  steps: number;
  cell_state: Buffer;
  rsrp: Buffer;
  sinr: Buffer;
}

/** The steps of [from, to], both inclusive, that exist, joined from the blocks that hold them. */
export function readFrames(db: Db, { id, ues, steps_done }: RunRow, from: number, to: number): FrameBlock {
  const firstStep = Math.min(Math.max(0, from), steps_done);
  const steps = Math.max(0, Math.min(to + 1, steps_done) - firstStep);
  const frames = emptyBlock(firstStep, steps, ues);
  const blocks = db
    .prepare(
      `SELECT first_step, steps, cell_state, rsrp, sinr FROM frame_block
       WHERE run_id = ? AND first_step < ? AND first_step + steps > ? ORDER BY first_step`,
    )
    .iterate(id, firstStep + steps, firstStep) as Iterable<BlockRow>;
  for (const block of blocks) {
    const first = Math.max(firstStep, block.first_step);
    const end = Math.min(firstStep + steps, block.first_step + block.steps);
    const take = (data: Buffer, bytes: number) =>
      data.subarray((first - block.first_step) * ues * bytes, (end - block.first_step) * ues * bytes);
    const at = (first - firstStep) * ues;
    putBlob(frames.cellState, at, take(block.cell_state, 4));
    putBlob(frames.rsrp, at, take(block.rsrp, 2));
    putBlob(frames.sinr, at, take(block.sinr, 2));
  }
  return frames;
}
