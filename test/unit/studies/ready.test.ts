import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeToLeave } from "../../../src/main/simulation/leave.ts";
import { flattenedReady, type Handovers, type ReadyUes } from "../../../src/main/studies/attempts.ts";
import { evaluateMission } from "../../../src/main/studies/campaign.ts";
import { commonOf, linksOf, stormBy } from "../../../src/main/studies/strategies.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { failures } from "../../../src/shared/storm-figures.ts";
import { channelOf, trainOfSatellites } from "../../builders/mission.ts";

function prepare(mission: Mission) {
  const run = wholeRun(mission, null);
  const links = linksOf({ mission, ...run, firstUe: 0 }, run.events, ["flattened-ready"]);
  const common = commonOf({ mission, ...run, ...links });
  const leaveS = timeToLeave(mission, run.track, run.users, run.atMark);
  return { run, common, leaveS, markMs: 1000 * mission.mark };
}

/** UEs that all go from cell 1 to cell 2 in second 20 and might do so in the seconds 5 … 40. */
function storm(ues: number): Handovers {
  const column = (value: number) => new Float64Array(ues).fill(value);
  const cells = (value: number) => new Uint32Array(ues).fill(value);
  const timeMs = Float64Array.from({ length: ues }, (_, ue) => 20_000 + (1000 * ue) / ues);
  return {
    attempts: {
      count: ues,
      timeMs,
      ue: Uint32Array.from(timeMs.keys()),
      source: cells(1),
      target: cells(2),
      kind: new Uint8Array(ues),
      preparedMs: column(Number.NaN),
      sourceUntilMs: column(41_000),
      targetFromMs: column(5000),
      targetUntilMs: column(60_000),
      serviceDelayMs: column(3),
      targetDelayMs: column(3),
      interSatellite: new Uint8Array(ues),
    },
    eventOf: Uint32Array.from(timeMs.keys()),
    earliestMs: column(5000),
    latestMs: column(40_999),
    bounds: null,
    cellOf: Uint32Array.of(0, 1, 2),
    nodeOf: Uint32Array.of(0, 0, 0),
    held: new Uint32Array(3),
  };
}

/** [event] when each handover is carried out. */
const instants = ({ attempts, eventOf }: Handovers) =>
  new Map([...eventOf].map((event, p) => [event, attempts.timeMs[p]]));

const missions = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    ues: fc.integer({ min: 50, max: 400 }),
    called: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ seed, ues, called }) => ({
    mission: trainOfSatellites({ seed, userCount: ues, duration: 45, mark: 15 }),
    /** any half of the UEs */
    ready: Uint8Array.from({ length: ues }, (_, ue) => ((ue * 2654435761 + called) >>> 7) & 1),
  }));

describe("flattened handovers that rest on the ready-classifier", () => {
  it("move no UE that is not called ready, none before the mark, and none past its predicted leave", () => {
    let moved = 0;
    fc.assert(
      fc.property(missions, ({ mission, ready }) => {
        const { run, common, leaveS, markMs } = prepare(mission);
        const known: ReadyUes = { cell: run.atMark, ready, leaveS };
        const { handovers } = flattenedReady(common.handovers, known, markMs);
        for (const [event, atMs] of instants(handovers)) {
          const ue = run.events.ue[event];
          if (atMs === run.events.timeMs[event]) continue;
          moved++;
          expect(ready[ue]).toBe(1);
          expect(run.events.source[event]).toBe(run.atMark[ue]);
          expect(atMs).toBeGreaterThanOrEqual(markMs);
          expect(atMs).toBeLessThanOrEqual(markMs + 1000 * leaveS[ue]);
        }
      }),
      { numRuns: 6 },
    );
    expect(moved).toBeGreaterThan(0);
  });

  it("leave everything as measured where nothing was learned, and then the bound is the peak", () => {
    const { common } = prepare(trainOfSatellites({ userCount: 300, duration: 45, mark: 15 }));
    const own = stormBy(common, null, { cluster: null, ready: null });
    const same = stormBy(common, "flattened-ready", { cluster: null, ready: null });
    expect(same.storm).toEqual(own.storm);
    expect(same.summary.peakBound).toBe(own.summary.peakPerS);
  });

  it("fail no more often and load no cell more than as measured, where geometry is right about the leave", () => {
    fc.assert(
      fc.property(missions, ({ mission, ready }) => {
        const { common, leaveS } = prepare(mission);
        const own = stormBy(common, null, { cluster: null, ready: null }).summary;
        const { summary } = stormBy(common, "flattened-ready", { cluster: null, ready: { ready, leaveS } });
        expect(summary.peakPerS).toBeLessThanOrEqual(own.peakPerS);
        expect(summary.peakPerS).toBeGreaterThanOrEqual(summary.peakBound!);
        expect(failures(summary)).toBeLessThanOrEqual(failures(own));
      }),
      { numRuns: 6 },
    );
  });

  it("come to the lowest possible peak where everybody who leaves is called, and the nearer the more are called", () => {
    const ues = 190;
    const markMs = 10_000;
    const leaveS = new Float32Array(ues).fill(18.9);
    const peaks = [0, 0.5, 1].map((share) => {
      const ready = Uint8Array.from({ length: ues }, (_, ue) => (ue < share * ues ? 1 : 0));
      const known = { cell: new Uint32Array(ues).fill(1), ready, leaveS };
      const { handovers, bound } = flattenedReady(storm(ues), known, markMs);
      const seconds = new Map<number, number>();
      for (const ms of handovers.attempts.timeMs)
        seconds.set(Math.floor(ms / 1000), (seconds.get(Math.floor(ms / 1000)) ?? 0) + 1);
      expect(Math.max(...seconds.values())).toBe(bound);
      return bound;
    });
    // all in one second; half of them over the other 18 seconds up to the leave; all over 19 seconds
    expect(peaks).toEqual([190, 95, 10]);
  });

  it("are trained at the mark in a comparison, and fail no more often", async () => {
    const mission = trainOfSatellites({ userCount: 800, duration: 60, mark: 10 });
    const task = { mission, moving: ["flattened", "flattened-ready"] as const };
    const [own, exact, ready] = await evaluateMission({ ...task, moving: [...task.moving] }, null, () => {});
    expect(ready.strategy).toBe("flattened-ready");
    expect(ready.procedures).toBe(own.procedures);
    expect(ready.peakPerS).toBeGreaterThanOrEqual(ready.peakBound!);
    expect(ready.peakBound!).toBeGreaterThanOrEqual(exact.peakBound!);
    expect(failures(ready)).toBeLessThanOrEqual(failures(own));
  });

  it("do not know the fading, and still fail no more often: what is measured has the last word", () => {
    const channel = channelOf({ shadowing: true, drawLineOfSight: true, surroundings: "urban" });
    const mission = trainOfSatellites({ userCount: 900, duration: 45, mark: 10, channel });
    const { common, leaveS } = prepare(mission);
    expect(common.run.forecast).not.toEqual(common.run.windows);
    const ready = new Uint8Array(leaveS.length).fill(1);
    const own = stormBy(common, null, { cluster: null, ready: null });
    const moved = stormBy(common, "flattened-ready", { cluster: null, ready: { ready, leaveS } });
    expect(failures(own.summary)).toBeGreaterThan(20);
    expect(moved.procedures.startMs).not.toEqual(own.procedures.startMs);
    expect(failures(moved.summary)).toBeLessThanOrEqual(failures(own.summary));
    expect(moved.summary.peakPerS).toBeLessThanOrEqual(own.summary.peakPerS);
  });
});
