import { describe, expect, it } from "vitest";
import { runCampaign } from "../../../src/main/jobs/campaign.ts";
import { campaignOf, summariesOf } from "../../../src/main/studies/campaign-cases.ts";
import { estimate, figuresOf, studentT } from "../../../src/main/studies/compare.ts";
import { checkSums } from "../../../src/main/studies/sums.ts";
import { parameterOf, sweepPoint, withPareto } from "../../../src/main/studies/sweep.ts";
import { sweepSvg } from "../../../src/main/studies/sweep-picture.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import type { SignallingSummary } from "../../../src/shared/storm.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const scenarioText = JSON.stringify(
  scenarioOf({
    users: { count: 60, placement: { kind: "cells", atS: 30 } },
    time: { durationS: 40, markS: 20 },
  }),
);
const ask = { scenarioText, elements: null, variants: null };
const options = { onDone: () => {}, cancel: new Int32Array(new SharedArrayBuffer(4)) };

const summaryWith = (change: Partial<SignallingSummary>): SignallingSummary => ({
  strategy: "a3",
  procedures: 10,
  outcomes: { success: 10 },
  successShare: 1,
  pingPongs: 0,
  reselections: 0,
  interruptionDownMs: { mean: 1, p95: 2 },
  interruptionUpMs: { mean: 1, p95: 2 },
  messages: 100,
  bytes: 1000,
  commands: 10,
  peakPerS: 3,
  peakCell: 1,
  peakAtS: 1,
  p99PerS: 2,
  collisionShare: null,
  longestQueue: 0,
  drops: 0,
  unavoidablePerS: null,
  peakBound: null,
  ...change,
});

describe("confidence over seeds", () => {
  // 0.975 quantiles of Student's t: NIST/SEMATECH e-Handbook §1.3.6.7.2
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [6, 2.447],
    [9, 2.262],
    [19, 2.093],
    [29, 2.045],
    [100, 1.984],
  ])("takes Student's t with %d degrees of freedom from the tables: %d", (degrees, t) => {
    expect(studentT(degrees)).toBeCloseTo(t, 3);
  });

  it("gives the mean with s·t/√n, over the seeds that have the figure", () => {
    const { mean, ci95, seeds } = estimate([2, 4, null, 9]);
    expect([mean, seeds]).toEqual([5, 3]);
    expect(ci95).toBeCloseTo((4.302653 * Math.sqrt(13)) / Math.sqrt(3), 5);
    expect(estimate([3])).toEqual({ mean: 3, ci95: null, seeds: 1 });
    expect(estimate([null, null])).toEqual({ mean: null, ci95: null, seeds: 0 });
  });
});

describe("a comparison", () => {
  it("gives the same bytes with one thread and with two", async () => {
    const { tasks } = campaignOf({ ...ask, strategies: ["a3", "d1", "group", "flattened"], seeds: 2 });
    const one = await runCampaign(tasks, { ...options, threads: 1 });
    const two = await runCampaign(tasks, { ...options, threads: 2 });
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
  });

  it("puts the same UEs before every strategy, and moves the handovers of A3 without losing any", async () => {
    const { tasks, cases, seeds } = campaignOf({
      ...ask,
      strategies: ["flattened", "a3", "group"],
      seeds: 3,
    });
    expect(tasks).toHaveLength(3);
    expect(new Set(tasks.map(({ mission }) => mission.seed))).toEqual(new Set(seeds));
    const answers = await runCampaign(tasks, { ...options, threads: 1 });
    const [flat, a3, group] = cases.map((one) => summariesOf(one, answers));
    expect([flat, a3, group].map((s) => s[0].strategy)).toEqual(["flattened", "a3", "group"]);
    expect(new Set(a3.map(({ procedures }) => procedures)).size).toBeGreaterThan(1);
    a3.forEach((own, seed) => {
      expect(own.procedures).toBeGreaterThan(0);
      expect(flat[seed].procedures).toBe(own.procedures);
      expect(group[seed].procedures).toBe(own.procedures);
      expect(flat[seed].peakPerS).toBeLessThanOrEqual(own.peakPerS);
      expect(flat[seed].peakPerS).toBeGreaterThanOrEqual(flat[seed].peakBound!);
    });
    const figures = figuresOf(a3).figures;
    expect(figures.handovers.mean).toBeCloseTo(a3.reduce((n, s) => n + s.procedures, 0) / 3, 9);
    expect(figures.peakBound).toEqual({ mean: null, ci95: null, seeds: 0 });
  });

  it("stops when it is told to", async () => {
    const { tasks } = campaignOf({ ...ask, strategies: ["a3"], seeds: 2 });
    const cancel = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    await expect(runCampaign(tasks, { ...options, cancel, threads: 1 })).rejects.toThrow(/cancel/i);
  });

  it("refuses a value that the scenario does not allow, by its field", () => {
    const variants = [{ path: "handover.hysteresisDb", value: 99 }];
    expect(() => campaignOf({ ...ask, strategies: ["a3"], seeds: 1, variants })).toThrow(
      /handover.hysteresisDb/,
    );
    const unknown = [{ path: "handover.nothing", value: 1 }];
    expect(() => campaignOf({ ...ask, strategies: ["a3"], seeds: 1, variants: unknown })).toThrow(BadInput);
  });
});

describe("sums per cell and second", () => {
  const events = (cells: number) => ({
    source: Uint32Array.from({ length: cells / 2 }, (_, i) => 2 * i + 1),
    target: Uint32Array.from({ length: cells / 2 }, (_, i) => 2 * i + 2),
  });

  it("are refused where they would not fit into memory, with the duration that would", () => {
    expect(() => checkSums(events(100_000), 300)).not.toThrow();
    const refused = () => checkSums(events(100_000), 600);
    expect(refused).toThrow(BadInput);
    expect(refused).toThrow("time.durationS: 100,000 cells with handovers in 600 s");
    expect(refused).toThrow("Give at most 300 s");
  });
});

describe("a sweep", () => {
  it("reads ranges with both ends, and lists", () => {
    expect(parameterOf("handover.hysteresisDb=0:0.1:0.3")).toEqual({
      path: "handover.hysteresisDb",
      values: [0, 0.1, 0.2, 0.3],
    });
    expect(parameterOf("users.count=10,20").values).toEqual([10, 20]);
  });

  it.each(["x", "=1", "a=", "a=1:2", "a=1:0:2", "a=2:1:0", "a=0:0.001:9", "a=1:1:2,3", "a=1,b"])(
    "refuses %s",
    (text) => {
      expect(() => parameterOf(text)).toThrow(BadInput);
    },
  );

  it("puts on the front what no other value beats in failures or messages", () => {
    const points = [
      [5, 100],
      [3, 120],
      [3, 150],
      [9, 90],
      [9, 95],
    ].map(([failed, messages], value) =>
      sweepPoint(value, [summaryWith({ outcomes: { success: 10 - failed }, messages })]),
    );
    expect(withPareto(points).map(({ pareto }) => pareto)).toEqual([true, true, false, true, false]);
  });

  it("counts reselections as failures", () => {
    expect(sweepPoint(0, [summaryWith({ reselections: 4, outcomes: { success: 8 } })]).failures.mean).toBe(6);
  });

  it("draws every point once, the front filled", () => {
    const points = withPareto([0, 1, 2].map((v) => sweepPoint(v, [summaryWith({ messages: 100 + v })])));
    const svg = sweepSvg("a < b", points);
    expect(svg).toContain("a &#60; b");
    expect(svg.match(/<circle [^>]*stroke=/g)).toHaveLength(3);
    expect(svg.match(/fill="#fff" stroke=/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
