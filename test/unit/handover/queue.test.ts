import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../../src/main/handover/queue.ts";
import { Random } from "../../../src/main/math/random.ts";

interface Entry {
  time: number;
  item: number;
}

/** The queue beside a sorted list; waves of delays come one after another, with an event taken after each. */
function same(waves: number[][]): void {
  const queue = new EventQueue(1, () => false);
  const list: Entry[] = [];
  let now = 0;
  let item = 0;
  const take = () => {
    const first = list.shift();
    expect(queue.next(Infinity)).toBe(first !== undefined);
    if (!first) return;
    expect([queue.time, queue.item, queue.code]).toEqual([first.time, first.item, first.item % 7]);
    now = first.time;
    expect(queue.size).toBe(list.length);
  };
  for (const wave of waves) {
    for (const delay of wave) {
      const time = now + delay;
      queue.push(time, item, item % 7, 0);
      list.push({ time, item: item++ });
    }
    list.sort((a, b) => a.time - b.time || a.item - b.item);
    take();
  }
  while (list.length > 0) take();
  expect(queue.next(Infinity)).toBe(false);
}

describe("the queue of events", () => {
  it("gives them in order of time, then of arrival, however far apart, while others come", () => {
    const delay = fc.oneof(
      fc.constantFrom(0, 0.03, 0.0625, 1, 63.99, 64, 127.9, 128, 2048, 65_536, 131_072, 70_000_000, 1e9),
      fc.integer({ min: 0, max: 300_000 }),
      fc.double({ min: 0, max: 30, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(delay, { maxLength: 4 }), { maxLength: 60 }), (waves) => same(waves)),
    );
  });

  it("keeps thousands of one tick in order, and those of one instant in order of arrival", () => {
    const random = new Random(1, "queue");
    same([Array.from({ length: 3000 }, () => 500 + random.below(40) / 1000)]);
    same([Array.from({ length: 3000 }, () => 77_777)]);
  });

  it("shows none before it is time, and takes events that come before those it holds", () => {
    const queue = new EventQueue(1, () => false);
    queue.push(200_000, 1, 0, 0);
    for (const now of [10, 100_000, 199_999.99, 200_000]) expect(queue.next(now)).toBe(false);
    const other = new EventQueue(1, () => false);
    other.push(200_000, 1, 0, 0);
    expect(other.next(70_000.5)).toBe(false);
    for (const time of [150_000, 70_001, 70_000.5]) other.push(time, time, 0, 0);
    const items = [];
    while (other.next(Infinity)) items.push(other.item);
    expect(items).toEqual([70_000, 70_001, 150_000, 1]);
    expect(queue.next(200_000.1)).toBe(true);
  });

  it("drops what has become void before it comes near, and nothing else", () => {
    const over = new Set<number>();
    const queue = new EventQueue(1, (item, code) => code === 1 && over.has(item));
    for (let item = 0; item < 100; item++) queue.push(5000 + item, item, item % 2, 0);
    queue.push(1, 100, 0, 0);
    expect(queue.next(10)).toBe(true);
    for (let item = 0; item < 50; item++) over.add(item);
    const items = [];
    while (queue.next(Infinity)) items.push(queue.item);
    expect(items).toEqual(Array.from({ length: 100 }, (_, i) => i).filter((i) => i >= 50 || i % 2 === 0));
    expect(queue.size).toBe(0);
  });
});
