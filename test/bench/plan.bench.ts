/**
 * The plan of dahouda-2023 beside the same pipeline in NumPy and scikit-learn, stage by stage, on this machine.
 * Prints seconds and ratios; never fails. Run through `npm run bench`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadBundled } from "../../src/main/scenario/bundled.ts";
import { compileMission } from "../../src/main/scenario/compile.ts";
import type { PlanSummary } from "../../src/shared/run.ts";

const root = resolve(import.meta.dirname, "../..");
const mission = compileMission(loadBundled("dahouda-2023").scenario, null);

function ours(): PlanSummary {
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-bench-"));
  const args = [
    join(root, "out/main/cli.js"),
    "plan",
    "dahouda-2023",
    "--db",
    join(folder, "bench.db"),
    "--json",
  ];
  const text = execFileSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  rmSync(folder, { recursive: true });
  return JSON.parse(text) as PlanSummary;
}

function peer():
  | { stagesS: Record<string, number>; totalS: number; accuracy: Record<string, number> }
  | string {
  const { payload, satellites } = mission;
  if (payload.kind !== "circular-cells" || satellites[0].kind !== "kepler")
    return "the scenario has changed its kind";
  const ask = {
    ues: mission.userCount,
    svmRows: mission.svmRows,
    ablationSvmRows: 2000,
    annEpochs: mission.annEpochs,
    durationS: mission.duration,
    measurementPeriodS: mission.measurementPeriod,
    markS: mission.mark,
    cellRadiusM: payload.cellRadiusM,
    cellSpacingM: payload.cellSpacingM,
    altitudeM: satellites[0].semiMajorAxisM - 6_378_137,
    inclination: satellites[0].inclination,
  };
  const run = spawnSync(
    "/usr/bin/python3",
    [join(import.meta.dirname, "peers/plan_peer.py"), JSON.stringify(ask)],
    { encoding: "utf8" },
  );
  if (run.status !== 0) return (run.error?.message ?? run.stderr.trim().split("\n").at(-1)) || "no answer";
  return JSON.parse(run.stdout);
}

const here = ours();
const models = Object.fromEntries(here.classifiers.map((c) => [c.name, c.trainS]));
const predict = here.classifiers.reduce((sum, c) => sum + c.predictS, 0);
const ablations = here.ablations
  .flatMap((a) => a.classifiers)
  .reduce((sum, c) => sum + c.trainS + c.predictS, 0);
const there = peer();

console.log(
  `plan of dahouda-2023: ${here.ues} UEs, ${here.linkEvaluations} link evaluations, ${here.handovers.total} handovers`,
);
if (typeof there === "string")
  console.log(`no peer: ${there} (Debian packages python3-numpy python3-scipy python3-sklearn)`);
else {
  const row = (name: string, own: number, other: number) =>
    console.log(
      `${name.padEnd(34)} ${own.toFixed(2).padStart(8)} s ${other.toFixed(2).padStart(8)} s ${(other / own).toFixed(1).padStart(7)}×`,
    );
  console.log(
    `${"stage".padEnd(34)} ${"Beamwalk".padStart(10)} ${"peer".padStart(10)} ${"ratio".padStart(8)}`,
  );
  row("links, handovers, frames", here.stagesS.simulate + here.stagesS.prepare, there.stagesS.simulate);
  row("data set and clusters k = 1…10", here.stagesS.cluster, there.stagesS.cluster);
  for (const name of ["logistic", "bayes", "svm", "forest", "ann"])
    row(`train ${name}`, models[name], there.stagesS[name]);
  row("predict all UEs, five models", predict, there.stagesS.predict);
  row("ten models of the ablations", ablations, there.stagesS.ablations);
  row("whole plan", here.elapsedS, there.totalS);
  console.log(
    "Beamwalk's models are trained two at a time, so its stages add up to more than the whole; the whole includes the database and the signalling of the handovers, which goes on beside clusters and models.",
  );
  console.log(
    `accuracy: ${here.classifiers.map((c) => `${c.name} ${c.accuracy.toFixed(4)} (peer ${there.accuracy[c.name]})`).join(", ")}`,
  );
}
