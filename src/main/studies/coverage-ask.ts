import { BadInput, type Problem } from "../../shared/errors.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { DEG } from "../math/constants.ts";
import { compileMission } from "../scenario/compile.ts";
import type { ElementFile } from "../scenario/elements.ts";
import { type CoverageProfile, coverageByLatitude, type Gateway } from "./coverage.ts";

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
  /** 0: regenerative payloads, which need none */
  gateways: number;
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
  const gateways =
    options.gateways === undefined ? null : readGateways(options.gateways, minElevationDeg, problems);
  if (problems.length > 0) throw new BadInput(problems);
  const { satellites, startMs } = compileMission(scenario, elements);
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
    latitudes: rowsOf(profile),
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

/**
 * A JSON list of objects with latitudeDeg, longitudeDeg and, if they differ from 0 and from the UEs' own, altitudeM and
 * minElevationDeg. A name may stand with each.
 */
function readGateways(text: string, minElevationDeg: number, problems: Problem[]): Gateway[] {
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    list = null;
  }
  const remedy = 'Give a list such as [{"latitudeDeg": 48.9, "longitudeDeg": 2.3}]';
  if (!Array.isArray(list) || list.length === 0) {
    problems.push({ field: "--gateways", reason: "is no JSON list of gateways", remedy });
    return [];
  }
  return list.map((entry: unknown, i) => {
    const given = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
    const number = (name: string, low: number, high: number, otherwise?: number): number => {
      const value = given[name];
      if (value === undefined && otherwise !== undefined) return otherwise;
      if (typeof value === "number" && value >= low && value <= high) return value;
      const said =
        value === undefined ? "is missing" : `${JSON.stringify(value)} is not from ${low} to ${high}`;
      problems.push({ field: `--gateways [${i}].${name}`, reason: said, remedy: `Give ${low} … ${high}` });
      return NaN;
    };
    return {
      latitude: number("latitudeDeg", -90, 90) * DEG,
      longitude: number("longitudeDeg", -180, 360) * DEG,
      altitudeM: number("altitudeM", -500, 10_000, 0),
      minElevation: number("minElevationDeg", 0, 89, minElevationDeg) * DEG,
    };
  });
}
