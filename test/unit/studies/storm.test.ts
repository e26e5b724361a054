import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTCOMES } from "../../../src/main/handover/procedure.ts";
import { linkWindows } from "../../../src/main/simulation/link-windows.ts";
import { flattened, grouped, handoversOf, type Handovers } from "../../../src/main/studies/attempts.ts";
import { stormOf } from "../../../src/main/studies/storm.ts";
import { linksOf, QOUT_DB, signallingOf } from "../../../src/main/studies/strategies.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { TRIGGERS } from "../../../src/shared/frame.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import type { StormColumns } from "../../../src/shared/storm.ts";
import { channelOf, missionOf, rulesOf, trainOfSatellites } from "../../builders/mission.ts";

const sum = (column: Iterable<number>) => [...column].reduce((a, b) => a + b, 0);

function prepare(mission: Mission) {
  const run = wholeRun(mission, null);
  const { events, feeders } = run;
  const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, events);
  const handovers = handoversOf({ mission, feeders, events, windows, serving: run.atStart });
  const storm = (of: Handovers, strategy = "a3") => stormOf({ strategy, mission, events, handovers: of });
  return { run, events, windows, handovers, storm };
}

/** Handovers out of and into each cell in each second, counted from the attempts alone. */
function loads({ attempts, cellOf }: Handovers): Map<string, number> {
  const count = new Map<string, number>();
  for (let p = 0; p < attempts.count; p++)
    for (const cell of [attempts.source[p], attempts.target[p]]) {
      const key = `${cellOf[cell]} ${Math.floor(attempts.timeMs[p] / 1000)}`;
      count.set(key, (count.get(key) ?? 0) + 1);
    }
  return count;
}

const peakPerCell = (handovers: Handovers): Map<string, number> => {
  const peaks = new Map<string, number>();
  for (const [key, load] of loads(handovers)) {
    const cell = key.split(" ")[0];
    peaks.set(cell, Math.max(peaks.get(cell) ?? 0, load));
  }
  return peaks;
};

const SETTINGS = { numRuns: 6 };
const missions = fc
  .record({ seed: fc.integer({ min: 0, max: 1e6 }), ues: fc.integer({ min: 20, max: 300 }) })
  .map(({ seed, ues }) => trainOfSatellites({ seed, userCount: ues, duration: 45, mark: 20 }));

