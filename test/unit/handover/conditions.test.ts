import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkConditions,
  entering,
  EVENTS,
  leaving,
  measured,
  type EventConfig,
  type Measured,
} from "../../../src/main/handover/conditions.ts";
import { filter, filterWeight } from "../../../src/main/handover/filter.ts";
import { TriggerBank } from "../../../src/main/handover/trigger.ts";

const now = (change: Partial<Measured>): Measured => ({ ...measured(), ...change });
const both = (config: EventConfig, change: Partial<Measured>) => {
  const m = now(change);
  return entering(config, m) ? "enters" : leaving(config, m) ? "leaves" : "stays";
};
const at = (servingRsrpDbm: number, targetRsrpDbm: number) => ({ servingRsrpDbm, targetRsrpDbm });

describe("conditions of the events", () => {
  it("A3: the neighbour is better than the serving cell by offset and hysteresis, strictly", () => {
    const a3: EventConfig = { kind: "A3", offsetDb: 3, hysteresisDb: 1, timeToTriggerMs: 0 };
    expect(both(a3, at(-100, -95.9))).toBe("enters");
    expect(both(a3, at(-100, -96))).toBe("stays");
    expect(both(a3, at(-100, -98))).toBe("stays");
    expect(both(a3, at(-100, -98.1))).toBe("leaves");
  });

  it("A3: offsets of frequency and cell count on both sides", () => {
    const a3: EventConfig = { kind: "A3", offsetDb: 0, hysteresisDb: 0, timeToTriggerMs: 0 };
    expect(both(a3, { ...at(-100, -103), ofnDb: 2, ocnDb: 2 })).toBe("enters");
    expect(both(a3, { ...at(-100, -99), ofpDb: 1, ocpDb: 1 })).toBe("leaves");
  });

  it("A4: the neighbour is better than a threshold, with its own offsets only", () => {
    const a4: EventConfig = { kind: "A4", thresholdDbm: -105, hysteresisDb: 1, timeToTriggerMs: 0 };
    expect(both(a4, at(-80, -103.9))).toBe("enters");
    expect(both(a4, at(-80, -104))).toBe("stays");
    expect(both(a4, at(-80, -106.1))).toBe("leaves");
    expect(both(a4, { ...at(-80, -106), ocnDb: 3, ocpDb: 9 })).toBe("enters");
  });

  it("A5: the serving cell is worse than one threshold and the neighbour better than another", () => {
    const thresholds = { threshold1Dbm: -110, threshold2Dbm: -105 };
    const a5: EventConfig = { kind: "A5", ...thresholds, hysteresisDb: 1, timeToTriggerMs: 0 };
    expect(both(a5, at(-111.1, -103.9))).toBe("enters");
    expect(both(a5, at(-111, -103.9))).toBe("stays");
    expect(both(a5, at(-108.9, -100))).toBe("leaves");
    expect(both(a5, at(-120, -106.1))).toBe("leaves");
    expect(both(a5, { ...at(-111.1, -103.9), ofpDb: 5, ocpDb: 5 })).toBe("enters");
  });

  it.each(["D1", "D2"] as const)(
    "%s: far from the serving cell's reference and near the candidate's",
    (kind) => {
      const d: EventConfig = {
        kind,
        threshold1M: 25_000,
        threshold2M: 30_000,
        hysteresisM: 500,
        timeToTriggerMs: 0,
      };
      const away = (distanceServingM: number, distanceTargetM: number) => ({
        distanceServingM,
        distanceTargetM,
      });
      expect(both(d, away(25_501, 29_499))).toBe("enters");
      expect(both(d, away(25_500, 29_499))).toBe("stays");
      expect(both(d, away(24_499, 10))).toBe("leaves");
      expect(both(d, away(90_000, 30_501))).toBe("leaves");
    },
  );

  it("T1: after the threshold, until the duration has passed", () => {
    const t1: EventConfig = { kind: "T1", thresholdMs: 1000, durationMs: 500 };
    expect(both(t1, { timeMs: 1000 })).toBe("stays");
    expect(both(t1, { timeMs: 1001 })).toBe("enters");
    expect(leaving(t1, now({ timeMs: 1500 }))).toBe(false);
    expect(leaving(t1, now({ timeMs: 1501 }))).toBe(true);
  });

  it("elevation: the serving satellite is low and the candidate's is high", () => {
    const low: EventConfig = {
      kind: "elevation",
      threshold1: 0.5,
      threshold2: 0.6,
      hysteresis: 0.1,
      timeToTriggerMs: 0,
    };
    const above = (elevationServing: number, elevationTarget: number) => ({
      elevationServing,
      elevationTarget,
    });
    expect(both(low, above(0.39, 0.71))).toBe("enters");
    expect(both(low, above(0.45, 0.71))).toBe("stays");
    expect(both(low, above(0.61, 1.5))).toBe("leaves");
    expect(both(low, above(0.1, 0.49))).toBe("leaves");
  });

  it("timing advance: the serving satellite is far in time and the candidate's is near", () => {
    const late: EventConfig = {
      kind: "timing-advance",
      threshold1S: 0.01,
      threshold2S: 0.008,
      hysteresisS: 0.001,
      timeToTriggerMs: 0,
    };
    const trips = (rttServingS: number, rttTargetS: number) => ({ rttServingS, rttTargetS });
    expect(both(late, trips(0.0111, 0.0069))).toBe("enters");
    expect(both(late, trips(0.0105, 0.0069))).toBe("stays");
    expect(both(late, trips(0.0089, 0.001))).toBe("leaves");
    expect(both(late, trips(0.02, 0.0091))).toBe("leaves");
  });

  it("neither enter nor leave on what nobody measured, and leave on a cell that is no longer heard", () => {
    const a3: EventConfig = { kind: "A3", offsetDb: -30, hysteresisDb: 0, timeToTriggerMs: 0 };
    expect(both(a3, at(-100, NaN))).toBe("stays");
    expect(both(a3, at(-100, -Infinity))).toBe("leaves");
    expect(both(a3, at(-Infinity, -120))).toBe("enters");
  });

  it("say which triggers RRC can carry", () => {
    const study = Object.entries(EVENTS).filter(([, event]) => !event.rrc);
    expect(study.map(([kind]) => kind)).toEqual(["elevation", "timing-advance"]);
    for (const [, event] of study) expect(event.clause).toMatch(/TR 38\.821/);
  });
});

