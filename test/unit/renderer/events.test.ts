import { afterEach, expect, test, vi } from "vitest";
import { readEvents } from "../../../src/renderer/session/events.ts";
import { encodeColumns } from "../../../src/shared/columns.ts";
import type { Columns } from "../../../src/shared/columns.ts";
import { eventsOf } from "../store/blocks.ts";

afterEach(() => void vi.unstubAllGlobals());

const whole = (count: number) => eventsOf(count, 0, 60_000, 5);

/** A program that keeps these events, `more` of them from its first answer on, and fails after so many answers. */
function program(count: number, answers = Number.POSITIVE_INFINITY, more = 0) {
  const events = whole(count + more);
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    if (asked.length > answers) return Promise.reject(new Error("gone"));
    const [from, to] = [...path.matchAll(/=(\d+)/g)].map(([, number]) => Number(number));
    const kept = asked.length > 1 ? count + more : count;
    const end = Math.min(kept, to! + 1);
    const part = Object.entries(events).map(([name, column]) => [name, column.slice(from, end)]);
    return Promise.resolve(
      new Response(encodeColumns(Object.fromEntries(part) as Columns, { total: count })),
    );
  });
  return { events, asked };
}

function reading(signal = new AbortController().signal) {
  const listener = { onArrival: vi.fn(), onError: vi.fn() };
  return { ...readEvents("small", signal, listener), ...listener };
}

test("a run of few events has them all after one answer", async () => {
  const { events, asked } = program(1200);
  const { columns, begun, here } = reading();
  await begun;
  expect({ ...columns }).toEqual(events);
  await here;
  expect(asked).toEqual(["/data/runs/small/events?from=0&to=24999"]);
});

test("a run without events has empty columns of every name", async () => {
  const { events } = program(0);
  const { columns, here } = reading();
  await here;
  expect({ ...columns }).toEqual(events);
});

test("many events come piece by piece: at any time the earliest of them, at the end all", async () => {
  const { events, asked } = program(230_000);
  const { columns, begun, here, onArrival } = reading();
  await begun;
  expect(columns.timeMs).toEqual(events.timeMs.slice(0, 25_000));
  expect(columns.pingPong).toHaveLength(25_000);
  await here;
  expect({ ...columns }).toEqual(events);
  expect(asked).toHaveLength(10);
  // told now and then, and at the end
  expect(onArrival).toHaveBeenCalledTimes(3);
});

test("of a run that is under way it reads what there was when it began", async () => {
  const { events } = program(60_000, Number.POSITIVE_INFINITY, 20_000);
  const { columns, here, onError } = reading();
  await here;
  expect(onError).not.toHaveBeenCalled();
  expect(columns.timeMs).toEqual(events.timeMs.slice(0, 60_000));
});

test("a failure of the first piece is told to who waits for it, a later one to the listener", async () => {
  program(230_000, 0);
  const first = reading();
  await expect(first.begun).rejects.toThrow("does not answer");
  expect(first.onError).not.toHaveBeenCalled();
  program(230_000, 1);
  const later = reading();
  await later.begun;
  await expect(later.here).rejects.toThrow("does not answer");
  expect(later.onError).toHaveBeenCalledOnce();
  expect(later.columns.ue).toHaveLength(25_000);
});

test("stops, without a word, when the run is closed", async () => {
  const { asked } = program(500_000);
  const stop = new AbortController();
  const { begun, here, onError } = reading(stop.signal);
  await begun;
  program(500_000, 0);
  stop.abort();
  await here.catch(() => {});
  expect(onError).not.toHaveBeenCalled();
  expect(asked.length).toBeLessThan(3);
});
