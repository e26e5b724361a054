import { mcsEfficiency, modulationOrder, overheadShare } from "../link/modulation.ts";
import { rsrqDb } from "../link/quality.ts";
import { fromDb } from "../math/decibel.ts";
import { type Formula, num, word } from "./reference-table.ts";

export const qualityFormulas: Record<string, Formula> = {
  modulationOrder: (i) => modulationOrder(num(i, "mcs")),
  codeRate1024: (i) => (1024 * mcsEfficiency(num(i, "mcs"))) / modulationOrder(num(i, "mcs")),
  mcsEfficiency: (i) => mcsEfficiency(num(i, "mcs")),
  overheadShare: (i) => overheadShare(num(i, "frequencyGhz") * 1e9, word(i, "direction") as "down" | "up"),
  rsrqDb: (i) => rsrqDb(1, 0, fromDb(-num(i, "sinrDb")), num(i, "load")),
};
