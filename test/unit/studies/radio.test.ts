import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { radioSummary } from "../../../src/main/studies/radio.ts";
import { NO_SIGNAL } from "../../../src/shared/frame.ts";
import { missionOf } from "../../builders/mission.ts";

const linear = (db: number) => 10 ** (db / 10);
const sinrOf = (cn: number, ci: number) => -10 * Math.log10(linear(-cn) + linear(-ci));
const centi = (db: readonly number[]) => Int16Array.from(db, (value) => Math.round(value * 100));
const of = (rsrp: number[], sinr: number[], cn: number[], mission = missionOf()) =>
  radioSummary(mission, centi(rsrp), centi(sinr), Float64Array.from(cn));
const withRadio = (overrides: Partial<ReturnType<typeof missionOf>["radio"]>) => {
  const mission = missionOf();
  return { ...mission, radio: { ...mission.radio, ...overrides } };
};

describe("how well the UEs of a run hear", () => {
  test("gives the C/I that makes the SINR out of the C/N", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: -5, max: 20, noNaN: true }),
            fc.double({ min: -5, max: 20, noNaN: true }),
          ),
          {
            minLength: 1,
            maxLength: 1,
          },
        ),
        ([[cn, ci]]) => {
          const found = of([-100], [sinrOf(cn, ci)], [cn])!;
          // the SINR is kept to 0.005 dB, which counts for more the further the interference lies below the noise
          const tolerance = 0.006 * (1 + linear(ci - cn));
          expect(Math.abs(found.cOverIDb!.median - ci)).toBeLessThan(tolerance);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("has no C/I where there is no interference, though the SINR is rounded", () => {
    expect(of([-100, -101], [7.123, 3.337], [7.123, 3.337])!.cOverIDb).toBeNull();
  });

  test("counts only UEs that are served", () => {
    const rsrp = centi([-100, -90, -80]);
    const sinr = centi([3, 4, 5]);
    rsrp[1] = sinr[1] = NO_SIGNAL;
    const found = radioSummary(missionOf(), rsrp, sinr, Float64Array.of(4, Number.NaN, 6))!;
    expect(found.ues).toBe(2);
    expect([found.rsrpDbm.p5, found.rsrpDbm.median, found.rsrpDbm.p95]).toEqual([-99, -90, -81]);
    expect(found.sinrDb.meanOfDb).toBeCloseTo(4, 9);
    expect(found.sinrDb.dbOfMeanLinear).toBeCloseTo(10 * Math.log10((linear(3) + linear(5)) / 2), 9);
    expect(found.cOverNDb.median).toBeCloseTo(5, 9);
  });

  test("is nothing where nobody is served", () => {
    const none = Int16Array.of(NO_SIGNAL);
    expect(radioSummary(missionOf(), none, none, Float64Array.of(Number.NaN))).toBeNull();
  });

  test("throughput rises with the SINR, and falls with the implementation margin", () => {
    const level = fc.integer({ min: -2000, max: 4000 }).map((value) => value / 100);
    fc.assert(
      fc.property(level, level, (a, b) => {
        const at = (sinr: number, marginDb = 2) =>
          of([-100], [sinr], [sinr], withRadio({ implementationMarginDb: marginDb }))!.throughputMbps;
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(at(low).median).toBeLessThanOrEqual(at(high).median);
        expect(at(a, 5).mean).toBeLessThanOrEqual(at(a, 2).mean);
      }),
    );
    expect(of([-100], [30], [30])!.throughputMbps.mean).toBeGreaterThan(50);
    expect(of([-100], [-20], [-20])!.throughputMbps.mean).toBe(0);
  });

  test("a channel is the band over the reuse, and the throughput with it", () => {
    const [whole, third] = ([1, 3] as const).map((frequencyReuse) =>
      of([-100], [10], [10], withRadio({ frequencyReuse }))!,
    );
    expect([whole.bandwidthMHz, third.bandwidthMHz]).toEqual([30, 10]);
    expect(third.throughputMbps.mean).toBeCloseTo(whole.throughputMbps.mean / 3, 9);
  });
});
