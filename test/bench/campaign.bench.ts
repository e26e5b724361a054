/**
 * A campaign of handover strategies: 66-satellite Walker star at 780 km, 30 UEs, 600 s, 4 strategies × 10 seeds, to be done in under
 * 60 s; and a million UEs under one satellite's 19 beams for 120 s, measured every 200 ms, with all handovers' signalling, to be done
 * in under 6 min and 4 GB (with `BEAMWALK_BENCH_MILLION=1`). Prints figures; never fails. Run through `npm run bench`.
 */
import { availableParallelism } from "node:os";
import { runCampaign } from "../../src/main/jobs/campaign.ts";
import { campaignOf, type AnyStrategy } from "../../src/main/studies/campaign-cases.ts";
import { scenarioSchema, type ScenarioInput } from "../../src/shared/scenario.ts";

const star: ScenarioInput = {
  version: 1,
  name: "star-66",
  time: { start: "2026-01-01T00:00:00Z", durationS: 600, markS: 300 },
  constellation: {
    kind: "walker",
    pattern: "star",
    altitudeKm: 780,
    inclinationDeg: 86.4,
    planes: 6,
    satellitesPerPlane: 11,
    phasing: 2,
  },
  payload: { kind: "antenna", layout: "hexagon", beams: 19, apertureDiameterM: 0.35 },
  users: { count: 30, placement: { kind: "circle", latitudeDeg: 45, longitudeDeg: 5, radiusKm: 500 } },
};

const million: ScenarioInput = {
  version: 1,
  name: "million",
  time: { start: "2026-01-01T00:00:00Z", durationS: 120, markS: 60 },
  constellation: { kind: "circular", satellites: [{ id: "one", altitudeKm: 600, inclinationDeg: 53 }] },
  payload: { kind: "antenna", layout: "hexagon", beams: 19, apertureDiameterM: 2 },
  users: { count: 1_000_000, placement: { kind: "cells", atS: 60 } },
};

async function campaign(
  title: string,
  input: ScenarioInput,
  strategies: AnyStrategy[],
  seeds: number,
  threads: number,
): Promise<void> {
  const scenarioText = JSON.stringify(scenarioSchema.parse(input));
  const began = performance.now();
  const { tasks } = campaignOf({ scenarioText, elements: null, strategies, seeds, variants: null });
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const answers = await runCampaign(tasks, { threads, cancel, onDone: () => {} });
  const seconds = (performance.now() - began) / 1000;
  const handovers = answers.flat().reduce((sum, { procedures }) => sum + procedures, 0);
  const gigabytes = process.resourceUsage().maxRSS / 1024 ** 2;
  console.log(
    `${title}: ${seconds.toFixed(1)} s, ${tasks.length} runs on ${threads} threads, ${handovers.toLocaleString("en")} handovers, ${gigabytes.toFixed(2)} GB at most`,
  );
}

const threads = availableParallelism();
await campaign(
  "star of 66, 30 UEs, 600 s, 4 strategies × 10 seeds",
  star,
  ["a3", "d1", "t1", "elevation"],
  10,
  threads,
);
if (process.env.BEAMWALK_BENCH_MILLION)
  await campaign("1,000,000 UEs, 19 beams, 120 s, a3", million, ["a3"], 1, 1);
