import { BadInput, type Problem } from "../../shared/errors.ts";
import { DEG } from "../math/constants.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import { pathDelay, roundTripOf, roundTripRate, timingAdvance } from "../orbit/delay.ts";
import { dopplerOf, levelVelocity, rangeRates, residualDoppler } from "../orbit/doppler.ts";
import { findPasses, type Pass, type Sight } from "../orbit/passes.ts";
import { buildTrack, stateAt, type Track } from "../orbit/track.ts";
import { catalogueNumber, type ElementFile } from "../scenario/elements.ts";
import { feederFinder, type Gateway, readGateways } from "./gateways.ts";

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
  /** a UE that passes the place at each instant, level; both or neither */
  ueSpeedKmh?: number;
  ueHeadingDeg?: number;
  /** text of a list of gateways: transparent payloads */
  gateways?: string;
  /** latitude and longitude [°] on the ellipsoid for which the Doppler is compensated beforehand */
  beamCentreDeg?: readonly number[];
}

export interface SightRow {
  at: string;
  azimuthDeg: number;
  elevationDeg: number;
  rangeKm: number;
  /** of the service link */
  oneWayDelayMs: number;
  /** the feeder link of a transparent payload; absent without gateways, null where none sees the satellite */
  feeder?: { gateway: string; rangeKm: number; commonTimingAdvanceTc: number } | null;
  /** over service and feeder link; null without a feeder link where one is needed */
  roundTripMs: number | null;
  roundTripDriftUsPerS: number | null;
  timingAdvanceTc: number;
  /** of the service link at the place itself, which stands still */
  dopplerKhz: number;
  dopplerRateHzPerS: number;
  /** the same for the UE in motion */
  movingDopplerKhz?: number;
  movingDopplerRateHzPerS?: number;
  /** left when the Doppler of the beam's centre is taken out; of the UE in motion if there is one */
  residualDopplerHz?: number;
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
  const { records, startMs, gateways } = checkAsk(file, ask);
  const place = new Float64Array(3);
  geodeticToEcef(place, 0, ask.latitudeDeg * DEG, ask.longitudeDeg * DEG, ask.altitudeM);
  const toRow = sightRows(ask, place, gateways, startMs);
  const duration = ask.hours * 3600;
  const found: { begins: number; row: PassRow }[] = [];
  const lost: PassesReport["lost"] = [];
  records.forEach(({ source }, i) => {
    const track = buildTrack([source], startMs, duration);
    if (track.lost[0] !== null) lost.push({ id: source.id, reason: track.lost[0] });
    for (const pass of findPasses(track, 0, place, ask.minElevationDeg * DEG, 0, duration)) {
      const row = rowOf(pass, source, duration, (sight) => toRow(track, sight));
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
  duration: number,
  toRow: (sight: Sight) => SightRow,
): PassRow {
  return {
    id,
    name,
    rise: rise && toRow(rise),
    culmination: toRow(culmination),
    set: set && toRow(set),
    durationS: (set?.time ?? duration) - (rise?.time ?? 0),
  };
}

/** What a sight of the only satellite of a track means for delay and Doppler. */
function sightRows(ask: PassesAsk, place: Float64Array, gateways: Gateway[] | null, startMs: number) {
  const carrier = ask.frequencyGhz * 1e9;
  const feederOf = gateways && feederFinder(gateways);
  const ue = movingUe(ask, place);
  const centre = ask.beamCentreDeg && new Float64Array(6);
  if (centre) geodeticToEcef(centre, 0, ask.beamCentreDeg![0] * DEG, ask.beamCentreDeg![1] * DEG, 0);
  const state = new Float64Array(6);
  const rates = new Float64Array(3);
  return (track: Track, sight: Sight): SightRow => {
    stateAt(state, 0, track, 0, sight.time);
    const feeder = feederOf && feederOf(state);
    const noPath = feederOf !== null && feeder === null;
    const row: SightRow = {
      at: new Date(startMs + sight.time * 1000).toISOString(),
      azimuthDeg: sight.azimuth / DEG,
      elevationDeg: sight.elevation / DEG,
      rangeKm: sight.range / 1000,
      oneWayDelayMs: 1000 * pathDelay(sight.range),
      roundTripMs: noPath ? null : 1000 * roundTripOf(sight.range, feeder?.range ?? null),
      roundTripDriftUsPerS: null,
      timingAdvanceTc: timingAdvance(sight.range, null).ueTc,
      dopplerKhz: (dopplerOf(sight.rangeRate) * carrier) / 1000,
      dopplerRateHzPerS: dopplerOf(sight.rangeAcceleration) * carrier,
    };
    if (feederOf)
      row.feeder = feeder && {
        gateway: feeder.gateway,
        rangeKm: feeder.range / 1000,
        commonTimingAdvanceTc: timingAdvance(sight.range, feeder.range).commonTc,
      };
    let rate = sight.rangeRate;
    if (ue) {
      rangeRates(rates, 0, state, 0, ue, 0);
      rate = rates[1];
      row.movingDopplerKhz = (dopplerOf(rate) * carrier) / 1000;
      row.movingDopplerRateHzPerS = dopplerOf(rates[2]) * carrier;
    }
    if (!noPath) row.roundTripDriftUsPerS = 1e6 * roundTripRate(rate, feeder?.rangeRate ?? null);
    if (centre) {
      rangeRates(rates, 0, state, 0, centre, 0);
      row.residualDopplerHz = residualDoppler(rate, rates[1]) * carrier;
    }
    return row;
  };
}

/** ECEF state [m, m/s] of the UE as it passes the place; null where it stands still. */
function movingUe(ask: PassesAsk, place: Float64Array): Float64Array | null {
  if (ask.ueSpeedKmh === undefined) return null;
  const ue = new Float64Array(6);
  ue.set(place);
  const [latitude, longitude] = [ask.latitudeDeg * DEG, ask.longitudeDeg * DEG];
  levelVelocity(ue, 3, latitude, longitude, ask.ueHeadingDeg! * DEG, ask.ueSpeedKmh / 3.6);
  return ue;
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
  if ((ask.ueSpeedKmh === undefined) !== (ask.ueHeadingDeg === undefined))
    problems.push({
      field: ask.ueSpeedKmh === undefined ? "--ue-speed-kmh" : "--ue-heading-deg",
      reason: "is missing: a UE in motion has a speed and a heading",
      remedy: "Give both or neither",
    });
  within("--ue-speed-kmh", ask.ueSpeedKmh ?? 0, 0, 3000, "km/h");
  within("--ue-heading-deg", ask.ueHeadingDeg ?? 0, -360, 360, "degrees");
  if (ask.beamCentreDeg !== undefined && ask.beamCentreDeg.length !== 2)
    problems.push({
      field: "--beam-centre",
      reason: `${ask.beamCentreDeg.join(",")} is not a latitude and a longitude`,
      remedy: "Give, for example, 48.5,2.0",
    });
  within("--beam-centre", ask.beamCentreDeg?.[0] ?? 0, -90, 90, "degrees of latitude");
  within("--beam-centre", ask.beamCentreDeg?.[1] ?? 0, -180, 360, "degrees of longitude");
  const gateways =
    ask.gateways === undefined ? null : readGateways(ask.gateways, ask.minElevationDeg, problems);
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
  return { records, startMs, gateways };
}

/** Unix ms; an instant without a zone is UTC. */
function instant(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT/.test(text)) return NaN;
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`);
}
