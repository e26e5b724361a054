import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { readElements } from "../../../src/main/scenario/elements.ts";
import { type PassesAsk, passesOver } from "../../../src/main/studies/passes.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { FakeWorld } from "../doors/fake-world.ts";

const ISS = `ISS
1 25544U 98067A   24045.51749023  .00016717  00000+0  30270-3 0  9998
2 25544  51.6404 204.9052 0001897 226.6484 239.6389 15.49866530439313
`;
const file = readElements(ISS);
const ask: PassesAsk = {
  latitudeDeg: 48.86,
  longitudeDeg: 2.35,
  altitudeM: 0,
  minElevationDeg: 10,
  hours: 24,
  frequencyGhz: 2,
};

describe("passes over a place", () => {
  it("start and end at the least elevation, in the order of time", () => {
    const { start, passes, lost } = passesOver(file, ask);
    expect(start).toBe("2024-02-14T12:25:11.155Z");
    expect(lost).toEqual([]);
    expect(passes.length).toBeGreaterThan(3);
    for (const { rise, culmination, set, durationS } of passes) {
      if (rise) expect(rise.elevationDeg).toBeCloseTo(10, 3);
      if (set) expect(set.elevationDeg).toBeCloseTo(10, 3);
      expect(culmination.elevationDeg).toBeGreaterThan(10);
      expect(durationS).toBeLessThan(11 * 60);
      expect(culmination.oneWayDelayMs).toBeCloseTo(culmination.rangeKm / 299.792458, 9);
    }
    const begins = passes.map(({ rise }) => rise?.at ?? start);
    expect(begins).toEqual(begins.toSorted());
  });

  it("have a Doppler in proportion to the carrier", () => {
    const [at2, at20] = [2, 20].map((frequencyGhz) => passesOver(file, { ...ask, frequencyGhz }).passes[1]);
    expect(at20.rise!.dopplerKhz).toBeCloseTo(10 * at2.rise!.dopplerKhz, 6);
    // 420 km: 2 GHz · 7.66 km/s · R/(R + h) · cos 10° / c = 47 kHz, the Earth's rotation apart
    expect(at2.rise!.dopplerKhz).toBeGreaterThan(35);
    expect(at2.rise!.dopplerKhz).toBeLessThan(52);
  });

  it("refuse places and objects that are not there, all at once", () => {
    const run = () => passesOver(file, { ...ask, latitudeDeg: 95, hours: 0, ids: ["5"], start: "soon" });
    expect(run).toThrow(BadInput);
    try {
      run();
    } catch (error) {
      const fields = (error as BadInput).problems.map(({ field }) => field);
      expect(fields).toEqual(["--latitude", "--hours", "--id", "--start"]);
    }
  });

  it("carry a UE's own speed: all of it towards the horizon, none of it at right angles", () => {
    const still = passesOver(file, ask).passes[1].rise!;
    const c = 299_792_458;
    const moving = (ueHeadingDeg: number) =>
      passesOver(file, { ...ask, ueSpeedKmh: 1200, ueHeadingDeg }).passes[1].rise!;
    const share = ((1200 / 3.6) * Math.cos((still.elevationDeg * Math.PI) / 180)) / c;
    const towards = moving(still.azimuthDeg);
    expect(towards.dopplerKhz).toBe(still.dopplerKhz);
    expect(towards.movingDopplerKhz! - still.dopplerKhz).toBeCloseTo(2e6 * share, 6);
    expect(moving(still.azimuthDeg - 180).movingDopplerKhz! - still.dopplerKhz).toBeCloseTo(-2e6 * share, 6);
    expect(moving(still.azimuthDeg - 90).movingDopplerKhz!).toBeCloseTo(still.dopplerKhz, 6);
    // 1,200 km/h against 7 km/s over 2,000 km: well under a tenth of the rate
    expect(towards.movingDopplerRateHzPerS! / still.dopplerRateHzPerS).toBeCloseTo(1, 0);
    expect(towards.movingDopplerRateHzPerS).not.toBe(still.dopplerRateHzPerS);
    // the round trip changes by 2·v·cos(elevation)/c less (TR 38.821 Table 7.1-1)
    expect(towards.roundTripDriftUsPerS! - still.roundTripDriftUsPerS!).toBeCloseTo(-2e6 * share, 6);
  });

  it("have delays over the feeder link where a gateway sees the satellite", () => {
    const here = { latitudeDeg: ask.latitudeDeg, longitudeDeg: ask.longitudeDeg, name: "here" };
    const far = { latitudeDeg: -48, longitudeDeg: -178 };
    const over = (list: object[]) =>
      passesOver(file, { ...ask, gateways: JSON.stringify(list) }).passes[1].culmination;
    const alone = passesOver(file, ask).passes[1].culmination;
    expect(alone.feeder).toBeUndefined();
    expect(alone.roundTripMs).toBeCloseTo(2 * alone.oneWayDelayMs, 9);
    // UE and gateway in one place: twice the service link, and the common timing advance is the UE's own
    const both = over([far, here]);
    expect(both.feeder).toMatchObject({ gateway: "here", commonTimingAdvanceTc: both.timingAdvanceTc });
    expect(both.roundTripMs).toBeCloseTo(4 * alone.oneWayDelayMs, 6);
    expect(both.roundTripDriftUsPerS).toBeCloseTo(2 * alone.roundTripDriftUsPerS!, 4);
    const none = over([far]);
    expect([none.feeder, none.roundTripMs, none.roundTripDriftUsPerS]).toEqual([null, null, null]);
    expect(none.dopplerKhz).toBe(alone.dopplerKhz);
  });

  it("leave no Doppler at the beam's centre, and more the farther the UE is from it", () => {
    const left = (km: number) =>
      Math.abs(
        passesOver(file, { ...ask, beamCentreDeg: [ask.latitudeDeg + km / 111.2, ask.longitudeDeg] })
          .passes[1].culmination.residualDopplerHz!,
      );
    expect(left(0)).toBeLessThan(1e-6);
    const near = left(10);
    expect(near).toBeGreaterThan(10);
    expect(left(20) / near).toBeCloseTo(2, 1);
    // 10 km across the sight of 7.66 km/s at 420 km or farther: at most 2 GHz · v/c · 10/420
    expect(near).toBeLessThan((2e9 * 7.66e3 * 10) / 420 / 299_792_458);
  });

  it("refuse half a motion, a centre of one number and gateways that are none", () => {
    const fields = (more: Partial<PassesAsk>) => {
      try {
        passesOver(file, { ...ask, ...more });
        return [];
      } catch (error) {
        return (error as BadInput).problems.map(({ field }) => field);
      }
    };
    expect(fields({ ueSpeedKmh: 5 })).toEqual(["--ue-heading-deg"]);
    expect(fields({ ueHeadingDeg: 5, beamCentreDeg: [1] })).toEqual(["--ue-speed-kmh", "--beam-centre"]);
    expect(fields({ gateways: "[]", beamCentreDeg: [91, 0] })).toEqual(["--beam-centre", "--gateways"]);
    expect(fields({ ueHeadingDeg: 5, ueSpeedKmh: 5, beamCentreDeg: [1, 2] })).toEqual([]);
  });

  it("are what the terminal prints", async () => {
    const folder = mkdtempSync(join(tmpdir(), "beamwalk-passes-"));
    const path = join(folder, "iss.tle");
    writeFileSync(path, ISS);
    const place = ["--latitude", "-33.9", "--longitude", "18.4"];
    const world = new FakeWorld();
    expect(await runTerminal(["passes", path, ...place, "--json"], world)).toBe(0);
    expect(JSON.parse(world.results).passes[0].id).toBe("25544");
    const text = new FakeWorld();
    expect(await runTerminal(["passes", path, ...place], text)).toBe(0);
    expect(text.results).toMatch(/culmination +2024-02-1/);
    const gateways = join(folder, "gateways.json");
    writeFileSync(gateways, '[{"latitudeDeg": -33.9, "longitudeDeg": 18.4, "name": "Cape"}]');
    const motion = ["--ue-speed-kmh", "500", "--ue-heading-deg", "90"];
    const more = [...place, ...motion, "--gateways", gateways, "--beam-centre=-33.5,18.4"];
    const full = new FakeWorld();
    expect(await runTerminal(["passes", path, ...more], full)).toBe(0);
    expect(full.results).toMatch(/gateway +feeder km +moving kHz +moving Hz\/s +residual Hz/);
    expect(full.results).toMatch(/culmination .* Cape /);
    expect(text.results).not.toMatch(/gateway|moving|residual/);
    const without = new FakeWorld();
    expect(await runTerminal(["passes", path], without)).toBe(2);
    expect(without.complaints).toMatch(/--latitude.*\n.*--longitude/);
    rmSync(folder, { recursive: true });
  });
});
