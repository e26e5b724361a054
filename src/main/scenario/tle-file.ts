import { emptyReadings, type Readings } from "./records.ts";
import { readPair } from "./tle.ts";

/** An element line begins with its number and a catalogue number; a name may begin with "1 " too. */
const FIRST = /^1\s+(?:\d{1,9}|[A-Z]\d{4})[A-Z]?(?:\s|$)/i;
const SECOND = /^2\s+(?:\d{1,9}|[A-Z]\d{4})[A-Z]?(?:\s|$)/i;

/** Lines of a TLE or 3LE file, with or without names, comments (#) and blank lines between. */
export function readTleFile(text: string): Readings & { format: "tle" | "3le" } {
  const readings = emptyReadings();
  let format: "tle" | "3le" = "tle";
  let name: { line: number; text: string } | null = null;
  let first: { line: number; text: string } | null = null;
  const reject = (line: number, reason: string) => readings.rejected.push({ line, id: null, reason });
  const closeFirst = () => {
    if (first) reject(first.line, "line 1 without line 2");
    first = null;
  };
  const closeName = () => {
    if (name) reject(name.line, `"${name.text.slice(0, 40)}" is no element line, and none follows it`);
    name = null;
  };

  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const line = { line: index + 1, text: raw.trim() };
    if (line.text === "" || line.text.startsWith("#")) return;
    if (FIRST.test(line.text)) {
      closeFirst();
      first = line;
    } else if (SECOND.test(line.text)) {
      if (first) readPair(readings, nameOf(name), first, line);
      else reject(line.line, "line 2 without line 1");
      first = name = null;
    } else {
      closeFirst();
      closeName();
      name = line;
      format = "3le";
    }
  });
  closeFirst();
  closeName();
  return { ...readings, format };
}

/** A name, without the "0 " that some files put before it. */
const nameOf = (line: { text: string } | null) => line?.text.replace(/^0 +/, "") || null;
