import { asColumn, type Columns } from "../../shared/columns.ts";
import { floorsFor, pyramidOf, QUANTITIES, quantityOf } from "../../shared/peaks.ts";
import type { StormColumns } from "../../shared/storm.ts";
import { blob } from "./blobs.ts";
import type { Db } from "./database.ts";
import type { RunRow } from "./records.ts";

/** Builds the pyramids of a storm and keeps them, in the place of any kept before; a short run needs none. */
export function keepPeaks(db: Db, { id, duration_s }: RunRow, storm: StormColumns): void {
  db.prepare("DELETE FROM storm_peak WHERE run_id = ?").run(id);
  const insert = db.prepare("INSERT INTO storm_peak VALUES (?, ?, ?, ?)");
  for (const quantity of QUANTITIES) {
    const values = quantityOf(storm, quantity);
    pyramidOf(storm.cell, storm.second, values, floorsFor(duration_s)).forEach((floor, n) =>
      insert.run(id, quantity, 2 ** (n + 1), blob(floor)),
    );
  }
}

/** `<quantity>.<seconds of a stretch>` u32; empty where none were kept. */
export function readPeaks(db: Db, { id }: RunRow): Columns {
  const rows = db
    .prepare(
      "SELECT quantity, stretch_s, entry FROM storm_peak WHERE run_id = ? ORDER BY quantity, stretch_s",
    )
    .all(id) as { quantity: string; stretch_s: number; entry: Buffer }[];
  return Object.fromEntries(
    rows.map(({ quantity, stretch_s, entry }) => [`${quantity}.${stretch_s}`, asColumn(entry, "u32")]),
  );
}
