import fs from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { loadPlaces } from "../../../src/main/scenario/places.ts";

const box = (south: number, north: number, west: number, east: number) => ({
  south: south * DEG,
  north: north * DEG,
  west: west * DEG,
  east: east * DEG,
});

describe("places", () => {
  it("reads the file of cities on the first question and never again", async () => {
    vi.resetModules();
    const { loadPlaces: load } = await import("../../../src/main/scenario/places.ts");
    const reading = vi.spyOn(fs, "readFileSync");
    const reads = () => reading.mock.calls.filter(([path]) => String(path).endsWith("cities.pbf")).length;
    expect(reads()).toBe(0);
    load(box(48, 49, 2, 3), 1000);
    expect(reads()).toBe(1);
    load(box(51, 52, -1, 1), 1000);
    expect(reads()).toBe(1);
    reading.mockRestore();
  });

  it("knows Paris where it is, with its people", () => {
    const places = loadPlaces(box(48.5, 49.2, 2, 3), 1_000_000);
    expect(places.name).toEqual(["Paris"]);
    // GeoNames 2988507: 48.85341 N, 2.3488 E, 2,138,551
    expect(places.latitude[0] / DEG).toBeCloseTo(48.85341, 5);
    expect(places.longitude[0] / DEG).toBeCloseTo(2.3488, 5);
    expect(places.population[0]).toBe(2_138_551);
  });

  it("takes no place outside the box or below the least population, and all others", () => {
    const whole = loadPlaces(box(-90, 90, -180, 180), 20_000);
    const part = loadPlaces(box(35, 60, -10, 30), 50_000);
    const wanted: string[] = [];
    for (let i = 0; i < whole.count; i++) {
      const latitude = whole.latitude[i] / DEG;
      const longitude = whole.longitude[i] / DEG;
      const inside = latitude >= 35 && latitude <= 60 && longitude >= -10 && longitude <= 30;
      if (inside && whole.population[i] >= 50_000) wanted.push(whole.name[i]);
    }
    expect(wanted.length).toBeGreaterThan(500);
    expect(part.name).toEqual(wanted);
    expect(part.count).toBe(wanted.length);
    expect([part.latitude.length, part.longitude.length, part.population.length]).toEqual([
      part.count,
      part.count,
      part.count,
    ]);
  });

  it("follows a box across the antimeridian", () => {
    const across = loadPlaces(box(-20, -12, 176, -170), 1000);
    // Suva lies in 178.4° E, Apia in 171.8° W; Nouméa (166° E) and Papeete (150° W) are outside
    expect(across.name).toContain("Suva");
    expect(across.name).toContain("Apia");
    const east = loadPlaces(box(-20, -12, 176, 180), 1000);
    const west = loadPlaces(box(-20, -12, -180, -170), 1000);
    expect([...across.name].sort()).toEqual([...east.name, ...west.name].sort());
  });

  it("leaves out the sections of a town, whose people the town counts itself", () => {
    // Rohini, a section of Delhi, is listed with 860,000 people beside Delhi
    const delhi = loadPlaces(box(28.4, 28.9, 76.9, 77.4), 500_000);
    expect(delhi.name).toContain("Delhi");
    expect(delhi.name).not.toContain("Rohini");
  });

  it("has people in every place, 3 thousand million together", () => {
    const whole = loadPlaces(box(-90, 90, -180, 180), 0);
    expect(whole.population.every((people) => people > 0)).toBe(true);
    const people = whole.population.reduce((sum, p) => sum + p);
    expect(people).toBeGreaterThan(2.5e9);
    expect(people).toBeLessThan(3.5e9);
  });

  it("is empty in the open ocean", () => {
    expect(loadPlaces(box(-45, -40, -130, -120), 0)).toEqual({
      count: 0,
      name: [],
      latitude: new Float64Array(),
      longitude: new Float64Array(),
      population: new Float64Array(),
    });
  });
});
