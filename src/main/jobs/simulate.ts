import { joinStates } from "../simulation/state.ts";
import { mergeEvents } from "../simulation/events.ts";
import type { ShardBlock } from "../simulation/shard.ts";
import { encodeColumns, type Columns } from "../../shared/columns.ts";
import { emptyBlock, stepsPerBlock, type FrameBlock } from "../../shared/frame.ts";
import { stepCount, type PlanContext } from "./context.ts";
import type { Pool } from "./pool.ts";

/** What has been counted over all blocks so far, also of a run that was interrupted. */
export interface Totals {
  stepsDone: number;
  uncovered: number;
  linkEvaluations: number;
  stateColumns: Columns | null;
}

type Ranges = { from: number; to: number }[];

/** Runs the time loop block by block; each block is one transaction, written while the threads make the next. */
export async function simulate(
  context: PlanContext,
  pool: Pool,
  totals: Totals,
  ranges: Ranges,
): Promise<void> {
  const { mission, writer, progress, run } = context;
  const total = stepCount(mission);
  const size = stepsPerBlock(mission.userCount);
  const ask = (first: number) =>
    pool.all("run", (): [number, number] => [first, Math.min(size, total - first)]);
  let first = totals.stepsDone;
  let coming = first < total ? ask(first) : null;
  while (coming) {
    pool.checkCancelled();
    const parts = await coming;
    first += size;
    coming = first < total ? ask(first) : null;
    coming?.catch(() => {});
    const block = joinFrames(parts, ranges, mission.userCount);
    totals.stateColumns = joinStates(parts.map((part) => part.state));
    for (const part of parts) {
      totals.uncovered += part.uncovered;
      totals.linkEvaluations += part.linkEvaluations;
    }
    const { uncovered, linkEvaluations } = totals;
    writer.append(run, {
      block,
      events: mergeEvents(parts.map((part) => part.events)),
      servedCells: Uint32Array.from(new Set(parts.flatMap((part) => [...part.servedCells]))).sort(),
      state: encodeColumns(totals.stateColumns, { uncovered, linkEvaluations }),
    });
    totals.stepsDone = Math.min(first, total);
    progress.at(totals.stepsDone / total, `${totals.stepsDone} of ${total} frames`);
  }
}

/** Frames of consecutive ranges of UEs as frames of all UEs. */
function joinFrames(parts: ShardBlock[], ranges: Ranges, ues: number): FrameBlock {
  const { firstStep, steps } = parts[0].frames;
  if (parts.length === 1) return parts[0].frames;
  const joined = emptyBlock(firstStep, steps, ues);
  parts.forEach(({ frames }, i) => {
    for (let step = 0; step < steps; step++) {
      const at = step * ues + ranges[i].from;
      const from = step * frames.ues;
      joined.cellState.set(frames.cellState.subarray(from, from + frames.ues), at);
      joined.rsrp.set(frames.rsrp.subarray(from, from + frames.ues), at);
      joined.sinr.set(frames.sinr.subarray(from, from + frames.ues), at);
    }
  });
  return joined;
}