describe("signalling of a run", () => {
  it("has as many bytes and messages in the cells as in the procedures", () => {
    fc.assert(
      fc.property(missions, (mission) => {
        const { storm, procedures, summary } = prepare(mission).storm(prepare(mission).handovers);
        expect(sum(storm.bytes)).toBe(sum(procedures.bytes));
        expect(sum(storm.messages)).toBe(sum(procedures.messages));
        expect(sum(storm.tries)).toBe(sum(procedures.tries));
        expect(summary.bytes).toBe(sum(procedures.bytes));
        expect(summary.messages).toBe(sum(procedures.messages));
      }),
      SETTINGS,
    );
  });

  it("ends every handover once and gives a reselection no procedure", () => {
    const mission = trainOfSatellites({
      userCount: 200,
      duration: 45,
      a3OffsetDb: 15,
      hysteresisDb: 5,
      timeToTrigger: 2.56,
    });
    const { events, handovers, storm } = prepare(mission);
    const reselections = [...events.trigger].filter((t) => TRIGGERS[t] === "reselection").length;
    expect(reselections).toBeGreaterThan(0);
    const { procedures, summary } = storm(handovers);
    events.trigger.forEach((trigger, i) => {
      const none = TRIGGERS[trigger] === "reselection";
      expect(procedures.outcome[i] === 255).toBe(none);
      expect(Number.isNaN(procedures.endMs[i])).toBe(none);
      if (!none) expect(procedures.endMs[i]).toBeGreaterThanOrEqual(procedures.startMs[i]);
    });
    expect(summary.procedures + reselections).toBe(events.ue.length);
    expect(sum(Object.values(summary.outcomes))).toBe(summary.procedures);
    expect(Object.keys(summary.outcomes)).toEqual([...OUTCOMES]);
  });

  it("counts handovers by cell and second in the order (cell, second), and the worst of them", () => {
    const { handovers, storm } = prepare(trainOfSatellites({ userCount: 400, duration: 45 }));
    const { storm: columns, summary } = storm(handovers);
    const expected = loads(handovers);
    columns.cell.forEach((cell, i) => {
      const load = columns.handoversOut[i] + columns.handoversIn[i];
      expect(load).toBe(expected.get(`${cell} ${columns.second[i]}`) ?? 0);
      if (i === 0) return;
      const later = cell - columns.cell[i - 1] || columns.second[i] - columns.second[i - 1];
      expect(later).toBeGreaterThan(0);
    });
    expect(sum(columns.handoversOut)).toBe(handovers.attempts.count);
    expect(sum(columns.handoversIn)).toBe(handovers.attempts.count);
    expect(summary.peakPerS).toBe(Math.max(...expected.values()));
    expect(expected.get(`${summary.peakCell} ${summary.peakAtS}`)).toBe(summary.peakPerS);
  });

  it("loses UEs whose source fails before the command when measurements come too late", () => {
    const late = trainOfSatellites({ userCount: 300, duration: 45, a3OffsetDb: 7, timeToTrigger: 0.64 });
    const { storm, handovers } = prepare(late);
    const { summary } = storm(handovers);
    const failed = summary.procedures - summary.outcomes.success;
    expect(failed).toBeGreaterThan(0);
    expect(summary.successShare).toBeCloseTo(1 - failed / summary.procedures, 12);
    expect(summary.outcomes["radio-link-failure"] + summary.outcomes["too-late"]).toBeGreaterThan(0);
  });

  it("says none where nobody hands over", () => {
    const mission = missionOf({ payload: { ...missionOf().payload, beams: 1 }, userCount: 20 });
    const { handovers, storm } = prepare(mission);
    const { storm: columns, summary } = storm(handovers);
    expect(columns.cell).toHaveLength(0);
    expect(summary).toMatchObject({
      procedures: 0,
      successShare: null,
      collisionShare: null,
      interruptionDownMs: { mean: null, p95: null },
      peakPerS: 0,
    });
    expect(flattened(handovers).bound).toBe(0);
  });

  it("gives conditional handovers a configuration before their condition and while the UE is in the source", () => {
    const mission = trainOfSatellites({
      userCount: 100,
      duration: 45,
      handover: rulesOf({ strategy: "d1" }),
    });
    const { attempts } = prepare(mission).handovers;
    expect(attempts.count).toBeGreaterThan(10);
    const entered = new Map<number, number>();
    for (let p = 0; p < attempts.count; p++) {
      expect(attempts.kind[p]).toBe(1);
      expect(attempts.preparedMs[p]).toBeLessThanOrEqual(attempts.timeMs[p]);
      expect(attempts.preparedMs[p]).toBeGreaterThanOrEqual(entered.get(attempts.ue[p]) ?? 0);
      entered.set(attempts.ue[p], attempts.timeMs[p]);
    }
  });

  it("configures conditional handovers before the time-to-trigger of their condition begins, where the UE is there by then", () => {
    const mission = trainOfSatellites({
      userCount: 100,
      duration: 45,
      timeToTrigger: 2.56,
      handover: rulesOf({ strategy: "d1" }),
    });
    const { attempts } = prepare(mission).handovers;
    const waitMs = 1000 * (mission.timeToTrigger + mission.measurementPeriod);
    const entered = new Map<number, number>();
    let early = 0;
    for (let p = 0; p < attempts.count; p++) {
      const since = entered.get(attempts.ue[p]) ?? 0;
      expect(attempts.preparedMs[p]).toBe(Math.max(since, attempts.timeMs[p] - waitMs));
      if (attempts.preparedMs[p] > since) early++;
      entered.set(attempts.ue[p], attempts.timeMs[p]);
    }
    expect(early).toBeGreaterThan(0);
  });
});

describe("handovers in groups", () => {
  it("never send more commands than the same handovers one by one, where none fails", () => {
    let together = 0;
    fc.assert(
      fc.property(missions, (mission) => {
        const { handovers, storm } = prepare(mission);
        const alone = storm(handovers).summary;
        const group = storm(grouped(handovers, null), "group").summary;
        if (alone.successShare !== 1 || group.successShare !== 1) return;
        expect(group.procedures).toBe(alone.procedures);
        expect(group.commands).toBeLessThanOrEqual(alone.commands);
        together += alone.commands - group.commands;
      }),
      SETTINGS,
    );
    expect(together).toBeGreaterThan(0);
  });

  it("leave UEs without a cluster alone", () => {
    const { run, handovers } = prepare(trainOfSatellites({ userCount: 300, duration: 45 }));
    const none = grouped(handovers, new Uint8Array(run.users.count).fill(255));
    expect([...none.attempts.timeMs]).toEqual([...handovers.attempts.timeMs]);
    expect(none.attempts.groupOf!.every((group) => group === -1)).toBe(true);
  });
});

