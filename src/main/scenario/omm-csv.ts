import { parse, type CsvError } from "csv-parse/sync";
import { readOmm } from "./omm.ts";
import { emptyReadings, type Readings } from "./records.ts";

interface Row {
  record: Record<string, string>;
  info: { lines: number };
}

/** One message a row, the field names in the first. A row that is no CSV is rejected, the rest is kept. */
export function readOmmCsv(text: string): Readings {
  const readings = emptyReadings();
  const rows = parse(text, {
    columns: (header: string[]) => header.map((name) => name.trim().toUpperCase()),
    comment: "#",
    comment_no_infix: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      const line = Number(error?.lines ?? 0);
      readings.rejected.push({ line, id: null, reason: error?.message ?? "not a CSV row" });
      return undefined;
    },
  }) as unknown as Row[];
  for (const { record, info } of rows) readOmm(readings, record, info.lines);
  return readings;
}
