import { isoEpochMs } from "../math/time.ts";
import { catalogueNumber, rangeProblems, type Readings } from "./records.ts";

/** Fields of a CCSDS 502.0 orbit mean-elements message without which SGP4 has no orbit. */
const NUMBERS = [
  "MEAN_MOTION",
  "ECCENTRICITY",
  "INCLINATION",
  "RA_OF_ASC_NODE",
  "ARG_OF_PERICENTER",
  "MEAN_ANOMALY",
  "BSTAR",
] as const;
const REQUIRED = ["NORAD_CAT_ID", "EPOCH", ...NUMBERS] as const;

/** Fields that may stand there, with the only values that this program reads. */
const ONLY: Record<string, string[]> = {
  CENTER_NAME: ["EARTH"],
  REF_FRAME: ["TEME"],
  TIME_SYSTEM: ["UTC"],
  MEAN_ELEMENT_THEORY: ["SGP4", "SGP/SGP4", "SGP4/SDP4"],
  EPHEMERIS_TYPE: ["0", "2", "SGP4", "SGP"],
};

/** Reads one message, its keys in capitals, into `readings`. */
export function readOmm(readings: Readings, fields: Record<string, string>, line: number): void {
  const id = catalogueNumber(fields.NORAD_CAT_ID ?? "");
  const faults = faultsOf(fields, id);
  if (!id || faults.length > 0) {
    readings.rejected.push({ line, id: id ?? (fields.NORAD_CAT_ID || null), reason: faults.join("; ") });
    return;
  }
  const kept = Object.fromEntries(REQUIRED.map((key) => [key, fields[key].trim()]));
  const source = { kind: "omm" as const, id, name: fields.OBJECT_NAME?.trim() || id, fields: kept };
  readings.accepted.push({ source, epochMs: isoEpochMs(fields.EPOCH), line });
}

function faultsOf(fields: Record<string, string>, id: string | null): string[] {
  const missing = REQUIRED.filter((key) => !fields[key]?.trim());
  if (missing.length > 0) return [`missing ${missing.join(", ")}`];
  const faults: string[] = [];
  if (!id) faults.push(`NORAD_CAT_ID "${fields.NORAD_CAT_ID}" is no catalogue number`);
  for (const [key, values] of Object.entries(ONLY)) {
    const value = fields[key]?.trim().toUpperCase();
    if (value && !values.includes(value)) faults.push(`${key} is ${value}; only ${values[0]} is read`);
  }
  if (Number.isNaN(isoEpochMs(fields.EPOCH))) faults.push(`EPOCH "${fields.EPOCH}" is no date and time`);
  const wrong = NUMBERS.filter((key) => !/^[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?$/i.test(fields[key].trim()));
  for (const key of wrong) faults.push(`${key} "${fields[key]}" is not a number`);
  if (wrong.length > 0) return faults;
  const number = (key: (typeof NUMBERS)[number]) => Number(fields[key]);
  const ranges = rangeProblems({
    eccentricity: number("ECCENTRICITY"),
    inclinationDeg: number("INCLINATION"),
    raanDeg: number("RA_OF_ASC_NODE"),
    argumentOfPerigeeDeg: number("ARG_OF_PERICENTER"),
    meanAnomalyDeg: number("MEAN_ANOMALY"),
    meanMotion: number("MEAN_MOTION"),
  });
  return [...faults, ...ranges];
}
