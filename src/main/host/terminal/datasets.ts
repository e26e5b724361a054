import { hetnetData } from "../../studies/paper-b/data-set.ts";
import { Arguments } from "./arguments.ts";
import { exportRun, write } from "./runs.ts";
import type { World } from "./world.ts";

export interface DatasetOptions {
  output?: string;
  format: string;
  window?: string;
  paths: string;
  seed: string;
  db?: string;
  json?: boolean;
}

const PAPER_WINDOW = { cellular: 9, wifi: 7 };

/** Writes what models are trained on: a run's data set at its mark, or the windows of paper B's world. */
export async function exportDataset(world: World, which: string, options: DatasetOptions): Promise<number> {
  const rat = which === "hetnet-bs" ? "cellular" : which === "hetnet-ap" ? "wifi" : null;
  if (rat === null) return exportRun(world, which, { ...options, table: "dataset" });
  const given = new Arguments();
  const window = given.whole("--window", options.window, 1, 100) ?? PAPER_WINDOW[rat];
  const paths = given.whole("--paths", options.paths, 1, 1000) ?? 35;
  const seed = given.whole("--seed", options.seed, 0, 4_294_967_295) ?? 0;
  given.oneOf("--format", options.format, ["csv"] as const);
  if (options.output === undefined)
    given.refuse("--output", "is missing", "Give -o FILE, or -o - for the standard output");
  given.check();
  const path = options.output!;
  const bytes = await write(encoded(hetnetData({ seed, paths, rat, window })), path);
  if (path !== "-" && options.json) world.out(JSON.stringify({ dataset: which, file: path, bytes }));
  else world.err(`${which}: ${bytes} bytes of csv${path === "-" ? "" : ` in ${path}`}`);
  return 0;
}

const BATCH = 500;

/** Lines as bytes, some hundred at a time. */
function* encoded(lines: Iterable<string>): Generator<Uint8Array> {
  let batch: string[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield Buffer.from(`${batch.join("\r\n")}\r\n`);
    batch = [];
  }
  if (batch.length > 0) yield Buffer.from(`${batch.join("\r\n")}\r\n`);
}
