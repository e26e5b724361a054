import type { Command } from "../../session/commands.ts";
import { runs } from "../../session/runs.ts";
import { clockActions } from "./clock.ts";
import { exportActions } from "./export.ts";
import { globeActions } from "./globe.ts";
import { goActions } from "./go.ts";
import { layoutActions } from "./layout.ts";
import { learnActions } from "./learn.ts";
import { pageActions } from "./page.ts";
import { formActions, planActions, runActions } from "./plan.ts";

/** All that can be done right now. */
export function actions(): Command[] {
  const run = runs.getState().current;
  return [
    ...(run ? [...goActions(run), ...clockActions(), ...globeActions()] : []),
    ...layoutActions(),
    ...formActions(),
    ...planActions(),
    ...runActions(),
    ...learnActions(),
    ...pageActions(),
    ...(run ? exportActions(run) : []),
  ];
}
