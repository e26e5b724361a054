import { describe, expect, it } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { loadBundled } from "../../../src/main/scenario/bundled.ts";
import { type CoverageAsk, coverageByLatitude } from "../../../src/main/studies/coverage.ts";
import { scenarioCoverage } from "../../../src/main/studies/coverage-ask.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { FakeWorld } from "../doors/fake-world.ts";

/**
 * Latitude, percent covered, mean and least in view, printed by the NumPy peer:
 * python3 test/bench/peers/coverage_peer.py "$(node test/bench/coverage.bench.ts ask iridium-next)"
 */
const IRIDIUM_24_H = [
  [-90, 100.0, 6.84733, 6],
  [-85, 100.0, 6.7214, 6],
  [-80, 100.0, 6.3102, 5],
  [-75, 100.0, 5.40458, 3],
  [-70, 100.0, 4.19098, 1],
  [-65, 100.0, 3.03363, 1],
  [-60, 100.0, 2.44148, 1],
  [-55, 100.0, 2.07761, 1],
  [-50, 99.9161, 1.82628, 0],
  [-45, 99.9981, 1.6416, 0],
  [-40, 100.0, 1.50269, 1],
  [-35, 99.7243, 1.39579, 0],
  [-30, 99.6675, 1.31286, 0],
  [-25, 99.9345, 1.24957, 0],
  [-20, 99.6096, 1.20061, 0],
  [-15, 99.1393, 1.16496, 0],
  [-10, 99.5364, 1.14061, 0],
  [-5, 99.1759, 1.12601, 0],
  [0, 98.6121, 1.12156, 0],
  [5, 99.173, 1.12601, 0],
  [10, 99.5412, 1.14061, 0],
  [15, 99.1412, 1.16496, 0],
  [20, 99.6174, 1.20061, 0],
  [25, 99.9364, 1.24957, 0],
  [30, 99.6588, 1.31286, 0],
  [35, 99.7311, 1.39579, 0],
  [40, 100.0, 1.50269, 1],
  [45, 100.0, 1.6416, 1],
  [50, 99.9152, 1.82628, 0],
  [55, 100.0, 2.07761, 1],
  [60, 100.0, 2.44148, 1],
  [65, 100.0, 3.03363, 1],
  [70, 100.0, 4.19098, 1],
  [75, 100.0, 5.40458, 3],
  [80, 100.0, 6.3102, 5],
  [85, 100.0, 6.7214, 6],
  [90, 100.0, 6.84733, 6],
];

/** The same with starlink-shell-1, one hour. */
const STARLINK_1_H = [
  [-90, 0.0, 0.0, 0],
  [-85, 0.0, 0.0, 0],
  [-80, 0.0, 0.0, 0],
  [-75, 0.0, 0.0, 0],
  [-70, 0.0, 0.0, 0],
  [-65, 0.0, 0.0, 0],
  [-60, 100.0, 4.65096, 3],
  [-55, 100.0, 14.56398, 13],
  [-50, 100.0, 19.87933, 17],
  [-45, 100.0, 18.5888, 16],
  [-40, 100.0, 12.3372, 9],
  [-35, 100.0, 10.24567, 7],
  [-30, 100.0, 9.03757, 6],
  [-25, 100.0, 8.23611, 6],
  [-20, 100.0, 7.68716, 6],
  [-15, 100.0, 7.31239, 6],
  [-10, 100.0, 7.06626, 5],
  [-5, 100.0, 6.93465, 4],
  [0, 100.0, 6.87842, 6],
  [5, 100.0, 6.93465, 4],
  [10, 100.0, 7.06626, 5],
  [15, 100.0, 7.31239, 6],
  [20, 100.0, 7.68716, 6],
  [25, 100.0, 8.23611, 6],
  [30, 100.0, 9.03757, 6],
  [35, 100.0, 10.24567, 7],
  [40, 100.0, 12.3372, 9],
  [45, 100.0, 18.5888, 16],
  [50, 100.0, 19.87933, 17],
  [55, 100.0, 14.56398, 13],
  [60, 100.0, 4.65096, 3],
  [65, 0.0, 0.0, 0],
  [70, 0.0, 0.0, 0],
  [75, 0.0, 0.0, 0],
  [80, 0.0, 0.0, 0],
  [85, 0.0, 0.0, 0],
  [90, 0.0, 0.0, 0],
];

