import { describe, expect, it } from "vitest";
import { signallingSettings } from "../../../src/main/handover/attempts.ts";
import { PRACH_27 } from "../../../src/main/handover/prach.ts";
import { meanAccessDelay, RACH } from "../../../src/main/handover/rach.ts";
import { signalling } from "../../../src/main/handover/signalling.ts";
import { linkWindows } from "../../../src/main/simulation/link-windows.ts";
import { handoversOf } from "../../../src/main/studies/attempts.ts";
import { randomAccess, rampedAccessDelay } from "../../../src/main/studies/random-access.ts";
import { stormOf } from "../../../src/main/studies/storm.ts";
import { QOUT_DB } from "../../../src/main/studies/strategies.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { attemptsOf } from "../../builders/attempts.ts";
import { missionOf, rulesOf, trainOfSatellites } from "../../builders/mission.ts";
import { stormOf as stormColumns } from "../../builders/storm.ts";

const rach = { prach: PRACH_27, ...RACH, rampedDetection: false };

describe("random access in closed form", () => {
  it.each([0.001, 0.1, 0.5])("has the mean delay of geometric tries without ramping, at %d", (p) => {
    expect(rampedAccessDelay(p, 6, 1, rach)).toBeCloseTo(meanAccessDelay(p, 6, 1, rach), 9);
  });

  it("adds the tries that ramping costs: 1 − e⁻ⁱ by TR 37.868", () => {
    const heard = [1, 2, 3].map((i) => 1 - Math.exp(-i));
    const at = [heard[0], (1 - heard[0]) * heard[1], (1 - heard[0]) * (1 - heard[1]) * heard[2]];
    const again = (at[1] + 2 * at[2]) / (at[0] + at[1] + at[2]);
    const ramped = { ...rach, rampedDetection: true, triesMax: 3 };
    expect(rampedAccessDelay(0, 6, 1, ramped)).toBeCloseTo(0.5 + 6 + 3 + again * (6 + 10 + 10 + 0.5), 9);
  });

  // TR 38.821 Table 7.2.1.1.1.1-2 rests on λ = p·M: 1 % at 4,480 tries a second over 1000 × 8 × 56 places
  it("has 1 % of collisions at a hundredth of the places", () => {
    const storm = stormColumns([[1, 0, 0, 0, 0, 0, 4480, 0, 0, 0]]);
    const { expectedShare } = randomAccess(
      attemptsOf([]),
      { outcome: new Uint8Array(), upMs: new Float64Array() },
      { rach, rrcMs: 10, sib19Ms: 160, t430Ms: 30_000 },
      storm,
    );
    expect(expectedShare).toBeCloseTo(1 - Math.exp(-0.01), 12);
  });

  it("meets the engine: conditional handovers spread at random over a cell's occasions", () => {
    const count = 20_000;
    // 2 places an occasion, so that there is something to collide: 20 s at 1000 a second
    const narrow = { ...RACH, prach: PRACH_27, fdm: 1, contentionPreambles: 2, backoffMs: 200 };
    const settings = signallingSettings(5, Uint32Array.of(0, 0, 0), {
      t304Ms: 10_000,
      rach: narrow,
      keepRows: false,
    });
    let state = 1;
    const times = Array.from({ length: count }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return 100 + (20_000 * state) / 2_147_483_647;
    }).sort((a, b) => a - b);
    const attempts = attemptsOf(
      times.map((timeMs) => ({ timeMs, kind: 1 as const, preparedMs: timeMs - 90 })),
    );
    const { procedures, sums } = signalling(attempts, settings);
    const seconds = Array.from({ length: sums.seconds }, (_, s) => s);
    const [cell, rows] = [2, seconds.map((s) => s * sums.cells + 2)];
    const tries = rows.map((at) => sums.tries[at]);
    const storm = stormColumns(seconds.map((s) => [cell, s, 0, 0, 0, 0, tries[s], 0, 0, 0]));
    const found = randomAccess(attempts, procedures, settings, storm);
    const collided = rows.reduce((sum, at) => sum + sums.collisions[at], 0);
    const simulated = collided / tries.reduce((a, b) => a + b);
    expect(simulated).toBeGreaterThan(0.3);
    expect(Math.abs(found.expectedShare! / simulated - 1)).toBeLessThan(0.03);
    expect(Math.abs(found.expectedMs! / found.meanMs! - 1)).toBeLessThan(0.05);
  });
});

describe("random access in a run's summary", () => {
  it.each([
    ["a3", 2000],
    ["d1", 2000],
    ["d1", 40_000],
  ] as const)(
    "stands beside the simulated delay of %s, configured %d ms ahead, within 10 %",
    (strategy, leadMs) => {
      const mission = trainOfSatellites({
        userCount: 1500,
        duration: 45,
        handover: rulesOf({ strategy }),
        signalling: { ...missionOf().signalling, leadMs, t430Ms: 5000 },
      });
      const run = wholeRun(mission, null);
      const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, run.events);
      const handovers = handoversOf({ mission, ...run, windows, serving: run.atStart });
      const { access, collisionShare } = stormOf({
        strategy,
        mission,
        events: run.events,
        handovers,
      }).summary;
      expect(access!.meanMs).toBeGreaterThan(5);
      expect(Math.abs(access!.expectedMs! / access!.meanMs! - 1)).toBeLessThan(0.1);
      expect(access!.expectedShare).toBeLessThan(0.01);
      expect(collisionShare).toBeLessThan(0.05);
    },
  );
});
