import type { Scenario } from "../../shared/scenario.ts";
import { BadInput } from "../../shared/errors.ts";
import type { PlanRequest } from "../jobs/client.ts";
import { requireScenario } from "../scenario/check.ts";

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

export const needsElements = (scenario: Scenario) => scenario.constellation.kind === "elements";
