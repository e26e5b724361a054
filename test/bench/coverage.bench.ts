/**
 * Coverage by latitude beside a naive NumPy peer: largest difference of the two profiles and ratio of the times.
 * Prints figures; never fails. Run through `npm run bench`. `coverage.bench.ts ask iridium-next` prints what the peer is given.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { loadBundled } from "../../src/main/scenario/bundled.ts";
import { scenarioCoverage } from "../../src/main/studies/coverage-ask.ts";

/** The peer tries every satellite against every place: the large shell gets an hour, not a day. */
const RUNS = [
  { name: "iridium-next", hours: 24, stepS: 60 },
  { name: "starlink-shell-1", hours: 1, stepS: 60 },
];

function peerAsk({ name, hours, stepS }: (typeof RUNS)[number]) {
  const { scenario } = loadBundled(name);
  const { constellation, coverage } = scenario;
  if (constellation.kind !== "walker") throw new Error(`${name} is no Walker constellation`);
  const { planes, satellitesPerPlane, phasing, altitudeKm, inclinationDeg, pattern } = constellation;
  const raanSpreadDeg = constellation.raanSpreadDeg ?? (pattern === "star" ? 180 : 360);
  const startMs = Date.UTC(2026, 0, 1);
  const shape = { planes, satellitesPerPlane, phasing, altitudeKm, inclinationDeg, raanSpreadDeg };
  return JSON.stringify({ ...shape, minElevationDeg: coverage.minElevationDeg, startMs, hours, stepS });
}

if (process.argv[2] === "ask") console.log(peerAsk(RUNS.find(({ name }) => name === process.argv[3])!));
else
  for (const run of RUNS) {
    const began = performance.now();
    const ours = scenarioCoverage(loadBundled(run.name).scenario, null, run);
    const seconds = (performance.now() - began) / 1000;
    console.log(`${run.name}, ${run.hours} h at ${run.stepS} s: ${seconds.toFixed(2)} s`);
    const peer = spawnSync(
      "/usr/bin/python3",
      [join(import.meta.dirname, "peers/coverage_peer.py"), peerAsk(run)],
      { encoding: "utf8" },
    );
    if (peer.status !== 0) {
      console.log(`no peer: ${peer.error?.message ?? peer.stderr.trim().split("\n").at(-1)}`);
      continue;
    }
    const theirs = JSON.parse(peer.stdout) as { seconds: number; latitudes: number[][] };
    const worst = (column: 1 | 2 | 3, own: (row: (typeof ours.latitudes)[number]) => number) =>
      Math.max(...ours.latitudes.map((row, i) => Math.abs(own(row) - theirs.latitudes[i][column])));
    console.log(
      `  peer ${theirs.seconds.toFixed(2)} s (${(theirs.seconds / seconds).toFixed(0)}×); largest difference: ` +
        `covered ${worst(1, (r) => r.coveredPercent).toExponential(1)} %, mean ${worst(2, (r) => r.meanInView).toExponential(1)}, ` +
        `least ${worst(3, (r) => r.leastInView)}`,
    );
  }
