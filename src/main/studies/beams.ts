import { BadInput } from "../../shared/errors.ts";
import { RING, ellipseOf, footprintRing } from "../beam/footprint.ts";
import { beamOffsets } from "../beam/layout.ts";
import { beamwidth } from "../beam/pattern.ts";
import { boresight, groundPoint, satelliteAxes } from "../beam/steering.ts";
import { DEG, EARTH_RATE, GM_EARTH, WGS84_A } from "../math/constants.ts";
import { ecefToGeodetic } from "../math/wgs84.ts";
import { pathDelay } from "../orbit/delay.ts";
import { rangeRates, residualDoppler } from "../orbit/doppler.ts";
import { lookAngles } from "../orbit/visibility.ts";

/** A payload of TR 38.821 as it stands in `resources/reference/payloads.json`. */
export interface PayloadPreset {
  name: string;
  source: string;
  orbit: "GEO" | "LEO";
  altitudeKm: number;
  /** of the central beam in the report's system simulations */
  centralElevationDeg: number;
  down: { frequencyGhz: number; apertureM: number; eirpDensityDbwPerMhz: number; gainDbi: number };
  up: { frequencyGhz: number; apertureM: number; gOverTDbPerK: number; gainDbi: number };
  beamwidthDeg: number;
  beamDiameterKm: number;
  spacingUv: number;
}

/** Whole hexagons: the centre and one, two, four or six tiers around it (TR 38.821 Table 6.1.1.1-4). */
export const BEAM_COUNTS = [1, 7, 19, 61, 127] as const;

/** What lies on the ground; null where the boresight, or for `contour` any of the −3 dB contour, passes the limb. */
export interface BeamRow {
  beam: number;
  u: number;
  v: number;
  ground: { latitudeDeg: number; longitudeDeg: number; elevationDeg: number; rangeKm: number } | null;
  contour: {
    semiMajorKm: number;
    semiMinorKm: number;
    azimuthDeg: number;
    /** least elevation on the contour */
    edgeElevationDeg: number;
    /** longest less shortest one-way delay over the contour and its centre */
    differentialDelayMs: number;
    /** greatest Doppler left on the contour when the centre's is taken out, as a share of the carrier */
    residualDopplerPpm: number;
  } | null;
}

export interface BeamsReport {
  preset: PayloadPreset;
  centralElevationDeg: number;
  beamwidthDeg: number;
  spacingUv: number;
  beams: BeamRow[];
}

/**
 * The hexagonal layout of TR 38.821 §6.1.1.1 on the UV plane of a satellite over latitude 0, longitude 0, on WGS-84:
 * adjacent boresights √3·sin(HPBW/2) apart, the whole layout shifted along U so that the central beam is seen at
 * `centralElevationDeg`. A LEO satellite flies north on a polar orbit (U to the north), a GEO satellite stands still (U to
 * the east). The shift is that of a sphere of the equator's radius, so that a low LEO beam is off by up to 0.4°: `elevationDeg` says.
 */
export function beamsOf(preset: PayloadPreset, count: number, centralElevationDeg?: number): BeamsReport {
  const central = centralElevationDeg ?? preset.centralElevationDeg;
  check(preset, count, central);
  const state = satelliteOver(preset);
  const axes = new Float64Array(9);
  satelliteAxes(axes, 0, state, 0, "orbit");
  const width = beamwidth(preset.down.frequencyGhz * 1e9, preset.down.apertureM / 2);
  const spacing = Math.sqrt(3) * Math.sin(width / 2);
  const shift = (WGS84_A * Math.cos(central * DEG)) / state[0];
  const offsets = beamOffsets("hexagon", count);
  const beams = Array.from({ length: count }, (_, beam) => {
    const u = shift + offsets[2 * beam] * spacing;
    const v = offsets[2 * beam + 1] * spacing;
    return beamRow(beam, u, v, state, axes, width / 2);
  });
  return { preset, centralElevationDeg: central, beamwidthDeg: width / DEG, spacingUv: spacing, beams };
}

