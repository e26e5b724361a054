import type { SatelliteSource } from "../../shared/mission.ts";

/** One orbit of an element file. Catalogue numbers are written as plain decimals: Alpha-5 "A0001" is "100001". */
export interface ElementRecord {
  source: Extract<SatelliteSource, { kind: "tle" | "omm" }>;
  epochMs: number;
  line: number;
}

export interface Remark {
  line: number;
  id: string | null;
  reason: string;
}

export interface Readings {
  accepted: ElementRecord[];
  rejected: Remark[];
  warnings: Remark[];
}

export const emptyReadings = (): Readings => ({ accepted: [], rejected: [], warnings: [] });

/** Letters of Alpha-5 stand for 10…33; I and O are left out (space-track.org, "Alpha-5"). */
const ALPHA5 = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** The catalogue number as a plain decimal, or null where the text is none. */
export function catalogueNumber(text: string): string | null {
  const id = text.trim().toUpperCase();
  if (/^\d{1,9}$/.test(id)) return id.replace(/^0+(?=\d)/, "");
  const letter = /^[A-Z]\d{4}$/.test(id) ? ALPHA5.indexOf(id[0]) : -1;
  return letter < 0 ? null : `${letter + 10}${id.slice(1)}`;
}

/** Mean elements that both formats carry, in their own units: degrees and revolutions a day. */
export interface MeanElements {
  eccentricity: number;
  inclinationDeg: number;
  raanDeg: number;
  argumentOfPerigeeDeg: number;
  meanAnomalyDeg: number;
  meanMotion: number;
}

/** Faster than 18 revolutions a day there is no orbit outside the Earth. */
const MAX_MEAN_MOTION = 18;

/** What is out of range, in words. */
export function rangeProblems(m: MeanElements): string[] {
  const problems: string[] = [];
  if (!(m.eccentricity >= 0 && m.eccentricity < 1))
    problems.push(`eccentricity ${m.eccentricity} is not in 0 … below 1`);
  if (!(m.inclinationDeg >= 0 && m.inclinationDeg <= 180))
    problems.push(`inclination ${m.inclinationDeg}° is not in 0 … 180°`);
  if (!(m.meanMotion > 0 && m.meanMotion <= MAX_MEAN_MOTION))
    problems.push(`mean motion ${m.meanMotion} rev/day is not above 0 and at most ${MAX_MEAN_MOTION}`);
  const angles = {
    "right ascension of the node": m.raanDeg,
    "argument of perigee": m.argumentOfPerigeeDeg,
    "mean anomaly": m.meanAnomalyDeg,
  };
  for (const [name, angle] of Object.entries(angles))
    if (!(Math.abs(angle) <= 360)) problems.push(`${name} ${angle}° is not in −360 … 360°`);
  return problems;
}

/** Keeps the newest record of each object and lists the others as superseded. */
export function dropSuperseded({ accepted, rejected, warnings }: Readings): Readings {
  const newest = new Map<string, ElementRecord>();
  const older: Remark[] = [];
  for (const record of accepted) {
    const { id } = record.source;
    const known = newest.get(id);
    const [kept, dropped] = known && known.epochMs >= record.epochMs ? [known, record] : [record, known];
    newest.set(id, kept);
    if (!dropped) continue;
    const how = dropped.epochMs === kept.epochMs ? "the same epoch" : "a newer epoch";
    older.push({ line: dropped.line, id, reason: `superseded: line ${kept.line} has ${how}` });
  }
  return {
    accepted: accepted.filter((record) => newest.get(record.source.id) === record),
    rejected: [...rejected, ...older].sort((a, b) => a.line - b.line),
    warnings,
  };
}
