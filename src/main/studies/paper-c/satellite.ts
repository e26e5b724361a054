import { resourceElementNoiseDbm } from "../../link/budget.ts";
import { buildTrack } from "../../orbit/track.ts";
import { loadBundled } from "../../scenario/bundled.ts";
import { compileMission } from "../../scenario/compile.ts";
import { beamModel } from "../../simulation/beams.ts";
import { feedersOf } from "../../simulation/feeders.ts";
import { StepGeometry } from "../../simulation/geometry.ts";
import { Hearing } from "../../simulation/measure.ts";
import { placeUsers } from "../../simulation/population.ts";
import { receivers } from "../../simulation/receivers.ts";
import { Whereabouts, region } from "../../simulation/users.ts";
import type { Scenario } from "../../../shared/scenario.ts";
import type { Mission } from "../../../shared/mission.ts";
import { FLOOR_DBM, measure, type World } from "./world.ts";

export const SCENARIO = "starlink-shell-1";
/** Channels; with the scenario's single one, links at the edge of a beam die of their neighbours under any decision. */
const REUSE = 3 as const;
/** Cells of a window, the strongest at its end. */
const CLASSES = 5;

/** The scenario with so many of its UEs, for so long. Another seed places other UEs under the same beams. */
export function missionOf(seed: number, ues: number, seconds: number, periodS: number): Mission {
  const { scenario } = loadBundled(SCENARIO);
  const changed = {
    ...scenario,
    users: { ...scenario.users, count: ues },
    radio: { ...scenario.radio, frequencyReuse: REUSE },
  } satisfies Scenario;
  const compiled = compileMission(changed, null, seed);
  return { ...compiled, duration: seconds, measurementPeriod: periodS };
}

/**
 * UEs under the beams of a bundled scenario, as its own simulation measures them: the cells in whose main lobe they stand.
 */
export function satelliteWorld(seed: number, ues: number, seconds: number, periodS: number): World {
  const mission = missionOf(seed, ues, seconds, periodS);
  const steps = Math.round(seconds / periodS);
  const heard = listen(mission, steps);
  const level = heard.map(({ cells, reports }) => {
    const row = new Float32Array(steps * cells.size).fill(FLOOR_DBM);
    for (const [step, cell, dbm] of reports) row[step * cells.size + cells.get(cell)!] = dbm;
    return row;
  });
  const { radio, userClasses } = mission;
  const { channel, beams } = beamModel(mission);
  const [handheld] = userClasses;
  return {
    ues,
    steps,
    periodS,
    classes: CLASSES,
    ranked: true,
    cells: Int32Array.from(heard, ({ cells }) => cells.size),
    level,
    channel: heard.map(({ cells }) => Int32Array.from(cells.keys(), (cell) => channel[(cell - 1) % beams])),
    measured: level.map((row, ue) => measure(row, seed, ue)),
    noiseDbm: resourceElementNoiseDbm(
      handheld.noiseFigureDb,
      handheld.antennaTemperatureK,
      radio.subcarrierSpacingHz,
    ),
    centreDbm: -120,
    spreadDb: 3,
    about: `bundled scenario ${SCENARIO}, with ${REUSE} channels, ${ues} UEs for ${seconds} s; the ${CLASSES} strongest beams at the end of a window, in order`,
  };
}

interface Heard {
  /** place of a cell among those of the UE, in the order of its first report */
  cells: Map<number, number>;
  reports: [step: number, cell: number, dbm: number][];
}

/** Every report of every UE, through the simulation's own geometry and link. */
function listen(mission: Mission, steps: number): Heard[] {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const users = placeUsers(mission, track, null);
  const model = beamModel(mission);
  const { centre, spread } = region(mission, users);
  const geometry = new StepGeometry(mission, track, feedersOf(mission, track), model, centre, spread);
  const hearing = new Hearing(mission, model, receivers(mission), geometry);
  const { position, up } = new Whereabouts(mission, users);
  const heard: Heard[] = Array.from({ length: users.count }, () => ({ cells: new Map(), reports: [] }));
  for (let step = 0; step < steps; step++) {
    geometry.prepare(Float64Array.of(step * mission.measurementPeriod));
    for (let ue = 0; ue < users.count; ue++) {
      if (!hearing.look(ue, users.userClass[ue], position, up, 3 * ue, 0, null, 1)) continue;
      hearing.listen(0, 0);
      const { cells, reports } = heard[ue];
      for (let i = 0; i < hearing.count; i++) {
        const cell = hearing.cell[i];
        if (!cells.has(cell)) cells.set(cell, cells.size);
        reports.push([step, cell, hearing.rsrp[i]]);
      }
    }
  }
  return heard;
}
