/**
 * A run's steps come in blocks. Keeps the blocks used last within a bound of memory, asks for each block
 * once, and can ask ahead in the direction of play. Few requests are under way at once; of what waits behind them, what was
 * wanted last is asked for first, and what was wanted long ago never.
 */
export interface BlockOptions<T> {
  steps: number;
  blockSteps: number;
  maxBytes: number;
  load: (from: number, to: number, signal: AbortSignal) => Promise<T>;
  sizeOf: (block: T) => number;
  /** whether the user leaps from step to step: then what is under way for other places is given up */
  leaps: () => boolean;
  onArrival: () => void;
  onError: (error: unknown) => void;
}

const MOST_UNDER_WAY = 2;
const MOST_WAITING = 4;

export class BlockCache<T> {
  readonly #options: BlockOptions<T>;
  readonly #blocks = new Map<number, T>();
  readonly #underWay = new Map<number, AbortController>();
  /** wanted last at the end */
  #waiting: number[] = [];
  readonly #failed = new Set<number>();
  #closed = false;
  #bytes = 0;

  constructor(options: BlockOptions<T>) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  has(step: number): boolean {
    return this.#blocks.has(this.#index(step));
  }

  /** The block that holds a step; asks for it and answers null where it is not here yet. */
  at(step: number): T | null {
    const index = this.#index(step);
    const block = this.#blocks.get(index);
    if (block === undefined) {
      if (this.#options.leaps()) this.#giveUpFarFrom(index);
      this.#ask(index);
      return null;
    }
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    return block;
  }

  /** Asks ahead for the block after (or before) that of a step, and for that of the step where a loop leaps to. */
  prefetch(step: number, direction: 1 | -1, leap: number | null = null): void {
    const { steps, blockSteps } = this.#options;
    const wanted = [this.#index(step) + direction];
    if (leap !== null) wanted.push(this.#index(leap));
    for (const index of wanted)
      if (index >= 0 && index * blockSteps < steps && !this.#blocks.has(index)) this.#ask(index);
  }

  /** Lets blocks that failed be asked for again; answers whether there were any. */
  retry(): boolean {
    const any = this.#failed.size > 0;
    this.#failed.clear();
    return any;
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    for (const stop of this.#underWay.values()) stop.abort();
    this.#blocks.clear();
    this.#bytes = 0;
  }

  #index(step: number): number {
    return Math.floor(step / this.#options.blockSteps);
  }

  #ask(index: number): void {
    if (this.#underWay.has(index) || this.#failed.has(index) || this.#closed) return;
    this.#waiting = [...this.#waiting.filter((other) => other !== index), index].slice(-MOST_WAITING);
    this.#next();
  }

  #next(): void {
    while (this.#underWay.size < MOST_UNDER_WAY && this.#waiting.length > 0)
      void this.#load(this.#waiting.pop()!);
  }

  /** Neighbours are asked for together. */
  #giveUpFarFrom(index: number): void {
    const far = (other: number) => Math.abs(other - index) > 1;
    this.#waiting = this.#waiting.filter((other) => !far(other));
    for (const [other, stop] of this.#underWay) {
      if (!far(other)) continue;
      stop.abort();
      this.#underWay.delete(other);
    }
  }

  async #load(index: number): Promise<void> {
    const { steps, blockSteps, load, onArrival, onError } = this.#options;
    const first = index * blockSteps;
    const stop = new AbortController();
    this.#underWay.set(index, stop);
    try {
      const block = await load(first, Math.min(steps, first + blockSteps) - 1, stop.signal);
      if (stop.signal.aborted) return;
      this.#underWay.delete(index);
      this.#keep(index, block);
      onArrival();
    } catch (error) {
      if (stop.signal.aborted) return;
      // Asking again on every tick would be a storm of its own.
      this.#underWay.delete(index);
      this.#failed.add(index);
      onError(error);
    } finally {
      this.#next();
    }
  }

  #keep(index: number, block: T): void {
    const { maxBytes, sizeOf } = this.#options;
    this.#blocks.set(index, block);
    this.#bytes += sizeOf(block);
    for (const [oldest, old] of this.#blocks) {
      if (this.#bytes <= maxBytes || oldest === index) break;
      this.#blocks.delete(oldest);
      this.#bytes -= sizeOf(old);
    }
  }
}
