import { describe, expect, it } from "vitest";
import { Ledger } from "../../../src/main/handover/ledger.ts";

describe("the ledger", () => {
  it("sums its rows per cell and second, however far apart they are", () => {
    const ledger = new Ledger(3, true);
    const rows = [
      [0, 1, 0, 40],
      [999.9, 1, 8, 15],
      [1000, 2, 1, 1000],
      [200_500, 2, 1, 1000],
    ];
    for (const [timeMs, cell, kind, bytes] of rows) ledger.sent(timeMs, cell, kind, bytes);
    const sums = ledger.close();
    expect(sums.seconds).toBe(201);
    expect(sums.messages.length).toBe(3 * 201);
    expect([sums.messages[1], sums.bytes[1]]).toEqual([2, 55]);
    expect([sums.messages[3 + 2], sums.bytes[3 + 2]]).toEqual([1, 1000]);
    expect(sums.messages[200 * 3 + 2]).toBe(1);
    expect(sums.messages.reduce((a, b) => a + b)).toBe(4);
  });

  it("keeps each row in the order of sending when there are more than it first had room for", () => {
    const ledger = new Ledger(2, true);
    for (let i = 0; i < 150_000; i++) ledger.sent(i / 10, 1, i % 21, i);
    const { count, timeMs, bytes, kind } = ledger.rows;
    expect(count).toBe(150_000);
    expect([timeMs[149_999], bytes[70_000], kind[70_000]]).toEqual([14_999.9, 70_000, 70_000 % 21]);
  });

  it("remembers the longest queue of a second, and counts drops and collisions", () => {
    const ledger = new Ledger(2, false);
    for (const waiting of [3, 7, 5]) ledger.queued(100, 1, waiting, waiting === 7);
    ledger.tried(100, 1, true);
    ledger.tried(100, 1, false);
    const { queue, drops, tries, collisions } = ledger.close();
    expect([queue[1], drops[1], tries[1], collisions[1]]).toEqual([7, 1, 2, 1]);
    expect(ledger.rows.count).toBe(0);
  });
});
