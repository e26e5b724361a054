import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erlangC, waitMD1, waitMMc } from "../../../src/main/handover/processing.ts";
import { Random } from "../../../src/main/math/random.ts";
import { engineParts } from "../../builders/engine-parts.ts";

/** Mean wait of Poisson arrivals at one node. */
async function meanWait(
  cpus: number,
  load: number,
  service: (random: Random) => number,
  messages: number,
): Promise<number> {
  const random = new Random(3, "arrivals");
  const parts = await engineParts({}, { cpus, queueLimit: 100_000 });
  let now = 0;
  let wait = 0;
  for (let i = 0; i < messages; i++) {
    now -= Math.log(1 - random.next()) / (load * cpus);
    const ms = service(random);
    wait += parts.offerAt(0, now, ms) - ms - now;
  }
  return wait / messages;
}

/** Second writing: every step of time looks at all messages, with a list for the queue. */
function naive(arrivals: { at: number; ms: number }[], cpus: number, limit: number): number[] {
  const done: number[] = [];
  const inService: number[] = [];
  const queue: number[] = [];
  const serve = (now: number) => {
    for (;;) {
      const end = Math.min(...inService, Infinity);
      if (inService.length === 0 || end > now) return;
      inService.splice(inService.indexOf(end), 1);
      const i = queue.shift();
      if (i === undefined) continue;
      done[i] = end + arrivals[i].ms;
      inService.push(done[i]);
    }
  };
  for (const [i, { at, ms }] of arrivals.entries()) {
    serve(at);
    done[i] = -1;
    if (inService.length < cpus) inService.push((done[i] = at + ms));
    else if (queue.length < limit) queue.push(i);
  }
  serve(Infinity);
  return done;
}

describe("the processors of a gNB", () => {
  it("make messages wait as M/D/1 says, within 2 %", async () => {
    expect(Math.abs((await meanWait(1, 0.8, () => 1, 400_000)) / waitMD1(0.8, 1) - 1)).toBeLessThan(0.02);
  });

  it("make messages wait as M/M/4 says (Erlang C), within 3 %", async () => {
    const simulated = await meanWait(4, 0.8, (random) => -Math.log(1 - random.next()), 400_000);
    expect(Math.abs(simulated / waitMMc(3.2, 4, 1) - 1)).toBeLessThan(0.03);
  });

  it("know Erlang C: one server waits with probability ρ, and two erlang at three servers with 4/9", () => {
    expect(erlangC(0.7, 1)).toBeCloseTo(0.7, 12);
    expect(erlangC(2, 3)).toBeCloseTo(4 / 9, 12);
  });

  it("do each message when a queue written from lists does, drops included", async () => {
    const message = fc.record({ gap: fc.integer({ min: 0, max: 4 }), ms: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 4 }),
        async (messages, cpus, queueLimit) => {
          let at = 0;
          const arrivals = messages.map(({ gap, ms }) => ({ at: (at += gap), ms }));
          const parts = await engineParts({ cells: 2 }, { cpus, queueLimit });
          const done = arrivals.map((a) => parts.offerAt(1, a.at, a.ms));
          expect(done).toEqual(naive(arrivals, cpus, queueLimit));
          expect(parts.dropsAt(1)).toBe(done.filter((d) => d < 0).length);
          expect(parts.longestAt(1)).toBeLessThanOrEqual(queueLimit);
          expect(parts.dropsAt(0)).toBe(0);
        },
      ),
    );
  });
});
