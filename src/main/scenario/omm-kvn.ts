import { readOmm } from "./omm.ts";
import { emptyReadings, type Readings } from "./records.ts";

/** `KEY = value [unit]` lines; a message starts with its version or where a key comes again. */
export function readOmmKvn(text: string): Readings {
  const readings = emptyReadings();
  let fields: Record<string, string> = {};
  let start = 0;
  const close = () => {
    if (start > 0) readOmm(readings, fields, start);
    fields = {};
    start = 0;
  };
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || /^COMMENT\b/i.test(line)) return;
    const match = /^([A-Za-z]\w*)\s*=\s*(.*?)(?:\s*\[[^\]]*\])?$/.exec(line);
    if (!match) {
      readings.warnings.push({
        line: index + 1,
        id: null,
        reason: `"${line.slice(0, 40)}" is not KEY = value`,
      });
      return;
    }
    const key = match[1].toUpperCase();
    if (key === "CCSDS_OMM_VERS" || key in fields) close();
    if (start === 0) start = index + 1;
    fields[key] = match[2];
  });
  close();
  return readings;
}
