/**
 * Entering and leaving conditions of the events that start a handover (TS 38.331 §5.5.4), and the two triggers that
 * TR 38.821 §7.3.2.2.2 studies beside them, which no RRC event carries: elevation, and timing advance.
 *
 * CondEvents A3, A4, A5, D1 and D2 use the inequalities of the events. D1 and D2 differ in what is measured: the
 * distance to a fixed reference location, or to one that moves with its satellite.
 * Leaves out: RSRQ and SINR as the quantity, and the events of relays and sidelinks.
 */
import type { Problem } from "../../shared/errors.ts";

interface Timed {
  timeToTriggerMs: number;
}
interface DistanceThresholds extends Timed {
  /** from the serving cell's reference location, at least */
  threshold1M: number;
  /** from the candidate's reference location, at most */
  threshold2M: number;
  hysteresisM: number;
}

export type EventConfig =
  | ({ kind: "A3"; offsetDb: number; hysteresisDb: number } & Timed)
  | ({ kind: "A4"; thresholdDbm: number; hysteresisDb: number } & Timed)
  | ({ kind: "A5"; threshold1Dbm: number; threshold2Dbm: number; hysteresisDb: number } & Timed)
  | ({ kind: "D1" } & DistanceThresholds)
  | ({ kind: "D2" } & DistanceThresholds)
  /** On the clock of `Measured.timeMs`; T1 has no time-to-trigger. */
  | { kind: "T1"; thresholdMs: number; durationMs: number }
  /** Radians. */
  | ({ kind: "elevation"; threshold1: number; threshold2: number; hysteresis: number } & Timed)
  | ({ kind: "timing-advance"; threshold1S: number; threshold2S: number; hysteresisS: number } & Timed);

export type EventKind = EventConfig["kind"];

/** What each trigger is called, where it is written, and whether RRC can carry it. */
export const EVENTS: Readonly<Record<EventKind, { name: string; clause: string; rrc: boolean }>> = {
  A3: { name: "neighbour offset better than serving", clause: "TS 38.331 §5.5.4.4", rrc: true },
  A4: { name: "neighbour better than threshold", clause: "TS 38.331 §5.5.4.5", rrc: true },
  A5: { name: "serving worse and neighbour better", clause: "TS 38.331 §5.5.4.6", rrc: true },
  D1: { name: "distance to fixed references", clause: "TS 38.331 §5.5.4.15", rrc: true },
  D2: { name: "distance to moving references", clause: "TS 38.331 §5.5.4.15a", rrc: true },
  T1: { name: "time window", clause: "TS 38.331 §5.5.4.16", rrc: true },
  elevation: { name: "elevation (study trigger)", clause: "TR 38.821 §7.3.2.2.2", rrc: false },
  "timing-advance": { name: "timing advance (study trigger)", clause: "TR 38.821 §7.3.2.2.2", rrc: false },
};

/**
 * One UE, its serving cell and one candidate at one instant; one object is reused for all. NaN is a quantity that nobody
 * measured: it enters nothing and leaves nothing. A cell that is no longer heard has −Infinity dBm.
 */
export interface Measured {
  servingRsrpDbm: number;
  targetRsrpDbm: number;
  /** Ofp, Ocp: offsets of the serving cell's frequency and of the cell itself, dB */
  ofpDb: number;
  ocpDb: number;
  /** Ofn, Ocn: the same of the candidate, dB */
  ofnDb: number;
  ocnDb: number;
  /** to the reference locations, fixed (D1) or moving (D2), straight lines (TS 38.300 §16.14.1) */
  distanceServingM: number;
  distanceTargetM: number;
  timeMs: number;
  /** of the satellites above the UE's horizon, radians */
  elevationServing: number;
  elevationTarget: number;
  /** round trips that the timing advance has to cover */
  rttServingS: number;
  rttTargetS: number;
}

/** Nothing measured yet, and no offsets. */
export function measured(): Measured {
  return {
    servingRsrpDbm: NaN,
    targetRsrpDbm: NaN,
    ofpDb: 0,
    ocpDb: 0,
    ofnDb: 0,
    ocnDb: 0,
    distanceServingM: NaN,
    distanceTargetM: NaN,
    timeMs: NaN,
    elevationServing: NaN,
    elevationTarget: NaN,
    rttServingS: NaN,
    rttTargetS: NaN,
  };
}

