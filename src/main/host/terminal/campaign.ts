import { runCampaign } from "../../jobs/campaign.ts";
import {
  campaignOf,
  notesOf,
  summariesOf,
  STRATEGIES,
  type AnyStrategy,
  type CampaignAsk,
} from "../../studies/campaign-cases.ts";
import type { Estimate } from "../../studies/compare.ts";
import type { SignallingSummary } from "../../../shared/storm.ts";
import type { Arguments } from "./arguments.ts";
import { lateProgress } from "./coverage-progress.ts";
import { newPlan } from "./plan.ts";
import type { World } from "./world.ts";

export interface CampaignOptions {
  elements?: string;
  strategies: string;
  seeds: string;
  threads?: string;
  json?: boolean;
}

/** Scenario and options that a comparison and a sweep have in common; null with complaints in `given`. */
export function campaignAsk(given: Arguments, which: string, options: CampaignOptions) {
  const strategies = [
    ...new Set(
      options.strategies
        .split(",")
        .map((name) => given.oneOf<AnyStrategy>("--strategies", name.trim(), STRATEGIES)),
    ),
  ];
  const seeds = given.whole("--seeds", options.seeds, 1, 1000) ?? 1;
  const threads = given.whole("--threads", options.threads, 1, 256) ?? 0;
  const plan = newPlan(given, which, { elements: options.elements });
  given.check();
  const { scenario, scenarioText, elements = null } = plan!;
  return { scenario, scenarioText, elements, strategies, seeds, threads };
}

export interface CampaignAnswer {
  strategy: AnyStrategy;
  variant: number;
  summaries: SignallingSummary[];
  /** to judge the figures by */
  notes: string[];
}

/** Runs everything with progress on stderr; Ctrl+C stops it. */
export async function campaign(
  world: World,
  stage: string,
  ask: CampaignAsk & { threads: number },
): Promise<{ seeds: number[]; answers: CampaignAnswer[] }> {
  const { tasks, cases, seeds } = campaignOf(ask);
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const forget = world.onInterrupt(() => Atomics.store(cancel, 0, 1));
  const progress = lateProgress(world, stage);
  try {
    const found = await runCampaign(tasks, {
      threads: ask.threads,
      cancel,
      onDone: (done) => progress.update(done),
    });
    const answers = cases.map((one) => {
      const summaries = summariesOf(one, found);
      return {
        strategy: one.strategy,
        variant: one.variant,
        summaries,
        notes: notesOf(one, tasks, summaries),
      };
    });
    return { seeds, answers };
  } finally {
    progress.stop();
    forget();
  }
}

/** A mean with the half width of its confidence interval; of a share the interval itself, which ends at 0 and 100 %. */
export function shown({ mean, ci95, between }: Omit<Estimate, "seeds">, digits: number): string {
  if (mean === null) return "none";
  const fixed = (value: number) =>
    value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (between) return `${fixed(mean)} (${between.map(fixed).join(" … ")})`;
  return ci95 === null ? fixed(mean) : `${fixed(mean)} ± ${fixed(ci95)}`;
}
