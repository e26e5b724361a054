import { perfectOutlook, persistenceOutlook } from "../../hetnet/outlook.ts";
import { physicsOutlook } from "../../hetnet/physics.ts";
import { DEFAULT_WORLD } from "../../hetnet/world.ts";
import type { StudyTable } from "../../../shared/study.ts";
import { Cancelled } from "../../../shared/errors.ts";
import type { Bench } from "../bench.ts";
import { SCHEMES, type Counts } from "./steering-schemes.ts";
import { countAll } from "./steering-outcome.ts";
import { HORIZON, unseenSeries } from "./steering-world.ts";

/**
 * Does hysteresis ever order more handovers than soft? Both start alike, but once one has moved and the other has not they
 * compare different servers, so that (10)'s holding a subset of (9)'s instants says nothing about the number of handovers.
 */
export interface OrderAnswer {
  /** pairs of a path and a threshold, for each N */
  pairs: number;
  /** [N = 2, 3] pairs with more handovers under hysteresis */
  more: number[];
  fewer: number[];
}

/** Path 0 of the counts is taken too. */
export function compareOrder(counts: Counts): OrderAnswer {
  const [base, ...guarded] = counts;
  const tally = (test: (softly: number, guardedly: number) => boolean) =>
    guarded.map((scheme) =>
      scheme.reduce(
        (sum, row, delta) => sum + row.filter((count, path) => test(base[delta][path], count)).length,
        0,
      ),
    );
  return {
    pairs: base.length * base[0].length,
    more: tally((softly, guardedly) => guardedly > softly),
    fewer: tally((softly, guardedly) => guardedly < softly),
  };
}

export const ORDER_PREDICTORS = ["perfect", "physics", "persistence"] as const;

export const orderTrials = {
  /** [predictor] over the unseen paths of one seed's world */
  steeringOrder: async ({ seed, paths }: { seed: number; paths: number }, bench: Bench) => {
    const series = bench.memo(`steering-unseen ${seed} ${paths}`, () => unseenSeries(seed, paths));
    const outlooks = [
      perfectOutlook(series, HORIZON),
      physicsOutlook(series, DEFAULT_WORLD, HORIZON),
      persistenceOutlook(series, HORIZON),
    ];
    return outlooks.map((outlook) => {
      if (bench.shouldStop()) throw new Cancelled();
      return compareOrder(countAll(series, outlook, SCHEMES));
    });
  },
};

export function sumOrder(answers: readonly OrderAnswer[]): OrderAnswer {
  const add = (key: "more" | "fewer") =>
    answers[0][key].map((_, i) => answers.reduce((sum, answer) => sum + answer[key][i], 0));
  return {
    pairs: answers.reduce((sum, { pairs }) => sum + pairs, 0),
    more: add("more"),
    fewer: add("fewer"),
  };
}

export function orderTable(
  rows: readonly { predictor: string; order: OrderAnswer }[],
  seeds: number,
): StudyTable {
  const percent = (part: number, whole: number) => (100 * part) / whole;
  return {
    id: "order",
    of: "Figure 9",
    title: "Hysteresis against soft, path by path: is it never above?",
    columns: [
      { title: "forecast by", unit: "" },
      { title: "paths × thresholds", unit: "1", digits: 0 },
      ...[2, 3].flatMap((n) => [
        { title: `N = ${n}: fewer`, unit: "%", digits: 2 },
        { title: `N = ${n}: more`, unit: "%", digits: 2 },
      ]),
    ],
    rows: rows.map(({ predictor, order: { pairs, more, fewer } }) => [
      predictor,
      pairs,
      ...more.flatMap((count, i) => [percent(fewer[i], pairs), percent(count, pairs)]),
    ]),
    note: `Thresholds 0 … 3 dB in steps of 0.25 dB; all but the LSTM over ${seeds} worlds. The rest is equal.`,
  };
}
