import { tleEpochMs } from "../math/time.ts";
import { catalogueNumber, rangeProblems, type Readings, type Remark } from "./records.ts";

/** Reads one pair of lines into `readings`, either as an accepted record or as a rejected one. */
export function readPair(
  readings: Readings,
  name: string | null,
  first: { line: number; text: string },
  second: { line: number; text: string },
): void {
  const line1 = first.text.toUpperCase().slice(0, 69);
  const line2 = second.text.toUpperCase().slice(0, 69);
  const id = catalogueNumber(line1.slice(2, 7));
  const faults: Remark[] = [];
  const fault = (line: number, reason: string) => faults.push({ line, id, reason });
  for (const { line, text } of [first, second])
    if (text.length < 68) fault(line, `line is too short: ${text.length} of 69 columns`);
  if (faults.length === 0) {
    const id2 = catalogueNumber(line2.slice(2, 7));
    if (!id) fault(first.line, `catalogue number "${line1.slice(2, 7)}" is neither digits nor Alpha-5`);
    else if (id !== id2)
      fault(second.line, `the lines are of different objects: ${id} and ${id2 ?? line2.slice(2, 7)}`);
    for (const reason of fieldProblems(line1, LINE_1)) fault(first.line, reason);
    for (const reason of fieldProblems(line2, LINE_2)) fault(second.line, reason);
    if (line1[62] === "4") fault(first.line, "ephemeris type 4 is SGP4-XP, which is another theory");
  }
  const epochMs = tleEpochMs(Number(line1.slice(18, 20)), Number(line1.slice(20, 32)));
  if (faults.length === 0) {
    if (Number.isNaN(epochMs)) fault(first.line, `epoch "${line1.slice(18, 32)}" is no day of a year`);
    for (const reason of rangeProblems(meanElements(line2))) fault(second.line, reason);
  }
  if (!id || faults.length > 0) {
    const { line } = faults[0];
    readings.rejected.push({ line, id, reason: faults.map((f) => f.reason).join("; ") });
    return;
  }
  readings.warnings.push(
    ...checksumWarnings(id, first.line, line1),
    ...checksumWarnings(id, second.line, line2),
  );
  const source = { kind: "tle" as const, id, name: name ?? id, line1, line2 };
  readings.accepted.push({ source, epochMs, line: first.line });
}

interface Field {
  name: string;
  from: number;
  to: number;
  shape: RegExp;
}

const DECIMAL = /^ *[+-]?(\d+\.?\d*|\.\d+) *$/;
const OPTIONAL_DECIMAL = /^ *([+-]?(\d+\.?\d*|\.\d+))? *$/;
const EXPONENT = /^[ +-]\d{5}[ +-]\d$/;
const OPTIONAL_EXPONENT = /^([ +-]\d{5}[ +-]\d| *)$/;
const BLANK = /^ *$/;

/** Columns counted from 0, the end left out. */
const LINE_1: Field[] = [
  { name: "column 18", from: 17, to: 18, shape: BLANK },
  { name: "epoch year", from: 18, to: 20, shape: /^\d\d$/ },
  { name: "epoch day", from: 20, to: 32, shape: DECIMAL },
  { name: "column 33", from: 32, to: 33, shape: BLANK },
  { name: "first derivative of the mean motion", from: 33, to: 43, shape: OPTIONAL_DECIMAL },
  { name: "column 44", from: 43, to: 44, shape: BLANK },
  { name: "second derivative of the mean motion", from: 44, to: 52, shape: OPTIONAL_EXPONENT },
  { name: "column 53", from: 52, to: 53, shape: BLANK },
  { name: "BSTAR", from: 53, to: 61, shape: EXPONENT },
];

const LINE_2: Field[] = [
  { name: "column 8", from: 7, to: 8, shape: BLANK },
  { name: "inclination", from: 8, to: 16, shape: DECIMAL },
  { name: "column 17", from: 16, to: 17, shape: BLANK },
  { name: "right ascension of the node", from: 17, to: 25, shape: DECIMAL },
  { name: "column 26", from: 25, to: 26, shape: BLANK },
  { name: "eccentricity", from: 26, to: 33, shape: /^(?=.*\d)[\d ]{7}$/ },
  { name: "column 34", from: 33, to: 34, shape: BLANK },
  { name: "argument of perigee", from: 34, to: 42, shape: DECIMAL },
  { name: "column 43", from: 42, to: 43, shape: BLANK },
  { name: "mean anomaly", from: 43, to: 51, shape: DECIMAL },
  { name: "column 52", from: 51, to: 52, shape: BLANK },
  { name: "mean motion", from: 52, to: 63, shape: DECIMAL },
];

function fieldProblems(line: string, fields: Field[]): string[] {
  const problems: string[] = [];
  for (const { name, from, to, shape } of fields) {
    const text = line.slice(from, to);
    if (shape.test(text)) continue;
    problems.push(
      shape === BLANK ? `${name} is "${text}", not blank` : `${name} "${text.trim()}" is not a number`,
    );
  }
  return problems;
}

function meanElements(line2: string) {
  const number = (from: number, to: number) => Number(line2.slice(from, to));
  return {
    inclinationDeg: number(8, 16),
    raanDeg: number(17, 25),
    eccentricity: Number(`0.${line2.slice(26, 33).replaceAll(" ", "0")}`),
    argumentOfPerigeeDeg: number(34, 42),
    meanAnomalyDeg: number(43, 51),
    meanMotion: number(52, 63),
  };
}

function checksumWarnings(id: string, line: number, text: string): Remark[] {
  const stated = text[68];
  const computed = checksum(text);
  if (stated === String(computed)) return [];
  const reason = stated ? `checksum is ${stated}, computed ${computed}` : "no checksum";
  return [{ line, id, reason: `${reason}; the record is used` }];
}

/** Sum of the digits of the first 68 columns, a minus counting 1, modulo 10. */
export function checksum(line: string): number {
  let sum = 0;
  for (let i = 0; i < 68; i++) {
    const code = line.charCodeAt(i);
    if (code === 45) sum++;
    else if (code >= 48 && code <= 57) sum += code - 48;
  }
  return sum % 10;
}
