import { BadInput } from "../../shared/errors.ts";
import { EXPORT_FORMATS, type ExportFormat, type ExportTable } from "../../shared/operations.ts";
import type { RunReader } from "../store/reader.ts";
import { csv } from "./csv.ts";
import { parquet } from "./parquet.ts";
import type { FootprintSource, Source } from "./source.ts";
import { tables } from "./tables.ts";
import { encoded } from "./text.ts";

export type { Footprint, FootprintSource } from "./source.ts";

export interface ExportFile {
  name: string;
  /** MIME */
  type: string;
  chunks: Iterable<Uint8Array>;
}

export function exportTable(reader: RunReader, run: string, table: ExportTable, format: ExportFormat, footprints: FootprintSource = () => null): ExportFile {
  const source: Source = { reader, record: reader.run(run), footprint: footprints };
  const rows = tables[table](source);
  return { name: `${source.record.run}-${table}.${format}`, type: "text/csv", chunks: format === "csv" ? encoded(csv(rows)) : parquet(rows) };
}
void BadInput; void EXPORT_FORMATS;
