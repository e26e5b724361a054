import { BadInput, type Problem } from "../../shared/errors.ts";
import { scenarioSchema, type Scenario } from "../../shared/scenario.ts";
import { crossCheck } from "./cross-check.ts";
import { explain } from "./explain.ts";
import { scanJson } from "./json-scan.ts";

/** Checks the text of a scenario file and tells everything that is wrong with it. */
export function checkScenario(text: string): { scenario: Scenario | null; problems: Problem[] } {
  const clean = text.replace(/^\uFEFF/, "");
  const { fault } = scanJson(clean);
  if (fault) {
    const found = fault.found ? `"${fault.found}" is out of place` : "the text ends too early";
    const field = `line ${fault.line}, column ${fault.column}`;
    return {
      scenario: null,
      problems: [{ field, reason: `not JSON: ${found}`, remedy: "Mend the text there." }],
    };
  }
  const data: unknown = JSON.parse(clean);
  const whole = scenarioSchema.safeParse(data);
  const problems = [
    ...(whole.success ? [] : whole.error.issues.flatMap((issue) => explain(issue, data))),
    ...crossCheck(whole.success ? whole.data : validParts(data)),
  ];
  return { scenario: whole.success && problems.length === 0 ? whole.data : null, problems };
}

/** The checked scenario; `BadInput` with every problem otherwise. */
export function requireScenario(text: string): Scenario {
  const { scenario, problems } = checkScenario(text);
  if (!scenario) throw new BadInput(problems);
  return scenario;
}

function validParts(data: unknown): Partial<Scenario> {
  const parts: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(scenarioSchema.shape)) {
    const part = field.safeParse((data as Record<string, unknown> | null)?.[key]);
    if (part.success) parts[key] = part.data;
  }
  return parts;
}
