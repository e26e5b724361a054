import { STORM_FIGURES } from "../../../shared/storm-figures.ts";
import { textTable } from "../../export/text-table.ts";
import { comparisonNotes, figuresOf, isStudied, type StrategyFigures } from "../../studies/compare.ts";
import { Arguments } from "./arguments.ts";
import { campaign, campaignAsk, shown, type CampaignAnswer, type CampaignOptions } from "./campaign.ts";
import type { World } from "./world.ts";

/** Strategies on the same users and the same seeds. */
export async function compare(world: World, which: string, options: CampaignOptions): Promise<number> {
  const ask = campaignAsk(new Arguments(), which, options);
  const { seeds, answers } = await campaign(world, "compare", { ...ask, variants: null });
  const rows = answers.map(({ summaries }) => figuresOf(summaries));
  const notes = [...comparisonNotes(answers.map(({ summaries }) => summaries)), ...planned(answers)];
  if (options.json) {
    const strategies = rows.map((row, i) => ({
      ...row,
      trigger: isStudied(row.strategy) ? "study" : "RRC",
      bySeed: answers[i].summaries.map((summary, at) => ({ seed: seeds[at], ...summary })),
    }));
    world.out(JSON.stringify({ scenario: ask.scenario.name, seeds, strategies, notes }));
  } else world.out(compareText(ask.scenario.name, seeds, rows, notes));
  return 0;
}

/** Notes of the missions, each once with the strategies that it is about; strategies that move handovers have those of a3. */
function planned(answers: readonly CampaignAnswer[]): string[] {
  const about = new Map<string, string[]>();
  for (const { strategy, notes } of answers)
    for (const note of notes) about.set(note, [...(about.get(note) ?? []), strategy]);
  return Array.from(about, ([note, strategies]) => `${strategies.join(", ")}: ${note}`);
}

/** Kinds of failure that no strategy had are left out. */
const ALWAYS = new Set(["handovers", "success", "pingPongs", "reselections", "drops"]);

function compareText(scenario: string, seeds: number[], rows: StrategyFigures[], notes: string[]): string {
  const table = STORM_FIGURES.flatMap(({ key, title, unit, digits }) => {
    const figures = rows.map((row) => row.figures[key]);
    if (!ALWAYS.has(key) && figures.every(({ mean }) => !mean)) return [];
    return [[title, unit, ...figures.map((figure) => shown(figure, digits + (seeds.length > 1 ? 1 : 0)))]];
  });
  if (seeds.length > 1) {
    const any = rows.map(({ figures }) => `${figures.success.seeds} of ${seeds.length}`);
    table.splice(1, 0, ["seeds with any handover", "", ...any]);
  }
  const titles = rows.map(({ strategy }) => `${strategy}${isStudied(strategy) ? " (study)" : ""}`);
  const many = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} … ${seeds.at(-1)}`;
  return [
    `${scenario}, ${many}${seeds.length > 1 ? "; means with 95 % confidence intervals over the seeds" : ""}`,
    textTable(["", "unit", ...titles], table, [0, 1]),
    ...notes.map((note) => `- ${note}`),
  ].join("\n");
}
