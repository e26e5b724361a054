import { scanJson } from "./json-scan.ts";
import { readOmm } from "./omm.ts";
import { emptyReadings, type Readings } from "./records.ts";
import { readPair } from "./tle.ts";

/** Messages as a list of objects, one object, or an object with such a list; or pairs of lines in the same shapes. */
export function readElementJson(text: string): Readings & { format: "omm-json" | "tle" | "3le" } {
  const readings = emptyReadings();
  const scan = scanJson(text);
  if (scan.fault) {
    const { line, column, found } = scan.fault;
    const reason = `not JSON: "${found}" is out of place in column ${column}`;
    readings.rejected.push({ line, id: null, reason });
    return { ...readings, format: "omm-json" };
  }
  const records = listOf(JSON.parse(text));
  let format: "omm-json" | "tle" | "3le" = "omm-json";
  let object = 0;
  for (const record of records) {
    if (typeof record !== "object" || record === null || Array.isArray(record)) {
      const shown = Array.isArray(record) ? "a list" : JSON.stringify(record).slice(0, 40);
      const reason = `${shown} is no object with elements`;
      readings.rejected.push({ line: 1, id: null, reason });
      continue;
    }
    const line = scan.recordLines[object++] ?? 1;
    const fields = Object.fromEntries(
      Object.entries(record)
        .filter(([, value]) => typeof value === "string" || typeof value === "number")
        .map(([key, value]) => [key.toUpperCase(), String(value)]),
    );
    const [line1, line2] = [fields.LINE1 ?? fields.TLE_LINE1, fields.LINE2 ?? fields.TLE_LINE2];
    if (fields.MEAN_MOTION !== undefined || !line1 || !line2) {
      readOmm(readings, fields, line);
      continue;
    }
    const name = (fields.LINE0 ?? fields.TLE_LINE0 ?? fields.OBJECT_NAME)?.trim().replace(/^0 +/, "") || null;
    format = name ? "3le" : "tle";
    readPair(readings, name, { line, text: line1.trim() }, { line, text: line2.trim() });
  }
  return { ...readings, format };
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const holdsObjects = (member: unknown) =>
    Array.isArray(member) && typeof member[0] === "object" && member[0] !== null;
  const list = Object.values(value ?? {}).find(holdsObjects);
  return (list as unknown[] | undefined) ?? [value];
}