describe("the check of an execution condition", () => {
  const a4: EventConfig = { kind: "A4", thresholdDbm: -110, hysteresisDb: 0, timeToTriggerMs: 0 };
  const t1: EventConfig = { kind: "T1", thresholdMs: 0, durationMs: 100 };
  const d1: EventConfig = { kind: "D1", threshold1M: 1, threshold2M: 1, hysteresisM: 0, timeToTriggerMs: 0 };
  const reasons = (configs: EventConfig[], alone = false) =>
    checkConditions("cho", configs, alone).map(({ field, reason }) => `${field} ${reason}`);

  it("lets pass one or two events, place or time paired with radio", () => {
    expect(reasons([a4])).toEqual([]);
    expect(reasons([t1, a4])).toEqual([]);
    expect(reasons([a4, d1])).toEqual([]);
  });

  it("asks for the Rel-18 capability where place or time stands alone", () => {
    expect(reasons([t1])).toEqual([expect.stringContaining("ntn-CHO-OnlyLocationTimeTrigger")]);
    expect(reasons([t1], true)).toEqual([]);
  });

  it("reports every problem at once", () => {
    expect(reasons([])).toEqual(["cho has 0 conditions"]);
    expect(reasons([d1, t1], true)).toEqual(["cho has two of D1, D2 and T1"]);
    expect(reasons([{ ...a4, hysteresisDb: -1 }, { ...d1, threshold1M: NaN }, a4])).toEqual([
      "cho has 3 conditions",
      "cho[0].hysteresisDb is negative (-1)",
      "cho[1].threshold1M is not a finite number",
    ]);
  });
});

