import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkWindows } from "../../../src/main/simulation/link-windows.ts";
import { flattened, handoversOf } from "../../../src/main/studies/attempts.ts";
import { pingPongsOf } from "../../../src/main/studies/ping-pongs.ts";
import { QOUT_DB } from "../../../src/main/studies/strategies.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { TRIGGERS, type EventColumns } from "../../../src/shared/frame.ts";
import { trainOfSatellites } from "../../builders/mission.ts";

const STAY_MS = 1000;
const RESELECTION = TRIGGERS.indexOf("reselection");

type Row = [timeMs: number, ue: number, source: number, target: number, pingPong?: number, trigger?: number];
const eventsOf = (rows: Row[]): EventColumns => ({
  timeMs: Uint32Array.from(rows, (row) => row[0]),
  ue: Uint32Array.from(rows, (row) => row[1]),
  source: Uint32Array.from(rows, (row) => row[2]),
  target: Uint32Array.from(rows, (row) => row[3]),
  rsrpSource: new Float32Array(rows.length),
  rsrpTarget: new Float32Array(rows.length),
  pingPong: Uint8Array.from(rows, (row) => row[4] ?? 0),
  trigger: Uint8Array.from(rows, (row) => row[5] ?? 0),
});
const at = (timeMs: number[]) => ({
  eventOf: Uint32Array.from(timeMs.keys()),
  attempts: { timeMs: Float64Array.from(timeMs) },
});

describe("ping-pongs", () => {
  const there = eventsOf([
    [1000, 1, 5, 6],
    [1500, 2, 5, 6],
    [1800, 1, 6, 5, 1],
    [9000, 2, 6, 5],
  ]);

  it("are counted at the times at which the handovers are carried out", () => {
    const count = (timeMs: number[]) => pingPongsOf(there, at(timeMs), STAY_MS);
    expect(count([1000, 1500, 1800, 9000])).toBe(1);
    expect(count([200, 1500, 1800, 9000])).toBe(0);
    expect(count([1000, 8500, 1800, 9000])).toBe(2);
  });

  it("are none where the UE had lost its cell in between, and reselections are none", () => {
    const lost = eventsOf([
      [1000, 1, 5, 6],
      [1800, 1, 6, 5, 0],
    ]);
    expect(pingPongsOf(lost, at([1000, 1800]), STAY_MS)).toBe(0);
    const reselected = eventsOf([
      [1000, 1, 5, 6],
      [1800, 1, 6, 5, 1, RESELECTION],
    ]);
    expect(pingPongsOf(reselected, at([1000]), STAY_MS)).toBe(0);
  });

  it("are those that the run itself marked where nothing is moved, and fewer or more where it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const base = trainOfSatellites({ seed, userCount: 150, duration: 45, mark: 20, minTimeOfStay: 3 });
        const mission = { ...base, a3OffsetDb: -1, hysteresisDb: 0, timeToTrigger: 0 };
        const run = wholeRun(mission, null);
        const { events, feeders } = run;
        const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, events);
        const handovers = handoversOf({ mission, feeders, events, windows, serving: run.atStart });
        const marked = events.pingPong.filter(
          (is, i) => is === 1 && events.trigger[i] !== RESELECTION,
        ).length;
        expect(marked).toBeGreaterThan(0);
        expect(pingPongsOf(events, handovers, 3000)).toBe(marked);
        const spread = flattened(handovers).handovers;
        const naive = [...new Set(events.ue)].reduce((sum, ue) => {
          const own = [...spread.eventOf.keys()].filter((p) => events.ue[spread.eventOf[p]] === ue);
          const isBack = (p: number, before: number) =>
            events.target[spread.eventOf[p]] === events.source[spread.eventOf[before]] &&
            events.source[spread.eventOf[p]] === events.target[spread.eventOf[before]] &&
            spread.attempts.timeMs[p] - spread.attempts.timeMs[before] < 3000;
          return sum + own.filter((p, i) => i > 0 && isBack(p, own[i - 1])).length;
        }, 0);
        // reselections stand between some of them
        expect(pingPongsOf(events, spread, 3000)).toBeLessThanOrEqual(naive);
      }),
      { numRuns: 4 },
    );
  });
});
