import { DEG } from "../../src/main/math/constants.ts";
import { buildTrack } from "../../src/main/orbit/track.ts";
import { compileMission } from "../../src/main/scenario/compile.ts";
import { feedersOf } from "../../src/main/simulation/feeders.ts";
import { placeUsers } from "../../src/main/simulation/population.ts";
import { Shard } from "../../src/main/simulation/shard.ts";
import { region } from "../../src/main/simulation/users.ts";
import type { LinkRun } from "../../src/main/studies/ue-link.ts";
import { BadInput } from "../../src/shared/errors.ts";
import type { Scenario } from "../../src/shared/scenario.ts";

/** A run of a scenario in memory, with what the reader of the store would give of it. */
export function memoryRun(scenario: Scenario) {
  const mission = compileMission(scenario, null);
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const users = placeUsers(mission, track, null);
  const feeders = feedersOf(mission, track);
  const shard = new Shard({ mission, track, feeders, users, firstUe: 0, ...region(mission, users) });
  const steps = Math.round(mission.duration / mission.step) + 1;
  const { frames } = shard.run(0, steps);
  const { knots, firstS, knotS } = track;
  const degrees = (column: Float64Array) => column.map((value) => value / DEG);
  const source: LinkRun = {
    run: (id) => {
      if ("memory".startsWith(id))
        return { run: "memory", stepS: mission.step, stepsTotal: steps, stepsDone: steps };
      throw new BadInput([{ field: "run", reason: `there is no run "${id}"`, remedy: "See beamwalk runs" }]);
    },
    scenarioText: () => ({
      scenarioText: JSON.stringify(scenario),
      elementsName: null,
      elementsText: null,
      seed: mission.seed,
    }),
    satellites: () => ({ columns: { knots: track.state }, meta: { firstS, knotS, knots } }),
    ues: () => ({
      latitudeDeg: degrees(users.latitude),
      longitudeDeg: degrees(users.longitude),
      userClass: users.userClass,
      headingDeg: Float32Array.from(degrees(users.heading)),
    }),
    frames: (_, from, to) => {
      const cut = <T extends { slice(a: number, b: number): T }>(column: T) =>
        column.slice(from * users.count, (to + 1) * users.count);
      return {
        ...frames,
        firstStep: from,
        steps: to - from + 1,
        cellState: cut(frames.cellState),
        rsrp: cut(frames.rsrp),
        sinr: cut(frames.sinr),
      };
    },
  };
  return { mission, track, users, feeders, steps, frames, source };
}
