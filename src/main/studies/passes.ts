import { BadInput, type Problem } from "../../shared/errors.ts";
import { DEG } from "../math/constants.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import { pathDelay, roundTripRate, timingAdvance } from "../orbit/delay.ts";
import { dopplerOf } from "../orbit/doppler.ts";
import { findPasses, type Pass, type Sight } from "../orbit/passes.ts";
import { buildTrack } from "../orbit/track.ts";
import { catalogueNumber, type ElementFile } from "../scenario/elements.ts";

export interface PassesAsk {
  latitudeDeg: number;
  longitudeDeg: number;
  altitudeM: number;
  minElevationDeg: number;
  /** ISO 8601; the newest epoch of the objects where absent */
  start?: string;
  hours: number;
  /** catalogue numbers; all objects when absent */
  ids?: readonly string[];
  frequencyGhz: number;
}

export interface SightRow {
  at: string;
  azimuthDeg: number;
  elevationDeg: number;
  rangeKm: number;
  oneWayDelayMs: number;
  /** of the service link: all of it for a regenerative payload; a transparent one adds its feeder link */
  roundTripDriftUsPerS: number;
  timingAdvanceTc: number;
  dopplerKhz: number;
  dopplerRateHzPerS: number;
}

export interface PassRow {
  id: string;
  name: string;
  /** null where the satellite is up already at the start, or still at the end */
  rise: SightRow | null;
  culmination: SightRow;
  set: SightRow | null;
  /** within the time looked at */
  durationS: number;
}

export interface PassesReport {
  start: string;
  end: string;
  passes: PassRow[];
  /** objects that SGP4 cannot follow to the end, and why */
  lost: { id: string; reason: string }[];
}

/**
 * Passes of the objects of an element file over a place that stands still, by SGP4, in the order in which they begin.
 * The horizon is the plane of the ellipsoid; refraction (0.1° at 10°) and terrain are left out.
 */
export function passesOver(
  file: ElementFile,
  ask: PassesAsk,
  progress: (fraction: number) => void = () => {},
): PassesReport {
  const { records, startMs } = checkAsk(file, ask);
  const place = new Float64Array(3);
  geodeticToEcef(place, 0, ask.latitudeDeg * DEG, ask.longitudeDeg * DEG, ask.altitudeM);
  const duration = ask.hours * 3600;
  const found: { begins: number; row: PassRow }[] = [];
  const lost: PassesReport["lost"] = [];
  records.forEach(({ source }, i) => {
    const track = buildTrack([source], startMs, duration);
    if (track.lost[0] !== null) lost.push({ id: source.id, reason: track.lost[0] });
    for (const pass of findPasses(track, 0, place, ask.minElevationDeg * DEG, 0, duration)) {
      const row = rowOf(pass, source, startMs, duration, ask.frequencyGhz);
      found.push({ begins: pass.rise?.time ?? 0, row });
    }
    progress((i + 1) / records.length);
  });
  found.sort((a, b) => a.begins - b.begins);
  return {
    start: new Date(startMs).toISOString(),
    end: new Date(startMs + duration * 1000).toISOString(),
    passes: found.map(({ row }) => row),
    lost,
  };
}

function rowOf(
  { rise, culmination, set }: Pass,
  { id, name }: { id: string; name: string },
  startMs: number,
  duration: number,
  frequencyGhz: number,
): PassRow {
  const sight = (s: Sight): SightRow => ({
    at: new Date(startMs + s.time * 1000).toISOString(),
    azimuthDeg: s.azimuth / DEG,
    elevationDeg: s.elevation / DEG,
    rangeKm: s.range / 1000,
    oneWayDelayMs: 1000 * pathDelay(s.range),
    roundTripDriftUsPerS: 1e6 * roundTripRate(s.rangeRate, null),
    timingAdvanceTc: timingAdvance(s.range, null).ueTc,
    dopplerKhz: dopplerOf(s.rangeRate) * frequencyGhz * 1e6,
    dopplerRateHzPerS: dopplerOf(s.rangeAcceleration) * frequencyGhz * 1e9,
  });
  return {
    id,
    name,
    rise: rise && sight(rise),
    culmination: sight(culmination),
    set: set && sight(set),
    durationS: (set?.time ?? duration) - (rise?.time ?? 0),
  };
}

const MAX_HOURS = 24 * 366;

function checkAsk(file: ElementFile, ask: PassesAsk) {
  const problems: Problem[] = [];
  const within = (field: string, value: number, low: number, high: number, unit: string) => {
    if (!(value >= low && value <= high))
      problems.push({
        field,
        reason: `${value} is not from ${low} to ${high} ${unit}`,
        remedy: `Give ${low} … ${high}`,
      });
  };
  within("--latitude", ask.latitudeDeg, -90, 90, "degrees");
  within("--longitude", ask.longitudeDeg, -180, 360, "degrees");
  within("--altitude-m", ask.altitudeM, -500, 100_000, "m");
  within("--min-elevation-deg", ask.minElevationDeg, -5, 89, "degrees");
  within("--hours", ask.hours, 1 / 3600, MAX_HOURS, "hours");
  within("--frequency-ghz", ask.frequencyGhz, 0.1, 100, "GHz");
  const known = new Map(file.accepted.map((record) => [record.source.id, record]));
  if (known.size === 0)
    problems.push({
      field: "elements",
      reason: "the element file has no usable record",
      remedy: "Give a TLE or OMM file",
    });
  const ids = ask.ids?.map((id) => catalogueNumber(id) ?? id) ?? [...known.keys()];
  for (const id of ids)
    if (!known.has(id))
      problems.push({
        field: "--id",
        reason: `no record of object ${id} is in the file`,
        remedy: "Give a catalogue number from the file",
      });
  const records = [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
  const startMs =
    ask.start === undefined
      ? records.reduce((newest, record) => Math.max(newest, record.epochMs), -Infinity)
      : instant(ask.start);
  if (ask.start !== undefined && Number.isNaN(startMs))
    problems.push({
      field: "--start",
      reason: `"${ask.start}" is no ISO 8601 instant`,
      remedy: "Give, for example, 2025-09-23T12:00:00Z",
    });
  if (problems.length > 0) throw new BadInput(problems);
  return { records, startMs };
}

/** Unix ms; an instant without a zone is UTC. */
function instant(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT/.test(text)) return NaN;
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`);
}
