/** Which condition decided a handover, with its numbers. */
import { EVENTS, measured, type EventConfig, type Measured } from "../handover/conditions.ts";
import { fulfilled } from "../handover/condition-words.ts";
import type { FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import { firstSite } from "../simulation/ground.ts";
import type { Users } from "../simulation/users.ts";
import { witness } from "../simulation/witness.ts";
import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import type { ConditionHeld } from "../../shared/handover.ts";
import type { Mission } from "../../shared/mission.ts";

interface Decided {
  mission: Mission;
  track: Track;
  feeders: FeederPlan | null;
  users: Users;
  events: EventColumns;
}

interface Condition {
  /** in one sentence */
  condition: string;
  /** what had to hold, all at once; empty where a satellite changed its gateway */
  conditions: ConditionHeld[];
}

export function conditionOf(decided: Decided, event: number): Condition {
  const { events, mission } = decided;
  const trigger = TRIGGERS[events.trigger[event]];
  if (trigger === "feeder") {
    const goesOver = "the satellite goes over to another gateway, and with it the gNB of cell";
    return {
      condition: `${goesOver} ${events.source[event]}: all its UEs hand over`,
      conditions: [],
    };
  }
  if (trigger === "A3" && mission.handover.strategy === "a3") return a3Of(mission, events, event);
  return conditionalOf(decided, event);
}

/** Event A3, by the levels that the event carries. */
function a3Of(mission: Mission, events: EventColumns, event: number): Condition {
  const { a3OffsetDb: offsetDb, hysteresisDb } = mission;
  const timeToTriggerMs = Math.round(1000 * mission.timeToTrigger);
  const config = { kind: "A3", offsetDb, hysteresisDb, timeToTriggerMs } as const;
  const offset = (cell: number) =>
    mission.terrestrial && cell >= firstSite(mission) ? mission.terrestrial.offsetDb : 0;
  const m: Measured = {
    ...measured(),
    servingRsrpDbm: events.rsrpSource[event],
    targetRsrpDbm: events.rsrpTarget[event],
    ocpDb: offset(events.source[event]),
    ocnDb: offset(events.target[event]),
  };
  const held = heldOf(config, m, events.timeMs[event], true);
  return { condition: `${held.inequality}, for ${timeToTriggerMs} ms`, conditions: [held] };
}

/** The conditions of a conditional handover, as the time loop saw them. */
function conditionalOf({ mission, track, feeders, users, events }: Decided, event: number): Condition {
  const seen = witness(mission, track, feeders, users, events, event);
  if (!seen) return untold(mission, events, event);
  const conditions = seen.configs.map((config, c) =>
    heldOf(config, seen.measured, seen.fulfilledMs[c], c === seen.decidedBy),
  );
  const each = conditions.map(({ event: name, clause, study, inequality, fulfilledS, timeToTriggerMs }) => {
    const says = `${name} (${clause}${study ? ", a study trigger and no RRC event" : ""}) ${inequality}`;
    const after = timeToTriggerMs === null ? "" : ` after ${timeToTriggerMs} ms of time-to-trigger`;
    return `${says}, fulfilled since ${fulfilledS.toFixed(3)} s${after}`;
  });
  const last = conditions.length > 1 ? `; ${conditions[seen.decidedBy].event} came last and decided` : "";
  const { strategy } = mission.handover;
  return {
    condition: `conditional handover, strategy ${strategy}: ${each.join("; and ")}${last}`,
    conditions,
  };
}

/** A run that another version of the program has made may go otherwise when it is simulated again. */
function untold(mission: Mission, events: EventColumns, event: number): Condition {
  const trigger = TRIGGERS[events.trigger[event]];
  const dbm = (value: number) => `${value.toFixed(2).replace("-", "−")} dBm`;
  const levels = `source ${dbm(events.rsrpSource[event])}, target ${dbm(events.rsrpTarget[event])}`;
  const why = "the rest cannot be told, for this run, simulated again, goes otherwise than it was kept";
  return {
    condition: `conditional handover, strategy ${mission.handover.strategy}, by ${trigger}: ${levels}; ${why}`,
    conditions: [],
  };
}

function heldOf(config: EventConfig, m: Measured, fulfilledMs: number, decided: boolean): ConditionHeld {
  const timeToTriggerMs = config.kind === "T1" ? null : config.timeToTriggerMs;
  const { clause, rrc } = EVENTS[config.kind];
  return {
    event: config.kind,
    clause,
    study: !rrc,
    inequality: fulfilled(config, m),
    heldFromS: (fulfilledMs - (timeToTriggerMs ?? 0)) / 1000,
    timeToTriggerMs,
    fulfilledS: fulfilledMs / 1000,
    decided,
  };
}
