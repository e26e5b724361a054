import { BadInput } from "../../shared/errors.ts";
import {
  EXPORT_FORMATS,
  LEDGER_TABLES,
  ROW_TABLES,
  type ExportFormat,
  type ExportTable,
  type LedgerTable,
  type RowTable,
} from "../../shared/operations.ts";
import type { RunRecord } from "../../shared/run.ts";
import type { RunReader } from "../store/reader.ts";
import { csv } from "./csv.ts";
import { czml, type MovingTable } from "./czml.ts";
import { features, type PlacedTable } from "./features.ts";
import { geojson } from "./geojson.ts";
import { kml } from "./kml.ts";
import { ledgerFile, type LedgerSource } from "./ledger.ts";
import { parquet } from "./parquet.ts";
import type { FootprintSource } from "../../shared/footprint.ts";
import { withoutSignalling } from "./signalling.ts";
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
  csv: [...ROW_TABLES, ...LEDGER_TABLES],
  parquet: [...ROW_TABLES, ...LEDGER_TABLES],
  geojson: ["satellites", "ues", "cells", "events"],
  czml: ["satellites", "cells", "events"],
  kml: ["satellites", "ues", "cells", "events"],
  json: ["sib19"],
};

/** What the run's cells would broadcast, cell by cell, and where its numbers come from. */
export interface Broadcast {
  notes: string[];
  cells: Iterable<object>;
}

/** What a run does not keep and the studies work out again. */
export interface Sources {
  /** where cells lie */
  footprint: FootprintSource;
  sib19: () => Broadcast;
  ledger: LedgerSource;
}

const NONE: Sources = {
  footprint: () => null,
  sib19: () => ({ notes: [], cells: [] }),
  ledger: () => {
    throw new Error("nobody makes the messages of this run");
  },
};

/**
 * A table of a run as a file. The same content of the database gives the same bytes; the file is made while it is
 * read, piece by piece. Cells have no place without `footprint`, and nothing to broadcast without `sib19`.
 */
export function exportTable(
  reader: RunReader,
  run: string,
  table: ExportTable,
  format: ExportFormat,
  given: Partial<Sources> = {},
): ExportFile {
  if (!HOLDS[format].includes(table)) throw impossible(table, format);
  const sources = { ...NONE, ...given };
  const source: Source = { reader, record: reader.run(run), footprint: sources.footprint };
  return {
    name: `${source.record.run}-${table}.${format}`,
    type: TYPES[format],
    chunks: chunks(source, table, format, sources),
  };
}

const isLedger = (table: ExportTable): table is LedgerTable =>
  (LEDGER_TABLES as readonly ExportTable[]).includes(table);

function chunks(
  source: Source,
  table: ExportTable,
  format: ExportFormat,
  { sib19, ledger }: Sources,
): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (format === "json") return encoded(broadcast(source.record, sib19()));
  if (isLedger(table)) {
    if (source.reader.signalling(source.record.run) === null) throw withoutSignalling(source.record.run);
    return ledgerFile(source, table, format === "csv" ? "csv" : "parquet", ledger());
  }
  if (format === "csv") return encoded(csv(tables[table as RowTable](source)));
  if (format === "parquet") return parquet(tables[table as RowTable](source));
  if (format === "czml") return encoded(czml(table as MovingTable, source));
  const placed = features[table as PlacedTable](source);
  return encoded(format === "geojson" ? geojson(placed) : kml(`${source.record.scenario}: ${table}`, placed));
}

/** A heading that says the units, then a line a cell. */
function broadcast({ run, scenario, startMs }: RunRecord, { notes, cells }: Broadcast): Iterable<string> {
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
      hysteresisLocation: "10 m",
      timeToTrigger: "ms",
      cellSpecificKoffset: "ms (slots at 15 kHz)",
      "ta-Common": "4.072e-3 µs",
      "ta-CommonDrift": "0.2e-3 µs/s",
      "ta-CommonDriftVariant": "0.2e-4 µs/s²",
      degreesLatitude: "90°/2^23",
      degreesLongitude: "360°/2^24",
      epochTime: "10 ms frames and 1 ms subframes; frame 0 at the start of the run",
    },
    notes,
  });
  return jsonArray(`${heading.slice(0, -1)},"cells":[`, cells, "\n]}\n");
}

function impossible(table: ExportTable, format: ExportFormat): BadInput {
  const formats = EXPORT_FORMATS.filter((f) => HOLDS[f].includes(table)).join(", ");
  const reason = `${format} cannot hold the table ${table}`;
  const remedy = `Export ${table} as ${formats}, or one of ${HOLDS[format].join(", ")} as ${format}`;
  return new BadInput([{ field: "format", reason, remedy }]);
}
