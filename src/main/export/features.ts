import type { ExportTable } from "../../shared/operations.ts";
import { lineGeometry, rounded, ringGeometry, type Geometry } from "./dateline.ts";
import { groundTracks, type GroundTracks } from "./ground-track.ts";
import type { Source } from "./source.ts";
import { isoTimes, type Table, type Value } from "./table.ts";
import { tables } from "./tables.ts";

/** A thing with a place: what GeoJSON and KML write. */
export interface Feature {
  name: string;
  properties: Record<string, Value>;
  geometry: Geometry | null;
  /** instant, or begin and end, Unix milliseconds */
  timeMs?: number | [number, number];
}

export type PlacedTable = Extract<ExportTable, "ues" | "cells" | "events" | "satellites">;

export const features: Record<PlacedTable, (source: Source) => Iterable<Feature>> = {
  ues,
  cells,
  events,
  satellites,
};

/** The values of one row by column name; instants as ISO 8601. */
function properties(
  { columns }: Table,
  except: readonly string[] = [],
): (row: number) => Record<string, Value> {
  const kept = columns.filter(({ name }) => !except.includes(name));
  const iso = isoTimes();
  return (row) =>
    Object.fromEntries(
      kept.map(({ name, kind, value }) => {
        const cell = value(row);
        return [name, kind === "instant" && cell !== null ? iso(cell as number) : cell];
      }),
    );
}

function ues(source: Source): Iterable<Feature> {
  const table = tables.ues(source);
  const { latitudeDeg, longitudeDeg } = source.reader.ues(source.record.run);
  const of = properties(table, ["latitudeDeg", "longitudeDeg"]);
  return each(table.rows, (ue) => ({
    name: `UE ${ue}`,
    properties: of(ue),
    geometry: { type: "Point", coordinates: rounded([longitudeDeg[ue], latitudeDeg[ue]]) },
  }));
}

function events(source: Source): Iterable<Feature> {
  const { reader, record } = source;
  const table = tables.events(source);
  const { ue, source: from, target, timeMs } = reader.events(record.run);
  const { latitudeDeg, longitudeDeg } = reader.ues(record.run);
  const of = properties(table);
  return each(table.rows, (row) => ({
    name: `UE ${ue[row]}: cell ${from[row]} → ${target[row]}`,
    properties: of(row),
    geometry: { type: "Point", coordinates: rounded([longitudeDeg[ue[row]], latitudeDeg[ue[row]]]) },
    timeMs: Math.round(record.startMs + timeMs[row]),
  }));
}

/** Contours at the marked instant; no geometry where the contour is not wholly on the ground then. */
function cells(source: Source): Iterable<Feature> {
  const { reader, record, footprint } = source;
  const table = tables.cells(source);
  const { cell } = reader.cells(record.run);
  const of = properties(table);
  return each(table.rows, (row) => {
    const ring = footprint(cell[row], record.markS)?.ring ?? [];
    return {
      name: `Cell ${cell[row]}`,
      properties: of(row),
      geometry: ring.length === 0 ? null : ringGeometry(ring),
      timeMs: Math.round(record.startMs + record.markS * 1000),
    };
  });
}

/** The way of each satellite during the run, [longitude, latitude, altitude m]. */
function* satellites(source: Source): Generator<Feature> {
  const tracks = groundTracks(source);
  const { satellite, timeS, ids, names } = tracks;
  const { startMs } = source.record;
  for (let begin = 0; begin < satellite.length;) {
    let end = begin;
    while (satellite[end] === satellite[begin]) end++;
    const [firstMs, lastMs] = [begin, end - 1].map((point) => Math.round(startMs + timeS[point] * 1000));
    const iso = isoTimes();
    yield {
      name: names[satellite[begin]],
      properties: {
        satellite: ids[satellite[begin]],
        name: names[satellite[begin]],
        beginUtc: iso(firstMs),
        endUtc: iso(lastMs),
      },
      geometry: wayOf(tracks, begin, end),
      timeMs: [firstMs, lastMs],
    };
    begin = end;
  }
}

function wayOf({ geodetic }: GroundTracks, begin: number, end: number): Geometry {
  const path = Array.from({ length: end - begin }, (_, i) => {
    const [latitude, longitude, altitudeKm] = geodetic.subarray(3 * (begin + i), 3 * (begin + i) + 3);
    return [longitude, latitude, Math.round(altitudeKm * 1000)];
  });
  return path.length === 1 ? { type: "Point", coordinates: rounded(path[0]) } : lineGeometry(path);
}

function* each(rows: number, feature: (row: number) => Feature): Generator<Feature> {
  for (let row = 0; row < rows; row++) yield feature(row);
}
