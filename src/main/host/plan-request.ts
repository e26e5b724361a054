import type { Strategy } from "../../shared/mission.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { BadInput } from "../../shared/errors.ts";
import type { PlanRequest } from "../jobs/client.ts";
import { requireScenario } from "../scenario/check.ts";
import type { RunReader } from "../store/reader.ts";

type Extras = Pick<PlanRequest, "elements" | "seed" | "threads">;

/** Checks what can be checked before an engine is started. */
export function planRequest(scenarioText: string, extras: Extras, field = "elements"): PlanRequest {
  const scenario = requireScenario(scenarioText);
  if (needsElements(scenario) && !extras.elements)
    throw new BadInput([
      {
        field,
        reason: `the scenario "${scenario.name}" takes its satellites from an element file, and none was given`,
        remedy: "Give a TLE, 3LE or OMM file",
      },
    ]);
  return { scenario, scenarioText, ...extras };
}

/** What a kept run was planned with, under another strategy. */
export function besideRequest(kept: ReturnType<RunReader["scenarioText"]>, strategy: Strategy): PlanRequest {
  const scenario = JSON.parse(kept.scenarioText.replace(/^\uFEFF/, ""));
  const text = JSON.stringify({ ...scenario, handover: { ...scenario.handover, strategy } }, null, 2);
  const { elementsName: name, elementsText, seed } = kept;
  const elements = elementsText === null ? undefined : { name: name!, text: elementsText };
  return planRequest(text, { elements, seed });
}

export const needsElements = (scenario: Scenario) => scenario.constellation.kind === "elements";