/** Whether the entering condition holds. */
export function entering(config: EventConfig, m: Measured): boolean {
  const target = m.targetRsrpDbm + m.ofnDb + m.ocnDb;
  switch (config.kind) {
    case "A3":
      return target - config.hysteresisDb > m.servingRsrpDbm + m.ofpDb + m.ocpDb + config.offsetDb;
    case "A4":
      return target - config.hysteresisDb > config.thresholdDbm;
    case "A5":
      return (
        m.servingRsrpDbm + config.hysteresisDb < config.threshold1Dbm &&
        target - config.hysteresisDb > config.threshold2Dbm
      );
    case "D1":
    case "D2":
      return (
        m.distanceServingM - config.hysteresisM > config.threshold1M &&
        m.distanceTargetM + config.hysteresisM < config.threshold2M
      );
    case "T1":
      return m.timeMs > config.thresholdMs;
    case "elevation":
      return (
        m.elevationServing + config.hysteresis < config.threshold1 &&
        m.elevationTarget - config.hysteresis > config.threshold2
      );
    case "timing-advance":
      return (
        m.rttServingS - config.hysteresisS > config.threshold1S &&
        m.rttTargetS + config.hysteresisS < config.threshold2S
      );
  }
}

/** Whether the leaving condition holds; between entering and leaving lies the hysteresis, where neither does. */
export function leaving(config: EventConfig, m: Measured): boolean {
  const target = m.targetRsrpDbm + m.ofnDb + m.ocnDb;
  switch (config.kind) {
    case "A3":
      return target + config.hysteresisDb < m.servingRsrpDbm + m.ofpDb + m.ocpDb + config.offsetDb;
    case "A4":
      return target + config.hysteresisDb < config.thresholdDbm;
    case "A5":
      return (
        m.servingRsrpDbm - config.hysteresisDb > config.threshold1Dbm ||
        target + config.hysteresisDb < config.threshold2Dbm
      );
    case "D1":
    case "D2":
      return (
        m.distanceServingM + config.hysteresisM < config.threshold1M ||
        m.distanceTargetM - config.hysteresisM > config.threshold2M
      );
    case "T1":
      return m.timeMs > config.thresholdMs + config.durationMs;
    case "elevation":
      return (
        m.elevationServing - config.hysteresis > config.threshold1 ||
        m.elevationTarget + config.hysteresis < config.threshold2
      );
    case "timing-advance":
      return (
        m.rttServingS + config.hysteresisS < config.threshold1S ||
        m.rttTargetS - config.hysteresisS > config.threshold2S
      );
  }
}

const RADIO: readonly EventKind[] = ["A3", "A4", "A5"];
const PLACE_OR_TIME: readonly EventKind[] = ["D1", "D2", "T1"];

/** Names of the numbers in a config, for the check below. */
function numbers(config: EventConfig): [string, number][] {
  return Object.entries(config).filter((entry): entry is [string, number] => typeof entry[1] === "number");
}

/**
 * What is wrong with the execution condition of a candidate: one or two events, both of which must be fulfilled
 * (condExecutionCond, TS 38.331 §5.3.5.13.4), of which at most one goes by place or time. Rel-17 pairs D1 and T1 with
 * A3, A4 or A5; alone they need the Rel-18 capability ntn-CHO-OnlyLocationTimeTrigger.
 */
export function checkConditions(
  field: string,
  configs: readonly EventConfig[],
  placeOrTimeAlone: boolean,
): Problem[] {
  const problems: Problem[] = [];
  const report = (at: string, reason: string, remedy: string) => problems.push({ field: at, reason, remedy });
  if (configs.length < 1 || configs.length > 2)
    report(field, `has ${configs.length} conditions`, "Give one or two; both must be fulfilled");
  const places = configs.filter((config) => PLACE_OR_TIME.includes(config.kind));
  if (places.length > 1) report(field, "has two of D1, D2 and T1", "Keep one and pair it with A3, A4 or A5");
  const radio = configs.some((config) => RADIO.includes(config.kind));
  if (places.length === 1 && !radio && !placeOrTimeAlone)
    report(
      field,
      `${places[0].kind} stands alone, which needs the Rel-18 capability ntn-CHO-OnlyLocationTimeTrigger`,
      "Add A3, A4 or A5, or allow conditions by place or time alone",
    );
  for (const [i, config] of configs.entries())
    for (const [name, value] of numbers(config)) {
      const at = `${field}[${i}].${name}`;
      if (!Number.isFinite(value)) report(at, "is not a finite number", "Give a number");
      else if (/^(hysteresis|timeToTrigger|duration)/.test(name) && value < 0)
        report(at, `is negative (${value})`, "Give zero or more");
    }
  return problems;
}
