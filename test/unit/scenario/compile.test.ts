import { describe, expect, it } from "vitest";
import { DEG, WGS84_A } from "../../../src/main/math/constants.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { crossCheck } from "../../../src/main/scenario/cross-check.ts";
import { readElements } from "../../../src/main/scenario/elements.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";
import { scenarioSchema, type ScenarioInput } from "../../../src/shared/scenario.ts";
import { rulesOf } from "../../builders/mission.ts";
import { scenarioOf } from "../../builders/scenario.ts";

type Kepler = Extract<SatelliteSource, { kind: "kepler" }>;
const tle = (id: string, day: string) =>
  `1 ${id}U 98067A   25${day}  .00000123  00000-0  12345-4 0  9990\n2 ${id}  51.6443 225.5254 0001845 162.2516 205.2356 15.49869164218140`;
const elements = scenarioOf({ constellation: { kind: "elements" } });

describe("a mission", () => {
  it("has its mark on the frame grid where the scenario names none", () => {
    const time = { durationS: 90, stepS: 10, measurementPeriodMs: 1000 };
    expect(compileMission(scenarioOf({ time }), null).mark).toBe(50);
  });

  it("is refused where its satellites would not fit in memory", () => {
    const constellation = {
      kind: "walker" as const,
      altitudeKm: 550,
      inclinationDeg: 53,
      planes: 1000,
      satellitesPerPlane: 1000,
    };
    const time = { durationS: 86_400 };
    expect(() => compileMission(scenarioOf({ constellation, time }), null)).toThrow(/time.durationS/);
  });

  it("has the rules of its handover in SI units, and null for the thresholds that are left open", () => {
    const rules = (handover: ScenarioInput["handover"]) =>
      compileMission(scenarioOf({ handover }), null).handover;
    expect(rules({})).toEqual(rulesOf());
    const given = rules({
      strategy: "elevation",
      servingDistanceKm: 24,
      distanceHysteresisKm: 0.2,
      servingElevationDeg: 90,
      elevationHysteresisDeg: 1,
      targetRoundTripMs: 12.89,
      roundTripHysteresisMs: 0.1,
      guardS: 2,
      windowS: 8,
      l3FilterCoefficient: 0,
      measurementErrorDb: 6,
    });
    expect(given).toEqual(
      rulesOf({
        strategy: "elevation",
        servingDistanceM: 24_000,
        distanceHysteresisM: 200,
        servingElevation: Math.PI / 2,
        elevationHysteresis: DEG,
        targetRoundTrip: 12.89 * 1e-3,
        roundTripHysteresis: 1e-4,
        guard: 2,
        window: 8,
        l3FilterCoefficient: 0,
        measurementErrorDb: 6,
      }),
    );
  });

  it("is in SI units, with the bounds of the scenario", () => {
    const mission = compileMission(
      scenarioOf({
        radio: { frequencyGHz: 2, bandwidthMHz: 30, eirpDensityDbwPerMHz: 34, subcarrierSpacingKHz: 30 },
        coverage: { minElevationDeg: 25 },
        handover: { timeToTriggerMs: 256, hysteresisDb: 2 },
        time: { durationS: 60, measurementPeriodMs: 200 },
      }),
      null,
    );
    expect(mission).toMatchObject({
      startMs: Date.UTC(2026, 0, 1),
      duration: 60,
      step: 1,
      mark: 30,
      measurementPeriod: 0.2,
      payload: { kind: "circular-cells", layout: "row", beams: 3, cellRadiusM: 60_000, cellSpacingM: 90_000 },
      radio: {
        frequencyHz: 2e9,
        bandwidthHz: 30e6,
        eirpDensityDbwPerHz: -26,
        dataRateBps: 10e6,
        subcarrierSpacingHz: 30_000,
        uplink: { frequencyHz: 2e9, bandwidthHz: 360e3, gOverTDbPerK: 1.1 },
      },
      channel: { elevation: { gas: "curve", zenithGasDb: null }, interference: true },
      gateways: null,
      placement: { kind: "cells", at: 30 },
      timeToTrigger: 0.256,
      hysteresisDb: 2,
      minTimeOfStay: 1,
    });
    expect(mission.minElevation).toBeCloseTo(25 * DEG, 12);
  });

  it("has the terminals of TR 38.821 Table 6.1.1.1-3, shares summing to 1", () => {
    const users = { count: 10, placement: { kind: "cells", atS: 0 } as const };
    const mission = compileMission(
      scenarioOf({
        users: {
          ...users,
          classes: [
            { name: "handheld", share: 0.6 },
            { name: "vsat", share: 0.2, motion: "train", headingDeg: 90 },
          ],
        },
      }),
      null,
    );
    expect(mission.userClasses).toEqual([
      {
        name: "handheld",
        share: expect.closeTo(0.75, 12),
        antennaGainDbi: 0,
        noiseFigureDb: 7,
        antennaTemperatureK: 290,
        transmitPowerDbm: 23,
        transmitGainDbi: 0,
        motion: "static",
        speed: 0,
        heading: null,
      },
      {
        name: "vsat",
        share: expect.closeTo(0.25, 12),
        antennaGainDbi: 39.7,
        noiseFigureDb: 1.2,
        antennaTemperatureK: 150,
        transmitPowerDbm: 33,
        transmitGainDbi: 43.2,
        motion: "train",
        speed: expect.closeTo(500 / 3.6, 12),
        heading: Math.PI / 2,
      },
    ]);
  });

  it("draws the number of a Poisson population from the seed", () => {
    const users = { count: 400, law: "poisson", placement: { kind: "cells", atS: 0 } } as const;
    const counts = Array.from(
      { length: 400 },
      (_, seed) => compileMission(scenarioOf({ users }), null, seed).userCount,
    );
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length;
    // standard errors: 20 / √400 = 1 of the mean, 400·√(2/400) = 28 of the variance; four of each
    expect(Math.abs(mean - 400)).toBeLessThan(4);
    expect(Math.abs(variance - 400)).toBeLessThan(113);
    expect(compileMission(scenarioOf({ users }), null, 5).userCount).toBe(counts[5]);
  });

  it("refuses a transparent payload without gateways, positions that do not match the beams, a pattern that is no pattern", () => {
    const problems = (payload: object) =>
      crossCheck({ payload: scenarioSchema.shape.payload.parse({ ...antenna, ...payload }) }).map(
        ({ field }) => field,
      );
    const antenna = { kind: "antenna", beams: 2, layout: "list", apertureDiameterM: 1 };
    const positions = [
      { u: 0, v: 0 },
      { u: 0.1, v: 0 },
    ];
    expect(problems({ positions })).toEqual([]);
    expect(problems({ positions, processing: "transparent" })).toEqual(["payload.processing"]);
    expect(problems({ positions: positions.slice(1) })).toEqual(["payload.positions"]);
    expect(problems({ layout: "row", positions })).toEqual(["payload.positions"]);
    const table = (offAxisDeg: number[], relativeGainDb: number[]) =>
      problems({ positions, pattern: { kind: "table", offAxisDeg, relativeGainDb } });
    expect(table([0, 1, 2], [0, -2, -9])).toEqual([]);
    expect(table([0, 2, 1], [0, -2, -9])).toEqual(["payload.pattern.offAxisDeg"]);
    expect(table([0, 1, 2], [0, -1, -2])).toEqual(["payload.pattern.relativeGainDb"]);
  });

  it("takes the seed it is given, else the scenario's", () => {
    expect(compileMission(scenarioOf({ seed: 9 }), null).seed).toBe(9);
    expect(compileMission(scenarioOf({ seed: 9 }), null, 4).seed).toBe(4);
  });

  it("cannot be changed", () => {
    const mission = compileMission(scenarioOf(), null);
    expect(() => ((mission.radio as { frequencyHz: number }).frequencyHz = 1)).toThrow(TypeError);
    expect(() => mission.satellites.push(mission.satellites[0])).toThrow(TypeError);
  });
});

