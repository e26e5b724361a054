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
    const without = new FakeWorld();
    expect(await runTerminal(["passes", path], without)).toBe(2);
    expect(without.complaints).toMatch(/--latitude.*\n.*--longitude/);
    rmSync(folder, { recursive: true });
  });
});
