import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Kind, Table, TableColumn } from "./table.ts";

const TYPES = {
  integer: "INT32",
  double: "DOUBLE",
  single: "FLOAT",
  text: "STRING",
  instant: "TIMESTAMP",
} as const satisfies Record<Kind, string>;

/** Rows of one group: what is held in memory at a time. */
const GROUP = 65_536;

/** Apache Parquet, Snappy, in row groups; every column may be null, instants are timestamps in milliseconds. */
export function* parquet(table: Table): Generator<Uint8Array> {
  const writer = new ByteWriter();
  const columns = (from: number, to: number) => table.columns.map((column) => slice(column, from, to));
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columns(0, 0) }),
    createdBy: "Beamwalk",
  });
  for (let from = 0; from < table.rows; from += GROUP) {
    const columnData = columns(from, Math.min(table.rows, from + GROUP)).map(({ name, data }) => ({
      name,
      data,
    }));
    void file.write({ columnData, rowGroupSize: GROUP });
    yield taken(writer);
  }
  void file.finish();
  yield taken(writer);
}

function slice({ name, kind, value }: TableColumn, from: number, to: number) {
  const data = Array.from({ length: to - from }, (_, i) => {
    const cell = value(from + i);
    return kind === "instant" && cell !== null ? new Date(cell) : cell;
  });
  return { name, type: TYPES[kind], nullable: true, data };
}

/** What was written since the last time; the offsets in the file go on counting. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
