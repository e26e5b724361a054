import type { ElementFile } from "../../scenario/elements.ts";
import { readElements } from "../../scenario/elements.ts";
import { propagateElements } from "../../studies/propagate.ts";
import { textTable } from "../../export/text-table.ts";
import { Arguments } from "./arguments.ts";
import type { World } from "./world.ts";

interface Output {
  json?: boolean;
}

export interface PropagateOptions extends Output {
  id?: string[];
  minutes?: string;
  at?: string;
  frame: string;
}

function elementFile(path: string): ElementFile {
  const given = new Arguments();
  const file = given.file("elements", path);
  given.check();
  return readElements(file!.text, file!.name);
}

/** What was accepted and what was not; exit code 2 when nothing at all could be used. */
export function inspect(world: World, path: string, { json }: Output): number {
  const { format, accepted, rejected, warnings } = elementFile(path);
  const code = accepted.length > 0 ? 0 : 2;
  if (json) {
    const records = accepted.map(({ source, epochMs, line }) => ({
      id: source.id,
      name: source.name,
      epoch: new Date(epochMs).toISOString(),
      line,
    }));
    world.out(JSON.stringify({ format, accepted: records, rejected, warnings }));
    return code;
  }
  world.out(
    `${format}: ${accepted.length} accepted, ${rejected.length} rejected, ${warnings.length} warnings`,
  );
  const listed = [
    ...rejected.map((r) => [String(r.line), "rejected", r.id ?? "–", r.reason]),
    ...warnings.map((w) => [String(w.line), "warning", w.id ?? "–", w.reason]),
  ].sort((a, b) => Number(a[0]) - Number(b[0]));
  if (listed.length > 0) world.out(textTable(["line", "", "id", "reason"], listed, [1, 2, 3]));
  return code;
}

const FRAMES = ["teme", "ecef", "geodetic"] as const;

export function propagate(world: World, path: string, options: PropagateOptions): number {
  const given = new Arguments();
  const frame = given.oneOf("--frame", options.frame, FRAMES);
  const minutes = given.numbers("--minutes", options.minutes);
  given.check();
  const at = options.at?.split(",").map((text) => text.trim());
  const ids = options.id?.flatMap((list) => list.split(","));
  const rows = propagateElements(elementFile(path), { ids, minutes, at, frame });
  world.out(options.json ? JSON.stringify(rows) : rowsText(rows));
  return 0;
}

/** Every field of every row as a column; vectors as three. */
function rowsText(rows: readonly object[]): string {
  const flat = rows.map((row) => Object.fromEntries(Object.entries(row).flatMap(flatten)));
  const head = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return textTable(
    head,
    flat.map((row) => head.map((key) => row[key] ?? "")),
  );
}

const flatten = ([key, value]: [string, unknown]): [string, string][] =>
  Array.isArray(value)
    ? value.map((part, i) => [`${key}.${"xyz"[i]}`, figure(part)])
    : [[key, figure(value)]];

const figure = (value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? value.toFixed(8) : String(value);
