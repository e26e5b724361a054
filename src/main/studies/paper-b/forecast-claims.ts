import { mean } from "../../math/statistics.ts";
import type { Claim } from "../../../shared/study.ts";
import {
  AHEAD,
  BASELINE_PATHS,
  HORIZONS,
  NETWORK,
  NETWORK_TITLE,
  PATH_COUNTS,
  RATS,
  RAT_TITLE,
  WINDOW,
  WINDOWS,
  type Part,
} from "./forecast-asks.ts";
import { RECURSIVE, worldsOf, type BarKind, type Setting, type WorldKind } from "./forecast-figures.ts";
import type { ForecastRat } from "./forecast-trials.ts";
import { above, shown } from "./seeds.ts";

type Holds = Claim["holds"];
const JUDGED =
  "Judged seed by seed, under 1 % is no difference; “in part”: in the mean only, or not everywhere.";

/** What several partial claims are worth together. */
function together(all: Holds[]): Holds {
  if (all.every((one) => one === "yes")) return "yes";
  return all.every((one) => one === "no") ? "no" : "in part";
}

const letter = (rat: ForecastRat) => (rat === "cellular" ? "a" : "b");
const nameOf = (rat: ForecastRat, { shadows }: WorldKind) =>
  rat === "wifi" ? "" : shadows ? "with shadows: " : "without shadows: ";
const dB = (values: readonly number[]) => `${shown(values)} dB`;

/** One text for each world that a kind of node is looked at in. */
const worlds = (rat: ForecastRat, text: (world: WorldKind) => string) =>
  worldsOf(rat)
    .map((world) => nameOf(rat, world) + text(world))
    .join("; ");

function windowClaim(rat: ForecastRat, { forecasts, surprise }: Setting): Claim {
  const paths = BASELINE_PATHS[1];
  const at = (steps: number, { shadows }: WorldKind) => forecasts.rmse(rat, { shadows, steps, paths });
  const ours = WINDOW[rat];
  const longest = WINDOWS.at(-1)!;
  const best = (world: WorldKind) => {
    const means = WINDOWS.map((steps) => mean(at(steps, world)));
    return WINDOWS[means.indexOf(Math.min(...means))];
  };
  const parts = worldsOf(rat).flatMap((world) => {
    const gain = above(at(1, world), at(ours, world));
    return rat === "cellular" ? [gain] : [gain, above(at(longest, world), at(ours, world))];
  });
  const exact: Holds = worldsOf(rat).every((world) => best(world) === ours) ? "yes" : "in part";
  const size = (name: "fading" | "shadows") => `${mean(surprise.map((one) => one[name])).toFixed(2)} dB`;
  return {
    claim:
      rat === "cellular"
        ? "BSs: a longer window improves the forecast, the best is W = 9 (Figure 4a)"
        : "APs: the error is U-shaped in W, the best is W = 7 (Figure 4b)",
    holds: together(parts) === "no" ? "no" : together([...parts, exact]),
    ours: worlds(
      rat,
      (world) =>
        `${dB(at(1, world))} at W = 1, ${dB(at(ours, world))} at W = ${ours}, ${dB(at(longest, world))} at W = ${longest}, lowest at W = ${best(world)}`,
    ),
    reason:
      rat === "cellular"
        ? `${JUDGED} A window pays by averaging what is new in every report: fading, of which ${size("fading")} is left in one. With shadows the level itself changes by ${size("shadows")} from report to report, 3 m apart; a correlation that falls exponentially has no slope to go by, and one station's levels do not tell the place.`
        : `${JUDGED} APs neither fade nor interfere: the last few reports tell the slope, older ones add little, and walls come unannounced.`,
  };
}

