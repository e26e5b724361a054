import { readOmmCsv } from "./omm-csv.ts";
import { readElementJson } from "./omm-json.ts";
import { readOmmKvn } from "./omm-kvn.ts";
import { readOmmXml } from "./omm-xml.ts";
import { dropSuperseded, type ElementRecord, type Readings, type Remark } from "./records.ts";
import { readTleFile } from "./tle-file.ts";

export type { ElementRecord } from "./records.ts";
export { catalogueNumber } from "./records.ts";

export interface ElementFile {
  format: "tle" | "3le" | "omm-csv" | "omm-json" | "omm-xml" | "omm-kvn";
  accepted: ElementRecord[];
  rejected: Remark[];
  warnings: Remark[];
}

/** Reads TLE, 3LE or OMM in any of its notations, told apart by what is in them; the file's name only breaks a tie. */
export function readElements(text: string, fileName = ""): ElementFile {
  const clean = text.replace(/^\uFEFF/, "");
  const { format, ...readings } = readAs(clean, fileName.toLowerCase());
  return { format, ...dropSuperseded(readings) };
}

function readAs(text: string, fileName: string): Readings & Pick<ElementFile, "format"> {
  const start = text.slice(0, 65_536).replace(/^\s*(?:#.*(?:\r\n?|\n)\s*)*/, "");
  if (start.startsWith("<")) return { format: "omm-xml", ...readOmmXml(text) };
  if (/^[[{]/.test(start)) return readElementJson(text);
  if (/^[12] .{60}/m.test(start)) return readTleFile(text);
  const header = start.split(/\r|\n/, 1)[0];
  if (/,/.test(header) && (/\b(NORAD_CAT_ID|MEAN_MOTION|EPOCH)\b/i.test(header) || fileName.endsWith(".csv")))
    return { format: "omm-csv", ...readOmmCsv(text) };
  if (/^\s*[A-Z]\w*\s*=/im.test(start)) return { format: "omm-kvn", ...readOmmKvn(text) };
  return readTleFile(text);
}
