import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  Cartesian3,
  JulianDate,
  Matrix3,
  Simon1994PlanetaryPositions,
  TimeInterval,
  Transforms,
} from "cesium";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { NIGHT, softenNight } from "../../../src/renderer/globe/daylight.ts";

const cesiumFile = (path: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`@cesium/engine/Source/${path}`), "utf8");

const DEG = Math.PI / 180;

/** Where the sun of the globe's light stands in the zenith, by the way that Cesium goes for it. */
async function subSolarPoint(iso: string): Promise<{ latitudeDeg: number; longitudeDeg: number }> {
  const time = JulianDate.fromIso8601(iso);
  await Transforms.preloadIcrfFixed(new TimeInterval({ start: time, stop: time }));
  const turn = Transforms.computeIcrfToFixedMatrix(time)!;
  const sun = Simon1994PlanetaryPositions.computeSunPositionInEarthInertialFrame(time);
  const { x, y, z } = Matrix3.multiplyByVector(turn, sun, new Cartesian3());
  return { latitudeDeg: Math.asin(z / Math.hypot(x, y, z)) / DEG, longitudeDeg: Math.atan2(y, x) / DEG };
}

// the page has these tables of the Earth's axis among its own files
beforeAll(() => {
  vi.stubGlobal("CESIUM_BASE_URL", "http://page.test/");
  vi.stubGlobal("fetch", (url: string) =>
    Promise.resolve(new Response(cesiumFile(new URL(url).pathname.slice(1)))),
  );
});
afterAll(() => vi.unstubAllGlobals());

describe("the sun over the globe", () => {
  /**
   * Instants of the seasons (Astronomical Applications Department of the US Naval Observatory, "Earth's Seasons"): the
   * declination is that of the obliquity, 23.436°, or none; tabulated to the minute, in which it changes by 0.0003°.
   */
  it.each([
    ["2024-03-20T03:06:00Z", 0],
    ["2024-06-20T20:51:00Z", 23.436],
    ["2024-09-22T12:44:00Z", 0],
    ["2024-12-21T09:20:00Z", -23.436],
    ["2026-06-21T08:24:00Z", 23.436],
  ])("stands over the right parallel at %s", async (iso, declinationDeg) => {
    const { latitudeDeg } = await subSolarPoint(iso);
    expect(Math.abs(latitudeDeg - declinationDeg)).toBeLessThan(0.02);
  });

  /** Greatest equations of time of a year, −14 min 15 s near 11 February and +16 min 25 s near 3 November; ±10 s is 0.04°. */
  it.each([
    ["2024-02-11T12:00:00Z", -(14 * 60 + 15)],
    ["2024-11-03T12:00:00Z", 16 * 60 + 25],
  ])("stands over the right meridian at %s", async (iso, equationS) => {
    const { longitudeDeg } = await subSolarPoint(iso);
    expect(Math.abs(longitudeDeg + equationS / 240)).toBeLessThan(0.05);
  });
});

describe("the night on the globe", () => {
  const shader = cesiumFile("Shaders/GlobeFS.glsl");

  it("keeps half of the light of the day, near and far alike, by the formula of Cesium's shader", () => {
    expect(shader).toContain(
      "clamp(czm_getLambertDiffuse(czm_lightDirectionEC, normalEC) * 5.0 + 0.3, 0.0, 1.0)",
    );
    expect(shader).toContain("clamp((cameraDist - fadeOutDist) / (fadeInDist - fadeOutDist), 0.0, 1.0)");
    expect(shader).toContain("diffuseIntensity = mix(1.0, diffuseIntensity, fade)");
    const globe = { lightingFadeInDistance: 0, lightingFadeOutDistance: 0 };
    softenNight(globe);
    const { lightingFadeOutDistance: out, lightingFadeInDistance: into } = globe;
    for (const camera of [1e4, 1e6, 3e7, 1e9]) {
      const fade = Math.min(1, Math.max(0, (camera - out) / (into - out)));
      expect(1 + (0.3 - 1) * fade).toBeCloseTo(NIGHT, 2);
    }
    expect(NIGHT).toBeGreaterThanOrEqual(0.45);
  });
});
