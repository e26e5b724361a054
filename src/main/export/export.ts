import { BadInput } from "../../shared/errors.ts";
import {
  EXPORT_FORMATS,
  ROW_TABLES,
  type ExportFormat,
  type ExportTable,
  type RowTable,
} from "../../shared/operations.ts";
import type { RunRecord } from "../../shared/run.ts";
import type { RunReader } from "../store/reader.ts";
import { csv } from "./csv.ts";
import { czml, type MovingTable } from "./czml.ts";
import { features, type PlacedTable } from "./features.ts";
import { geojson } from "./geojson.ts";
import { kml } from "./kml.ts";
import { parquet } from "./parquet.ts";
import type { FootprintSource } from "../../shared/footprint.ts";
import type { Source } from "./source.ts";
import { tables } from "./tables.ts";
import { encoded, jsonArray } from "./text.ts";

export interface ExportFile {
  name: string;
  /** MIME */
  type: string;
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  parquet: "application/vnd.apache.parquet",
  geojson: "application/geo+json",
  czml: "application/json",
  kml: "application/vnd.google-earth.kml+xml",
  json: "application/json",
};

/** Which tables a format can hold: GeoJSON and KML things with a place, CZML things with a place and a time. */
const HOLDS: Record<ExportFormat, readonly ExportTable[]> = {
  csv: ROW_TABLES,
  parquet: ROW_TABLES,
  geojson: ["satellites", "ues", "cells", "events"],
  czml: ["satellites", "cells", "events"],
  kml: ["satellites", "ues", "cells", "events"],
  json: ["sib19"],
};

/** What a run's cells would broadcast, cell by cell; the studies make it. */
export type Sib19Source = () => Iterable<object>;

/**
 * A table of a run as a file. The same content of the database gives the same bytes; the file is made while it is
 * read, piece by piece. Cells have no place without `footprints`, and nothing to broadcast without `sib19`.
 */
export function exportTable(
  reader: RunReader,
  run: string,
  table: ExportTable,
  format: ExportFormat,
  footprints: FootprintSource = () => null,
  sib19: Sib19Source = () => [],
): ExportFile {
  if (!HOLDS[format].includes(table)) throw impossible(table, format);
  const source: Source = { reader, record: reader.run(run), footprint: footprints };
  return {
    name: `${source.record.run}-${table}.${format}`,
    type: TYPES[format],
    chunks: chunks(source, table, format, sib19),
  };
}

function chunks(
  source: Source,
  table: ExportTable,
  format: ExportFormat,
  sib19: Sib19Source,
): Iterable<Uint8Array> {
  if (format === "json") return encoded(broadcast(source.record, sib19()));
  if (format === "csv") return encoded(csv(tables[table as RowTable](source)));
  if (format === "parquet") return parquet(tables[table as RowTable](source));
  if (format === "czml") return encoded(czml(table as MovingTable, source));
  const placed = features[table as PlacedTable](source);
  return encoded(format === "geojson" ? geojson(placed) : kml(`${source.record.scenario}: ${table}`, placed));
}

/** A heading that says the units, then a line a cell. */
function broadcast({ run, scenario, startMs }: RunRecord, cells: Iterable<object>): Iterable<string> {
  const heading = JSON.stringify({
    run,
    scenario,
    startUtc: new Date(startMs).toISOString(),
    units: {
      position: "1.3 m, ECEF",
      velocity: "0.06 m/s, ECEF",
      "t-Service, t1-Threshold": "10 ms since 1900-01-01 UTC without leap seconds",
      duration: "0.1 s",
      "distanceThresh, distanceThreshFromReference": "50 m",
      degreesLatitude: "90°/2^23",
      degreesLongitude: "360°/2^24",
      epochTime: "10 ms frames and 1 ms subframes; frame 0 at the start of the run",
    },
    notes: [
      "T1: from the first to the last change of the run's UEs from a cell to its neighbour.",
      "D1, D2 and distanceThresh: the half major axis of each cell's -3 dB contour.",
      "t-Service only where a cell that holds its place leaves it within the run.",
    ],
  });
  return jsonArray(`${heading.slice(0, -1)},"cells":[`, cells, "\n]}\n");
}

function impossible(table: ExportTable, format: ExportFormat): BadInput {
  const formats = EXPORT_FORMATS.filter((f) => HOLDS[f].includes(table)).join(", ");
  const reason = `${format} cannot hold the table ${table}`;
  const remedy = `Export ${table} as ${formats}, or one of ${HOLDS[format].join(", ")} as ${format}`;
  return new BadInput([{ field: "format", reason, remedy }]);
}