describe("flattened handovers", () => {
  it("have in no cell a higher peak than by themselves, and none below the bound", () => {
    fc.assert(
      fc.property(missions, (mission) => {
        const { handovers } = prepare(mission);
        const { handovers: spread, bound } = flattened(handovers);
        const before = peakPerCell(handovers);
        const after = peakPerCell(spread);
        for (const [cell, peak] of after) expect(peak).toBeLessThanOrEqual(before.get(cell)!);
        expect(Math.max(0, ...after.values())).toBeGreaterThanOrEqual(bound);
      }),
      SETTINGS,
    );
  });

  it("stay inside their windows, keep the order of each UE's handovers, and fail no more often", () => {
    const { handovers, storm } = prepare(trainOfSatellites({ userCount: 600, duration: 60 }));
    const { handovers: spread } = flattened(handovers);
    const { attempts, earliestMs, latestMs } = spread;
    const own = new Map([...handovers.eventOf].map((event, p) => [event, handovers.attempts.timeMs[p]]));
    const last = new Map<number, number>();
    let moved = 0;
    for (let p = 0; p < attempts.count; p++) {
      if (earliestMs[p] <= latestMs[p]) {
        expect(attempts.timeMs[p]).toBeGreaterThanOrEqual(earliestMs[p]);
        expect(attempts.timeMs[p]).toBeLessThanOrEqual(latestMs[p]);
      }
      if (attempts.timeMs[p] !== own.get(spread.eventOf[p])) moved++;
      const before = last.get(attempts.ue[p]);
      if (before !== undefined) expect(spread.eventOf[p]).toBeGreaterThan(before);
      last.set(attempts.ue[p], spread.eventOf[p]);
    }
    expect(moved).toBeGreaterThan(0);
    const failed = (of: Handovers) => {
      const { summary } = storm(of);
      return summary.procedures - summary.outcomes.success;
    };
    expect(failed(spread)).toBeLessThanOrEqual(failed(handovers));
  });

  it("halve a storm that the windows leave room for", () => {
    const { handovers, storm } = prepare(trainOfSatellites({ userCount: 3000, duration: 60 }));
    const peak = (of: Handovers) => storm(of).summary.peakPerS;
    const { handovers: spread } = flattened(handovers);
    expect(peak(spread)).toBeLessThan(peak(handovers) * 0.75);
  });
});

describe("flattened handovers that rest on a forecast", () => {
  const outcome = (mission: Mission) => {
    const run = wholeRun(mission, null);
    const moving = ["flattened", "flattened-forecast"] as const;
    const links = linksOf({ mission, ...run, firstUe: 0 }, run.events, moving);
    return { links, ...signallingOf({ mission, ...run, ...links }, moving, { cluster: null, ready: null }) };
  };

  it("are those with exact windows where nothing is drawn", () => {
    const [exact, forecast] = outcome(trainOfSatellites({ userCount: 200, duration: 45 })).others;
    expect({ ...forecast, strategy: exact.strategy }).toEqual(exact);
  });

  it("pay for what fading hides from the forecast", () => {
    const channel = channelOf({ shadowing: true, drawLineOfSight: true, surroundings: "urban" });
    const { links, others } = outcome(trainOfSatellites({ userCount: 1500, duration: 45, channel }));
    expect(links.forecast).not.toEqual(links.windows);
    const [exact, forecast] = others;
    expect(forecast.procedures).toBe(exact.procedures);
    expect(forecast.outcomes.success).toBeLessThan(exact.outcomes.success);
  });
});

describe("what StormColumns hold", () => {
  it("is one length for every column", () => {
    const { handovers, storm } = prepare(trainOfSatellites({ userCount: 50, duration: 30 }));
    const { storm: columns } = storm(handovers);
    const lengths = new Set(Object.values(columns as StormColumns).map((column) => column.length));
    expect(lengths.size).toBe(1);
  });
});
