import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesFolder } from "../paths.ts";
import type { SignallingRules } from "../../shared/mission.ts";

type Row = [index: number, format: number, x: number, y: number, subframes: number[]];

/** A row of TS 38.211 Table 6.3.3.2-2 (paired spectrum, long formats). The length of its preamble is left out. */
export function prachConfiguration(index: number): SignallingRules["prach"] {
  const file = join(resourcesFolder, "reference", "prach.json");
  const [{ rows }] = JSON.parse(readFileSync(file, "utf8")) as { rows: Row[] }[];
  const [, , x, y, subframes] = rows.find(([number]) => number === index)!;
  return { x, y, subframes };
}
