import { describe, expect, it } from "vitest";
import { runCampaign } from "../../../src/main/jobs/campaign.ts";
import { campaignOf, summariesOf } from "../../../src/main/studies/campaign-cases.ts";
import {
  comparisonNotes,
  estimate,
  figuresOf,
  sameHandovers,
  shareEstimate,
  studentT,
} from "../../../src/main/studies/compare.ts";
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

describe("shares over seeds", () => {
  it("keep their interval between 0 and 100 %, and count the seeds that have any", () => {
    const wide = shareEstimate([0, 100, null]);
    expect(wide).toMatchObject({ mean: 50, seeds: 2, between: [0, 100] });
    expect(wide.ci95).toBeGreaterThan(600);
    const [low, high] = shareEstimate([98, 99, 100, 99]).between!;
    expect(low).toBeCloseTo(99 - estimate([98, 99, 100, 99]).ci95!, 9);
    expect(high).toBe(100);
    expect(shareEstimate([7]).between).toBeUndefined();
    const { success, handovers } = figuresOf([summaryWith({ successShare: 0.5 }), summaryWith({})]).figures;
    expect(success.between).toEqual([0, 100]);
    expect(handovers.between).toBeUndefined();
  });
});

describe("strategies with the same handovers", () => {
  const of = (strategy: string, ...changes: Partial<SignallingSummary>[]) =>
    changes.map((change) => summaryWith({ strategy, ...change }));

  it("are named together where every seed has the same figures and anything happened", () => {
    const seeds = [{ bytes: 1 }, { bytes: 2 }];
    const all = [of("d1", ...seeds), of("t1", { bytes: 1 }, { bytes: 3 }), of("elevation", ...seeds)];
    expect(sameHandovers(all)).toEqual([["d1", "elevation"]]);
    expect(comparisonNotes(all).join()).toMatch(
      /^d1, elevation: the same, handover for handover.*one satellite/,
    );
    const none = { procedures: 0 };
    expect(sameHandovers([of("d1", none), of("elevation", none)])).toEqual([]);
  });

  it("are elevation and d1 with one satellite, and not with several", async () => {
    const same = async (text: string) => {
      const { tasks, cases } = campaignOf({
        ...ask,
        scenarioText: text,
        strategies: ["d1", "t1", "elevation"],
        seeds: 1,
      });
      const answers = await runCampaign(tasks, { ...options, threads: 1 });
      return sameHandovers(cases.map((one) => summariesOf(one, answers)));
    };
    expect(await same(scenarioText)).toEqual([["d1", "elevation"]]);
  });
});

describe("a comparison", () => {
  it("hears of progress several times in a run, up to the whole", async () => {
    const { tasks } = campaignOf({ ...ask, strategies: ["a3"], seeds: 1 });
    const heard: number[] = [];
    await runCampaign(tasks, { ...options, threads: 1, onDone: (done) => heard.push(done) });
    expect(heard.length).toBeGreaterThan(5);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard[0]).toBeLessThan(0.2);
    expect(heard.at(-1)).toBeCloseTo(1, 9);
  });

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
    const many = new Uint32Array(10_000_001).fill(1);
    expect(() => checkSums({ source: many, target: many }, 1)).toThrow("10,000,001 changes of cell");
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

  const drawn = (figures: [messages: number, failed: number, strategy?: string][]) =>
    sweepSvg(
      "t",
      withPareto(
        figures.map(([messages, failed, strategy = "a3"], value) =>
          sweepPoint(value, [summaryWith({ strategy, messages, outcomes: { success: 10 - failed } })]),
        ),
      ),
    );
  const words = (svg: string) =>
    [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => ({
      x: Number(x),
      y: Number(y),
      text,
    }));

  it("has no axis below zero, whether nothing fails or little does", () => {
    for (const failed of [0, 1]) {
      const ticks = words(
        drawn([
          [0, failed],
          [1, 0],
        ]),
      ).map(({ text }) => text);
      expect(ticks).toContain("0");
      expect(ticks.filter((text) => /^[-−]/.test(text))).toEqual([]);
    }
  });

  it("gives points at one place one label with all their values, by strategy where these differ", () => {
    const texts = words(
      drawn([
        [100, 2],
        [100, 2],
        [200, 0],
        [200, 0, "d1"],
        [150, 1],
      ]),
    ).map(({ text }) => text);
    expect(texts).toContain("0, 1");
    expect(texts).toContain("a3 2; d1 3");
    expect(texts.filter((text) => text === "4")).toHaveLength(1);
  });

  it("puts no label over another where points are close", () => {
    const near = Array.from({ length: 9 }, (_, i): [number, number] => [100 + 0.02 * i, 2 - 0.02 * i]);
    const labels = words(drawn([[0, 10], [300, 0], ...near])).filter(({ text }) => /^\d( …|,|$)/.test(text));
    labels.forEach((a, i) =>
      labels.slice(i + 1).forEach((b) => {
        const apart = Math.abs(a.y - b.y) >= 12 || Math.abs(a.x - b.x) >= 7;
        expect(apart, `${a.text} and ${b.text}`).toBe(true);
      }),
    );
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
