/**
 * What RRC can carry (TS 38.331 V18.6.0, ASN.1): range and step of every field of this program's events, timers and
 * satellite information, and the coded value that comes nearest to a quantity.
 *
 * Times since an epoch are UTC in steps of 10 ms since 1900-01-01 00:00 without leap seconds, as `timeInfoUTC` of SIB9
 * counts them. Leaves out: the encoding itself (PER), and fields whose value is a choice and not a quantity.
 */
import type { EventConfig } from "./conditions.ts";

/** INTEGER (min..max) counted from `origin` in steps of `step`, both in SI (dB, dBm). */
interface Steps {
  unit: string;
  min: number;
  max: number;
  step: number;
  origin?: number;
  /** known to the network and rounded when sent, rather than chosen by somebody: only the range can be wrong */
  known?: true;
}

/** ENUMERATED: names are `prefix` and a number; `scale` of these make one SI unit. */
interface Choices {
  unit: string;
  prefix: string;
  scale: number;
  values: readonly number[];
}

const SECONDS_1900_TO_1970 = 2_208_988_800;
const steps = (unit: string, min: number, max: number, step: number, origin = 0): Steps => ({
  unit,
  min,
  max,
  step,
  origin,
});
const known = (...spec: Parameters<typeof steps>): Steps => ({ ...steps(...spec), known: true });
const ms = (...values: number[]): Choices => ({ unit: "ms", prefix: "ms", scale: 1000, values });
const named = (unit: string, prefix: string, ...values: number[]): Choices => ({
  unit,
  prefix,
  scale: 1,
  values,
});
const count = (prefix: string, ...values: number[]): Choices => named("", prefix, ...values);
const EVERY_5_S = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60];
const UPWARD_DB = [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24];
const ANGLE = 2.341e-8;
const UTC = steps("s", 0, 549_755_813_887, 0.01, -SECONDS_1900_TO_1970);

export const FIELDS = {
  "a3-Offset": steps("dB", -30, 30, 0.5),
  hysteresis: steps("dB", 0, 30, 0.5),
  /** 127 is infinity */
  "RSRP-Range": steps("dBm", 0, 126, 1, -156),
  "Q-OffsetRange": named("dB", "dB", ...UPWARD_DB.map((db) => -db).toReversed(), 0, ...UPWARD_DB),
  timeToTrigger: ms(0, 40, 64, 80, 100, 128, 160, 256, 320, 480, 512, 640, 1024, 1280, 2560, 5120),
  filterCoefficient: count("fc", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 17, 19),
  "distanceThreshFromReference-r17": steps("m", 0, 65_525, 50),
  "distanceThreshFromReference-r18": steps("m", 0, 65_535, 50),
  hysteresisLocation: steps("m", 0, 32_768, 10),
  "t1-Threshold": UTC,
  duration: steps("s", 1, 6000, 0.1),
  "t-Service": UTC,
  distanceThresh: steps("m", 0, 65_525, 50),
  cellSpecificKoffset: steps("s", 1, 1023, 0.001),
  kmac: steps("s", 1, 512, 0.001),
  "ta-Common": known("s", 0, 66_485_757, 4.072e-9),
  "ta-CommonDrift": known("s/s", -257_303, 257_303, 0.2e-9),
  "ta-CommonDriftVariant": known("s/s²", 0, 28_949, 0.2e-10),
  position: known("m", -33_554_432, 33_554_431, 1.3),
  velocity: known("m/s", -131_072, 131_071, 0.06),
  semiMajorAxis: known("m", 0, 8_589_934_591, 4.249e-3, 6_500_000),
  eccentricity: known("", 0, 1_048_575, 1.431e-8),
  periapsis: known("rad", 0, 268_435_455, ANGLE),
  longitude: known("rad", 0, 268_435_455, ANGLE),
  inclination: known("rad", -67_108_864, 67_108_863, ANGLE),
  meanAnomaly: known("rad", 0, 268_435_455, ANGLE),
  "ntn-UlSyncValidityDuration": named("s", "s", ...EVERY_5_S, 120, 180, 240, 900),
  t300: ms(100, 200, 300, 400, 600, 1000, 1500, 2000),
  t301: ms(100, 200, 300, 400, 600, 1000, 1500, 2000),
  t319: ms(100, 200, 300, 400, 600, 1000, 1500, 2000),
  t304: ms(50, 100, 150, 200, 500, 1000, 2000, 10_000),
  t310: ms(0, 50, 100, 200, 500, 1000, 2000, 4000, 6000),
  n310: count("n", 1, 2, 3, 4, 6, 8, 10, 20),
  t311: ms(1000, 3000, 5000, 10_000, 15_000, 20_000, 30_000),
  n311: count("n", 1, 2, 3, 4, 5, 6, 8, 10),
  "prach-ConfigurationIndex": steps("", 0, 255, 1),
  "msg1-FDM": count("", 1, 2, 4, 8),
  preambleTransMax: count("n", 3, 4, 5, 6, 7, 8, 10, 20, 50, 100, 200),
  /** slots */
  "ra-ResponseWindow": count("sl", 1, 2, 4, 8, 10, 20, 40, 60, 80, 160),
  "totalNumberOfRA-Preambles": steps("", 1, 63, 1),
} as const satisfies Record<string, Steps | Choices>;

export type Asn1Field = keyof typeof FIELDS;

export interface Asn1Value {
  /** the coded integer, or the number in the name of an enumerated value */
  value: number;
  /** as ASN.1 writes it: "ms160", "-4" */
  text: string;
  /** whether the value stands for exactly what was asked for */
  representable: boolean;
  /** what the value stands for, SI */
  nearest: number;
  /** empty if there is nothing to warn of */
  warning: string;
}

