import { describe, expect, it } from "vitest";
import { missionOf, satelliteWorld } from "../../../../src/main/studies/paper-c/satellite.ts";
import {
  driveRoads,
  pathLossDb,
  terrestrialWorld,
} from "../../../../src/main/studies/paper-c/terrestrial.ts";
import { sinrDb, strongest } from "../../../../src/main/studies/paper-c/world.ts";
import { setUp } from "../../../builders/shards.ts";

describe("the terrestrial world", () => {
  it("is the same for the same seed, and another for another", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => terrestrialWorld(seed, 3, 10, 0.2));
    expect(a).toEqual(b);
    expect(c.level).not.toEqual(a.level);
  });

  it("keeps UEs on the roads at one speed", () => {
    const { road, along } = driveRoads(3, 5, 2000, 0.2);
    const moved = Array.from({ length: 1999 }, (_, i) => Math.abs(along[i + 1] - along[i]));
    const straight = moved.filter((_, i) => road[i] === road[i + 1]);
    const stride = Math.max(...straight);
    expect(stride).toBeGreaterThan(10 * 0.2 - 1e-9);
    expect(stride).toBeLessThan(25 * 0.2 + 1e-9);
    expect(straight.filter((gap) => Math.abs(gap - stride) > 1e-9).length).toBeLessThan(straight.length / 20);
    expect(Math.min(...along)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...along)).toBeLessThanOrEqual(8 * 130);
    expect(new Set(road).size).toBeGreaterThan(5);
  });

  it("has shadows that belong to the place: two UEs at one spot hear the same", () => {
    const seed = 4;
    const world = terrestrialWorld(seed, 20, 100, 0.2);
    const seen = new Map<string, { ue: number; step: number }>();
    let pairs = 0;
    for (let ue = 0; ue < 20; ue++) {
      const { road, along } = driveRoads(seed, ue, world.steps, 0.2);
      for (let step = 0; step < world.steps; step++) {
        const spot = `${road[step]} ${Math.round(2 * along[step])}`;
        const other = seen.get(spot);
        seen.set(spot, { ue, step });
        if (!other || other.ue === ue) continue;
        pairs++;
        const here = world.level[ue].subarray(step * 7, step * 7 + 7);
        const there = world.level[other.ue].subarray(other.step * 7, other.step * 7 + 7);
        // within half a metre: shadows of 6 dB over 50 m differ by 6·√(2·0.5/50) = 0.8 dB
        here.forEach((dbm, site) => expect(Math.abs(dbm - there[site])).toBeLessThan(5));
      }
    }
    expect(pairs).toBeGreaterThan(20);
  });

  it("has the path loss of TR 38.901 for the urban macro cell", () => {
    // Table 7.4.1-1 by hand: 13.54 + 39.08·log10(500) + 20·log10(3.5)
    expect(pathLossDb(500)).toBeCloseTo(129.9, 1);
  });
});

describe("the satellite world", () => {
  it("hears what the simulation's own run hears", () => {
    const world = satelliteWorld(1, 3, 4, 0.2);
    const { shard } = setUp(missionOf(1, 3, 4, 0.2));
    const { frames } = shard(0, 3).run(0, 4);
    for (let second = 0; second < 4; second++)
      for (let ue = 0; ue < 3; ue++) {
        const count = world.cells[ue];
        const row = world.level[ue].subarray(5 * second * count, (5 * second + 1) * count);
        const served = frames.rsrp[3 * second + ue] / 100;
        expect(Math.min(...row.map((dbm) => Math.abs(dbm - served)))).toBeLessThan(0.006);
      }
  });

  it("leaves every UE a cell that can serve it", () => {
    const world = satelliteWorld(2, 10, 4, 0.2);
    for (let ue = 0; ue < 10; ue++)
      for (let step = 0; step < world.steps; step++) {
        const best = strongest(world.level[ue], step * world.cells[ue], world.cells[ue]);
        expect(sinrDb(world, ue, step, best)).toBeGreaterThan(-8);
      }
  });
});