function pathsClaim(rat: ForecastRat, { forecasts }: Setting): Claim {
  const at = (paths: number, part: Part) => forecasts.rmse(rat, { paths, ...part });
  const grows = (part: Part) => above(at(35, part), at(15, part));
  const line = (part: Part) => PATH_COUNTS.map((paths) => mean(at(paths, part)).toFixed(2)).join(", ");
  const parts = worldsOf(rat).flatMap(({ shadows }) => {
    const falls = above(at(5, { shadows }), at(15, { shadows }));
    return rat === "cellular" ? [grows({ shadows })] : [falls, grows({ shadows })];
  });
  return {
    claim:
      rat === "cellular"
        ? "BSs: the error is stable up to N_T = 15 and rises sharply beyond 20 (Figure 5a)"
        : "APs: the error falls until N_T = 15 and rises after it (Figure 5b)",
    holds: together(parts),
    ours: `N_T = 5, 10, …, 35: ${worlds(rat, ({ shadows }) => `${line({ shadows })} dB`)} on unseen paths; ${line({ split: "time" })} dB on the last fifth of the same paths`,
    reason: `${JUDGED} Higher at 35 than at 15 paths: ${worlds(rat, ({ shadows }) => grows({ shadows }))} on unseen paths, ${grows({ split: "time" })} on the last fifth of the same ones. On one test set more paths are more examples of one world. A test set made of the N_T paths changes in difficulty with N_T, which cannot be told from a confused model.`,
  };
}

function horizonClaim(rat: ForecastRat, { forecasts }: Setting): Claim {
  const at = (step: number, { shadows }: WorldKind, kind: BarKind = NETWORK[rat]) =>
    forecasts.rmse(rat, { shadows, kind, ahead: AHEAD }, step);
  const ratio = (world: WorldKind) => mean(at(AHEAD, world)) / mean(at(1, world));
  const parts = worldsOf(rat).flatMap((world) => {
    const grows = Array.from({ length: AHEAD - 1 }, (_, i) => above(at(i + 2, world), at(i + 1, world)));
    return [...grows, ratio(world) < 2 ? ("yes" as const) : ("no" as const)];
  });
  return {
    claim: `${RAT_TITLE[rat]}: the error of direct forecasts grows with τ, but moderately (Figure 6${letter(rat)})`,
    holds: together(parts),
    ours: worlds(
      rat,
      (world) =>
        `${dB(at(1, world))} at τ = 1, ${dB(at(AHEAD, world))} at τ = ${AHEAD}, ${ratio(world).toFixed(1)} times (persistence ${dB(at(1, world, "persistence"))} and ${dB(at(AHEAD, world, "persistence"))})`,
    ),
    reason: `${JUDGED} “Moderately” is read as less than twice. ${AHEAD} reports are 15 m of way: ${rat === "wifi" ? "walls" : "shadows"} ahead do not show beforehand.`,
  };
}

function recursiveClaim(rat: ForecastRat, { forecasts }: Setting): Claim {
  const of = (part: Part, step: number, { shadows }: WorldKind) =>
    forecasts.rmse(rat, { ...part, shadows }, step);
  const cases = worldsOf(rat).flatMap((world) => HORIZONS.map((step) => ({ world, step })));
  const better = cases.map(({ world, step }) =>
    above(of(RECURSIVE.recursive, step, world), of(RECURSIVE.direct, step, world)),
  );
  const ratio = (step: number, world: WorldKind) =>
    mean(of(RECURSIVE.recursive, step, world)) / mean(of(RECURSIVE.direct, step, world));
  const needed = rat === "cellular" ? 2.5 : 3.5;
  const large = cases.map(({ world, step }): Holds => (ratio(step, world) > needed ? "yes" : "no"));
  return {
    claim: `${RAT_TITLE[rat]}: direct forecasts err less; recursive ones ${rat === "cellular" ? "about 3 times" : "4 to 5 times"} as much (Figure 7${letter(rat)})`,
    holds: together([...better, ...large]),
    ours: worlds(rat, (world) =>
      HORIZONS.map(
        (step) =>
          `τ = ${step}: direct ${dB(of(RECURSIVE.direct, step, world))}, recursive ${dB(of(RECURSIVE.recursive, step, world))} (${ratio(step, world).toFixed(2)} times), persistence ${dB(of({ kind: "persistence", ahead: AHEAD }, step, world))}`,
      ).join(", "),
    ),
    reason: `${JUDGED} Direct lower: ${better.filter((one) => one === "yes").length} of ${better.length}; at least ${needed} times: ${large.filter((one) => one === "yes").length} of ${large.length}. A recursion so much worse than direct would be worse than repeating the last report; one that takes whole, consistent reports into its window does not go astray within ${HORIZONS.at(-1)} steps.`,
  };
}

