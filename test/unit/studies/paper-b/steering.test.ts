import { beforeAll, describe, expect, it } from "vitest";
import { perfectOutlook } from "../../../../src/main/hetnet/outlook.ts";
import { hetnetSeries } from "../../../../src/main/hetnet/series.ts";
import { steeringFindings } from "../../../../src/main/studies/paper-b/steering-findings.ts";
import { trackOf } from "../../../../src/main/studies/paper-b/steering-figures.ts";
import { compareOrder } from "../../../../src/main/studies/paper-b/steering-order.ts";
import {
  countAll,
  meanOutcome,
  outcomeOf,
  steerAll,
} from "../../../../src/main/studies/paper-b/steering-outcome.ts";
import { DELTAS, SCHEMES } from "../../../../src/main/studies/paper-b/steering-schemes.ts";
import { steeringTrials } from "../../../../src/main/studies/paper-b/steering-trials.ts";
import { HORIZON, SPAN, unseenSeries } from "../../../../src/main/studies/paper-b/steering-world.ts";
import { thirdRatFindings } from "../../../../src/main/studies/paper-b/third-rat-findings.ts";
import { figureSchema, studyTableSchema, type Findings } from "../../../../src/shared/study.ts";
import { Cancelled } from "../../../../src/shared/errors.ts";
import { testBench, testLab } from "../../../builders/lab.ts";

describe("the path like the paper's", () => {
  it("lies in both cells and in three access points' coverage", () => {
    const series = unseenSeries(1, 1);
    const count = series.nodes.length;
    const best = new Set<string>();
    for (let step = 0; step < series.paths[0].steps; step++) {
      const levels = series.sinrDb.subarray(step * count, (step + 1) * count);
      best.add(series.nodes[levels.indexOf(Math.max(...levels))].name);
    }
    expect([...best].sort()).toEqual(["AP1", "AP2", "AP3", "BS1", "BS2"]);
  });
});

describe("hysteresis against soft", () => {
  it("makes no more handovers in the mean at any threshold, over five worlds; no theorem, so others may differ", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const series = hetnetSeries({ seed, paths: 4 });
      const counts = countAll(series, perfectOutlook(series, HORIZON), SCHEMES);
      const sum = (row: number[]) => row.reduce((a, b) => a + b, 0);
      for (let i = 0; i < DELTAS.length; i++) {
        expect(sum(counts[1][i])).toBeLessThanOrEqual(sum(counts[0][i]));
        expect(sum(counts[2][i])).toBeLessThanOrEqual(sum(counts[0][i]));
      }
    }
  });

  it("is compared path by path", () => {
    const order = compareOrder([
      [
        [3, 2],
        [1, 1],
      ],
      [
        [3, 3],
        [0, 1],
      ],
      [
        [1, 2],
        [2, 0],
      ],
    ]);
    expect(order).toEqual({ pairs: 4, more: [1, 1], fewer: [1, 2] });
  });
});

describe("outcomes", () => {
  const series = hetnetSeries({ seed: 1, paths: 3 });
  const tallies = steerAll(series, perfectOutlook(series, HORIZON), { kind: "soft", deltaDb: 0 });

  it("count the reports of the span, and the interruptions as outage", () => {
    tallies.forEach((tally, path) => {
      const reports = series.paths[path].steps + SPAN.to - SPAN.from;
      expect(tally.serving.length).toBe(reports);
      const { outageShare, handovers, dwellReports } = outcomeOf(series, tally);
      expect(handovers).toBe(tally.handovers.length);
      expect(dwellReports).toBeCloseTo(reports / (handovers + 1), 9);
      const interrupted = outageShare * reports - tally.outReports;
      expect(interrupted).toBeGreaterThanOrEqual(0.06 * handovers);
      expect(interrupted).toBeLessThanOrEqual(0.08 * handovers);
    });
  });

  it("are averaged key by key", () => {
    const all = tallies.map((tally) => outcomeOf(series, tally));
    expect(meanOutcome(all).handovers).toBeCloseTo(
      (all[0].handovers + all[1].handovers + all[2].handovers) / 3,
      12,
    );
  });

  it("draw every report of the track in its server's colour", () => {
    const { serving } = tallies[0];
    const drawn = trackOf(series, serving);
    expect(drawn.map(({ name }) => name).sort()).toEqual(
      [...new Set(serving)].map((node) => series.nodes[node].name).sort(),
    );
    serving.forEach((node, i) => {
      const own = drawn.find(({ name }) => name === series.nodes[node].name)!;
      expect(own.y[i]).toBe(series.paths[0].y[SPAN.from + i]);
    });
  });
});

describe("a steering trial", () => {
  const ask = { seed: 1, rat: "wifi", kind: "boosted", paths: 2, quick: true } as const;

  it("answers the same ask with the same bytes", async () => {
    const one = await steeringTrials.steeringForecast(ask, testBench());
    const other = await steeringTrials.steeringForecast(ask, testBench());
    expect(Buffer.from(one.sinrDb.buffer).equals(Buffer.from(other.sinrDb.buffer))).toBe(true);
  });

  it("stops when told to", async () => {
    const bench = testBench({ shouldStop: () => true });
    await expect(steeringTrials.steeringForecast({ ...ask, kind: "network" }, bench)).rejects.toThrow(
      Cancelled,
    );
  });
});

describe("Figures 9 and 10, and beyond", () => {
  let findings: Findings[];
  beforeAll(async () => {
    const lab = testLab({ seed: 1, quick: true });
    const { unseen, ...steering } = await steeringFindings(lab);
    findings = [steering, await thirdRatFindings(lab, unseen)];
  }, 120_000);

  const figure = (id: string) => findings.flatMap(({ figures }) => figures).find((one) => one.id === id)!;
  const table = (id: string) => findings.flatMap(({ tables }) => tables).find((one) => one.id === id)!;

  it("hold the contract", () => {
    for (const { figures, tables, claims } of findings) {
      for (const one of figures) expect(() => figureSchema.parse(one)).not.toThrow();
      for (const one of tables) {
        expect(() => studyTableSchema.parse(one)).not.toThrow();
        for (const row of one.rows) expect(row.length).toBe(one.columns.length);
      }
      for (const claim of claims) expect(claim.reason.length).toBeGreaterThan(10);
    }
  });

  it("show fewer handovers at 3 dB than at 0 dB for every scheme", () => {
    for (const { y } of figure("9b").series) expect(y[y.length - 1]!).toBeLessThan(y[0]!);
  });

  it("have the changes of the tracks' titles in the tracks", () => {
    for (const id of ["10a", "10b", "10c"]) {
      const { series, title } = figure(id);
      const length = series[0].x.length;
      const at = (i: number) => series.filter(({ y }) => y[i] !== null).length;
      const joints = Array.from({ length }, (_, i) => at(i)).filter((count) => count > 1).length;
      expect(title).toContain(`${joints} changes`);
    }
  });

  it("refuse some UEs only where an access point lets in few", () => {
    const [open, tight] = table("controller").rows;
    expect(open[3]).toBe(0);
    expect(tight[3]).toBeGreaterThan(0);
  });

  it("forecast the beams better from the ephemeris than from the reports", () => {
    const [persistence, , network, ephemeris] = figure("third-rat-rmse").series;
    persistence.y.forEach((value, i) => expect(ephemeris.y[i]!).toBeLessThan(0.5 * value!));
    expect(network.y.at(-1)!).toBeLessThan(persistence.y.at(-1)!);
  });
});
