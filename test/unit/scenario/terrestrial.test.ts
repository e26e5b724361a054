import { describe, expect, it } from "vitest";
import { haversine } from "../../../src/main/math/wgs84.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { siteCount } from "../../../src/main/scenario/terrestrial.ts";
import type { ScenarioInput } from "../../../src/shared/scenario.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const DEG = Math.PI / 180;
type Section = NonNullable<ScenarioInput["terrestrial"]>;
const compile = (terrestrial: Section) => {
  const scenario = scenarioOf({ terrestrial });
  return { scenario, layer: compileMission(scenario, null).terrestrial! };
};
const grid = (rings: number): Section["layout"] => ({
  kind: "hexagon",
  latitudeDeg: 46,
  longitudeDeg: 179.99,
  rings,
  interSiteKm: 2,
});

describe("sites on the ground", () => {
  it("are none where the scenario names none", () => {
    expect(compileMission(scenarioOf(), null).terrestrial).toBeNull();
  });

  it.each([0, 1, 2, 4])(
    "stand in %d rings, neighbours as far apart as said and on different channels",
    (rings) => {
      const { scenario, layer } = compile({ layout: grid(rings), frequencyReuse: 3 });
      const { sites } = layer;
      expect(sites).toHaveLength(siteCount(scenario.terrestrial!));
      let pairs = 0;
      sites.forEach((a, i) =>
        sites.slice(i + 1).forEach((b) => {
          const away = haversine(a.latitude, a.longitude, b.latitude, b.longitude) / 2000;
          expect(away).toBeGreaterThan(0.999);
          if (away > 1.01) return;
          expect(a.colour).not.toBe(b.colour);
          pairs++;
        }),
      );
      // every site of a hexagonal grid has six neighbours, less at the rim
      expect(pairs).toBe(9 * rings * rings + 3 * rings);
      for (const { longitude } of sites) expect(Math.abs(longitude)).toBeLessThanOrEqual(Math.PI);
    },
  );

  it("share one channel without reuse, and are coloured in turn where they are listed", () => {
    const sites = [0, 0.02, 0.04, 0.06].map((longitudeDeg) => ({ latitudeDeg: 10, longitudeDeg }));
    const colours = (frequencyReuse: 1 | 3) =>
      compile({ layout: { kind: "list", sites }, frequencyReuse }).layer.sites.map((site) => site.colour);
    expect(colours(1)).toEqual([0, 0, 0, 0]);
    expect(colours(3)).toEqual([0, 1, 2, 0]);
  });

  it("are in SI, with the antenna height of their surroundings where none is given", () => {
    const layout = { kind: "list" as const, sites: [{ latitudeDeg: 10, longitudeDeg: 20 }] };
    expect(compile({ layout }).layer).toEqual({
      sites: [{ latitude: 10 * DEG, longitude: 20 * DEG, colour: 0 }],
      surroundings: "rural",
      frequencyHz: 3.5e9,
      bandwidthHz: 20e6,
      reuse: 1,
      eirpDbm: 57,
      heightM: 35,
      drawLineOfSight: true,
      shadowing: true,
      offsetDb: 0,
    });
    expect(compile({ layout, surroundings: "urban" }).layer.heightM).toBe(25);
    expect(compile({ layout, antennaHeightM: 60, lineOfSight: "always" }).layer).toMatchObject({
      heightM: 60,
      drawLineOfSight: false,
    });
  });
});
