/**
 * How the time loop (`Shard`) grows: the heap over 1,000 steps, the cost per UE and beam in view from 10,000 to a million
 * UEs, and what satellites out of view add. One thread. Prints figures; never fails. Run through `npm run bench`.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { DEG } from "../../src/main/math/constants.ts";
import { gmst } from "../../src/main/orbit/frames.ts";
import { buildTrack } from "../../src/main/orbit/track.ts";
import { placeUsers } from "../../src/main/simulation/population.ts";
import { Shard } from "../../src/main/simulation/shard.ts";
import { region } from "../../src/main/simulation/users.ts";
import type { Mission } from "../../src/shared/mission.ts";
import { missionOf } from "../builders/mission.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Satellites of one equatorial plane from a mean anomaly on; that at 0° begins above the UEs. */
const ring = (count: number, fromDeg: number, apartDeg: number): Mission["satellites"] =>
  Array.from({ length: count }, (_, i) => ({
    kind: "kepler",
    id: `${fromDeg}-${i}`,
    name: `${fromDeg}-${i}`,
    semiMajorAxisM: 6_978_137,
    eccentricity: 0,
    inclination: 0,
    raan: 0,
    argumentOfPerigee: 0,
    meanAnomaly: (fromDeg + i * apartDeg) * DEG,
  }));

const mission = (overrides: Partial<Mission>): Mission =>
  missionOf({
    satellites: ring(60, 0, 6),
    payload: {
      ...missionOf().payload,
      kind: "circular-cells",
      layout: "hexagon",
      beams: 19,
      cellRadiusM: 125_000,
      cellSpacingM: 190_000,
      positions: [],
    },
    placement: { kind: "circle", latitude: 0, longitude: -gmst(missionOf().startMs), radiusM: 200_000 },
    ...overrides,
  });

function shardOf(mine: Mission): Shard {
  const track = buildTrack(mine.satellites, mine.startMs, mine.duration);
  const users = placeUsers(mine, track, null);
  return new Shard({ mission: mine, track, feeders: null, users, firstUe: 0, ...region(mine, users) });
}

const MIB = 1 << 20;
function heldMiB(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MIB;
}

function heap(): void {
  const shard = shardOf(mission({ userCount: 1000, duration: 1001, mark: 10 }));
  shard.run(0, 100);
  const held: string[] = [];
  for (let step = 100; step < 1000; step += 300) {
    held.push(heldMiB().toFixed(2));
    shard.run(step, 300);
  }
  held.push(heldMiB().toFixed(2));
  console.log(`held after 100, 400, 700 and 1,000 steps of 1,000 UEs: ${held.join(", ")} MiB`);
  const before = process.memoryUsage().heapUsed;
  shard.run(1000, 1);
  console.log(
    `  one step more allocates ${((process.memoryUsage().heapUsed - before) / 1024).toFixed(0)} KiB of objects, its block of frames included`,
  );
}

/** Least seconds of a step, and evaluations in it. */
function stepCost(shard: Shard, steps: number): { seconds: number; evaluations: number } {
  shard.run(0, 2);
  let best = { seconds: Infinity, evaluations: 0 };
  for (let step = 2; step < 2 + steps; step++) {
    const began = performance.now();
    const { linkEvaluations: evaluations } = shard.run(step, 1);
    const seconds = (performance.now() - began) / 1000;
    if (seconds < best.seconds) best = { seconds, evaluations };
  }
  return best;
}

function inView(): void {
  console.log("UEs, s a step of five measurements, UE × beam in view, ns each");
  for (const [userCount, steps] of [
    [10_000, 12],
    [100_000, 4],
    [1_000_000, 2],
  ]) {
    const { seconds, evaluations } = stepCost(shardOf(mission({ userCount, duration: 20, mark: 19 })), steps);
    console.log(
      `${userCount.toLocaleString("en").padStart(10)} ${seconds.toFixed(3).padStart(8)} ${evaluations.toLocaleString("en").padStart(12)} ${((1e9 * seconds) / evaluations).toFixed(1).padStart(7)}`,
    );
  }
}

function outOfView(): void {
  console.log("satellites out of view added to one in view of 20,000 UEs, s a step, ns per satellite added");
  let alone = 0;
  for (const added of [0, 1, 100, 8000]) {
    const satellites = [...ring(1, 0, 0), ...ring(added, 120, 120 / Math.max(1, added))];
    const { seconds, evaluations } = stepCost(
      shardOf(mission({ userCount: 20_000, duration: 20, mark: 19, satellites })),
      12,
    );
    if (added === 0) alone = seconds;
    const each = added > 0 ? `${((1e9 * (seconds - alone)) / added).toFixed(0).padStart(9)}` : "";
    console.log(
      `${added.toLocaleString("en").padStart(10)} ${seconds.toFixed(4).padStart(8)} ${evaluations.toLocaleString("en").padStart(12)} ${each}`,
    );
  }
}

heap();
inView();
outOfView();
