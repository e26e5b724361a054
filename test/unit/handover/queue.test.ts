import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../../src/main/handover/queue.ts";

describe("the queue of events", () => {
  it("gives them in order of time, then of arrival, however far apart, while others come", () => {
    const delay = fc.oneof(fc.constantFrom(0, 0.25, 1, 2047, 2048), fc.integer({ min: 0, max: 70_000 }));
    fc.assert(
      fc.property(fc.array(fc.array(delay, { maxLength: 4 }), { maxLength: 60 }), (waves) => {
        const queue = new EventQueue();
        const list: { time: number; item: number }[] = [];
        let now = -3;
        let item = 0;
        for (const wave of [...waves, ...Array.from({ length: 240 }, () => [])]) {
          for (const ms of wave) {
            queue.push(now + ms, item, item % 7);
            list.push({ time: now + ms, item: item++ });
          }
          list.sort((a, b) => a.time - b.time || a.item - b.item);
          const first = list.shift();
          expect(queue.size).toBe(list.length + (first ? 1 : 0));
          if (!first) continue;
          expect([queue.time, queue.item, queue.code]).toEqual([first.time, first.item, first.item % 7]);
          now = first.time;
          queue.pop();
        }
        expect(queue.size).toBe(0);
      }),
    );
  });
});
