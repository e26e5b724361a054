import { createWriteStream, rmSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EXPORT_FORMATS, EXPORT_TABLES } from "../../../shared/operations.ts";
import { BadInput, Cancelled } from "../../../shared/errors.ts";
import { interfaceTotals, kindTotals, type InterfaceTotal } from "../../../shared/ledger.ts";
import { textTable } from "../../export/text-table.ts";
import { defaultDatabase } from "../../paths.ts";
import { listBundled } from "../../scenario/bundled.ts";
import type { RunReader } from "../../store/reader.ts";
import { exportOf } from "../exports.ts";
import { Arguments } from "./arguments.ts";
import { lateProgress } from "./coverage-progress.ts";
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
    const { run: id } = reader.run(run);
    let totals: InterfaceTotal[] | undefined;
    const progress = lateProgress(world, "messages");
    const bytes = await interruptible(world, path, (check) => {
      const file = exportOf(reader, id, table, format, {
        update(fraction) {
          check();
          progress.update(fraction);
        },
        done: (ledger) => (totals = interfaceTotals(kindTotals(ledger))),
      });
      return write(file.chunks, path, check);
    }).finally(progress.stop);
    if (path !== "-" && options.json)
      world.out(JSON.stringify({ run: id, table, format, file: path, bytes, interfaces: totals }));
    else {
      world.err(`${table} of run ${id}: ${bytes} bytes of ${format}${path === "-" ? "" : ` in ${path}`}`);
      if (totals) world.err(totalsText(totals));
    }
    return 0;
  });
}

const count = (n: number) => n.toLocaleString("en-US");

function totalsText(totals: InterfaceTotal[]): string {
  const all = totals.reduce((sum, { messages }) => sum + messages, 0);
  const parts = totals.map((t) => `${t.interface} ${count(t.messages)} (${count(t.bytes)} bytes)`);
  return `${count(all)} messages: ${parts.join(", ")}`;
}

/** Ctrl+C makes `check` throw; what was written of the file by then is removed. */
async function interruptible<T>(
  world: World,
  path: string,
  work: (check: () => void) => Promise<T>,
): Promise<T> {
  let stopped = false;
  const forget = world.onInterrupt(() => (stopped = true));
  try {
    return await work(() => {
      if (stopped) throw new Cancelled();
    });
  } catch (error) {
    if (error instanceof Cancelled && path !== "-") removeFile(path);
    throw error;
  } finally {
    forget();
  }
}

/** Not what is no file of its own, such as /dev/null. */
function removeFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) rmSync(path);
}

export async function write(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  path: string,
  check: () => void = () => {},
): Promise<number> {
  let bytes = 0;
  async function* counted() {
    for await (const chunk of chunks) {
      check();
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
