import {
  asColumn,
  bytesOf,
  columnType,
  type Column,
  type Columns,
  type ColumnType,
} from "../../shared/columns.ts";
import type { Db } from "./database.ts";

/** Which columns: by UE from the start, by UE at the mark, by predicted handover, by cell and second, by event, by strategy. */
export type Family = "user" | "mark" | "predicted" | "storm" | "procedure" | "curve";

/** The bytes of an array as SQLite takes them, without a copy. */
export const blob = (array: Column) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

export function saveColumns(db: Db, runId: number, family: Family, columns: Columns): void {
  db.prepare("DELETE FROM column_data WHERE run_id = ? AND family = ?").run(runId, family);
  const insert = db.prepare(
    "INSERT INTO column_data (run_id, family, name, type, data) VALUES (?, ?, ?, ?, ?)",
  );
  for (const [name, column] of Object.entries(columns))
    insert.run(runId, family, name, columnType(column), blob(column));
}

/** The columns of one family in the order in which they were saved. */
export function loadColumns(db: Db, runId: number, family: Family): Columns {
  const rows = db
    .prepare("SELECT name, type, data FROM column_data WHERE run_id = ? AND family = ? ORDER BY id")
    .all(runId, family) as { name: string; type: ColumnType; data: Buffer }[];
  return Object.fromEntries(rows.map(({ name, type, data }) => [name, asColumn(data, type)]));
}

/** Copies the bytes of a blob into an array from element `at`. */
export function putBlob(into: Column, at: number, data: Uint8Array): void {
  bytesOf(into).set(data, at * into.BYTES_PER_ELEMENT);
}
