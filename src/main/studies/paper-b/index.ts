import type { Findings } from "../../../shared/study.ts";
import type { Lab } from "../lab.ts";
import { forecastFindings, forecastPlan } from "./forecast-findings.ts";
import { steeringFindings, steeringPlan } from "./steering-findings.ts";
import { thirdRatFindings, thirdRatPlan } from "./third-rat-findings.ts";

/** Bartsioka, Giannopoulos and Spantideas: predictive conditional handover in a network of cells and WiFi, and beams beside. */
export async function paperB(lab: Lab): Promise<Findings> {
  lab.plan([...forecastPlan(lab.quick), ...steeringPlan(lab.quick), ...thirdRatPlan(lab.quick)]);
  const forecasts = await forecastFindings(lab);
  const { unseen, ...steering } = await steeringFindings(lab);
  const parts = [forecasts, steering, await thirdRatFindings(lab, unseen)];
  return {
    title: "Predictive conditional handover in a multi-RAT network (Bartsioka et al.)",
    figures: parts.flatMap(({ figures }) => figures),
    tables: parts.flatMap(({ tables }) => tables),
    claims: parts.flatMap(({ claims }) => claims),
    notes: parts.flatMap(({ notes }) => notes),
  };
}
