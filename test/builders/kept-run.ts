import { DEG } from "../../src/main/math/constants.ts";
import { compileMission } from "../../src/main/scenario/compile.ts";
import { linkWindows } from "../../src/main/simulation/link-windows.ts";
import type { ShownRun } from "../../src/main/studies/handover-show.ts";
import { commonOf, QOUT_DB, stormBy } from "../../src/main/studies/strategies.ts";
import { wholeRun } from "../../src/main/studies/whole-run.ts";
import type { Columns } from "../../src/shared/columns.ts";
import { emptyBlock } from "../../src/shared/frame.ts";
import type { Mission } from "../../src/shared/mission.ts";
import type { Scenario } from "../../src/shared/scenario.ts";

/** What the reader of the store would give of a whole run. */
export function sourceOf(
  scenario: Scenario,
  mission: Mission,
  whole: ReturnType<typeof wholeRun>,
  procedures: Columns,
): ShownRun {
  const { track, users, events, atStart } = whole;
  const degrees = (column: Float64Array) => Float64Array.from(column, (value) => value / DEG);
  const steps = Math.round(mission.duration / mission.step) + 1;
  return {
    run: (id) => ({ run: id, stepS: mission.step, stepsTotal: steps, stepsDone: steps }),
    scenarioText: () => ({
      scenarioText: JSON.stringify(scenario),
      elementsName: null,
      elementsText: null,
      seed: mission.seed,
    }),
    satellites: () => ({
      columns: { knots: track.state as Float64Array<ArrayBuffer> },
      meta: { firstS: track.firstS, knotS: track.knotS, knots: track.knots },
    }),
    ues: () => ({
      latitudeDeg: degrees(users.latitude),
      longitudeDeg: degrees(users.longitude),
      headingDeg: Float32Array.from(degrees(users.heading)),
      userClass: users.userClass as Uint8Array<ArrayBuffer>,
    }),
    events: () => events,
    frames: () => ({ ...emptyBlock(0, 1, users.count), cellState: Uint32Array.from(atStart) }),
    procedures: () => procedures,
  };
}

/** A whole run with its signalling, as the store would keep it. */
export function keptRun(scenario: Scenario) {
  const mission = compileMission(scenario, null);
  const whole = wholeRun(mission, null);
  const { track, users, feeders, events } = whole;
  const windows = linkWindows({ mission, track, feeders, users, firstUe: 0, qoutDb: QOUT_DB }, events);
  const common = commonOf({ ...whole, mission, windows, forecast: null });
  const { storm, procedures, summary } = stormBy(common, null, { cluster: null, ready: null });
  const source = sourceOf(scenario, mission, whole, { ...procedures });
  return { mission, source, events, storm, procedures, summary };
}
