import { describe, expect, it } from "vitest";
import { Crew } from "../../../src/main/jobs/crew.ts";
import type { Pool } from "../../../src/main/jobs/pool.ts";
import { Cancelled } from "../../../src/shared/errors.ts";

/** Threads that note what they are given and answer when they are told to. */
function fakePool(size: number) {
  const begun: { thread: number; method: string; args: unknown[] }[] = [];
  const open: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  let cancelled = false;
  const pool = {
    size,
    checkCancelled: () => {
      if (cancelled) throw new Cancelled();
    },
    work: (numbers: number[], one: (thread: unknown, number: number) => Promise<void>) =>
      Promise.all(
        numbers.map((number) => {
          const call = (method: string, ...args: unknown[]) => {
            begun.push({ thread: number, method, args });
            return new Promise((resolve, reject) => open.push({ resolve, reject }));
          };
          return one({ call }, number);
        }),
      ),
  };
  const settle = async (i: number, answer: unknown) => {
    if (answer instanceof Error) open[i].reject(answer);
    else open[i].resolve(answer);
    await new Promise(setImmediate);
  };
  return { pool: pool as unknown as Pool, begun, settle, cancel: () => (cancelled = true) };
}

const idle = () => new Promise(setImmediate);
const task = (number: number) => [number] as never;

describe("a crew", () => {
  it("takes the most urgent call first, of equals the earlier one, and answers each caller", async () => {
    const { pool, begun, settle } = fakePool(1);
    const crew = new Crew(pool);
    const answers = [1, 5, 5, 9].map((urgency, i) => crew.call("train", task(i), urgency));
    await idle();
    for (let i = 0; i < 4; i++) await settle(i, `answer ${begun[i].args[0] as number}`);
    expect(begun.map(({ args }) => args[0])).toEqual([3, 1, 2, 0]);
    expect(await Promise.all(answers)).toEqual(["answer 0", "answer 1", "answer 2", "answer 3"]);
  });

  it("gives every thread its own part of a call for all, whichever is free first", async () => {
    const { pool, begun, settle } = fakePool(2);
    const crew = new Crew(pool);
    const alone = crew.call("train", task(7), 1e9);
    const all = crew.all("mark", (thread) => [thread] as never, 1);
    await idle();
    expect(begun.map(({ thread, method }) => [thread, method])).toEqual([
      [0, "train"],
      [1, "mark"],
    ]);
    await settle(1, "second");
    expect(begun).toHaveLength(2);
    await settle(0, "train");
    expect(begun[2]).toEqual({ thread: 0, method: "mark", args: [0] });
    await settle(2, "first");
    expect(await all).toEqual(["first", "second"]);
    expect(await alone).toBe("train");
  });

  it("tells a failure to its caller and goes on with the others", async () => {
    const { pool, settle } = fakePool(1);
    const crew = new Crew(pool);
    const bad = crew.call("train", task(0), 2);
    const good = crew.call("train", task(1), 1);
    const told = expect(bad).rejects.toThrow("broken");
    await idle();
    await settle(0, new Error("broken"));
    await told;
    await settle(1, "fine");
    expect(await good).toBe("fine");
  });

  it("refuses what was not begun once it is cancelled", async () => {
    const { pool, begun, settle, cancel } = fakePool(1);
    const crew = new Crew(pool);
    const first = crew.call("train", task(0), 2);
    const second = crew.call("train", task(1), 1);
    const told = expect(second).rejects.toThrow(Cancelled);
    await idle();
    cancel();
    await settle(0, "done");
    expect(await first).toBe("done");
    await told;
    expect(begun).toHaveLength(1);
  });

  it("waits for later calls until its end", async () => {
    const { pool, begun } = fakePool(1);
    const crew = new Crew(pool);
    await idle();
    void crew.call("train", task(0), 1);
    await idle();
    expect(begun).toHaveLength(1);
    crew.end();
  });
});
