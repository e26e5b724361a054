/** Entering conditions with their numbers, as TS 38.331 §5.5.4 writes them: which inequality decided a handover. */
import { DEG } from "../math/constants.ts";
import { entering, type EventConfig, type Measured } from "./conditions.ts";

const number = (value: number, digits: number) => value.toFixed(digits).replace("-", "−");
const level = (value: number) => `${String(value).replace("-", "−")} dBm`;
const dbm = (value: number) => `${number(value, 2)} dBm`;
const km = (metres: number) => `${number(metres / 1000, 3)} km`;
const degrees = (radians: number) => `${number(radians / DEG, 3)}°`;
const ms = (seconds: number) => `${number(seconds * 1000, 4)} ms`;
const cellOffset = (db: number) => (db === 0 ? "" : ` + cell offset ${db} dB`);

/** The entering condition of an event, with what was measured. */
export function inequality(config: EventConfig, m: Measured): string {
  const source = `source ${dbm(m.servingRsrpDbm)}`;
  const target = `target ${dbm(m.targetRsrpDbm)}${cellOffset(m.ofnDb + m.ocnDb)}`;
  switch (config.kind) {
    case "A3":
      return `A3-1: ${target} − hysteresis ${config.hysteresisDb} dB > ${source}${cellOffset(m.ofpDb + m.ocpDb)} + offset ${config.offsetDb} dB`;
    case "A4":
      return `A4-1: ${target} − hysteresis ${config.hysteresisDb} dB > threshold ${level(config.thresholdDbm)}`;
    case "A5":
      return `A5-1: ${source} + hysteresis ${config.hysteresisDb} dB < threshold1 ${level(config.threshold1Dbm)} and A5-2: ${target} − hysteresis ${config.hysteresisDb} dB > threshold2 ${level(config.threshold2Dbm)}`;
    case "D1":
    case "D2": {
      const hysteresis = `hysteresisLocation ${km(config.hysteresisM)}`;
      return `${config.kind}-1: Ml1 ${km(m.distanceServingM)} − ${hysteresis} > Thresh1 ${km(config.threshold1M)} and ${config.kind}-2: Ml2 ${km(m.distanceTargetM)} + ${hysteresis} < Thresh2 ${km(config.threshold2M)}`;
    }
    case "T1":
      return `T1-1: Mt ${number(m.timeMs, 0)} ms > t1-Threshold ${number(config.thresholdMs, 0)} ms, within a duration of ${config.durationMs} ms`;
    case "elevation": {
      const hysteresis = `hysteresis ${degrees(config.hysteresis)}`;
      return `source at ${degrees(m.elevationServing)} + ${hysteresis} < ${degrees(config.threshold1)} and target at ${degrees(m.elevationTarget)} − ${hysteresis} > ${degrees(config.threshold2)}`;
    }
    case "timing-advance": {
      const hysteresis = `hysteresis ${ms(config.hysteresisS)}`;
      return `round trip to the source ${ms(m.rttServingS)} − ${hysteresis} > ${ms(config.threshold1S)} and to the target ${ms(m.rttTargetS)} + ${hysteresis} < ${ms(config.threshold2S)}`;
    }
  }
}

/** The same, and what is to be said where an event that was fulfilled before has come back into its hysteresis. */
export function fulfilled(config: EventConfig, m: Measured): string {
  const says = inequality(config, m);
  return entering(config, m) ? says : `${says} (true when it was entered; by now within the hysteresis)`;
}
