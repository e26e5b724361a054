import { BadInput, type Problem } from "../../shared/errors.ts";
import type { Mission } from "../../shared/mission.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { DEG } from "../math/constants.ts";
import { compileMission } from "../scenario/compile.ts";
import type { ElementFile } from "../scenario/elements.ts";
import { type CoverageProfile, coverageByLatitude } from "./coverage.ts";
import { type Gateway, readGateways } from "./gateways.ts";

export interface CoverageOptions {
  /** the scenario's where absent */
  minElevationDeg?: number;
  hours: number;
  stepS: number;
  /** text of a file of gateways */
  gateways?: string;
}

export interface CoverageReport {
  scenario: string;
  satellites: number;
  lost: number;
  start: string;
  hours: number;
  stepS: number;
  minElevationDeg: number;
  /** of which a satellite must see one to count; 0: it needs none */
  gateways: number;
  /** why satellites need gateways, or do not */
  assumed: string;
  latitudes: { latitudeDeg: number; coveredPercent: number; meanInView: number; leastInView: number }[];
}

/** Between the parallels and the meridians of the grid. */
const SPACING_DEG = 5;

/** Coverage of a scenario's satellites by latitude; its UEs and beams play no part. */
export function scenarioCoverage(
  scenario: Scenario,
  elements: ElementFile | null,
  options: CoverageOptions,
  progress?: (fraction: number) => void,
): CoverageReport {
  const minElevationDeg = options.minElevationDeg ?? scenario.coverage.minElevationDeg;
  const problems = rangeProblems({ ...options, minElevationDeg });
  const own =
    options.gateways === undefined ? null : readGateways(options.gateways, minElevationDeg, problems);
  if (problems.length > 0) throw new BadInput(problems);
  const mission = compileMission(scenario, elements);
  const { satellites, startMs } = mission;
  const { gateways, assumed } = own
    ? { gateways: own, assumed: "transparent payloads with the gateways given" }
    : gatewaysOf(mission);
  const profile = coverageByLatitude(
    {
      satellites,
      startMs,
      duration: options.hours * 3600,
      step: options.stepS,
      minElevation: minElevationDeg * DEG,
      spacing: SPACING_DEG * DEG,
      gateways,
    },
    progress,
  );
  return {
    scenario: scenario.name,
    satellites: satellites.length,
    lost: profile.lost,
    start: new Date(startMs).toISOString(),
    hours: options.hours,
    stepS: options.stepS,
    minElevationDeg,
    gateways: gateways?.length ?? 0,
    assumed,
    latitudes: rowsOf(profile),
  };
}

/** The gateways without which a satellite of a mission does not serve. */
function gatewaysOf({ payload, gateways }: Mission): { gateways: Gateway[] | null; assumed: string } {
  if (payload.processing === "regenerative" || gateways === null)
    return { gateways: null, assumed: "regenerative payloads, which need no gateway" };
  if (gateways.interSatelliteLinks)
    return {
      gateways: null,
      assumed: "transparent payloads that reach a gateway over inter-satellite links",
    };
  const { stations, minElevation } = gateways;
  return {
    gateways: stations.map(({ name, latitude, longitude, heightM }) => ({
      name,
      latitude,
      longitude,
      altitudeM: heightM,
      minElevation,
    })),
    assumed: "transparent payloads with the scenario's gateways",
  };
}

const rowsOf = ({ latitude, covered, mean, least }: CoverageProfile) =>
  Array.from(latitude, (l, i) => ({
    latitudeDeg: Math.round(l / DEG),
    coveredPercent: 100 * covered[i],
    meanInView: mean[i],
    leastInView: least[i],
  }));

const MAX_HOURS = 24 * 366;

function rangeProblems({ minElevationDeg, hours, stepS }: CoverageOptions): Problem[] {
  const problems: Problem[] = [];
  const within = (field: string, value: number, low: number, high: number) => {
    if (!(value >= low && value <= high))
      problems.push({
        field,
        reason: `${value} is not from ${low} to ${high}`,
        remedy: `Give ${low} … ${high}`,
      });
  };
  within("--min-elevation-deg", minElevationDeg!, 0, 89);
  within("--hours", hours, 0, MAX_HOURS);
  within("--step-s", stepS, 0.1, 86_400);
  return problems;
}
