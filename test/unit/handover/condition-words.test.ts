import { describe, expect, it } from "vitest";
import { fulfilled, inequality } from "../../../src/main/handover/condition-words.ts";
import { measured, type EventConfig, type Measured } from "../../../src/main/handover/conditions.ts";

const now = (change: Partial<Measured>): Measured => ({ ...measured(), ...change });
const timed = { timeToTriggerMs: 100 };

describe("a condition in words", () => {
  it("has the names and signs of TS 38.331 §5.5.4.15 and §5.5.4.15a for distances", () => {
    const m = now({ distanceServingM: 51_234, distanceTargetM: 48_765 });
    for (const kind of ["D1", "D2"] as const) {
      const config = { kind, threshold1M: 50_000, threshold2M: 49_500, hysteresisM: 200, ...timed };
      expect(inequality(config, m)).toBe(
        `${kind}-1: Ml1 51.234 km − hysteresisLocation 0.200 km > Thresh1 50.000 km and ` +
          `${kind}-2: Ml2 48.765 km + hysteresisLocation 0.200 km < Thresh2 49.500 km`,
      );
    }
  });

  it("has clock, threshold and duration of T1 (§5.5.4.16)", () => {
    expect(inequality({ kind: "T1", thresholdMs: 1230, durationMs: 5000 }, now({ timeMs: 1231 }))).toBe(
      "T1-1: Mt 1231 ms > t1-Threshold 1230 ms, within a duration of 5000 ms",
    );
  });

  it("has levels and thresholds of A4 and A5, with the candidate's offset", () => {
    const m = now({ servingRsrpDbm: -112.5, targetRsrpDbm: -104, ocnDb: 6 });
    const hysteresisDb = 1;
    expect(inequality({ kind: "A4", thresholdDbm: -105, hysteresisDb, ...timed }, m)).toBe(
      "A4-1: target −104.00 dBm + cell offset 6 dB − hysteresis 1 dB > threshold −105 dBm",
    );
    const a5 = { kind: "A5", threshold1Dbm: -110, threshold2Dbm: -100, hysteresisDb, ...timed } as const;
    expect(inequality(a5, m)).toBe(
      "A5-1: source −112.50 dBm + hysteresis 1 dB < threshold1 −110 dBm and " +
        "A5-2: target −104.00 dBm + cell offset 6 dB − hysteresis 1 dB > threshold2 −100 dBm",
    );
  });

  it("has elevations in degrees and round trips in milliseconds for the study triggers", () => {
    const degree = Math.PI / 180;
    const elevation: EventConfig = {
      kind: "elevation",
      threshold1: 30 * degree,
      threshold2: 40 * degree,
      hysteresis: degree / 2,
      ...timed,
    };
    const low = now({ elevationServing: 29 * degree, elevationTarget: 41 * degree });
    expect(inequality(elevation, low)).toBe(
      "source at 29.000° + hysteresis 0.500° < 30.000° and target at 41.000° − hysteresis 0.500° > 40.000°",
    );
    const advance: EventConfig = {
      kind: "timing-advance",
      threshold1S: 0.008,
      threshold2S: 0.006,
      hysteresisS: 0.0001,
      ...timed,
    };
    expect(inequality(advance, now({ rttServingS: 0.0083, rttTargetS: 0.0055 }))).toBe(
      "round trip to the source 8.3000 ms − hysteresis 0.1000 ms > 8.0000 ms and to the target 5.5000 ms + hysteresis 0.1000 ms < 6.0000 ms",
    );
  });

  it("says so where an event that was fulfilled has come back into its hysteresis", () => {
    const a4 = { kind: "A4", thresholdDbm: -105, hysteresisDb: 2, ...timed } as const;
    expect(fulfilled(a4, now({ targetRsrpDbm: -104 }))).toMatch(/by now within the hysteresis/);
    expect(fulfilled(a4, now({ targetRsrpDbm: -102 }))).not.toMatch(/hysteresis\)/);
  });
});
