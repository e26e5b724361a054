import { EVENTS } from "../handover/conditions.ts";
import { toAsn1, type Asn1Field } from "../handover/asn1.ts";
import type { Mission } from "../../shared/mission.ts";

type Row = [field: string, asn1: Asn1Field, si: number | null];

/** What the mission gives of the events it uses, by the names of the scenario's fields; null: derived, and then on RRC's steps. */
function given(mission: Mission): Row[] {
  const { handover: rules, payload } = mission;
  const release = payload.steeringLimit === null ? "r18" : "r17";
  const distance = `distanceThreshFromReference-${release}` as const;
  const rows: Row[] = [
    ["handover.timeToTriggerMs", "timeToTrigger", mission.timeToTrigger],
    ["handover.hysteresisDb", "hysteresis", mission.hysteresisDb],
    ["handover.l3FilterCoefficient", "filterCoefficient", rules.l3FilterCoefficient],
  ];
  const byLevel = rules.strategy === "a4" || rules.strategy === "a5";
  const places = rules.strategy !== "a3" && rules.strategy !== "t1" && !byLevel;
  if (rules.strategy === "a3") rows.push(["handover.a3OffsetDb", "a3-Offset", mission.a3OffsetDb]);
  else rows.push(["handover.targetThresholdDbm", "RSRP-Range", rules.targetThresholdDbm]);
  if (rules.strategy === "a5")
    rows.push(["handover.servingThresholdDbm", "RSRP-Range", rules.servingThresholdDbm]);
  if (rules.strategy !== "a3" && !byLevel && rules.targetThresholdDbm === null)
    rows.push(["coverage.minRsrpDbm", "RSRP-Range", mission.minRsrpDbm]);
  if (places)
    rows.push(
      ["handover.servingDistanceKm", distance, rules.servingDistanceM],
      ["handover.targetDistanceKm", distance, rules.targetDistanceM],
      ["handover.distanceHysteresisKm", "hysteresisLocation", rules.distanceHysteresisM],
    );
  if (rules.strategy === "t1") rows.push(["handover.windowS", "duration", rules.window]);
  return rows;
}

/** What RRC cannot carry of a mission's handover as it is given, in words; the run uses the values given all the same. */
export function unrepresentable(mission: Mission): string[] {
  const warnings = given(mission).flatMap(([field, asn1, si]) =>
    si === null ? [] : [toAsn1(asn1, si, `${field} (${asn1})`).warning],
  );
  const { strategy } = mission.handover;
  if (strategy === "elevation" || strategy === "timing-advance")
    warnings.push(
      `handover.strategy: ${EVENTS[strategy].name} of ${EVENTS[strategy].clause}; RRC has no such event`,
    );
  return warnings.filter((warning) => warning !== "");
}
