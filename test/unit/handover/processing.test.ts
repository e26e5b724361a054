import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erlangC, Processors, waitMD1, waitMMc } from "../../../src/main/handover/processing.ts";
import { Random } from "../../../src/main/math/random.ts";

/** Mean wait of Poisson arrivals at one node. */
function meanWait(cpus: number, load: number, service: (random: Random) => number, messages: number): number {
  const random = new Random(3, "arrivals");
  const node = new Processors(1, { cpus, queueLimit: 100_000 });
  let now = 0;
  let wait = 0;
  for (let i = 0; i < messages; i++) {
    now -= Math.log(1 - random.next()) / (load * cpus);
    const ms = service(random);
    wait += node.offer(0, now, ms) - ms - now;
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
  it("make messages wait as M/D/1 says, within 2 %", () => {
    expect(Math.abs(meanWait(1, 0.8, () => 1, 400_000) / waitMD1(0.8, 1) - 1)).toBeLessThan(0.02);
  });

  it("make messages wait as M/M/4 says (Erlang C), within 3 %", () => {
    const simulated = meanWait(4, 0.8, (random) => -Math.log(1 - random.next()), 400_000);
    expect(Math.abs(simulated / waitMMc(3.2, 4, 1) - 1)).toBeLessThan(0.03);
  });

  it("know Erlang C: one server waits with probability ρ, and two erlang at three servers with 4/9", () => {
    expect(erlangC(0.7, 1)).toBeCloseTo(0.7, 12);
    expect(erlangC(2, 3)).toBeCloseTo(4 / 9, 12);
  });

  it("do each message when a queue written from lists does, drops included", () => {
    const message = fc.record({ gap: fc.integer({ min: 0, max: 4 }), ms: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 4 }),
        (messages, cpus, queueLimit) => {
          let at = 0;
          const arrivals = messages.map(({ gap, ms }) => ({ at: (at += gap), ms }));
          const node = new Processors(2, { cpus, queueLimit });
          const done = arrivals.map((a) => node.offer(1, a.at, a.ms));
          expect(done).toEqual(naive(arrivals, cpus, queueLimit));
          expect(node.drops[1]).toBe(done.filter((d) => d < 0).length);
          expect(node.longest[1]).toBeLessThanOrEqual(queueLimit);
          expect(node.drops[0]).toBe(0);
        },
      ),
    );
  });
});
