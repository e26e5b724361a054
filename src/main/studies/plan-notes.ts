/** What is legal in a scenario's handover and signalling, and will hardly be meant: in words, to judge a run's figures by. */
import { GM_EARTH } from "../math/constants.ts";
import type { Mission, SatelliteSource } from "../../shared/mission.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { leadMs } from "./attempts.ts";
import { REPORT_EARTH_RADIUS } from "./link.ts";
import { roundTripDelay } from "./link-motion.ts";

const seconds = (ms: number) => `${(ms / 1000).toLocaleString("en-US", { maximumFractionDigits: 3 })} s`;
const decimal = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 1 });

export function planNotes(mission: Mission): string[] {
  return [...comparison(mission), ...access(mission), ...configuration(mission)];
}

function comparison({ a3OffsetDb, hysteresisDb, handover, terrestrial }: Mission): string[] {
  const margin = a3OffsetDb + hysteresisDb;
  const byPlace = !["a3", "a4", "a5"].includes(handover.strategy);
  if (margin >= 0 || !(handover.strategy === "a3" || (terrestrial && byPlace))) return [];
  return [
    `handover.a3OffsetDb + handover.hysteresisDb: ${decimal(margin)} dB is below 0, so that each of two equal cells wins over the other: expect ping-pongs; 0 dB or more ends that`,
  ];
}

/** A circular orbit through the satellite's apogee; element sets by their mean motion. */
function altitudeM(source: SatelliteSource): number {
  if (source.kind === "kepler")
    return source.semiMajorAxisM * (1 + source.eccentricity) - REPORT_EARTH_RADIUS;
  const [turnsPerDay, eccentricity] =
    source.kind === "tle"
      ? [Number(source.line2.slice(52, 63)), Number(`0.${source.line2.slice(26, 33).trim()}`)]
      : [Number(source.fields.MEAN_MOTION), Number(source.fields.ECCENTRICITY)];
  const rate = (turnsPerDay * 2 * Math.PI) / 86_400;
  return Math.cbrt(GM_EARTH / (rate * rate)) * (1 + eccentricity) - REPORT_EARTH_RADIUS;
}

function access({ satellites, minElevation, payload, gateways, signalling }: Mission): string[] {
  const transparent = payload.processing === "transparent" && gateways;
  let [least, most] = [Infinity, 0];
  for (const source of satellites) {
    const orbit = { earthRadiusM: REPORT_EARTH_RADIUS, altitudeM: altitudeM(source) };
    const trip = (elevation: number, gateway: number) =>
      1000 * roundTripDelay(orbit, elevation, transparent ? gateway : undefined);
    least = Math.min(least, trip(Math.PI / 2, Math.PI / 2));
    most = Math.max(most, trip(minElevation, gateways?.minElevation ?? 0));
  }
  const { t304Ms } = signalling;
  if (!(t304Ms < most)) return [];
  const which = t304Ms < least ? "every access" : "accesses over the farther links";
  return [
    `signalling.t304Ms: ${t304Ms} ms is shorter than the round trip of the farthest link (${decimal(most)} ms; nearest ${decimal(least)} ms): ${which} will run out`,
  ];
}

function configuration(mission: Mission): string[] {
  const { handover, signalling } = mission;
  if (handover.strategy === "a3") return [];
  const lead = leadMs(mission);
  const stale =
    lead > signalling.t430Ms
      ? `; T430 of ${seconds(signalling.t430Ms)} runs out before, and such UEs read the target's SIB19 first`
      : "";
  return [
    `signalling.configurationLeadMs: conditional handovers are configured ${seconds(lead)} before their condition holds, or when the UE enters the cell if that is later${stale}`,
  ];
}

type Outcome = Pick<SignallingSummary, "procedures" | "reselections" | "pingPongs">;

const count = (value: number) => value.toLocaleString("en-US");

/** Where the strategy's events decide less often than the loss of the cell, or mostly to and fro. */
export function outcomeNotes(mission: Mission, outcomes: readonly Outcome[]): string[] {
  const total = (key: keyof Outcome) => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  const begun = total("procedures");
  return [...rare(mission, begun, total("reselections")), ...toAndFro(mission, begun, total("pingPongs"))];
}

function toAndFro({ handover: { strategy } }: Mission, begun: number, returned: number): string[] {
  if (2 * returned <= begun) return [];
  const why =
    strategy === "a4"
      ? ": event A4 does not compare with the serving cell; a higher handover.targetThresholdDbm or event a5 does"
      : "";
  return [
    `handover.strategy ${strategy}: ${count(returned)} ping-pongs among ${count(begun)} handovers${why}`,
  ];
}

function rare({ handover }: Mission, begun: number, lost: number): string[] {
  if (lost <= begun) return [];
  const level = handover.strategy === "a4" || handover.strategy === "a5";
  const which =
    handover.strategy === "a5"
      ? "handover.servingThresholdDbm or targetThresholdDbm"
      : "handover.targetThresholdDbm";
  const given =
    handover.targetThresholdDbm === null
      ? "; left out, it is the level on the −3 dB contour straight below the lowest satellite, which farther cells never reach"
      : "";
  const why = level ? `: ${which} is seldom met${given}` : "";
  return [
    `handover.strategy ${handover.strategy}: ${count(lost)} reselections and ${count(begun)} handovers: most UEs leave a cell only when they no longer hear it${why}`,
  ];
}
