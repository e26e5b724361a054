import { describe, expect, it, vi } from "vitest";
import { BlockCache } from "../../../src/renderer/session/blocks.ts";

interface Block {
  from: number;
  to: number;
}

type Load = (from: number, to: number, signal: AbortSignal) => Promise<Block>;

function cacheOf(maxBytes = 1000, load?: Load, leaps = () => false) {
  const asked: [number, number][] = [];
  const onArrival = vi.fn();
  const onError = vi.fn();
  const cache = new BlockCache<Block>({
    steps: 95,
    blockSteps: 10,
    maxBytes,
    sizeOf: () => 100,
    load: (from, to, signal) => {
      asked.push([from, to]);
      return load ? load(from, to, signal) : Promise.resolve({ from, to });
    },
    leaps,
    onArrival,
    onError,
  });
  return { cache, asked, onArrival, onError };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("the block cache", () => {
  it("asks for the block of a step once, and has it for all its steps", async () => {
    const { cache, asked, onArrival } = cacheOf();
    expect(cache.at(12)).toBeNull();
    expect(cache.at(19)).toBeNull();
    await settle();
    expect(asked).toEqual([[10, 19]]);
    expect(onArrival).toHaveBeenCalledOnce();
    expect(cache.at(10)).toEqual({ from: 10, to: 19 });
    expect(cache.has(19)).toBe(true);
    expect(cache.has(20)).toBe(false);
  });

  it("ends the last block with the last step", async () => {
    const { cache, asked } = cacheOf();
    cache.at(94);
    await settle();
    expect(asked).toEqual([[90, 94]]);
  });

  it("asks ahead, but not beyond either end", async () => {
    const { cache, asked } = cacheOf();
    cache.prefetch(5, 1);
    cache.prefetch(5, -1);
    cache.prefetch(93, 1);
    await settle();
    expect(asked).toEqual([[10, 19]]);
  });

  it("asks for where a loop begins again before it does, once", async () => {
    const { cache, asked } = cacheOf();
    cache.prefetch(92, 1, 34);
    cache.prefetch(93, 1, 34);
    await settle();
    cache.prefetch(94, 1, 34);
    await settle();
    expect(asked).toEqual([[30, 39]]);
  });

  it("never holds more than its bound, and lets go of what was used longest ago", async () => {
    const { cache } = cacheOf(300);
    for (const step of [0, 10, 20]) cache.at(step);
    await settle();
    cache.at(0);
    cache.at(30);
    await settle();
    expect(cache.bytes).toBe(300);
    expect([0, 10, 20, 30].filter((step) => cache.has(step))).toEqual([0, 20, 30]);
  });

  it("keeps at least the block that came last, even where one is larger than the bound", async () => {
    const { cache } = cacheOf(50);
    cache.at(0);
    await settle();
    expect(cache.at(0)).not.toBeNull();
  });

  it("raises the signal of what is under way when closed, and drops what comes after", async () => {
    let seen: AbortSignal | undefined;
    let answer: (block: Block) => void = () => {};
    const { cache, onArrival, onError } = cacheOf(1000, (_from, _to, signal) => {
      seen = signal;
      return new Promise((resolve) => (answer = resolve));
    });
    cache.at(0);
    cache.close();
    expect(seen?.aborted).toBe(true);
    answer({ from: 0, to: 9 });
    await settle();
    expect(onArrival).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
    expect(cache.bytes).toBe(0);
  });

  it("reports a failure once and does not ask again on every tick", async () => {
    const { cache, asked, onError } = cacheOf(1000, () => Promise.reject(new Error("gone")));
    cache.at(0);
    await settle();
    cache.at(0);
    await settle();
    expect(onError).toHaveBeenCalledOnce();
    expect(asked).toHaveLength(1);
  });

  it("asks again for what failed once it is told to, and has it then", async () => {
    let broken = true;
    const { cache, asked } = cacheOf(1000, (from, to) =>
      broken ? Promise.reject(new Error("gone")) : Promise.resolve({ from, to }),
    );
    expect(cache.retry()).toBe(false);
    cache.at(0);
    await settle();
    broken = false;
    expect(cache.retry()).toBe(true);
    expect(cache.at(0)).toBeNull();
    await settle();
    expect(cache.at(0)).toEqual({ from: 0, to: 9 });
    expect(asked).toHaveLength(2);
    expect(cache.retry()).toBe(false);
  });

  it("has two requests under way at most, and asks first for what was wanted last", async () => {
    const answers: (() => void)[] = [];
    const { cache, asked } = cacheOf(1000, (from, to) => {
      return new Promise((resolve) => answers.push(() => resolve({ from, to })));
    });
    for (const step of [0, 10, 20, 30, 40, 50, 60, 20]) cache.at(step);
    expect(asked.map(([from]) => from)).toEqual([0, 10]);
    for (let k = 0; k < 6; k++) {
      answers[k]!();
      await settle();
    }
    // 30 was wanted before the last four
    expect(asked.map(([from]) => from)).toEqual([0, 10, 20, 60, 50, 40]);
    expect(cache.at(30)).toBeNull();
    expect(asked.at(-1)).toEqual([30, 39]);
  });

  it("gives up what is under way for other places when the user leaps, and nothing while the run plays", async () => {
    for (const leaps of [true, false]) {
      const signals: AbortSignal[] = [];
      const load: Load = (from, to, signal) => {
        signals.push(signal);
        return new Promise((resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
          if (from === 80) resolve({ from, to });
        });
      };
      const { cache, asked, onError } = cacheOf(1000, load, () => leaps);
      cache.at(0);
      cache.prefetch(0, 1);
      cache.at(30);
      cache.at(80);
      await settle();
      expect(signals.slice(0, 2).map((signal) => signal.aborted)).toEqual([leaps, leaps]);
      expect(cache.has(80)).toBe(leaps);
      expect(onError).not.toHaveBeenCalled();
      // what was given up may be asked for again
      cache.at(0);
      await settle();
      expect(asked.filter(([from]) => from === 0)).toHaveLength(leaps ? 2 : 1);
    }
  });
});