describe("a scenario on an element file", () => {
  it("starts at the newest epoch unless told", () => {
    const file = readElements([tle("00001", "100.00000000"), tle("00002", "101.50000000")].join("\n"));
    expect(compileMission(elements, file).startMs).toBe(Date.UTC(2025, 3, 11, 12));
    const told = scenarioOf({
      constellation: { kind: "elements" },
      time: { start: "2025-04-01T02:00:00+02:00", durationS: 60 },
    });
    expect(compileMission(told, file).startMs).toBe(Date.UTC(2025, 3, 1));
    expect(compileMission(elements, file).satellites.map((s) => s.id)).toEqual(["1", "2"]);
  });

  it("needs one, with a usable record", () => {
    expect(() => compileMission(elements, null)).toThrow(BadInput);
    expect(() => compileMission(elements, readElements("1 00001U short\n2 00001 short"))).toThrow(
      /no usable record.*too short/,
    );
  });
});

/** Satellites of Walker's 18/6/2 (T/P/F), unless told otherwise. */
const walker = (overrides: object = {}) =>
  compileMission(
    scenarioOf({
      constellation: {
        kind: "walker",
        altitudeKm: 1000,
        inclinationDeg: 60,
        planes: 6,
        satellitesPerPlane: 3,
        phasing: 2,
        ...overrides,
      },
    }),
    null,
  ).satellites as Kepler[];
const degrees = (radians: number) => (((radians / DEG) % 360) + 360) % 360;

describe("a Walker constellation", () => {
  it("delta has its nodes over 360° and shifts neighbouring planes by F·360°/T", () => {
    const satellites = walker();
    expect(satellites).toHaveLength(18);
    satellites.forEach((satellite, i) => {
      const plane = Math.floor(i / 3);
      expect(degrees(satellite.raan)).toBeCloseTo(plane * 60, 9);
      expect(degrees(satellite.meanAnomaly)).toBeCloseTo(((i % 3) * 120 + plane * 40) % 360, 9);
      expect(satellite.semiMajorAxisM).toBe(WGS84_A + 1_000_000);
    });
    expect(satellites[11].id).toBe("p03-s02");
    expect(new Set(satellites.map((s) => s.id)).size).toBe(18);
  });

  it("star has its nodes over 180°, and any spread and offset that is asked for", () => {
    expect(degrees(walker({ pattern: "star" })[15].raan)).toBeCloseTo(150, 9);
    const spread = walker({ raanSpreadDeg: 90, raanDeg: 350, argumentOfLatitudeDeg: -10 });
    expect(degrees(spread[15].raan)).toBeCloseTo(65, 9);
    expect(degrees(spread[0].meanAnomaly)).toBeCloseTo(350, 9);
  });
});
