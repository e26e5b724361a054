import { beforeEach, describe, expect, test } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { FakeWorld } from "./fake-world.ts";

let world: FakeWorld;
const beamwalk = (...args: string[]) => runTerminal(args, world);
const json = () => JSON.parse(world.results);
beforeEach(() => void (world = new FakeWorld()));

describe("beamwalk link", () => {
  test("prints the study cases of TR 38.821 within 0.15 dB of the published C/N, cnDb last", async () => {
    for (const [name, published] of [
      ["SC6", 8.5],
      ["SC9", 6.6],
    ] as const) {
      world = new FakeWorld();
      expect(await beamwalk("link", "--case", name, "--json")).toBe(0);
      expect(Math.abs(json().cnDb - published)).toBeLessThan(0.15);
      expect(Object.keys(json()).at(-1)).toBe("cnDb");
    }
  });

  test("takes every case in both directions", async () => {
    for (let n = 1; n <= 30; n++)
      for (const direction of ["down", "up"]) {
        world = new FakeWorld();
        expect(await beamwalk("link", "--case", `SC${n}`, "--direction", direction, "--json")).toBe(0);
        expect(json()).toMatchObject({ case: `SC${n}`, direction });
        expect(Number.isFinite(json().cnDb)).toBe(true);
      }
  });

  test("takes free parameters, also negative ones, and gives the waterfall as text", async () => {
    const free =
      "--altitude-km 600 --elevation-deg 30 --frequency-ghz 2 --eirp-dbw 48.77 --gt-dbk -31.6 --bandwidth-mhz 30";
    const losses = "--shadow-db 3 --scintillation-db 2.2 --gas-db 0.1";
    expect(await beamwalk("link", ...free.split(" "), ...losses.split(" "))).toBe(0);
    expect(world.results).toMatch(/^− +freeSpaceLossDb +159\.097 +dB$/m);
    expect(world.results.trim().split("\n").at(-1)).toMatch(/^= +cnDb +6\.6\d\d +dB$/);
  });

  test("replaces values of a study case", async () => {
    await beamwalk("link", "--case", "SC6", "--elevation-deg", "90", "--json");
    expect(json().slantRangeKm).toBeCloseTo(600, 9);
  });

  test("adds rain when it gets rate, height and latitude, and not before", async () => {
    const rain = ["--rain-rate-mmh", "30", "--rain-height-km", "4", "--latitude-deg", "45"];
    expect(await beamwalk("link", "--case", "SC6", ...rain, "--json")).toBe(0);
    expect(json().rainLossDb).toBeGreaterThan(1);
    world = new FakeWorld();
    expect(await beamwalk("link", "--case", "SC6", ...rain.slice(0, 4))).toBe(2);
    expect(world.complaints).toContain("--latitude-deg");
  });

  test("switches losses off by name, marks them and keeps cnDb last", async () => {
    await beamwalk("link", "--case", "SC9", "--without", "shadow,scintillation");
    expect(world.results).toMatch(/^− +shadowMarginDb +0\.000 +dB \(off\)$/m);
    expect(world.results).toMatch(/^− +gasLossDb +0\.070 +dB$/m);
    world = new FakeWorld();
    await beamwalk("link", "--case", "SC9", "--without", "shadow,scintillation", "--scs-khz", "15", "--json");
    expect(json()).toMatchObject({
      without: ["shadow", "scintillation"],
      shadowMarginDb: 0,
      scintillationLossDb: 0,
    });
    expect(json()).toHaveProperty("throughputMbps");
    expect(Object.keys(json()).at(-1)).toBe("cnDb");
    world = new FakeWorld();
    expect(await beamwalk("link", "--case", "SC9", "--without", "gas,fog")).toBe(2);
    expect(world.complaints).toContain("fog");
  });

  test("takes EIRP density and the receiver's parts, and refuses them beside EIRP and G/T", async () => {
    const free = "--altitude-km 600 --elevation-deg 30 --frequency-ghz 20 --bandwidth-mhz 400".split(" ");
    const parts = "--rx-gain-dbi 39.7 --noise-figure-db 1.2 --antenna-temperature-k 150".split(" ");
    const density = ["--eirp-density-dbw-mhz", "4"];
    expect(await beamwalk("link", ...free, ...density, ...parts, "--json")).toBe(0);
    const own = json();
    world = new FakeWorld();
    await beamwalk("link", "--case", "SC6", "--json");
    expect(own.cnDb).toBeCloseTo(json().cnDb, 10);
    world = new FakeWorld();
    const both = ["--eirp-dbw", "30", "--gt-dbk", "15.9"];
    expect(await beamwalk("link", ...free, ...density, ...parts, ...both, "--json")).toBe(2);
    const fields = JSON.parse(world.complaints).problems.map(({ field }: { field: string }) => field);
    expect(fields).toEqual([
      "--eirp-density-dbw-mhz",
      "--rx-gain-dbi",
      "--noise-figure-db",
      "--antenna-temperature-k",
    ]);
  });

  test("replaces a study case's receiver by a G/T, or parts of it", async () => {
    await beamwalk("link", "--case", "SC9", "--gt-dbk", "-30", "--json");
    expect(json().gOverTDbPerK).toBe(-30);
    expect(json()).not.toHaveProperty("carrierPowerDbw");
    world = new FakeWorld();
    await beamwalk("link", "--case", "SC9", "--noise-figure-db", "9", "--json");
    // at 290 K the noise figure goes into G/T dB by dB: 0 − 9 − 24.624
    expect(json().gOverTDbPerK).toBeCloseTo(-33.624, 3);
  });

  test("names every missing and every wrong option at once, each once", async () => {
    expect(await beamwalk("link", "--altitude-km", "x", "--clutter", "jungle", "--json")).toBe(2);
    const fields = JSON.parse(world.complaints).problems.map(({ field }: { field: string }) => field);
    expect(fields).toEqual([
      "--altitude-km",
      "--clutter",
      "--elevation-deg",
      "--frequency-ghz",
      "--bandwidth-mhz",
      "--eirp-dbw",
      "--gt-dbk",
    ]);
  });
});

