import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, newMemory, type Rule } from "../../../src/main/hetnet/decision.ts";
import { perfectOutlook } from "../../../src/main/hetnet/outlook.ts";
import { steer } from "../../../src/main/hetnet/steer.ts";
import { NEVER_OUT, seriesOf } from "../../builders/hetnet.ts";

const ALL = { from: 0, to: Infinity };
const level = fc.integer({ min: -20, max: 20 }).map((value) => value / 2);
const field = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 8, max: 25 }))
  .chain(([nodes, steps]) =>
    fc.array(fc.array(level, { minLength: nodes, maxLength: nodes }), { minLength: steps, maxLength: steps }),
  );

/** (9) and (10) as they are printed, with forecasts that come true: the nodes by report. */
function naive(sinr: number[][], deltaDb: number, n: number): number[] {
  const serving = [sinr[0].indexOf(Math.max(...sinr[0]))];
  for (let k = 0; k + 1 < sinr.length; k++) {
    const cur = serving[k];
    const holds = sinr[k].map(
      (_, tar) =>
        tar !== cur &&
        Array.from({ length: n }, (__, i) => k + 1 + i).every(
          (h) => h < sinr.length && sinr[h][tar] - sinr[h][cur] >= deltaDb,
        ),
    );
    const next = sinr[k + 1].map((value, tar) => (holds[tar] ? value : -Infinity));
    const best = Math.max(...next);
    serving.push(best === -Infinity ? cur : next.indexOf(best));
  }
  return serving;
}

const served = (sinr: number[][], rule: Rule) => {
  const series = seriesOf(sinr);
  return steer(series, perfectOutlook(series, 3), 0, rule, NEVER_OUT(series), ALL);
};

describe("soft and hysteresis P-CHO", () => {
  it("do what (9) and (10) say, report by report", () => {
    fc.assert(
      fc.property(field, fc.constantFrom(0, 0.5, 2.5), (sinr, deltaDb) => {
        expect(served(sinr, { kind: "soft", deltaDb }).serving).toEqual(naive(sinr, deltaDb, 1));
        for (const reports of [1, 2, 3])
          expect(served(sinr, { kind: "hysteresis", deltaDb, reports }).serving).toEqual(
            naive(sinr, deltaDb, reports),
          );
      }),
      { numRuns: 200 },
    );
  });

  it("are not in the order that the paper sees: hysteresis can make more handovers", () => {
    // B gains for one report only: soft moves there and is content, hysteresis stays at A and later needs C, then A again
    const sinr = [
      [0, -5, -5],
      [0, 3, -5],
      [0, 1.5, 2],
      [0, 1.5, 2],
      [0, 1.5, 2],
      [2, 1.5, 0],
      [2, 1.5, 0],
      [2, 1.5, 0],
      [2, 1.5, 0],
    ];
    const softly = served(sinr, { kind: "soft", deltaDb: 2 }).handovers;
    const guarded = served(sinr, { kind: "hysteresis", deltaDb: 2, reports: 2 }).handovers;
    expect(softly.map(({ to }) => to)).toEqual([1]);
    expect(guarded.map(({ to }) => to)).toEqual([2, 0]);
  });

  it("never move without a forecast", () => {
    const memory = newMemory(2);
    const blank = new Float32Array(6).fill(NaN);
    expect(decide({ kind: "soft", deltaDb: 0 }, memory, 0, [0, 30], blank, 3)).toBe(0);
    expect(decide({ kind: "hysteresis", deltaDb: 0, reports: 3 }, memory, 0, [0, 30], blank, 3)).toBe(0);
  });

  it("take the best forecast among those that meet the condition", () => {
    const ahead = Float32Array.of(0, 0, 0, 4, 4, 4, 9, 1, 9);
    expect(decide({ kind: "soft", deltaDb: 3 }, newMemory(3), 0, [0, 0, 0], ahead, 3)).toBe(2);
    expect(decide({ kind: "hysteresis", deltaDb: 3, reports: 2 }, newMemory(3), 0, [0, 0, 0], ahead, 3)).toBe(
      1,
    );
  });
});

describe("the guard that waits", () => {
  it("wants (9) at so many decisions in a row", () => {
    const rule: Rule = { kind: "dwell", deltaDb: 2, reports: 2 };
    const memory = newMemory(2);
    const ask = (gain: number) => decide(rule, memory, 0, [0, 0], Float32Array.of(0, gain), 1);
    expect([3, 1, 3, 3].map(ask)).toEqual([0, 0, 0, 1]);
  });
});

describe("rules without forecasts", () => {
  const none = new Float32Array(9);

  it("go to the best of the last report", () => {
    expect(decide({ kind: "best" }, newMemory(3), 0, [1, 2, 3], none, 3)).toBe(2);
    expect(decide({ kind: "best" }, newMemory(3), 1, [2, 2, 1], none, 3)).toBe(1);
  });

  it("enter A3 above offset and hysteresis, leave it below their difference", () => {
    const rule: Rule = { kind: "a3", offsetDb: 2, hysteresisDb: 0.5, reports: 3 };
    const run = (gains: number[]) => {
      const memory = newMemory(2);
      return gains.map((gain) => decide(rule, memory, 0, [0, gain], none, 3));
    };
    expect(run([2.6, 1.6, 1.6, 1.6])).toEqual([0, 0, 1, 1]);
    expect(run([2.4, 2.4, 2.4, 2.4])).toEqual([0, 0, 0, 0]);
    expect(run([2.6, 1.4, 2.6, 1.6])).toEqual([0, 0, 0, 0]);
  });

  it("executes a conditional handover only to a target prepared before", () => {
    const rule: Rule = { kind: "cho", prepareDb: 3, executeDb: 2 };
    const memory = newMemory(2);
    const ask = (gain: number) => decide(rule, memory, 0, [0, gain], none, 3);
    expect(ask(-4)).toBe(0);
    expect(ask(5)).toBe(0);
    expect(ask(5)).toBe(1);
    expect(ask(-4)).toBe(0);
    expect(ask(5)).toBe(0);
  });

  it("prepares nobody over a serving link that is out", () => {
    const rule: Rule = { kind: "cho", prepareDb: 3, executeDb: 2 };
    const memory = newMemory(2);
    memory.reachable = false;
    const ask = () => decide(rule, memory, 0, [0, 5], none, 3);
    expect([ask(), ask(), ask()]).toEqual([0, 0, 0]);
  });
});
