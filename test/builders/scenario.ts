import { scenarioSchema, type Scenario, type ScenarioInput } from "../../src/shared/scenario.ts";

/** A small valid scenario: one satellite at 600 km, three cells in a row, 200 UEs, 60 s. Overrides replace whole sections. */
export function scenarioOf(overrides: Partial<ScenarioInput> = {}): Scenario {
  const input: ScenarioInput = {
    version: 1,
    name: "small",
    time: { durationS: 60, markS: 30 },
    constellation: {
      kind: "circular",
      satellites: [{ id: "one", altitudeKm: 600, inclinationDeg: 53 }],
    },
    payload: { kind: "circular-cells", layout: "row", beams: 3, cellDiameterKm: 120, cellSpacingKm: 90 },
    users: { count: 200, placement: { kind: "cells", atS: 30 } },
    ...overrides,
  };
  return scenarioSchema.parse(input);
}
