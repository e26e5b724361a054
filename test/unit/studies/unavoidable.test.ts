import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTrack } from "../../../src/main/orbit/track.ts";
import { Footprints } from "../../../src/main/simulation/cells.ts";
import { leastChanges } from "../../../src/main/simulation/least-changes.ts";
import { changeRates, leastOf, sampleOf } from "../../../src/main/studies/unavoidable.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { TRIGGERS } from "../../../src/shared/frame.ts";
import { dwellOf } from "../../../src/shared/dwell.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { missionOf, rulesOf, TOWN, townOf, trainOfSatellites } from "../../builders/mission.ts";

/** Cells in a row that just touch, over UEs evenly on the line along which the middle one moves. */
function lineUnderRow(count: number) {
  const mission = missionOf({ userCount: count, minElevation: 0 });
  const touching = { ...mission.payload, cellSpacingM: 249_000 } as Mission["payload"];
  const row = { ...mission, payload: touching };
  const track = buildTrack(row.satellites, row.startMs, row.duration);
  const footprints = new Footprints(row, track);
  const at = (time: number) => ({ ...footprints.at(2, time)! });
  const { speed } = dwellOf(at(29.5), at(30.5), 1)!;
  // a length of one cell, under the row during the whole run
  const places = Array.from({ length: count }, (_, i) => at(15 + ((i + 0.5) / count) * (250_000 / speed)));
  const users = {
    count,
    latitude: Float64Array.from(places, ({ latitude }) => latitude),
    longitude: Float64Array.from(places, ({ longitude }) => longitude),
    heading: new Float64Array(count),
    userClass: new Uint8Array(count),
  };
  return { mission: row, track, users, speed };
}

describe("the fewest changes of cell that geometry leaves", () => {
  it("are N·v/D a second for N UEs evenly on a line, under cells of diameter D that touch", () => {
    const { mission, track, users, speed } = lineUnderRow(3000);
    const numbers = Uint32Array.from(users.latitude.keys());
    const { atContour, least } = leastChanges({ mission, track, feeders: null, users, numbers });
    expect(atContour / mission.duration / ((3000 * speed) / 249_000)).toBeCloseTo(1, 1.7);
    expect(least).toBeLessThan(atContour);
  });

  const strategies = fc.constantFrom(
    "a3" as const,
    "a4" as const,
    "d1" as const,
    "t1" as const,
    "elevation" as const,
  );
  it("are not more than any strategy makes, on the same UEs", () => {
    fc.assert(
      fc.property(strategies, fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (strategy, seed, town) => {
        const mission = trainOfSatellites({
          seed,
          userCount: 60,
          duration: 45,
          mark: 20,
          handover: rulesOf({ strategy }),
          ...(town
            ? { terrestrial: townOf(), placement: { kind: "circle" as const, ...TOWN, radiusM: 8000 } }
            : {}),
        });
        const run = wholeRun(mission, null);
        const found = leastOf({ mission, ...run }, sampleOf(run.users, 0));
        const changes = run.events.trigger.filter((trigger) => TRIGGERS[trigger] !== "feeder").length;
        expect(found.least).toBeLessThanOrEqual(changes);
        expect(found.least).toBeLessThanOrEqual(found.atContour);
        expect(changeRates(mission, run.events, found, 60)).toEqual({
          meanPerS: changes / 45,
          atContourPerS: expect.closeTo(found.atContour / 45, 9),
          leastPerS: expect.closeTo(found.least / 45, 9),
          ues: 60,
        });
      }),
      { numRuns: 8 },
    );
  });

  it("are counted with UEs taken evenly, as many as four million links allow, and scaled to all", () => {
    const column = Float64Array.from({ length: 1000 }, (_, i) => i);
    const users = {
      count: 1000,
      latitude: column,
      longitude: column,
      heading: column,
      userClass: new Uint8Array(1000),
    };
    expect(sampleOf(users, 3_999_999).numbers).toHaveLength(1000);
    const { numbers, users: taken } = sampleOf(users, 400_000_000);
    expect([...numbers]).toEqual([50, 150, 250, 350, 450, 550, 650, 750, 850, 950]);
    expect([...taken.latitude]).toEqual([...numbers]);
    const feeder = TRIGGERS.indexOf("feeder");
    const rates = changeRates(
      { duration: 10, userCount: 1000 },
      { trigger: Uint8Array.of(0, 1, feeder, 4) },
      { atContour: 3, least: 2 },
      10,
    );
    expect(rates).toEqual({ meanPerS: 0.3, atContourPerS: 30, leastPerS: 20, ues: 10 });
  });
});