describe("coverage by latitude", () => {
  it.each([
    ["iridium-next", 24, IRIDIUM_24_H],
    ["starlink-shell-1", 1, STARLINK_1_H],
  ] as const)("of %s over %d h is that of a naive program in another language", (name, hours, published) => {
    const report = scenarioCoverage(loadBundled(name).scenario, null, { hours, stepS: 60 });
    expect(report.latitudes.map(({ latitudeDeg }) => latitudeDeg)).toEqual(published.map(([l]) => l));
    report.latitudes.forEach((row, i) => {
      // one grid point at one instant may fall on the other side of the border
      const one = 1 / (72 * (hours * 60 + 1));
      expect(Math.abs(row.coveredPercent - published[i][1])).toBeLessThan(100 * one * 1.01 + 1e-4);
      expect(Math.abs(row.meanInView - published[i][2])).toBeLessThan(3 * one + 1e-4);
      expect(Math.abs(row.leastInView - published[i][3])).toBeLessThanOrEqual(1);
    });
  });

  const circle = (inclinationDeg: number, raanDeg: number, altitudeM = 780e3): SatelliteSource => ({
    kind: "kepler",
    id: "a",
    name: "a",
    semiMajorAxisM: 6_378_137 + altitudeM,
    eccentricity: 0,
    inclination: inclinationDeg * DEG,
    raan: raanDeg * DEG,
    argumentOfPerigee: 0,
    meanAnomaly: 0,
  });
  const ask = (satellites: SatelliteSource[], more: Partial<CoverageAsk> = {}): CoverageAsk => ({
    satellites,
    startMs: Date.UTC(2026, 0, 1),
    duration: 6 * 3600,
    step: 60,
    minElevation: 10 * DEG,
    spacing: 10 * DEG,
    gateways: null,
    ...more,
  });

  it("counts every satellite by itself: two together are the sum of each alone", () => {
    const [a, b] = [circle(53, 0), circle(97.6, 120)];
    const [alone, other, both] = [[a], [b], [a, b]].map((list) => coverageByLatitude(ask(list)));
    both.mean.forEach((n, i) => expect(n).toBeCloseTo(alone.mean[i] + other.mean[i], 12));
    expect(Math.max(...both.mean)).toBeGreaterThan(0);
  });

  it("does not change when the constellation turns around the pole by a whole step of the grid", () => {
    const here = coverageByLatitude(ask([circle(86.4, 0), circle(53, 77)]));
    const there = coverageByLatitude(ask([circle(86.4, 190), circle(53, 267)]));
    here.mean.forEach((n, i) => expect(there.mean[i]).toBeCloseTo(n, 10));
  });

  it("holds at both poles, and is the same on both for a polar orbit over whole turns", () => {
    const { mean } = coverageByLatitude(ask([circle(90, 0)], { duration: 86_400 }));
    expect(mean[0]).toBeGreaterThan(0.05);
    expect(mean[0]).toBeCloseTo(mean.at(-1)!, 1);
  });

  it("needs a gateway in view of the same satellite for a transparent payload", () => {
    const list = [circle(53, 0), circle(53, 180)];
    const place = { latitude: 40 * DEG, longitude: 0, altitudeM: 0 };
    const free = coverageByLatitude(ask(list));
    const near = coverageByLatitude(ask(list, { gateways: [{ ...place, minElevation: 10 * DEG }] }));
    const picky = coverageByLatitude(ask(list, { gateways: [{ ...place, minElevation: 60 * DEG }] }));
    near.mean.forEach((n, i) => expect(n).toBeLessThanOrEqual(free.mean[i]));
    const north = free.latitude.findIndex((l) => Math.abs(l - 40 * DEG) < 1e-9);
    expect(near.mean[north]).toBeGreaterThan(0);
    expect(near.mean[north]).toBeLessThan(free.mean[north]);
    expect(picky.mean[north]).toBeLessThan(near.mean[north]);
    // a satellite over 40° south is never seen from 40° north at 780 km
    expect(near.mean[free.latitude.length - 1 - north]).toBe(0);
  });

  it("takes a scenario's gateways for transparent payloads, unless links between satellites reach them", () => {
    const { scenario } = loadBundled("iridium-next");
    const report = (processing: "transparent" | "regenerative", interSatelliteLinks: boolean) => {
      const stations = [{ name: "north", latitudeDeg: 60, longitudeDeg: 10, heightM: 0 }];
      const payload = { ...scenario.payload, processing };
      const gateways = { stations, minElevationDeg: 10, interSatelliteLinks, switchOverlapS: 0 };
      return scenarioCoverage({ ...scenario, payload, gateways }, null, { hours: 2, stepS: 60 });
    };
    const [needed, linked, onBoard] = [
      report("transparent", false),
      report("transparent", true),
      report("regenerative", false),
    ];
    expect([needed, linked, onBoard].map(({ gateways }) => gateways)).toEqual([1, 0, 0]);
    expect(needed.assumed).toContain("scenario's gateways");
    expect(linked.assumed).toContain("inter-satellite links");
    expect(linked.latitudes).toEqual(onBoard.latitudes);
    const [south, north] = [-60, 60].map((l) => needed.latitudes.find((row) => row.latitudeDeg === l)!);
    expect(south.coveredPercent).toBe(0);
    expect(north.coveredPercent).toBeGreaterThan(0);
    // a file names the same gateway, and it is the same as the scenario's
    const own = scenarioCoverage(scenario, null, {
      hours: 2,
      stepS: 60,
      gateways: '[{"latitudeDeg": 60, "longitudeDeg": 10, "minElevationDeg": 10}]',
    });
    expect(own.latitudes).toEqual(needed.latitudes);
  });

  it("refuses options and gateways out of range, all at once", () => {
    const { scenario } = loadBundled("iridium-next");
    const gateways = '[{"latitudeDeg": 91, "longitudeDeg": 0}, {"latitudeDeg": 1}]';
    const run = () =>
      scenarioCoverage(scenario, null, { hours: -1, stepS: 0, minElevationDeg: 95, gateways });
    expect(run).toThrow(BadInput);
    try {
      run();
    } catch (error) {
      expect((error as BadInput).problems.map(({ field }) => field)).toEqual([
        "--min-elevation-deg",
        "--hours",
        "--step-s",
        "--gateways [0].latitudeDeg",
        "--gateways [1].longitudeDeg",
      ]);
    }
  });

  it("is what the terminal prints", async () => {
    const world = new FakeWorld();
    expect(await runTerminal(["coverage", "iridium-next", "--hours", "1", "--json"], world)).toBe(0);
    const report = JSON.parse(world.results);
    expect(report).toMatchObject({ satellites: 66, minElevationDeg: 10, hours: 1, stepS: 60, gateways: 0 });
    expect(report.latitudes.length).toBe(37);
    const wrong = new FakeWorld();
    expect(await runTerminal(["coverage", "nowhere"], wrong)).toBe(2);
    expect(wrong.complaints).toContain("iridium-next");
  });
});
