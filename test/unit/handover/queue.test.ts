import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/main/math/random.ts";
import { engineParts } from "../../builders/engine-parts.ts";

const ITEMS = 4000;
/** types of events that stay whatever becomes of their procedure, and that become void with its phase */
const [STAYS, ENDS] = [0, 34];

interface Entry {
  time: number;
  item: number;
}

/** The queue beside a sorted list; waves of delays come one after another, with an event taken after each. */
async function same(waves: number[][]): Promise<void> {
  const queue = await engineParts({ procedures: ITEMS });
  const list: Entry[] = [];
  let now = 0;
  let item = 0;
  const take = () => {
    const first = list.shift();
    expect(queue.nextEvent(Infinity)).toBe(first === undefined ? 0 : 1);
    if (!first) return;
    expect([queue.eventMs(), queue.eventProcedure(), queue.eventCode()]).toEqual([
      first.time,
      first.item,
      first.item % 7,
    ]);
    now = first.time;
    expect(queue.eventCount()).toBe(list.length);
  };
  for (const wave of waves) {
    for (const delay of wave) {
      const time = now + delay;
      queue.pushEvent(time, item, item % 7);
      list.push({ time, item: item++ });
    }
    list.sort((a, b) => a.time - b.time || a.item - b.item);
    take();
  }
  while (list.length > 0) take();
  expect(queue.nextEvent(Infinity)).toBe(0);
}

describe("the queue of events", () => {
  it("gives them in order of time, then of arrival, however far apart, while others come", async () => {
    const delay = fc.oneof(
      fc.constantFrom(0, 0.03, 0.0625, 1, 63.99, 64, 127.9, 128, 2048, 65_536, 131_072, 70_000_000, 1e9),
      fc.integer({ min: 0, max: 300_000 }),
      fc.double({ min: 0, max: 30, noNaN: true }),
    );
    const waves = fc.array(fc.array(delay, { maxLength: 4 }), { maxLength: 60 });
    await fc.assert(fc.asyncProperty(waves, same));
  });

  it("keeps thousands of one tick in order, and those of one instant in order of arrival", async () => {
    const random = new Random(1, "queue");
    await same([Array.from({ length: 3000 }, () => 500 + random.below(40) / 1000)]);
    await same([Array.from({ length: 3000 }, () => 77_777)]);
    await same([[1], Array.from({ length: 3900 }, (_, i) => (i % 2 === 0 ? 500 : 499.99))]);
  });

  it("shows none before it is time, and takes events that come before those it holds", async () => {
    const queue = await engineParts({ procedures: 4 });
    queue.pushEvent(200_000, 1, STAYS);
    for (const now of [10, 100_000, 199_999.99, 200_000]) expect(queue.nextEvent(now)).toBe(0);
    expect(queue.nextEvent(200_000.1)).toBe(1);
    const other = await engineParts({ procedures: 4 });
    other.pushEvent(200_000, 3, STAYS);
    expect(other.nextEvent(70_000.5)).toBe(0);
    for (const [item, time] of [150_000, 70_001, 70_000.5].entries()) other.pushEvent(time, item, STAYS);
    const items = [];
    while (other.nextEvent(Infinity)) items.push(other.eventProcedure());
    expect(items).toEqual([2, 1, 0, 3]);
  });

  it("drops what has become void before it comes near, and nothing else", async () => {
    const queue = await engineParts({ procedures: 101 });
    for (let item = 0; item < 100; item++) queue.pushEvent(5000 + item, item, item % 2 ? ENDS : STAYS);
    queue.pushEvent(1, 100, STAYS);
    expect(queue.nextEvent(10)).toBe(1);
    for (let item = 0; item < 50; item++) queue.makeVoid(item);
    const items = [];
    while (queue.nextEvent(Infinity)) items.push(queue.eventProcedure());
    expect(items).toEqual(Array.from({ length: 100 }, (_, i) => i).filter((i) => i >= 50 || i % 2 === 0));
    expect(queue.eventCount()).toBe(0);
  });
});