function baselineClaims({ forecasts }: Setting): Claim[] {
  const [few, many] = BASELINE_PATHS;
  const fields = RATS.flatMap((rat) => worldsOf(rat).map((world) => ({ rat, world })));
  type Field = (typeof fields)[0];
  const at = ({ rat, world: { shadows } }: Field, kind: BarKind, paths: number) =>
    forecasts.rmse(rat, { shadows, kind, paths });
  const over = (field: Field, worse: BarKind, better: BarKind, paths: number) =>
    above(at(field, worse, paths), at(field, better, paths));
  const text = (paths: number) =>
    `N_T = ${paths}: ${fields
      .map(
        (field) =>
          `${RAT_TITLE[field.rat]}${field.world.suffix}: ARIMA ${dB(at(field, "arima", paths))}, trees ${dB(at(field, "boosted", paths))}, ${NETWORK_TITLE[field.rat]} ${dB(at(field, NETWORK[field.rat], paths))}, persistence ${dB(at(field, "persistence", paths))}`,
      )
      .join("; ")}`;
  const count = (parts: Holds[]) =>
    `With every seed in ${parts.filter((one) => one === "yes").length} of ${parts.length} comparisons.`;
  const rises = fields.flatMap((field) =>
    (["arima", "boosted", NETWORK[field.rat]] as const).map((kind) =>
      above(at(field, kind, many), at(field, kind, few)),
    ),
  );
  const worst = fields.flatMap((field) =>
    [few, many].flatMap((paths) =>
      (["boosted", NETWORK[field.rat]] as const).map((kind) => over(field, "arima", kind, paths)),
    ),
  );
  const trees = fields.map((field) => over(field, NETWORK[field.rat], "boosted", few));
  const best = fields.flatMap((field) =>
    (["arima", "boosted"] as const).map((kind) => over(field, kind, NETWORK[field.rat], many)),
  );
  return [
    {
      claim: "Each forecaster errs more at N_T = 35 than at 17 (Figure 8)",
      holds: together(rises),
      ours: `${text(few)}. ${text(many)}`,
      reason: `${JUDGED} ${count(rises)} The test paths are the same for both, so that only the training differs.`,
    },
    {
      claim: "ARIMA errs most of the three, for both kinds of node and both N_T (Figure 8)",
      holds: together(worst),
      ours: text(many),
      reason: `${JUDGED} ${count(worst)} Ours is differenced once, has one fit a node and sees the whole past of its path. Where the level wanders without memory (shadows) a linear forecast of the change is as good as any.`,
    },
    {
      claim: "At N_T = 17 boosted trees err slightly less than the LSTM, above all for APs (Figure 8)",
      holds: together(trees),
      ours: text(few),
      reason: `${JUDGED} ${count(trees)}`,
    },
    {
      claim: "At N_T = 35 the LSTM errs least of the three (Figure 8)",
      holds: together(best),
      ours: text(many),
      reason: `${JUDGED} ${count(best)} A network averages fading over its window; trees cut at levels and so see on which side of a wall a UE is.`,
    },
  ];
}

export const forecastClaims = (setting: Setting): Claim[] => [
  ...[windowClaim, pathsClaim, horizonClaim, recursiveClaim].flatMap((claim) =>
    RATS.map((rat) => claim(rat, setting)),
  ),
  ...baselineClaims(setting),
];
