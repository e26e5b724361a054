import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EXPORT_FORMATS, EXPORT_TABLES } from "../../../shared/operations.ts";
import { BadInput } from "../../../shared/errors.ts";
import { exportTable } from "../../export/export.ts";
import { textTable } from "../../export/text-table.ts";
import { defaultDatabase } from "../../paths.ts";
import { listBundled } from "../../scenario/bundled.ts";
import type { RunReader } from "../../store/reader.ts";
import { footprintSource } from "../../studies/footprints.ts";
import { sib19 } from "../../studies/sib19.ts";
import { Arguments } from "./arguments.ts";
import type { World } from "./world.ts";

interface Output {
  json?: boolean;
}

export function scenarios(world: World, { json }: Output): number {
  const list = listBundled();
  if (json) world.out(JSON.stringify(list));
  else
    world.out(
      textTable(
        ["name", "satellites", "UEs", "duration s", "title"],
        list.map((s) => [
          s.name,
          s.needsElements ? "--elements" : String(s.satellites ?? "–"),
          String(s.ues),
          String(s.durationS),
          s.title,
        ]),
        [0, 4],
      ),
    );
  return 0;
}

export async function runs(world: World, { db, json }: Output & { db?: string }): Promise<number> {
  return withReader(world, db, (reader) => {
    const list = reader.runs();
    const rows = list.map((r) => [
      r.run,
      r.scenario,
      r.status,
      `${r.stepsDone}/${r.stepsTotal}`,
      String(r.ues),
      String(r.seed),
      new Date(r.createdMs).toISOString().slice(0, 19) + "Z",
    ]);
    if (json) world.out(JSON.stringify(list));
    else if (rows.length === 0) world.out("No runs yet. Start one: beamwalk plan dahouda-2023");
    else
      world.out(
        textTable(["run", "scenario", "status", "steps", "UEs", "seed", "created UTC"], rows, [0, 1, 2]),
      );
    return 0;
  });
}

export interface ExportOptions extends Output {
  table?: string;
  format?: string;
  output?: string;
  db?: string;
}

export async function exportRun(world: World, run: string, options: ExportOptions): Promise<number> {
  const given = new Arguments();
  const table = given.oneOf("--table", options.table, EXPORT_TABLES);
  const format = given.oneOf("--format", options.format, EXPORT_FORMATS);
  if (options.output === undefined)
    given.refuse("--output", "is missing", "Give -o FILE, or -o - for the standard output");
  given.check();
  const path = options.output!;
  return withReader(world, options.db, async (reader) => {
    const id = reader.run(run).run;
    const file = exportTable(reader, id, table, format, footprintSource(reader, id), () => sib19(reader, id));
    const bytes = await write(file.chunks, path);
    if (path !== "-" && options.json)
      world.out(JSON.stringify({ run: id, table, format, file: path, bytes }));
    else world.err(`${table} of run ${id}: ${bytes} bytes of ${format}${path === "-" ? "" : ` in ${path}`}`);
    return 0;
  });
}

export async function write(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  path: string,
): Promise<number> {
  let bytes = 0;
  async function* counted() {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      yield chunk;
    }
  }
  try {
    const source = Readable.from(counted());
    if (path === "-") await pipeline(source, process.stdout, { end: false });
    else await pipeline(source, createWriteStream(path));
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined || path === "-") throw error;
    const reason = `"${path}" cannot be written (${code})`;
    throw new BadInput([
      { field: "--output", reason, remedy: "Give a file that can be written, with room for it" },
    ]);
  }
  return bytes;
}

async function withReader<T>(
  world: World,
  db: string | undefined,
  use: (reader: RunReader) => T,
): Promise<Awaited<T>> {
  const reader = await world.openReader(db ?? defaultDatabase());
  try {
    return await use(reader);
  } finally {
    reader.close();
  }
}
