import type { SatelliteSource } from "../../shared/mission.ts";
import { DEG, WGS84_A, WGS84_B } from "../math/constants.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import { gmst, temeToEcef } from "../orbit/frames.ts";
import { createPropagator } from "../orbit/propagator.ts";
import type { Gateway } from "./gateways.ts";

type Site = Omit<Gateway, "name">;

export interface CoverageAsk {
  satellites: readonly SatelliteSource[];
  startMs: number;
  /** s */
  duration: number;
  /** s */
  step: number;
  /** rad */
  minElevation: number;
  /** between parallels and between meridians of the grid [rad]; a part of 90° */
  spacing: number;
  /** null: regenerative payloads; else a satellite counts only while it sees one of these (transparent payloads) */
  gateways: readonly Site[] | null;
}

/** By latitude, from south to north; each column [latitude]. */
export interface CoverageProfile {
  /** geodetic, rad */
  latitude: Float64Array;
  /** share of the places × instants with at least one satellite in view, 0…1 */
  covered: Float64Array;
  /** satellites in view, mean over places × instants */
  mean: Float64Array;
  /** fewest in view at any place and instant */
  least: Uint16Array;
  instants: number;
  /** satellites that are lost on the way: they count until then */
  lost: number;
}

/**
 * How many satellites are above the least elevation, on a grid of latitudes and longitudes on WGS-84, at even instants
 * from the start to the end, both included. A latitude's row averages over all longitudes and instants. The horizon is
 * the plane of the ellipsoid; refraction and terrain are left out, and so is whether a beam points there.
 */
export function coverageByLatitude(
  ask: CoverageAsk,
  progress: (fraction: number) => void = () => {},
): CoverageProfile {
  const grid = groundGrid(ask.spacing);
  const { rows, columns } = grid;
  const instants = Math.floor(ask.duration / ask.step + 1e-9) + 1;
  const propagators = ask.satellites.map((source) => createPropagator(source, ask.startMs));
  const lost = new Uint8Array(propagators.length);
  const gateways = ask.gateways && groundPoints(ask.gateways);
  const gatewaySines = ask.gateways?.map((gateway) => Math.sin(gateway.minElevation)) ?? [];
  const inView = new Uint16Array(rows * columns);
  const covered = new Float64Array(rows);
  const sum = new Float64Array(rows);
  const least = new Uint16Array(rows).fill(65_535);
  const state = new Float64Array(6);
  const view = new View(grid, ask.minElevation);

  for (let k = 0; k < instants; k++) {
    const seconds = k * ask.step;
    const angle = gmst(ask.startMs + seconds * 1000);
    inView.fill(0);
    for (let s = 0; s < propagators.length; s++) {
      if (lost[s] !== 0) continue;
      if (propagators[s].teme(state, 0, seconds) !== null) {
        lost[s] = 1;
        continue;
      }
      temeToEcef(state, 0, state, 0, angle);
      if (gateways && !seesOne(gateways, gatewaySines, state)) continue;
      view.add(inView, state[0], state[1], state[2]);
    }
    for (let row = 0; row < rows; row++)
      for (let i = row * columns; i < (row + 1) * columns; i++) {
        const n = inView[i];
        if (n > 0) covered[row]++;
        sum[row] += n;
        if (n < least[row]) least[row] = n;
      }
    progress((k + 1) / instants);
  }
  const samples = instants * columns;
  return {
    latitude: grid.latitude,
    covered: covered.map((n) => n / samples),
    mean: sum.map((n) => n / samples),
    least,
    instants,
    lost: lost.reduce((n, one) => n + one, 0),
  };
}

interface Grid {
  rows: number;
  columns: number;
  spacing: number;
  /** [row] geodetic and geocentric latitude, rad */
  latitude: Float64Array;
  geocentric: Float64Array;
  /** [row × column × 6] ECEF m, and the unit vector upwards; columns from longitude 0 eastwards */
  points: Float64Array;
}

