import type { EventConfig } from "../handover/conditions.ts";
import { EARTH_MEAN_RADIUS } from "../math/constants.ts";
import type { Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import type { CellSizes } from "./decide-cells.ts";
import { interpolate } from "./measure.ts";
import type { Receivers } from "./receivers.ts";

/** The execution conditions of one class of UE. The objects are reused: `between` writes its thresholds into them. */
export interface Events {
  conditions: number;
  /** of every candidate, unless `places` */
  configs: EventConfig[];
  /** its threshold is written before use; null where no condition goes by time */
  time: Extract<EventConfig, { kind: "T1" }> | null;
  /** of candidates where this cell or the candidate's is on the ground, whatever time and place say: event A3 */
  betweenLayers: EventConfig[];
  /** whether distances, elevations or round trips count */
  places: boolean;
  /** conditions from one cell to another */
  between(
    from: CellSizes,
    fromBeam: number,
    to: CellSizes,
    toBeam: number,
    sameSatellite: boolean,
  ): EventConfig[];
}

/** Step of a distance threshold [m] as RRC has it. */
const DISTANCE_STEP_M = 50;
const inSteps = (distance: number) => Math.round(distance / DISTANCE_STEP_M) * DISTANCE_STEP_M;

type Kind<K extends EventConfig["kind"]> = Extract<EventConfig, { kind: K }>;

/** Height of the lowest knot of all satellites, m. */
function lowestHeight({ state }: Track): number {
  let lowest = Infinity;
  for (let i = 0; i < state.length; i += 6) {
    const radius = Math.hypot(state[i], state[i + 1], state[i + 2]);
    if (radius < lowest) lowest = radius;
  }
  return lowest - EARTH_MEAN_RADIUS;
}

/** RSRP on the −3 dB contour of a beam straight below the lowest satellite, in whole dBm as RSRP-Range has them. */
export function contourRsrpDbm(
  mission: Mission,
  track: Track,
  receivers: Receivers,
  userClass: number,
): number {
  const { fixed } = mission.channel;
  const { perUnit, db } = receivers.elevationLoss;
  const losses = fixed.scintillationDb + fixed.polarisationDb + fixed.bodyDb + fixed.otherDb;
  const spread = 20 * Math.log10(lowestHeight(track));
  return Math.round(receivers.rsrpAtOneMetreDbm[userClass] - spread - interpolate(db, perUnit) - losses - 3);
}

/** @param userClass index; what its antenna gains moves the thresholds of RSRP that the scenario leaves open */
export function eventsOf(mission: Mission, track: Track, receivers: Receivers, userClass: number): Events {
  const { handover: rules, hysteresisDb } = mission;
  const timed = { timeToTriggerMs: Math.round(mission.timeToTrigger * 1000) };
  const byLevel = rules.strategy === "a4" || rules.strategy === "a5";
  const contour = () => contourRsrpDbm(mission, track, receivers, userClass);
  const targetDbm = rules.targetThresholdDbm ?? (byLevel ? contour() : mission.minRsrpDbm);
  const a4: Kind<"A4"> = { kind: "A4", thresholdDbm: targetDbm, hysteresisDb, ...timed };
  const betweenLayers: EventConfig[] = [{ kind: "A3", offsetDb: mission.a3OffsetDb, hysteresisDb, ...timed }];
  const all = (configs: EventConfig[], time: Events["time"] = null): Events => ({
    conditions: configs.length,
    configs,
    time,
    betweenLayers,
    places: false,
    between: () => configs,
  });
  switch (rules.strategy) {
    case "a3":
      return all(betweenLayers);
    case "a4":
      return all([a4]);
    case "a5": {
      const threshold1Dbm = rules.servingThresholdDbm ?? contour();
      return all([{ kind: "A5", threshold1Dbm, threshold2Dbm: targetDbm, hysteresisDb, ...timed }]);
    }
    case "t1": {
      const time: Kind<"T1"> = {
        kind: "T1",
        thresholdMs: 0,
        durationMs: Math.round(rules.window * 1000),
      };
      return all([time, a4], time);
    }
    default:
      return byPlace(mission, a4, betweenLayers);
  }
}

/** d1, and the study triggers between satellites; each with A4. */
function byPlace(
  { payload, handover: rules, timeToTrigger }: Mission,
  a4: Kind<"A4">,
  betweenLayers: EventConfig[],
): Events {
  const timed = { timeToTriggerMs: Math.round(timeToTrigger * 1000) };
  const distance: Kind<"D1" | "D2"> = {
    kind: payload.steeringLimit === null ? "D2" : "D1",
    threshold1M: 0,
    threshold2M: 0,
    hysteresisM: rules.distanceHysteresisM,
    ...timed,
  };
  const elevation: Kind<"elevation"> = {
    kind: "elevation",
    threshold1: 0,
    threshold2: 0,
    hysteresis: rules.elevationHysteresis,
    ...timed,
  };
  const advance: Kind<"timing-advance"> = {
    kind: "timing-advance",
    threshold1S: 0,
    threshold2S: 0,
    hysteresisS: rules.roundTripHysteresis,
    ...timed,
  };
  const distances = [distance, a4];
  const elevations = [elevation, a4];
  const advances = [advance, a4];
  return {
    conditions: 2,
    configs: distances,
    betweenLayers,
    time: null,
    places: true,
    between(from, fromBeam, to, toBeam, sameSatellite) {
      if (rules.strategy === "d1" || sameSatellite) {
        distance.threshold1M = rules.servingDistanceM ?? inSteps(rules.contourShare * from.contour[fromBeam]);
        distance.threshold2M = rules.targetDistanceM ?? inSteps(rules.contourShare * to.contour[toBeam]);
        return distances;
      }
      if (rules.strategy === "elevation") {
        elevation.threshold1 = rules.servingElevation ?? from.edgeElevation[fromBeam];
        elevation.threshold2 = rules.targetElevation ?? to.edgeElevation[toBeam];
        return elevations;
      }
      advance.threshold1S = rules.servingRoundTrip ?? from.edgeRoundTrip[fromBeam];
      advance.threshold2S = rules.targetRoundTrip ?? to.edgeRoundTrip[toBeam];
      return advances;
    },
  };
}
