/**
 * A run's steps come in blocks. Keeps the blocks used last within a bound of memory, asks for each block
 * once, and can ask ahead in the direction of play.
 */
export interface BlockOptions<T> {
  steps: number;
  blockSteps: number;
  maxBytes: number;
  load: (from: number, to: number, signal: AbortSignal) => Promise<T>;
  sizeOf: (block: T) => number;
  onArrival: () => void;
  onError: (error: unknown) => void;
}

export class BlockCache<T> {
  readonly #options: BlockOptions<T>;
  readonly #blocks = new Map<number, T>();
  readonly #asked = new Set<number>();
  readonly #failed = new Set<number>();
  readonly #stop = new AbortController();
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
      this.#ask(index);
      return null;
    }
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    return block;
  }

  /** Asks ahead for the block after (or before) that of a step. */
  prefetch(step: number, direction: 1 | -1): void {
    const { steps, blockSteps } = this.#options;
    const index = this.#index(step) + direction;
    if (index >= 0 && index * blockSteps < steps && !this.#blocks.has(index)) this.#ask(index);
  }

  /** Lets blocks that failed be asked for again; answers whether there were any. */
  retry(): boolean {
    const any = this.#failed.size > 0;
    this.#failed.clear();
    return any;
  }

  close(): void {
    this.#stop.abort();
    this.#blocks.clear();
    this.#bytes = 0;
  }

  #index(step: number): number {
    return Math.floor(step / this.#options.blockSteps);
  }

  #ask(index: number): void {
    if (this.#asked.has(index) || this.#failed.has(index) || this.#stop.signal.aborted) return;
    this.#asked.add(index);
    void this.#load(index);
  }

  async #load(index: number): Promise<void> {
    const { steps, blockSteps, load, onArrival, onError } = this.#options;
    const first = index * blockSteps;
    try {
      const block = await load(first, Math.min(steps, first + blockSteps) - 1, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      this.#keep(index, block);
      this.#asked.delete(index);
      onArrival();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      // Asking again on every tick would be a storm of its own.
      this.#asked.delete(index);
      this.#failed.add(index);
      onError(error);
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