function check(preset: PayloadPreset, count: number, central: number): void {
  const problems = [];
  if (!(BEAM_COUNTS as readonly number[]).includes(count))
    problems.push({
      field: "--count",
      reason: `${count} beams do not fill a hexagon of the report`,
      remedy: `Give one of ${BEAM_COUNTS.join(", ")}`,
    });
  if (!(central >= 5 && central <= 90))
    problems.push({
      field: "--elevation",
      reason: `${central} is not from 5 to 90 degrees`,
      remedy: `Give 5 … 90, or leave it out for ${preset.centralElevationDeg}`,
    });
  if (problems.length > 0) throw new BadInput(problems);
}

/** ECEF state [m, m/s] over latitude 0, longitude 0. */
function satelliteOver({ orbit, altitudeKm }: PayloadPreset): Float64Array {
  const radius = WGS84_A + altitudeKm * 1000;
  if (orbit === "GEO") return Float64Array.of(radius, 0, 0, 0, 0, 0);
  return Float64Array.of(radius, 0, 0, 0, -EARTH_RATE * radius, Math.sqrt(GM_EARTH / radius));
}

function beamRow(
  beam: number,
  u: number,
  v: number,
  state: Float64Array,
  axes: Float64Array,
  half: number,
): BeamRow {
  if (u * u + v * v >= 1) return { beam, u, v, ground: null, contour: null };
  const aim = new Float64Array(3);
  boresight(aim, 0, axes, 0, u, v);
  const centre = new Float64Array(6);
  if (!groundPoint(centre, 0, state[0], state[1], state[2], aim[0], aim[1], aim[2]))
    return { beam, u, v, ground: null, contour: null };
  const here = seen(state, centre);
  const place = new Float64Array(3);
  ecefToGeodetic(place, 0, centre[0], centre[1], centre[2]);
  const ground = {
    latitudeDeg: place[0] / DEG,
    longitudeDeg: place[1] / DEG,
    elevationDeg: here.elevation / DEG,
    rangeKm: here.range / 1000,
  };
  return { beam, u, v, ground, contour: contourOf(state, aim, half, here) };
}

/** The satellite as a standing point on the ground [x, y, z, 0, 0, 0] sees it. */
function seen(state: Float64Array, point: Float64Array) {
  const out = new Float64Array(6);
  lookAngles(out, 0, point[0], point[1], point[2], state[0], state[1], state[2]);
  rangeRates(out, 3, state, 0, point, 0);
  return { elevation: out[1], range: out[3], rangeRate: out[4] };
}

function contourOf(
  state: Float64Array,
  aim: Float64Array,
  half: number,
  centre: ReturnType<typeof seen>,
): BeamRow["contour"] {
  const ring = new Float64Array(3 * RING);
  const whole = footprintRing(ring, state, 0, aim, 0, half) === RING;
  const ellipse = whole ? ellipseOf(ring, RING) : null;
  if (!ellipse) return null;
  const edge = Array.from({ length: RING }, (_, i) =>
    seen(state, Float64Array.of(ring[3 * i], ring[3 * i + 1], ring[3 * i + 2], 0, 0, 0)),
  );
  const ranges = [centre, ...edge].map(({ range }) => range);
  const residuals = edge.map(({ rangeRate }) => Math.abs(residualDoppler(rangeRate, centre.rangeRate)));
  return {
    semiMajorKm: ellipse.semiMajorM / 1000,
    semiMinorKm: ellipse.semiMinorM / 1000,
    azimuthDeg: ellipse.azimuth / DEG,
    edgeElevationDeg: Math.min(...edge.map(({ elevation }) => elevation)) / DEG,
    differentialDelayMs: 1000 * pathDelay(Math.max(...ranges) - Math.min(...ranges)),
    residualDopplerPpm: 1e6 * Math.max(...residuals),
  };
}