describe("beamwalk reference", () => {
  test("passes whole, with a summary line for each group and for all", async () => {
    expect(await beamwalk("reference")).toBe(0);
    expect(world.results).toMatch(/^SGP4: (\d+) of \1 pass$/m);
    expect(world.results.trim().split("\n").at(-1)).toMatch(/^(\d+) of \1 pass; \d+ of them \(OWN\)/);
    expect(world.results).not.toContain("FAIL");
  });

  test("says which rate of mass handover the report uses, for five diameters, and names what is its own", async () => {
    await beamwalk("reference");
    const lines = world.results.split("\n");
    expect(
      lines.filter((line) => /^ {2}- .*snapshot N·v\/D.*this is what the report uses/.test(line)),
    ).toHaveLength(1);
    expect(world.results).toMatch(/^ {2}- .*steady state: not what the report uses/m);
    world = new FakeWorld();
    await beamwalk("reference", "--json");
    const rows = json().rows as {
      quantity: string;
      source: string;
      label: string;
      ours: number;
      published: number;
    }[];
    for (const [what, km, value] of [
      ["time to handover", 1000, 132.28],
      ["simulated handovers out of a cell, snapshot", 500, 990.6],
      ["simulated handovers out of a cell, steady state", 100, 6306.7],
    ] as const) {
      const row = rows.find(({ quantity }) => quantity.startsWith(what) && quantity.endsWith(` ${km}`))!;
      expect(row.published).toBe(value);
      expect(row.label).toBe("OWN");
      expect(row.source).not.toContain("TR 38");
    }
    // simulated: near the closed form, and not the closed form
    const simulated = rows.filter(({ quantity }) => quantity.startsWith("simulated"));
    expect(simulated).toHaveLength(10);
    for (const { ours, published } of simulated) {
      expect(Math.abs(ours / published - 1)).toBeLessThan(0.01);
      expect(Math.abs(ours / published - 1)).toBeGreaterThan(1e-6);
    }
  });

  test("has the rows as JSON", async () => {
    expect(await beamwalk("reference", "--json")).toBe(0);
    expect(json().rows.length).toBe(json().total);
    expect(json().rows[0]).toEqual({
      group: "SGP4",
      quantity: expect.any(String),
      table: expect.any(String),
      source: expect.stringContaining("AIAA 2006-6753"),
      label: "SRC",
      published: 7022.46529266,
      ours: expect.closeTo(7022.46529266, 7),
      unit: "km",
      tolerance: 2e-7,
      relative: false,
      note: expect.stringContaining("TEME"),
      pass: true,
    });
  });

  test.each(["link", "reference"])("%s explains itself with an example", async (command) => {
    expect(await beamwalk(command, "--help")).toBe(0);
    expect(world.results).toContain(`Example:\n  beamwalk ${command}`);
    expect(world.results).toContain("--json");
  });
});
