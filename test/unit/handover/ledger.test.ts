import { describe, expect, it } from "vitest";
import { signallingSettings } from "../../../src/main/handover/attempts.ts";
import type { SignallingResult } from "../../../src/main/handover/engine.ts";
import { signalling } from "../../../src/main/handover/signalling.ts";
import { attemptsOf } from "../../builders/attempts.ts";

const CELLS = 3;
const sum = (column: ArrayLike<number>) => Array.from(column).reduce((a, b) => a + b, 0);
const settings = signallingSettings(1, Uint32Array.of(0, 0, 1, 1));

/** Sums of the rows, counted one by one. */
function counted({ rows }: SignallingResult, seconds: number): { messages: number[]; bytes: number[] } {
  const messages = Array.from({ length: (CELLS + 1) * seconds }, () => 0);
  const bytes = [...messages];
  for (let i = 0; i < rows.count; i++) {
    const at = Math.floor(rows.timeMs[i] / 1000) * (CELLS + 1) + rows.cell[i];
    messages[at]++;
    bytes[at] += rows.bytes[i];
  }
  return { messages, bytes };
}

describe("the ledger", () => {
  it("sums its rows per cell and second, however far apart they are", () => {
    const result = signalling(
      attemptsOf([
        { timeMs: 0 },
        { timeMs: 999.9 },
        { timeMs: 1000, target: 3 },
        { timeMs: 200_500, source: 2, target: 3 },
      ]),
      settings,
    );
    const { sums } = result;
    expect(sums.seconds).toBe(201);
    expect(counted(result, sums.seconds)).toEqual({ messages: [...sums.messages], bytes: [...sums.bytes] });
    expect(sums.executions.reduce((a, b) => a + b)).toBe(4);
    expect(result.kinds.reduce((a, b) => a + b)).toBe(result.rows.count);
  });

  it("keeps each row in the order of sending when there are more than are handed over at once", () => {
    const result = signalling(
      attemptsOf(Array.from({ length: 5000 }, (_, i) => ({ timeMs: 10 * i }))),
      settings,
    );
    const { procedures, rows, sums } = result;
    expect(rows.count).toBe(procedures.messages.reduce((a, b) => a + b));
    expect(rows.count).toBeGreaterThan(50_000);
    expect(counted(result, sums.seconds).messages).toEqual([...sums.messages]);
    const reports = [...rows.timeMs].filter((_, i) => rows.kind[i] === 0);
    expect(reports).toEqual(Array.from({ length: 5000 }, (_, i) => 10 * i));
  });

  it("loses nothing when a second comes for which it had no room", () => {
    const times = Array.from({ length: 300 }, (_, i) => ({ timeMs: 1000 * i + 968 }));
    const { sums } = signalling(attemptsOf(times), settings);
    expect(sums.executions.reduce((a, b) => a + b)).toBe(300);
    expect(sums.tries.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(300);
  });

  it("keeps no rows where only the sums are asked for", () => {
    const all = signalling(attemptsOf([{ timeMs: 5 }]), settings);
    const { rows, sums } = signalling(attemptsOf([{ timeMs: 5 }]), { ...settings, keepRows: false });
    expect(rows.count).toBe(0);
    expect(sums).toEqual(all.sums);
  });

  it("remembers the longest queue of a second, and counts what is dropped", () => {
    const processing = { cpus: 1, queueLimit: 2 };
    const many = attemptsOf(Array.from({ length: 9 }, () => ({ timeMs: 100 })));
    const { nodes, procedures, sums } = signalling(many, { ...settings, processing });
    // the first is worked on, two wait, and those who come later find these two
    expect(sums.queue[1]).toBe(2);
    expect(nodes.longest[0]).toBe(2);
    const dropped = procedures.drops.reduce((a, b) => a + b);
    expect(dropped).toBeGreaterThanOrEqual(6);
    expect(sums.drops.reduce((a, b) => a + b)).toBe(dropped);
  });

  it("keeps the same books by procedure, by cell and second, by gNB and by message when a storm overflows every queue", () => {
    const records = Array.from({ length: 600 }, (_, i) => ({
      timeMs: i / 10,
      source: 1 + (i % 3),
      target: 1 + ((i + 1) % 3),
      serviceDelayMs: i % 2 ? 3 : 40,
    }));
    const attempts = attemptsOf(records);
    delete attempts.groupOf;
    const tight = signallingSettings(1, Uint32Array.of(0, 0, 1, 2), {
      processing: { cpus: 1, queueLimit: 8 },
      retryMs: 5,
      maxRetransmissions: 15,
    });
    const { procedures, sums, kinds, nodes, rows } = signalling(attempts, tight);
    expect(sum(procedures.drops)).toBeGreaterThan(3000);
    expect([sum(procedures.drops), sum(nodes.drops)]).toEqual([sum(sums.drops), sum(sums.drops)]);
    expect([sum(procedures.messages), sum(kinds), rows.count]).toEqual(Array(3).fill(sum(sums.messages)));
    expect([sum(procedures.bytes), sum(rows.bytes)]).toEqual(Array(2).fill(sum(sums.bytes)));
    expect(sum(procedures.tries)).toBe(sum(sums.tries));
    expect(Math.max(...nodes.longest)).toBe(8);
    const seen = [1, 2, 3].map((cell) => Math.max(...sums.queue.filter((_, i) => i % 4 === cell)));
    expect(seen).toEqual([...nodes.longest]);
    const inOrder = [...rows.timeMs].map((ms, i) => ms >= 0 && rows.cell[i] > 0);
    expect(inOrder.every(Boolean)).toBe(true);
  });

  it("counts a collision for each preamble that met another", () => {
    const rach = {
      ...signallingSettings(1, Uint32Array.of(0)).rach,
      fdm: 1,
      contentionPreambles: 1,
      dedicatedPreambles: 0,
      backoffMs: 0,
      triesMax: 4,
    };
    const { procedures, sums } = signalling(
      attemptsOf([{ timeMs: 100 }, { timeMs: 100 }]),
      signallingSettings(1, Uint32Array.of(0, 0, 1), { rach }),
    );
    expect([...procedures.tries]).toEqual([8, 8]);
    expect(sum(sums.collisions)).toBe(16);
  });
});
