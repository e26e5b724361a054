import { BadInput } from "../../shared/errors.ts";
import {
  EXPORT_FORMATS,
  EXPORT_TABLES,
  type ExportFormat,
  type ExportTable,
} from "../../shared/operations.ts";
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
import { encoded } from "./text.ts";

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
};

/** Which tables a format can hold: GeoJSON and KML things with a place, CZML things with a place and a time. */
const HOLDS: Record<ExportFormat, readonly ExportTable[]> = {
  csv: EXPORT_TABLES,
  parquet: EXPORT_TABLES,
  geojson: ["satellites", "ues", "cells", "events"],
  czml: ["satellites", "cells", "events"],
  kml: ["satellites", "ues", "cells", "events"],
};

/**
 * A table of a run as a file. The same content of the database gives the same bytes; the file is made while it is
 * read, piece by piece. Cells have no place without `footprints`.
 */
export function exportTable(
  reader: RunReader,
  run: string,
  table: ExportTable,
  format: ExportFormat,
  footprints: FootprintSource = () => null,
): ExportFile {
  if (!HOLDS[format].includes(table)) throw impossible(table, format);
  const source: Source = { reader, record: reader.run(run), footprint: footprints };
  return {
    name: `${source.record.run}-${table}.${format}`,
    type: TYPES[format],
    chunks: chunks(source, table, format),
  };
}

function chunks(source: Source, table: ExportTable, format: ExportFormat): Iterable<Uint8Array> {
  if (format === "csv") return encoded(csv(tables[table](source)));
  if (format === "parquet") return parquet(tables[table](source));
  if (format === "czml") return encoded(czml(table as MovingTable, source));
  const placed = features[table as PlacedTable](source);
  return encoded(format === "geojson" ? geojson(placed) : kml(`${source.record.scenario}: ${table}`, placed));
}

function impossible(table: ExportTable, format: ExportFormat): BadInput {
  const formats = EXPORT_FORMATS.filter((f) => HOLDS[f].includes(table)).join(", ");
  const reason = `${format} cannot hold the table ${table}`;
  const remedy = `Export ${table} as ${formats}, or one of ${HOLDS[format].join(", ")} as ${format}`;
  return new BadInput([{ field: "format", reason, remedy }]);
}
