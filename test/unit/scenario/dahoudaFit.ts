import { DEG } from "../../../src/main/math/constants.ts";
import { gmst, temeToEcef } from "../../../src/main/orbit/frames.ts";
import { createPropagator } from "../../../src/main/orbit/propagator.ts";
import { destination, ecefToGeodetic } from "../../../src/main/math/wgs84.ts";

/** Table 2 of Dahouda et al. 2023 (doi 10.3390/electronics12081759): centroids [deg], the leading cell first. */
export const TABLE_2 = [
  [1.22293499, -114.66066589],
  [0.51339138, -116.18096421],
  [-0.4651767, -117.6435267],
] as const;

export const ALTITUDE_KM = 300;
export const MARK_S = 120;

/** inclination, node, argument of latitude [deg], spacing of the cells [km] */
export type Fit = [number, number, number, number];

/** Centres of a row of three cells [deg] at the mark: ahead along the ground track, below the satellite, behind. */
export function cellCentres([inclinationDeg, raanDeg, latitudeArgumentDeg, spacingKm]: Fit, startMs: number) {
  const orbit = createPropagator(
    {
      kind: "kepler",
      id: "leo",
      name: "leo",
      semiMajorAxisM: 6_378_137 + ALTITUDE_KM * 1000,
      eccentricity: 0,
      inclination: inclinationDeg * DEG,
      raan: raanDeg * DEG,
      argumentOfPerigee: 0,
      meanAnomaly: latitudeArgumentDeg * DEG,
    },
    startMs,
  );
  const state = new Float64Array(6);
  orbit.teme(state, 0, MARK_S);
  temeToEcef(state, 0, state, 0, gmst(startMs + MARK_S * 1000));
  const below = new Float64Array(3);
  ecefToGeodetic(below, 0, state[0], state[1], state[2]);
  const [latitude, longitude] = below;
  const outward = Math.cos(longitude) * state[3] + Math.sin(longitude) * state[4];
  const east = Math.cos(longitude) * state[4] - Math.sin(longitude) * state[3];
  const north = Math.cos(latitude) * state[5] - Math.sin(latitude) * outward;
  const azimuth = Math.atan2(east, north);
  return [1, 0, -1].map((offset) => {
    const centre = new Float64Array(2);
    destination(centre, 0, latitude, longitude, azimuth, offset * spacingKm * 1000);
    return [centre[0] / DEG, centre[1] / DEG];
  });
}

/** Six residuals [deg on the ground]: latitude and longitude of each centre less Table 2. */
export function residuals(fit: Fit, startMs: number): number[] {
  return cellCentres(fit, startMs).flatMap(([latitude, longitude], k) => [
    latitude - TABLE_2[k][0],
    (longitude - TABLE_2[k][1]) * Math.cos(TABLE_2[k][0] * DEG),
  ]);
}

export const cost = (fit: Fit, startMs: number) => residuals(fit, startMs).reduce((sum, r) => sum + r * r, 0);

const dot = (a: number[], b: number[]) => a.reduce((sum, x, k) => sum + x * b[k], 0);

/** Least squares by Gauss–Newton with central differences. */
export function refit(start: Fit, startMs: number): Fit {
  const fit: Fit = [...start];
  for (let iteration = 0; iteration < 30; iteration++) {
    const r = residuals(fit, startMs);
    const columns = fit.map((value, i) => {
      const step = 1e-4;
      const ahead = residuals(fit.with(i, value + step) as Fit, startMs);
      const behind = residuals(fit.with(i, value - step) as Fit, startMs);
      return ahead.map((x, k) => (x - behind[k]) / (2 * step));
    });
    const normal = columns.map((a) => [...columns.map((b) => dot(a, b)), -dot(a, r)]);
    const change = solve(normal);
    change.forEach((d, i) => (fit[i] += d));
    if (Math.max(...change.map(Math.abs)) < 1e-10) break;
  }
  return fit;
}

/** Gaussian elimination with row exchange of n rows of n + 1 numbers. */
function solve(rows: number[][]): number[] {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]) > Math.abs(rows[best][i]) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = rows[k][i] / rows[i][i];
      for (let j = i; j <= n; j++) rows[k][j] -= factor * rows[i][j];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}
