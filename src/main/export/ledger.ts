import { kindTotals, type Ledger } from "../../shared/ledger.ts";
import type { LedgerTable } from "../../shared/operations.ts";
import { csv } from "./csv.ts";
import { parquet } from "./parquet.ts";
import { cellNames, type Source } from "./source.ts";
import { instants, integers, texts, type Table } from "./table.ts";
import { encoded } from "./text.ts";

/** A run's messages, made a piece at a time: yields how much is done, 0 … 1, and may throw to stop. */
export type LedgerSource = () => Iterator<number, Ledger>;

/** Lets whatever else waits in this process have its turn. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The first piece comes when all messages are made. */
export async function* ledgerFile(
  source: Source,
  table: LedgerTable,
  format: "csv" | "parquet",
  made: Iterator<number, Ledger>,
): AsyncGenerator<Uint8Array> {
  let step = made.next();
  for (; !step.done; step = made.next()) await turn();
  const rows = table === "ledger" ? messages(source, step.value) : kinds(step.value);
  for (const piece of format === "csv" ? encoded(csv(rows)) : parquet(rows)) {
    await turn();
    yield piece;
  }
}

/** One row a message, in the order of sending. */
function messages(source: Source, ledger: Ledger): Table {
  const { startMs } = source.record;
  const { timeMs, cell, kind, bytes } = ledger;
  const names = cellNames(source);
  const what = (key: "interface" | "name" | "from" | "to") => (row: number) => ledger.kinds[kind[row]][key];
  return {
    rows: timeMs.length,
    columns: [
      { name: "timeS", kind: "double", value: (row) => timeMs[row] / 1000 },
      instants("utc", (row) => startMs + timeMs[row]),
      integers("cell", cell),
      texts("satellite", (row) => names.satellite(cell[row])),
      { name: "beam", kind: "integer", value: (row) => names.beam(cell[row]) },
      texts("interface", what("interface")),
      texts("kind", what("name")),
      texts("from", what("from")),
      texts("to", what("to")),
      integers("bytes", bytes),
    ],
  };
}

/** One row a kind of message: how often it was sent, and its bytes. */
function kinds(ledger: Ledger): Table {
  const totals = kindTotals(ledger);
  return {
    rows: totals.length,
    columns: [
      texts("interface", (row) => totals[row].interface),
      texts("kind", (row) => totals[row].name),
      texts("from", (row) => totals[row].from),
      texts("to", (row) => totals[row].to),
      { name: "messages", kind: "integer", value: (row) => totals[row].messages },
      { name: "bytes", kind: "double", value: (row) => totals[row].bytes },
    ],
  };
}
