import { FRAME_COLUMNS, stepsPerBlock } from "../../shared/frame.ts";
import type { FrameColumn, FramePart } from "../../shared/frame.ts";
import type { RunRecord } from "../../shared/run.ts";
import { BlockCache } from "./blocks.ts";
import type { BlockOptions } from "./blocks.ts";
import { fetchColumns } from "./client.ts";

const BYTES = { cellState: 4, rsrp: 2, sinr: 2 } satisfies Record<FrameColumn, number>;
/** For each byte that a UE has in a frame: 192 MB in all. */
const MAX_BYTES = 24_000_000;

type Level = Exclude<FrameColumn, "cellState">;
type Caches = { [N in FrameColumn]: BlockCache<FramePart<N>> };

const LEVELS: readonly Level[] = ["rsrp", "sinr"];

/**
 * The frames of a run, column by column: serving cells are half of a frame, and mostly all that is shown.
 * Levels come when somebody looks at them.
 */
export class Frames {
  /** the picture shows SINR: then no frame is whole without it */
  needsSinr = false;
  readonly #caches: Caches;
  readonly #blockSteps: number;
  readonly #ues: number;
  /** block of the last look at each level */
  readonly #looked = { rsrp: -2, sinr: -2 };

  constructor(
    { run, ues, stepsDone: steps }: RunRecord,
    follow: Pick<BlockOptions<unknown>, "leaps" | "onArrival" | "onError">,
  ) {
    const blockSteps = stepsPerBlock(ues);
    const cacheOf = <N extends FrameColumn>(name: N) =>
      new BlockCache<FramePart<N>>({
        ...follow,
        steps,
        blockSteps,
        maxBytes: MAX_BYTES * BYTES[name],
        sizeOf: (block) => block.steps * ues * BYTES[name],
        load: async (from, to, signal) => {
          const what = `frames?from=${from}&to=${to}&columns=${name}`;
          const { columns, meta } = await fetchColumns(run, what, signal);
          return { ...meta, ...columns } as unknown as FramePart<N>;
        },
      });
    this.#ues = ues;
    this.#blockSteps = blockSteps;
    this.#caches = { cellState: cacheOf("cellState"), rsrp: cacheOf("rsrp"), sinr: cacheOf("sinr") };
  }

  /** `cellState` of every UE at a step; asks for it and answers null where what the picture needs is not here yet. */
  at(step: number): Uint32Array | null {
    const cells = this.#caches.cellState.at(step);
    const whole = !this.needsSinr || this.level("sinr", step) !== null;
    return cells && whole ? this.#cut(cells, cells.cellState, step) : null;
  }

  /** Hundredths of dBm or dB of every UE at a step; asks for them and answers null where they are not here yet. */
  level(level: Level, step: number): Int16Array | null {
    this.#looked[level] = this.#blockOf(step);
    const block: (FramePart<never> & Partial<Record<Level, Int16Array>>) | null =
      this.#caches[level].at(step);
    return block && this.#cut(block, block[level]!, step);
  }

  #cut<T extends Uint32Array | Int16Array>({ firstStep }: { firstStep: number }, column: T, step: number): T {
    const at = (step - firstStep) * this.#ues;
    return column.subarray(at, at + this.#ues) as T;
  }

  /** As a block cache does; of the levels those that are being looked at. */
  prefetch(step: number, direction: 1 | -1, leap: number | null = null): void {
    this.#caches.cellState.prefetch(step, direction, leap);
    for (const level of LEVELS)
      if (Math.abs(this.#blockOf(step) - this.#looked[level]) <= 1)
        this.#caches[level].prefetch(step, direction, leap);
  }

  #blockOf = (step: number) => Math.floor(step / this.#blockSteps);

  /** Lets blocks that failed be asked for again; answers whether there were any. */
  retry(): boolean {
    return FRAME_COLUMNS.map((name) => this.#caches[name].retry()).includes(true);
  }

  close(): void {
    for (const name of FRAME_COLUMNS) this.#caches[name].close();
  }
}
