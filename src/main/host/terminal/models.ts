import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { BadInput } from "../../../shared/errors.ts";
import { textTable } from "../../export/text-table.ts";
import { defaultDatabase } from "../../paths.ts";
import { Arguments } from "./arguments.ts";
import { write } from "./runs.ts";
import { study, tell, type StudyOptions } from "./study.ts";
import type { World } from "./world.ts";

/** The library of models. */
export async function models(world: World, { db, json }: { db?: string; json?: boolean }): Promise<number> {
  const reader = await world.openReader(db ?? defaultDatabase());
  const list = reader.library();
  reader.close();
  if (json) world.out(JSON.stringify(list));
  else if (list.length === 0) world.out("No models yet. Train one: beamwalk train <run> --model forest");
  else
    world.out(
      textTable(
        ["model", "task", "features", "quality", "energy J", "kB", "created UTC", "trained on"],
        list.map((one) => [
          one.model,
          one.card.task,
          String(one.card.features.length),
          quality(one.metrics),
          one.energyJ === null ? "none" : one.energyJ.toFixed(1),
          String(Math.ceil(one.bytes / 1000)),
          new Date(one.createdMs).toISOString().slice(0, 19) + "Z",
          one.lineage,
        ]),
        [0, 1, 3, 7],
      ),
    );
  return 0;
}

function quality({ accuracy, rmseDb }: Record<string, number>): string {
  if (accuracy !== undefined) return `accuracy ${accuracy.toFixed(4)}`;
  return rmseDb === undefined ? "not tested" : `RMSE ${rmseDb.toFixed(3)} dB`;
}

/** What an import may have, in the terminal as on the page. */
const MOST_BYTES = 48e6;

/** Puts somebody's ONNX model with its card into the library. */
export async function importModel(
  world: World,
  file: string,
  options: StudyOptions & { card?: string; name?: string },
): Promise<number> {
  const given = new Arguments();
  if (options.card === undefined)
    given.refuse("--card", "is missing", "Give a JSON file with features, units and threshold");
  const text = given.file("--card", options.card);
  const onnx = bytes(given, file);
  if (onnx && onnx.length > MOST_BYTES)
    given.refuse("model", `has ${(onnx.length / 1e6).toFixed(0)} MB`, `Give at most ${MOST_BYTES / 1e6} MB`);
  const card = text && parsed(given, text.text);
  const from = basename(file);
  const name = options.name ?? from.replace(/\.onnx$/i, "");
  given.name("--name", name);
  given.check();
  const report = await study(
    world,
    given,
    { kind: "import", name, onnx: onnx!.toString("base64"), card, from },
    options,
  );
  return tell(world, report, options);
}

/** A classifier of the library on the UEs of a run. */
export async function applyModel(
  world: World,
  model: string,
  run: string,
  options: StudyOptions,
): Promise<number> {
  return tell(world, await study(world, new Arguments(), { kind: "apply", model, run }, options), options);
}

/** Writes a model's ONNX file. */
export async function exportModel(
  world: World,
  model: string,
  { db, output }: { db?: string; output?: string },
): Promise<number> {
  if (output === undefined)
    throw new BadInput([{ field: "--output", reason: "is missing", remedy: "Give -o FILE" }]);
  const reader = await world.openReader(db ?? defaultDatabase());
  const onnx = reader.modelFile(model);
  reader.close();
  world.err(`${await write([onnx], output)} bytes of ${model} in ${output}`);
  return 0;
}

function bytes(given: Arguments, file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    given.file("model", file);
    return undefined;
  }
}

function parsed(given: Arguments, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    given.refuse("--card", `is not JSON: ${(error as Error).message}`, "Give a JSON file");
    return undefined;
  }
}
