import { exportTable } from "../../src/main/export/export.ts";
import { RunReader } from "../../src/main/store/reader.ts";
import { footprintSource } from "../../src/main/studies/footprints.ts";
import { ROW_TABLES } from "../../src/shared/operations.ts";

/** Columns of the metrics table that time the machine. */
const TIMINGS = /^(trainS|predictS|.*\[s\])/;

async function text(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  let all = "";
  const decoder = new TextDecoder();
  for await (const chunk of chunks) all += decoder.decode(chunk, { stream: true });
  return all;
}

/** CSV without its timing columns. */
function withoutTimings(csv: string): string {
  const rows = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const keep = rows[0].map((title) => !TIMINGS.test(title));
  return rows.map((row) => row.filter((_, i) => keep[i]).join(",")).join("\n");
}

/** Every export of a run as CSV, by table, without timings: what must not depend on threads or interruptions. */
export async function allExports(db: string, run: string): Promise<Record<string, string>> {
  const reader = new RunReader(db);
  try {
    const tables: Record<string, string> = {};
    for (const table of ROW_TABLES) {
      const footprint = footprintSource(reader, run);
      const csv = await text(exportTable(reader, run, table, "csv", { footprint }).chunks);
      tables[table] = table === "metrics" ? withoutTimings(csv) : csv;
    }
    const frames = reader.frames(run, 0, 1e9);
    tables.frames =
      Buffer.from(frames.cellState.buffer).toString("base64") +
      Buffer.from(frames.sinr.buffer).toString("base64");
    tables.models = reader
      .models(run)
      .map((m) => `${m.name} ${m.ablation} ${Buffer.from(m.onnx).toString("base64")}`)
      .join("\n");
    return tables;
  } finally {
    reader.close();
  }
}
