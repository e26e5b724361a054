import { describe, expect, it } from "vitest";
import { figureSchema, studyTableSchema, claimSchema } from "../../../../src/shared/study.ts";
import { hetnetSeries } from "../../../../src/main/hetnet/series.ts";
import { targetOf } from "../../../../src/main/learn/forecast/tracks.ts";
import type { Lab } from "../../../../src/main/studies/lab.ts";
import { forecastFindings } from "../../../../src/main/studies/paper-b/forecast-findings.ts";
import { hetnetTracks } from "../../../../src/main/studies/paper-b/forecast-tracks.ts";
import {
  ALL_PATHS,
  forecastTrials,
  type ForecastAnswer,
  type ForecastAsk,
} from "../../../../src/main/studies/paper-b/forecast-trials.ts";
import { above } from "../../../../src/main/studies/paper-b/seeds.ts";
import { testBench } from "../../../builders/lab.ts";

const ASK: ForecastAsk = {
  seed: 4,
  rat: "wifi",
  kind: "lstm",
  shadows: true,
  steps: 5,
  ahead: 2,
  way: "direct",
  inputs: "all",
  learns: "change",
  paths: 10,
  split: "path",
  effort: { rows: 400, visits: 1200, lstm: 8, bilstm: 4, rounds: 10 },
  keep: true,
};
const bench = testBench();

describe("tracks of the hybrid network", () => {
  it("hold SINR, RSSI and throughput of one kind of node, path by path", () => {
    const series = hetnetSeries({ seed: 2, paths: 3 });
    const tracks = hetnetTracks(series, "wifi", 2);
    expect(tracks.nodes).toEqual(["AP1", "AP2", "AP3", "AP4"]);
    expect([...tracks.firstStep]).toEqual([...series.firstStep.subarray(0, 3)]);
    const step = 17;
    const at = (series.firstStep[1] + step) * series.nodes.length + 4;
    expect(targetOf(tracks, 1, 2)[step]).toBe(series.sinrDb[at]);
    const from = ((tracks.firstStep[1] + step) * 4 + 2) * 3;
    expect([...tracks.values.subarray(from, from + 3)]).toEqual([
      series.sinrDb[at],
      series.rssiDbm[at],
      series.throughputMbps[at],
    ]);
  });
});

