/** What is to be run for a comparison or a sweep, and which answer belongs to what. */
import { requireScenario } from "../scenario/check.ts";
import { compileMission } from "../scenario/compile.ts";
import { readElements } from "../scenario/elements.ts";
import { unrepresentable } from "../simulation/decide-representable.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import type { Strategy } from "../../shared/mission.ts";
import type { CampaignTask } from "./campaign.ts";
import { planNotes, outcomeNotes } from "./plan-notes.ts";
import { MOVING, type Moving } from "./strategies.ts";

export const TRIGGERING: readonly Strategy[] = ["a3", "a4", "a5", "d1", "t1", "elevation", "timing-advance"];
export const STRATEGIES: readonly (Strategy | Moving)[] = [...TRIGGERING, ...MOVING];
export type AnyStrategy = Strategy | Moving;

export interface CampaignAsk {
  scenarioText: string;
  elements: { name: string; text: string } | null;
  strategies: readonly AnyStrategy[];
  /** the scenario's own seed and those that follow */
  seeds: number;
  /** what differs from the scenario, by the path of a field; one case for each */
  variants: readonly { path: string; value: number }[] | null;
}

/** One strategy in one variant: where its summary stands for each seed. */
export interface CampaignCase {
  strategy: AnyStrategy;
  variant: number;
  at: { task: number; place: number }[];
}

export interface Campaign {
  tasks: CampaignTask[];
  cases: CampaignCase[];
  seeds: number[];
}

const MOST_SEED = 4_294_967_295;

function setAt(scenario: unknown, path: string, value: unknown): void {
  const names = path.split(".");
  let place = scenario as Record<string, unknown>;
  for (const name of names.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>;
  place[names.at(-1)!] = value;
}

/** Every run: strategies that move measured handovers share one with A3. */
export function campaignOf({ scenarioText, elements, strategies, seeds, variants }: CampaignAsk): Campaign {
  const file = elements ? readElements(elements.text, elements.name) : null;
  const moving = MOVING.filter((name) => strategies.includes(name));
  const triggering = TRIGGERING.filter((name) => strategies.includes(name));
  const runs: Strategy[] =
    moving.length > 0 && !triggering.includes("a3") ? ["a3", ...triggering] : [...triggering];
  const first = requireScenario(scenarioText).seed;
  const numbers = Array.from({ length: seeds }, (_, i) => (first + i) % (MOST_SEED + 1));
  const tasks: CampaignTask[] = [];
  const at = new Map<string, { task: number; place: number }[]>();
  const note = (variant: number, strategy: AnyStrategy, place: number) => {
    const key = `${variant} ${strategy}`;
    at.set(key, [...(at.get(key) ?? []), { task: tasks.length, place }]);
  };
  const all = variants ?? [null];
  all.forEach((change, variant) => {
    for (const strategy of runs) {
      const data = JSON.parse(scenarioText.replace(/^\uFEFF/, ""));
      if (change) setAt(data, change.path, change.value);
      setAt(data, "handover.strategy", strategy);
      const scenario = requireScenario(JSON.stringify(data));
      const own = strategy === "a3" ? moving : [];
      for (const seed of numbers) {
        note(variant, strategy, 0);
        own.forEach((name, i) => note(variant, name, i + 1));
        tasks.push({ mission: compileMission(scenario, file, seed), moving: [...own] });
      }
    }
  });
  const cases = all.flatMap((_, variant) =>
    strategies.map((strategy) => ({ strategy, variant, at: at.get(`${variant} ${strategy}`)! })),
  );
  return { tasks, cases, seeds: numbers };
}

/** What is to be known of one case; strategies that move a3's handovers have nothing of their own. */
export function notesOf(
  { strategy, at }: CampaignCase,
  tasks: readonly CampaignTask[],
  summaries: readonly SignallingSummary[],
): string[] {
  if ((MOVING as readonly string[]).includes(strategy)) return [];
  const { mission } = tasks[at[0].task];
  return [...unrepresentable(mission), ...planNotes(mission), ...outcomeNotes(mission, summaries)];
}

/** The summaries of one case, by seed. */
export const summariesOf = (
  { at }: CampaignCase,
  answers: readonly (readonly SignallingSummary[])[],
): SignallingSummary[] => at.map(({ task, place }) => answers[task][place]);
