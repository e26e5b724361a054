import { parse } from "csv-parse/sync";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportTable } from "../../../src/main/export/export.ts";
import type { Ledger } from "../../../src/shared/ledger.ts";
import { LEDGER_TABLES, type ExportFormat, type LedgerTable } from "../../../src/shared/operations.ts";
import { Kept, RUN, START_MS } from "./kept-run.ts";

let kept: Kept;
beforeAll(() => {
  kept = new Kept();
});
afterAll(() => kept.close());

const ledger: Ledger = {
  kinds: [
    { name: "MeasurementReport", interface: "Uu", from: "ue", to: "source" },
    { name: "HANDOVER REQUEST", interface: "Xn", from: "source", to: "target" },
    { name: "PATH SWITCH REQUEST", interface: "NG", from: "target", to: "core" },
  ],
  timeMs: Float64Array.of(200, 203.5, 1200.25, 1200.25),
  cell: Uint32Array.of(1, 2, 5, 5),
  kind: Uint8Array.of(0, 1, 0, 0),
  bytes: Uint32Array.of(40, 1000, 40, 45),
};

function* made(): Generator<number, Ledger> {
  yield 0.5;
  return ledger;
}

async function bytesOf(table: LedgerTable, format: ExportFormat): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportTable(kept.reader, RUN, table, format, { ledger: made }).chunks)
    pieces.push(piece);
  return Buffer.concat(pieces);
}
const rowsOf = async (table: LedgerTable): Promise<Record<string, string>[]> =>
  parse(await bytesOf(table, "csv"), { columns: true });

describe("the exported ledger", () => {
  it("has a row for each message: when, of which cell, on which interface, what, from and to whom", async () => {
    const rows = await rowsOf("ledger");
    expect(rows).toHaveLength(4);
    expect(rows[1]).toEqual({
      timeS: "0.2035",
      utc: new Date(START_MS + 204).toISOString(),
      cell: "2",
      satellite: "44713",
      beam: "1",
      interface: "Xn",
      kind: "HANDOVER REQUEST",
      from: "source",
      to: "target",
      bytes: "1000",
    });
    expect(rows[3]).toMatchObject({ timeS: "1.20025", satellite: "B 2", beam: "1", bytes: "45" });
  });

  it("adds up by kind, with those that nobody sent", async () => {
    const rows = await rowsOf("ledger-kinds");
    expect(rows.map(({ kind, messages, bytes }) => [kind, messages, bytes])).toEqual([
      ["MeasurementReport", "3", "125"],
      ["HANDOVER REQUEST", "1", "1000"],
      ["PATH SWITCH REQUEST", "0", "0"],
    ]);
    expect(rows[2]).toMatchObject({ interface: "NG", from: "target", to: "core" });
  });

  it.each(LEDGER_TABLES)("%s is the same in Parquet", async (table) => {
    const lines = await rowsOf(table);
    const file = Uint8Array.from(await bytesOf(table, "parquet")).buffer;
    const rows = await parquetReadObjects({ file });
    const text = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
    expect(rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, text(v)])))).toEqual(
      lines,
    );
  });

  it("is refused where the run counted no signalling", () => {
    const early = new Kept(false);
    for (const table of LEDGER_TABLES)
      expect(() => exportTable(early.reader, RUN, table, "csv", { ledger: made })).toThrow("no signalling");
    early.close();
  });
});