/** As JSON has it: the integer, or the name of an enumerated value. */
export const asn1Json = ({ value, text }: Asn1Value): number | string =>
  text === String(value) ? value : text;

/** Differences below this share of a step come from floating point: 5e-5 of 10 ms for a time since 1900. */
const EXACT = 1e-4;
const print = (value: number, unit: string) => `${Number(value.toPrecision(12))}${unit && ` ${unit}`}`;

function integer(name: string, field: Steps, si: number): Asn1Value {
  const { unit, min, max, step, origin = 0 } = field;
  const coded = (si - origin) / step;
  const value = Math.min(max, Math.max(min, Math.round(coded)));
  const nearest = origin + value * step;
  const inside = coded >= min - (field.known ? 0.5 : EXACT) && coded <= max + (field.known ? 0.5 : EXACT);
  const representable = Math.abs(coded - value) <= EXACT;
  const range = `${print(origin + min * step, unit)} to ${print(origin + max * step, unit)}`;
  let warning = "";
  if (!inside) warning = `${name}: ${print(si, unit)} is outside ${range}; nearest ${print(nearest, unit)}`;
  else if (!representable && !field.known)
    warning = `${name}: ${print(si, unit)} is not a step of ${print(step, unit)}; nearest ${print(nearest, unit)}`;
  return { value, text: String(value), representable, nearest, warning };
}

function enumerated(name: string, field: Choices, si: number): Asn1Value {
  const { unit, scale, values } = field;
  const coded = si * scale;
  const distance = (value: number) => Math.abs(value - coded);
  const value = values.reduce((best, next) => (distance(next) < distance(best) ? next : best));
  const representable = distance(value) <= EXACT;
  const below = values.findLast((other) => other < coded);
  const above = values.find((other) => other > coded);
  const around = [below, above].filter((other) => other !== undefined).join(" or ");
  const warning = representable
    ? ""
    : `${name}: ${print(coded, unit)} is not one of its values; nearest ${around}${unit && ` ${unit}`}`;
  return { value, text: `${field.prefix}${value}`, representable, nearest: value / scale, warning };
}

/**
 * The value of a field that comes nearest to a quantity in SI (dB, dBm; points in time in seconds since 1970 UTC).
 * Warnings call it `name`.
 */
export function toAsn1(asn1: Asn1Field, si: number, name: string = asn1): Asn1Value {
  if (!Number.isFinite(si)) throw new Error(`${name}: ${si} is not a number`);
  const field: Steps | Choices = FIELDS[asn1];
  return "values" in field ? enumerated(name, field, si) : integer(name, field, si);
}

type Row = [asn1: string, field: Asn1Field, si: number];

/** Name and quantities of a CondTriggerConfig; null for the triggers that RRC does not have. */
function condEvent(config: EventConfig, startUnixMs: number): { event: string; rows: Row[] } | null {
  switch (config.kind) {
    case "A3":
      return {
        event: "condEventA3",
        rows: [
          ["a3-Offset", "a3-Offset", config.offsetDb],
          ["hysteresis", "hysteresis", config.hysteresisDb],
          ["timeToTrigger", "timeToTrigger", config.timeToTriggerMs / 1000],
        ],
      };
    case "A4":
      return {
        event: "condEventA4-r17",
        rows: [
          ["a4-Threshold-r17", "RSRP-Range", config.thresholdDbm],
          ["hysteresis-r17", "hysteresis", config.hysteresisDb],
          ["timeToTrigger-r17", "timeToTrigger", config.timeToTriggerMs / 1000],
        ],
      };
    case "A5":
      return {
        event: "condEventA5",
        rows: [
          ["a5-Threshold1", "RSRP-Range", config.threshold1Dbm],
          ["a5-Threshold2", "RSRP-Range", config.threshold2Dbm],
          ["hysteresis", "hysteresis", config.hysteresisDb],
          ["timeToTrigger", "timeToTrigger", config.timeToTriggerMs / 1000],
        ],
      };
    case "D1":
    case "D2": {
      const release = config.kind === "D1" ? "r17" : "r18";
      const threshold = `distanceThreshFromReference-${release}` as const;
      return {
        event: `condEvent${config.kind}-${release}`,
        rows: [
          [`distanceThreshFromReference1-${release}`, threshold, config.threshold1M],
          [`distanceThreshFromReference2-${release}`, threshold, config.threshold2M],
          [`hysteresisLocation-${release}`, "hysteresisLocation", config.hysteresisM],
          [`timeToTrigger-${release}`, "timeToTrigger", config.timeToTriggerMs / 1000],
        ],
      };
    }
    case "T1":
      return {
        event: "condEventT1-r17",
        rows: [
          ["t1-Threshold-r17", "t1-Threshold", (startUnixMs + config.thresholdMs) / 1000],
          ["duration-r17", "duration", config.durationMs / 1000],
        ],
      };
    case "elevation":
    case "timing-advance":
      return null;
  }
}

/** An event as RRC would configure it, with CondTriggerConfig's names. `event` is null where RRC has none. */
export interface Asn1Event {
  event: string | null;
  fields: Record<string, Asn1Value>;
  warnings: string[];
}

/** `startUnixMs`: the instant of T1's clock zero. Reference locations are the caller's. */
export function asn1Event(config: EventConfig, startUnixMs: number): Asn1Event {
  const carried = condEvent(config, startUnixMs);
  if (!carried) {
    const warning = `${config.kind}: a trigger that TR 38.821 studies; RRC has no such event`;
    return { event: null, fields: {}, warnings: [warning] };
  }
  const values = carried.rows.map(([name, field, si]) => [name, toAsn1(field, si, name)] as const);
  return {
    event: carried.event,
    fields: Object.fromEntries(values),
    warnings: values.map(([, { warning }]) => warning).filter((warning) => warning !== ""),
  };
}