function groundGrid(spacing: number): Grid {
  const rows = Math.round(Math.PI / spacing) + 1;
  const columns = Math.round((2 * Math.PI) / spacing);
  const latitude = Float64Array.from({ length: rows }, (_, i) => i * spacing - Math.PI / 2);
  const flat = (WGS84_B / WGS84_A) ** 2;
  const geocentric = latitude.map((l) => Math.atan2(flat * Math.sin(l), Math.cos(l)));
  const places = Array.from(latitude).flatMap((l) =>
    Array.from({ length: columns }, (_, c) => ({ latitude: l, longitude: c * spacing, altitudeM: 0 })),
  );
  return { rows, columns, spacing, latitude, geocentric, points: groundPoints(places) };
}

/** [place × 6] ECEF m, and the unit vector upwards. */
function groundPoints(places: readonly Omit<Site, "minElevation">[]): Float64Array {
  const points = new Float64Array(places.length * 6);
  places.forEach(({ latitude, longitude, altitudeM }, i) => {
    geodeticToEcef(points, 6 * i, latitude, longitude, altitudeM);
    points[6 * i + 3] = Math.cos(latitude) * Math.cos(longitude);
    points[6 * i + 4] = Math.cos(latitude) * Math.sin(longitude);
    points[6 * i + 5] = Math.sin(latitude);
  });
  return points;
}

/** Whether a point sees (x, y, z) at an elevation with at least this sine. */
function sees(points: Float64Array, i: number, sine: number, x: number, y: number, z: number): boolean {
  const dx = x - points[i];
  const dy = y - points[i + 1];
  const dz = z - points[i + 2];
  const up = dx * points[i + 3] + dy * points[i + 4] + dz * points[i + 5];
  return up >= sine * Math.sqrt(dx * dx + dy * dy + dz * dz);
}

function seesOne(gateways: Float64Array, sines: readonly number[], state: Float64Array): boolean {
  for (let g = 0; g < sines.length; g++)
    if (sees(gateways, 6 * g, sines[g], state[0], state[1], state[2])) return true;
  return false;
}

/** The vertical leans at most 0.193° away from the Earth's centre. */
const LEAN = 0.2 * DEG;

/** Adds one to every grid point that sees a satellite; looks only at those within its horizon. */
class View {
  readonly #grid: Grid;
  readonly #sine: number;
  readonly #elevation: number;

  constructor(grid: Grid, minElevation: number) {
    this.#grid = grid;
    this.#sine = Math.sin(minElevation);
    this.#elevation = minElevation - LEAN;
  }

  add(inView: Uint16Array, x: number, y: number, z: number): void {
    const { rows, columns, spacing, geocentric, points } = this.#grid;
    const radius = Math.sqrt(x * x + y * y + z * z);
    const ratio = (WGS84_B * Math.cos(this.#elevation)) / radius;
    if (ratio >= 1) return;
    const reach = Math.acos(ratio) - this.#elevation;
    const latitude = Math.asin(z / radius);
    const longitude = Math.atan2(y, x);
    for (let row = 0; row < rows; row++) {
      if (Math.abs(geocentric[row] - latitude) > reach) continue;
      const half = halfWidth(geocentric[row], latitude, reach);
      const first = half < Math.PI ? Math.ceil((longitude - half) / spacing) : 0;
      const last = half < Math.PI ? Math.floor((longitude + half) / spacing) : columns - 1;
      for (let c = first; c <= last; c++) {
        const i = row * columns + ((c + 2 * columns) % columns);
        if (sees(points, 6 * i, this.#sine, x, y, z)) inView[i]++;
      }
    }
  }
}

/** Greatest difference of longitude [rad] at which a point on one parallel is within an angle of a point on another. */
function halfWidth(latitude: number, other: number, angle: number): number {
  const across = Math.cos(latitude) * Math.cos(other);
  const wanted = Math.cos(angle) - Math.sin(latitude) * Math.sin(other);
  // on a pole every longitude is as near
  if (across < 1e-9 || wanted <= -across) return Math.PI;
  return Math.acos(Math.min(1, wanted / across));
}
