import { STORM_FIGURES } from "../../../shared/storm-figures.ts";
import { textTable } from "../../export/text-table.ts";
import { figuresOf, type StrategyFigures } from "../../studies/compare.ts";
import { Arguments } from "./arguments.ts";
import { campaign, campaignAsk, shown, type CampaignOptions } from "./campaign.ts";
import type { World } from "./world.ts";

/** Strategies on the same users and the same seeds. */
export async function compare(world: World, which: string, options: CampaignOptions): Promise<number> {
  const ask = campaignAsk(new Arguments(), which, options);
  const { seeds, answers } = await campaign(world, "compare", { ...ask, variants: null });
  const rows = answers.map(({ summaries }) => figuresOf(summaries));
  if (options.json) {
    const strategies = rows.map((row, i) => ({ ...row, bySeed: answers[i].summaries }));
    world.out(JSON.stringify({ scenario: ask.scenario.name, seeds, strategies }));
  } else world.out(compareText(ask.scenario.name, seeds, rows));
  return 0;
}

/** Kinds of failure that no strategy had are left out. */
const ALWAYS = new Set(["handovers", "success", "pingPongs", "reselections", "drops"]);

function compareText(scenario: string, seeds: number[], rows: StrategyFigures[]): string {
  const table = STORM_FIGURES.flatMap(({ key, title, unit, digits }) => {
    const figures = rows.map((row) => row.figures[key]);
    if (!ALWAYS.has(key) && figures.every(({ mean }) => !mean)) return [];
    return [[title, unit, ...figures.map((figure) => shown(figure, digits + (seeds.length > 1 ? 1 : 0)))]];
  });
  const many = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} … ${seeds.at(-1)}`;
  return [
    `${scenario}, ${many}${seeds.length > 1 ? "; means with 95 % confidence intervals over the seeds" : ""}`,
    textTable(["", "unit", ...rows.map(({ strategy }) => strategy)], table, [0, 1]),
    "group and flattened move the handovers of a3: flattened knows the links as they turn out, flattened-forecast what orbits, beams and places tell, flattened-ready moves by that forecast only whom the classifier calls ready at the mark, up to the predicted leave",
  ].join("\n");
}
