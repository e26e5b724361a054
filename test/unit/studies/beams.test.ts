import { beforeEach, describe, expect, it } from "vitest";
import { payloadPresets } from "../../../src/main/host/terminal/beams.ts";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { beamsOf } from "../../../src/main/studies/beams.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { FakeWorld } from "../doors/fake-world.ts";

const presets = payloadPresets();
const named = (name: string) => presets.find((preset) => preset.name === name)!;
let world: FakeWorld;
beforeEach(() => void (world = new FakeWorld()));

describe("beams of the payloads of TR 38.821", () => {
  it.each(presets.map((preset) => [preset.name, preset] as const))(
    "%s has the published beamwidth and spacing",
    (_, preset) => {
      const { beamwidthDeg, spacingUv } = beamsOf(preset, 1);
      expect(Math.abs(beamwidthDeg - preset.beamwidthDeg)).toBeLessThan(1e-4);
      // the report prints 0.0668 and 0.0667 for one beamwidth
      expect(Math.abs(spacingUv - preset.spacingUv)).toBeLessThan(1.3e-4);
    },
  );

  it.each([
    ["leo-600-s-set1", 46.23],
    ["leo-1200-s-set1", 92.47],
    ["leo-600-ka-set1", 18.48],
    ["leo-600-s-set2", 92.67],
  ])("%s is 2·h·tan(HPBW/2) wide at nadir", (name, km) => {
    const { contour } = beamsOf(named(name), 1).beams[0];
    // the Earth falls away by under 1 % of the height at the edge of the widest
    expect(Math.abs((2 * contour!.semiMajorKm) / km - 1)).toBeLessThan(0.002);
    expect(contour!.semiMinorKm).toBeCloseTo(contour!.semiMajorKm, 1);
  });

  it("puts the central GEO beam at (0.107, 0) and 45° (TR 38.821 Table 6.1.1.1-6)", () => {
    const [centre] = beamsOf(named("geo-s-set1"), 7).beams;
    expect(centre.u).toBeCloseTo(0.107, 3);
    expect(centre.v).toBe(0);
    expect(centre.ground!.elevationDeg).toBeCloseTo(45, 6);
    expect(centre.ground!.latitudeDeg).toBeCloseTo(0, 9);
  });

  it("keeps all neighbours one spacing apart on the UV plane", () => {
    const { beams, spacingUv } = beamsOf(named("leo-1200-ka-set2"), 61, 60);
    for (const one of beams) {
      const nearest = Math.min(
        ...beams.filter((other) => other !== one).map(({ u, v }) => Math.hypot(u - one.u, v - one.v)),
      );
      expect(nearest).toBeCloseTo(spacingUv, 12);
    }
  });

  it("is a mirror image across the plane of the orbit", () => {
    const { beams } = beamsOf(named("leo-600-s-set2"), 19, 70);
    for (const one of beams) {
      const mirrored = beams.find(({ u, v }) => Math.abs(u - one.u) < 1e-9 && Math.abs(v + one.v) < 1e-9)!;
      expect(mirrored.ground!.latitudeDeg).toBeCloseTo(one.ground!.latitudeDeg, 9);
      expect(mirrored.ground!.longitudeDeg).toBeCloseTo(-one.ground!.longitudeDeg, 9);
      expect(mirrored.contour!.semiMajorKm).toBeCloseTo(one.contour!.semiMajorKm, 6);
    }
  });

  it("leaves v/c · sin(HPBW/2) of Doppler at the edge below the satellite", () => {
    // TR 38.821 Table 6.1.1.1-8 has 1.05 ppm for a beam of 50 km, which is 46.2 km at −3 dB
    const { contour } = beamsOf(named("leo-600-s-set1"), 1).beams[0];
    expect(Math.abs(contour!.residualDopplerPpm - (1.05 * 46.23) / 50)).toBeLessThan(0.01);
    expect(beamsOf(named("geo-s-set1"), 1).beams[0].contour!.residualDopplerPpm).toBe(0);
  });

  it("says which beams pass the limb", () => {
    const { beams } = beamsOf(named("geo-s-set2"), 127);
    const missing = beams.filter(({ ground }) => ground === null);
    expect(missing.length).toBeGreaterThan(0);
    // the Earth's half angle from GEO is asin(6378.137 / 42164.137)
    for (const { u, v } of missing) expect(Math.hypot(u, v)).toBeGreaterThan(6356.7 / 42_164.2);
    for (const { ground, contour } of beams) if (contour) expect(ground).not.toBeNull();
  });

  it("refuses other counts and elevations", () => {
    expect(() => beamsOf(named("geo-s-set1"), 20, 95)).toThrow(BadInput);
  });

  it("is what the terminal prints", async () => {
    const args = ["beams", "--preset", "leo-600-s-set1", "--count", "19"];
    expect(await runTerminal([...args, "--json"], world)).toBe(0);
    expect(JSON.parse(world.results).beams.length).toBe(19);
    world = new FakeWorld();
    expect(await runTerminal(args, world)).toBe(0);
    expect(world.results).toContain("published 4.4127");
    world = new FakeWorld();
    expect(await runTerminal(["beams", "--preset", "meo"], world)).toBe(2);
    expect(world.complaints).toContain("leo-1200-ka-set2");
  });
});
