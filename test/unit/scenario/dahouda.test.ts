import { describe, expect, it } from "vitest";
import { GM_EARTH } from "../../../src/main/math/constants.ts";
import { loadBundled } from "../../../src/main/scenario/bundled.ts";
import { ALTITUDE_KM, cellCentres, cost, MARK_S, refit, residuals, TABLE_2, type Fit } from "./dahoudaFit.ts";

const { scenario } = loadBundled("dahouda-2023");
const { constellation, payload, time } = scenario;
if (constellation.kind !== "circular" || payload.kind !== "circular-cells")
  throw new Error("another scenario");
const [satellite] = constellation.satellites;
const startMs = Date.parse(time.start as string);
const file: Fit = [
  satellite.inclinationDeg,
  satellite.raanDeg,
  satellite.argumentOfLatitudeDeg,
  payload.cellSpacingKm,
];

/** Speed of a circular orbit [km/s]. */
const speed = (altitudeKm: number) => Math.sqrt(GM_EARTH / (6_378_137 + altitudeKm * 1000)) / 1000;

describe("dahouda-2023", () => {
  it("flies the paper's altitude with its three cells of 250 km at 120 s", () => {
    expect(satellite.altitudeKm).toBe(ALTITUDE_KM);
    expect(time.markS).toBe(MARK_S);
    expect(scenario.users.placement).toEqual({ kind: "cells", atS: MARK_S });
    expect([payload.layout, payload.beams, payload.cellDiameterKm]).toEqual(["row", 3, 250]);
  });

  it("stands at the least-squares optimum of inclination, node, argument of latitude and spacing", () => {
    const best = refit(file, startMs);
    console.log(`refit: ${best.map((x) => x.toFixed(6)).join(", ")}; file: ${file.join(", ")}`);
    best.forEach((value, i) => expect(Math.abs(value - file[i])).toBeLessThan(2e-6));
    expect(cost(file, startMs)).toBeLessThan(cost(best, startMs) + 1e-9);
    // from elsewhere the same optimum is found
    refit([28.5, file[1] + 0.5, file[2] - 0.5, 170], startMs).forEach((value, i) =>
      expect(value).toBeCloseTo(best[i], 5),
    );
  });

  it("has its cell centres within 0.1° of Table 2, the first one ahead and northernmost", () => {
    const centres = cellCentres(file, startMs);
    const r = residuals(file, startMs);
    const off = TABLE_2.map((_, k) => Math.hypot(r[2 * k], r[2 * k + 1]));
    console.log(
      centres
        .map((c, k) => `${c.map((x) => x.toFixed(4)).join(", ")} is ${off[k].toFixed(4)}° off`)
        .join("\n"),
    );
    for (const distance of off) expect(distance).toBeLessThan(0.1);
    expect(centres[0][0]).toBeGreaterThan(centres[1][0]);
    expect(centres[1][0]).toBeGreaterThan(centres[2][0]);
  });

  it("leaves what no even row can fit: the misfit is that of Table 2's own points", () => {
    // three evenly spaced points on a line fit best when the middle one takes 2/3 of its distance from the mean of the others
    const [a, b, c] = TABLE_2;
    const bend = Math.hypot(b[0] - (a[0] + c[0]) / 2, b[1] - (a[1] + c[1]) / 2);
    const r = residuals(file, startMs);
    expect(Math.hypot(r[2], r[3])).toBeCloseTo((2 / 3) * bend, 3);
    expect(Math.hypot(r[0], r[1])).toBeCloseTo(bend / 3, 3);
  });

  it("says that 300 km means 7.73 km/s where the paper states 7.56, the figure of 600 km", () => {
    console.log(`circular: ${speed(300).toFixed(3)} km/s at 300 km, ${speed(600).toFixed(3)} km/s at 600 km`);
    expect(speed(300)).toBeCloseTo(7.73, 2);
    expect(speed(600)).toBeCloseTo(7.56, 2);
    expect(scenario.assumptions.join(" ")).toMatch(/7\.73 km\/s.*7\.56 km\/s/);
  });
});