describe("a trial of forecasts", () => {
  it("gives the same answer again, times apart", async () => {
    const once = await forecastTrials.forecast(ASK, bench);
    const again = await forecastTrials.forecast(ASK, testBench());
    const timeless = { fitS: 0, predictS: 0 };
    expect({ ...again, ...timeless }).toEqual({ ...once, ...timeless });
    expect(once.model!.onnx.length).toBeGreaterThan(1000);
    expect(once.trainRows).toBe(400);
    expect(once.epochs).toBe(3);
  });

  it("tests every W and N_T on the same paths at the same instants", async () => {
    const still = { ...ASK, kind: "persistence", keep: false } as const;
    const [a, b, c] = await Promise.all(
      [still, { ...still, steps: 15 }, { ...still, paths: 35 }].map((ask) =>
        forecastTrials.forecast(ask, bench),
      ),
    );
    expect([b.rmseAheadDb, b.testRows]).toEqual([a.rmseAheadDb, a.testRows]);
    expect([c.rmseAheadDb, c.testRows]).toEqual([a.rmseAheadDb, a.testRows]);
  });

  it("tells epochs by name and stops when asked", async () => {
    const watched = testBench();
    await forecastTrials.forecast({ ...ASK, ahead: 1 }, watched);
    expect(watched.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(watched.epochs[0].label).toBe("LSTM, W = 5, 1 step, 10 paths");
    const stopped = testBench({ shouldStop: () => true });
    await expect(forecastTrials.forecast(ASK, stopped)).rejects.toThrow("cancelled");
  });

  it("finds less surprise in fading than in shadows", async () => {
    const { fading, shadows } = await forecastTrials.surprise({ seed: 4 }, bench);
    // 25 samples of K = 9 dB leave a few tenths of a dB; shadows of 4 dB over 37 m change by 4·√(2(1 − e^(−3/37))) = 1.6 dB in 3 m
    expect(fading).toBeGreaterThan(0.2);
    expect(fading).toBeLessThan(1);
    expect(shadows).toBeGreaterThan(1.2);
    expect(shadows).toBeLessThan(3);
  });
});

/** A lab whose trials answer by a formula. */
function paperLab(rmse: (ask: ForecastAsk, step: number) => number): Lab {
  const answer = (ask: ForecastAsk): ForecastAnswer => {
    const rmseAheadDb = Array.from({ length: ask.ahead }, (_, i) => rmse(ask, i + 1) + 0.01 * ask.seed);
    return {
      rmseDb: rmseAheadDb[0],
      maeDb: 1,
      rmseAheadDb,
      trainRows: 10,
      testRows: 10,
      epochs: 1,
      fitS: 1,
      predictS: 1,
      energyJ: null,
      model: null,
    };
  };
  return {
    seed: 1,
    quick: false,
    plan: () => {},
    share: async () => "",
    keep: () => {},
    run: (async (kind: string, asks: unknown[]) =>
      asks.map((ask) =>
        kind === "surprise" ? { fading: 0.5, shadows: 2 } : answer(ask as ForecastAsk),
      )) as Lab["run"],
  };
}

/** Errors as the paper has them. */
function asInPaper(ask: ForecastAsk, step: number): number {
  const best = ask.rat === "cellular" ? 9 : 7;
  const times = ask.way === "direct" ? 1 : ask.rat === "cellular" ? 3 : 4.5;
  const byPaths = ask.rat === "cellular" ? Math.max(0, ask.paths - 15) : Math.abs(ask.paths - 15);
  const byKind =
    ask.kind === "arima"
      ? 2
      : ask.kind === "boosted"
        ? ask.paths < 20
          ? -0.03
          : 0.2
        : ask.kind === "persistence"
          ? 3
          : 0;
  return times * (1 + 0.05 * Math.abs(ask.steps - best) + 0.01 * byPaths + byKind + 0.1 * step);
}

describe("the claims of Figures 4 to 8", () => {
  it("hold where the errors are as in the paper", async () => {
    const { claims, figures, tables } = await forecastFindings(paperLab(asInPaper));
    expect(claims.map(({ holds }) => holds)).toEqual(claims.map(() => "yes"));
    for (const figure of figures) expect(figureSchema.parse(figure)).toEqual(figure);
    for (const table of tables) expect(studyTableSchema.parse(table)).toEqual(table);
    for (const claim of claims) expect(claimSchema.parse(claim)).toEqual(claim);
    expect(figures.map(({ id }) => id)).toEqual(["4a", "4b", "5a", "5b", "6a", "6b", "7a", "7b", "8a", "8b"]);
  });

  it("fail where nothing helps and nothing hurts", async () => {
    const { claims } = await forecastFindings(paperLab((ask, step) => 5 - 0.001 * step - 1e-4 * ask.seed));
    expect(claims.filter(({ holds }) => holds === "yes")).toEqual([]);
    expect(claims.find(({ claim }) => claim.includes("Figure 4a"))?.holds).toBe("no");
    expect(claims.find(({ claim }) => claim.includes("LSTM errs least"))?.holds).toBe("no");
  });

  it("hold in part where they hold without shadows only", async () => {
    const { claims } = await forecastFindings(
      paperLab((ask, step) => (ask.shadows && ask.rat === "cellular" ? 5 : asInPaper(ask, step))),
    );
    expect(claims.find(({ claim }) => claim.includes("Figure 4a"))?.holds).toBe("in part");
    expect(claims.find(({ claim }) => claim.includes("Figure 4b"))?.holds).toBe("yes");
  });

  it("are judged by every seed", () => {
    expect(above([2, 3, 4], [1, 2, 3.9])).toBe("yes");
    expect(above([2, 3, 4], [1, 2, 4.1])).toBe("in part");
    expect(above([2, 3, 4], [3, 4, 3.9])).toBe("no");
    // less than 1 %
    expect(above([2.01, 3.02], [2, 3])).toBe("no");
  });

  it("ask for every trial once", async () => {
    const seen: string[] = [];
    await forecastFindings(
      paperLab((ask, step) => {
        if (step === 1) seen.push(JSON.stringify(ask));
        return 1;
      }),
    );
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.every((ask) => (JSON.parse(ask) as ForecastAsk).paths <= ALL_PATHS)).toBe(true);
  });
});
