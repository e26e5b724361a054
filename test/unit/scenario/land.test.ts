import { createRequire } from "node:module";
import { feature } from "topojson-client";
import { describe, expect, it } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { Random } from "../../../src/main/math/random.ts";
import { loadLand } from "../../../src/main/scenario/land.ts";
import { onLand } from "../../../src/main/simulation/settlement.ts";

const land = loadLand();
const at = (latitudeDeg: number, longitudeDeg: number) => onLand(land, latitudeDeg * DEG, longitudeDeg * DEG);

const topology = createRequire(import.meta.url)("world-atlas/land-50m.json");
const polygons = feature(topology, topology.objects.land).features.flatMap((f) => f.geometry.coordinates);

/** A step of longitude, the short way round. */
const short = (step: number) => step - 360 * Math.round(step / 360);

/** Share of the sphere inside a ring, from Green's theorem on the cylinder of equal areas. */
function shareOf(ring: number[][]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const height = (Math.sin(ring[i - 1][1] * DEG) + Math.sin(ring[i][1] * DEG)) / 2 + 1;
    sum += short(ring[i][0] - ring[i - 1][0]) * DEG * height;
  }
  return Math.abs(sum) / (4 * Math.PI);
}

/** Even-odd eastward along the parallel, in the plane, for a ring that is not around a pole. */
function inRing(ring: number[][], latitude: number, longitude: number): boolean {
  let inside = false;
  let west = ring[0][0] - longitude;
  for (let i = 1; i < ring.length; i++) {
    const east = west + short(ring[i][0] - ring[i - 1][0]);
    const [from, to] = [ring[i - 1][1], ring[i][1]];
    if (from > latitude !== to > latitude) {
      const crossing = west + ((latitude - from) / (to - from)) * (east - west);
      for (const turn of [-360, 0, 360]) if (crossing + turn > 0) inside = !inside;
    }
    west = east;
  }
  return inside;
}

describe("the land mask", () => {
  it("knows land", () => {
    expect(at(48.86, 2.35), "Paris").toBe(true);
    expect(at(-23.7, 133.9), "Alice Springs").toBe(true);
    expect(at(72, -40), "Greenland").toBe(true);
    expect(at(64.96, -19.02), "Iceland").toBe(true);
    expect(at(-18.77, 46.87), "Madagascar").toBe(true);
  });

  it("knows the sea, the Caspian among it", () => {
    expect(at(30, -40), "Atlantic").toBe(false);
    expect(at(0, 0), "Gulf of Guinea").toBe(false);
    expect(at(35.5, 18), "Mediterranean").toBe(false);
    expect(at(41.5, 51), "Caspian Sea").toBe(false);
    expect(at(43, 34), "Black Sea").toBe(false);
    expect(at(60, -85), "Hudson Bay").toBe(false);
  });

  it("is right on both sides of the antimeridian and on it", () => {
    expect(at(-17.8, 178), "Viti Levu, Fiji").toBe(true);
    expect(at(71.2, 180), "Wrangel Island").toBe(true);
    expect(at(71.2, -180), "Wrangel Island").toBe(true);
    expect(at(71.2, 179.5), "Wrangel Island, east").toBe(true);
    expect(at(71.2, -178.5), "Wrangel Island, west").toBe(true);
    expect(at(67, 179.5), "Chukotka").toBe(true);
    expect(at(67, -179.5), "Chukotka").toBe(true);
    expect(at(0, 180), "Pacific").toBe(false);
    expect(at(0, -180), "Pacific").toBe(false);
    expect(at(-17.8, 178 - 360), "a turn further west").toBe(true);
  });

  it("has land at the South Pole and sea at the North Pole, whatever the longitude", () => {
    for (let longitude = -180; longitude <= 180; longitude += 7.5) {
      expect(at(-90, longitude)).toBe(true);
      expect(at(-88, longitude)).toBe(true);
      expect(at(90, longitude)).toBe(false);
      expect(at(86, longitude)).toBe(false);
    }
  });

  it("covers 29 % of the Earth, and what its polygons enclose", () => {
    let share = 0;
    let total = 0;
    for (let row = 0; row < land.rows; row++) {
      const weight = Math.cos((90 - ((row + 0.5) * 180) / land.rows) * DEG);
      for (let column = 0; column < land.columns; column++) {
        const bit = row * land.columns + column;
        share += weight * ((land.bits[bit >> 3] >> (bit & 7)) & 1);
      }
      total += weight * land.columns;
    }
    expect(Math.abs(share / total - 0.29)).toBeLessThan(0.01);
    const enclosed = polygons.reduce(
      (sum, [outer, ...holes]) => sum + shareOf(outer) - holes.reduce((s, hole) => s + shareOf(hole), 0),
      0,
    );
    expect(Math.abs(share / total - enclosed)).toBeLessThan(2e-5);
  });

  it("agrees with a naive test of each polygon at the middles of cells drawn at random", () => {
    const random = new Random(1, "cells");
    const northern = polygons.filter((polygon) => polygon[0].every(([, latitude]) => latitude > -62));
    let wrong = 0;
    let found = 0;
    for (let i = 0; i < 1000; i++) {
      const latitude = 90 - 0.1 * (random.below(1500) + 0.5);
      const longitude = -180 + 0.1 * (random.below(3600) + 0.5);
      const inside = northern.flat().filter((ring) => inRing(ring, latitude, longitude)).length % 2 === 1;
      if (inside) found++;
      if (inside !== at(latitude, longitude)) wrong++;
    }
    expect(wrong).toBe(0);
    expect(found).toBeGreaterThan(200);
  });

  it("is made once", () => {
    expect(loadLand()).toBe(land);
  });
});