describe("A3 between two cells, with the change of cell at the trigger", () => {
  interface Rules {
    hysteresisDb: number;
    offsetDb?: number;
    timeToTriggerMs?: number;
    /** filterCoefficient; the filters start again with every change of cell */
    resetFilter?: number;
  }

  /** Handovers on tracks of RSRP [cell][measurement], 200 ms apart, starting in the first cell; one a measurement. */
  function handovers(tracks: number[][], rules: Rules): number {
    const { hysteresisDb, offsetDb = 0, timeToTriggerMs = 0, resetFilter = 0 } = rules;
    const config: EventConfig = { kind: "A3", offsetDb, hysteresisDb, timeToTriggerMs };
    const bank = new TriggerBank(1, 4, 1, 200);
    const filtered = new Float32Array(tracks.length).fill(NaN);
    const weight = filterWeight(resetFilter, 200);
    let serving = 0;
    let count = 0;
    for (let i = 0; i < tracks[0].length; i++) {
      filter(
        filtered,
        Float32Array.from(tracks, (track) => track[i]),
        weight,
      );
      let best = -1;
      for (let cell = 0; cell < tracks.length; cell++) {
        if (cell === serving) continue;
        const m = now({ ...at(filtered[serving], filtered[cell]), timeMs: i * 200 });
        const due = bank.step(0, bank.take(0, cell + 1), i * 200, m, [config]) >= 0;
        if (due && (best < 0 || filtered[cell] > filtered[best])) best = cell;
      }
      if (best < 0) continue;
      serving = best;
      count++;
      bank.clear(0);
      if (resetFilter > 0) filtered.fill(NaN);
    }
    return count;
  }

  const level = fc.integer({ min: -8, max: 8 });
  const pair = fc
    .array(fc.tuple(level, level), { minLength: 1, maxLength: 60 })
    .map((steps) => [steps.map(([a]) => a), steps.map(([, b]) => b)]);

  /*
   * Why: with h = offset + hysteresis, the UE goes to the second cell after d > h and back after d < −h, d being the
   * difference of the two tracks, each for the time-to-trigger. While the UE with the wider h waits with d > h it is
   * waiting in the first cell; the UE with the narrower h is in the second already, which it then has no reason to leave,
   * or waits at least as long. So between two handovers of the wide one lies at least one of the narrow one. That needs
   *  - the same tracks for both: filters never reset, execution at once;
   *  - the same first cell, and no third, as the counterexamples below show;
   *  - h ≥ 0: below that both cells are better than the other at once, and the UE changes without end.
   */
  it("happens no more often with more hysteresis: one time-to-trigger, filters never reset, offset + hysteresis ≥ 0", () => {
    let some = 0;
    const times = fc.constantFrom(0, 0, 200, 256, 400);
    fc.assert(
      fc.property(pair, level, fc.nat(5), times, (tracks, offsetDb, over, timeToTriggerMs) => {
        const hysteresisDb = Math.max(0, -offsetDb) + over;
        const less = handovers(tracks, { offsetDb, hysteresisDb, timeToTriggerMs });
        const more = handovers(tracks, { offsetDb, hysteresisDb: hysteresisDb + 1, timeToTriggerMs });
        expect(more).toBeLessThanOrEqual(less);
        some += less;
      }),
      { numRuns: 1000 },
    );
    expect(some).toBeGreaterThan(500);
  });

  it("may happen more often with more hysteresis among three cells", () => {
    const tracks = [
      [-3, -1, 4, 0],
      [-1, 0, 3, 3],
      [0, -2, 0, 0],
    ];
    expect(handovers(tracks, { hysteresisDb: 1 })).toBe(2);
    expect(handovers(tracks, { hysteresisDb: 2 })).toBe(3);
  });

  it("may happen more often with more hysteresis where the filter starts again with every cell", () => {
    const tracks = [
      [4, -4, -2, 0],
      [1, 0, 0, -2],
    ];
    expect(handovers(tracks, { hysteresisDb: 0, resetFilter: 4 })).toBe(1);
    expect(handovers(tracks, { hysteresisDb: 1, resetFilter: 4 })).toBe(2);
    expect(handovers(tracks, { hysteresisDb: 1 })).toBeLessThanOrEqual(
      handovers(tracks, { hysteresisDb: 0 }),
    );
  });
});
