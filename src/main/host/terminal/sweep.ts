import { writeFileSync } from "node:fs";
import { textTable } from "../../export/text-table.ts";
import { parameterOf, sweepPoint, withPareto, type SweepPoint } from "../../studies/sweep.ts";
import { sweepSvg } from "../../studies/sweep-picture.ts";
import { Arguments } from "./arguments.ts";
import { campaign, campaignAsk, shown, type CampaignOptions } from "./campaign.ts";
import type { World } from "./world.ts";

export interface SweepOptions extends CampaignOptions {
  param: string;
  output?: string;
}

/** One parameter over a range; which values are on the front of failures against messages. */
export async function sweep(world: World, which: string, options: SweepOptions): Promise<number> {
  const { path, values } = parameterOf(options.param);
  const ask = campaignAsk(new Arguments(), which, options);
  const variants = values.map((value) => ({ path, value }));
  const { seeds, answers } = await campaign(world, "sweep", { ...ask, variants });
  const points = withPareto(answers.map(({ variant, summaries }) => sweepPoint(values[variant], summaries)));
  const title = `${ask.scenario.name}: ${path}`;
  if (options.output) writeFileSync(options.output, sweepSvg(title, points));
  if (options.json)
    world.out(JSON.stringify({ scenario: ask.scenario.name, param: path, values, seeds, points }));
  else world.out(sweepText(title, points));
  return 0;
}

function sweepText(title: string, points: readonly SweepPoint[]): string {
  const several = points.some(({ failures }) => failures.ci95 !== null) ? 1 : 0;
  const rows = points.map((point) => [
    String(point.value),
    point.strategy,
    shown(point.figures.handovers, several),
    shown(point.failures, several),
    shown(point.figures.pingPongs, several),
    shown(point.messages, several),
    shown(point.figures.peakPerS, several),
    point.pareto ? "front" : "",
  ]);
  const head = ["value", "strategy", "handovers", "failures", "ping-pongs", "messages", "peak 1/s", ""];
  return [
    title,
    textTable(head, rows, [0, 1, 7]),
    "failures: handovers that did not end well, and reselections; front: no other point is better in failures or messages without being worse in the other",
  ].join("\n");
}
