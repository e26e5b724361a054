import type { Rule } from "../../hetnet/decision.ts";
import type { Outlook } from "../../hetnet/outlook.ts";
import { DEFAULT_TIMING, handoverSequence } from "../../hetnet/sequence.ts";
import type { HetnetSeries } from "../../hetnet/series.ts";
import { limitsOf, steer } from "../../hetnet/steer.ts";
import { deviation, mean as average } from "../../math/statistics.ts";
import type { Tally } from "../../hetnet/attachment.ts";
import { DELTAS, type Counts, type Scheme } from "./steering-schemes.ts";
import { SPAN } from "./steering-world.ts";

/** What one scheme did on one path, or the mean over paths. */
export interface Outcome {
  handovers: number;
  pingPongs: number;
  lostCommands: number;
  wrongTargets: number;
  tooLate: number;
  meanSinrDb: number;
  /** reports between two changes of the serving node */
  dwellReports: number;
  /** share of the time that the serving link is out of sync or the UE is on its way between nodes */
  outageShare: number;
}

export function outcomeOf(series: HetnetSeries, tally: Tally): Outcome {
  const reports = tally.serving.length;
  const interruptedS = tally.handovers.reduce((sum, { from, to }) => {
    const { nodes } = series;
    return sum + handoverSequence(DEFAULT_TIMING, nodes[from].rat, nodes[to].rat).interruptionS;
  }, 0);
  return {
    handovers: tally.handovers.length,
    pingPongs: tally.pingPongs,
    lostCommands: tally.lostCommands,
    wrongTargets: tally.wrongTargets,
    tooLate: tally.tooLate,
    meanSinrDb: tally.sumSinrDb / reports,
    dwellReports: reports / (tally.handovers.length + 1),
    outageShare: (tally.outReports * series.stepS + interruptedS) / (reports * series.stepS),
  };
}

/** [path] tallies of one scheme. */
export function steerAll(series: HetnetSeries, outlook: Outlook, rule: Rule, span = SPAN): Tally[] {
  const limits = limitsOf(series);
  return series.paths.map((_, path) => steer(series, outlook, path, rule, limits, span));
}

/** Handovers of every scheme at every threshold on every path. */
export const countAll = (series: HetnetSeries, outlook: Outlook, schemes: readonly Scheme[]): Counts =>
  schemes.map(({ rule }) =>
    DELTAS.map((deltaDb) =>
      steerAll(series, outlook, rule(deltaDb)).map(({ handovers }) => handovers.length),
    ),
  );

export function meanOutcome(outcomes: readonly Outcome[]): Outcome {
  const mean = {} as Outcome;
  for (const key of Object.keys(outcomes[0]) as (keyof Outcome)[])
    mean[key] = average(outcomes.map((outcome) => outcome[key]));
  return mean;
}

/** Half width of the 95 % confidence interval of a mean over paths, by the normal law. */
export const halfWidth = (values: readonly number[]) => (1.96 * deviation(values)) / Math.sqrt(values.length);
