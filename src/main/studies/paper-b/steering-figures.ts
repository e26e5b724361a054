import { mean as average } from "../../math/statistics.ts";
import type { Outlook } from "../../hetnet/outlook.ts";
import type { HetnetSeries } from "../../hetnet/series.ts";
import { bestServer, changes } from "../../hetnet/steer.ts";
import type { Figure, Series } from "../../../shared/study.ts";
import { countAll, halfWidth, steerAll } from "./steering-outcome.ts";
import type { Predictor, Unseen } from "./steering-outlooks.ts";
import {
  CHOSEN_DELTA,
  DELTAS,
  SCHEMES,
  WAITING,
  hysteresis,
  soft,
  type Counts,
  type Scheme,
} from "./steering-schemes.ts";
import { SPAN, TRAINING_PATHS, WINDOW } from "./steering-world.ts";

export const handoverCounts = (
  { series, outlooks }: Unseen,
  predictor: Predictor,
  schemes: readonly Scheme[] = SCHEMES,
): Counts => countAll(series, outlooks[predictor], schemes);

const METHOD =
  `Networks (BiLSTM for base stations, W = ${WINDOW.cellular}; LSTM for access points, W = ${WINDOW.wifi}) trained on ` +
  `${TRAINING_PATHS} paths, split 80/20 by path, three outputs at once; tested on paths of the same world that no training saw.`;
const AXES = {
  x: { title: "P-CHO threshold δ", unit: "dB" },
  y: { title: "Handovers", unit: "1" },
};

/** Figure 9: on the one path, and the mean over unseen random paths. */
export function figure9(counts: Counts, waiting: Counts, physics: Counts): Figure[] {
  const x = DELTAS;
  const paths = counts[0][0].length - 1;
  const single = (name: string, scheme: number, of: Counts): Series => ({
    name,
    x,
    y: of[scheme].map((row) => row[0]),
  });
  const mean = (name: string, scheme: number, of: Counts): Series => ({
    name,
    x,
    y: of[scheme].map((row) => average(row.slice(1))),
    spread: of[scheme].map((row) => halfWidth(row.slice(1))),
  });
  return [
    {
      id: "9a",
      of: "Figure 9",
      title: "Handovers against the threshold, on one unseen path",
      kind: "steps",
      ...AXES,
      series: SCHEMES.map(({ name }, i) => single(name, i, counts)),
      marks: [{ axis: "x", at: CHOSEN_DELTA, label: "Figure 10" }],
      note: `One path across both base stations and three access points. ${METHOD}`,
    },
    {
      id: "9b",
      of: "Figure 9",
      title: "Handovers against the threshold, mean of unseen random paths",
      kind: "line",
      ...AXES,
      series: [
        ...SCHEMES.map(({ name }, i) => mean(`${name}, LSTM`, i, counts)),
        ...WAITING.map(({ name }, i) => mean(`${name}, LSTM`, i, waiting)),
        mean("soft, physics", 0, physics),
        mean("hysteresis N = 3, physics", 2, physics),
      ],
      marks: [{ axis: "x", at: CHOSEN_DELTA, label: "Figure 10" }],
      note: `Mean of ${paths} paths; spread: 95 % confidence interval of the mean. ${METHOD} Physics: geometry, walls and path-loss laws known, position free of error, residual tracked. Waiting: (9) must hold at so many decisions in a row, which is how the paper's words read; hysteresis: (10) as it is printed, for the forecasts of the next N reports at once.`,
    },
  ];
}

/** Serving nodes on the path like the paper's: best, soft, hysteresis N = 3. */
export function servingOnRoute(series: HetnetSeries, outlook: Outlook, span = SPAN): number[][] {
  const tracked = [soft(CHOSEN_DELTA), hysteresis(CHOSEN_DELTA, 3)].map(
    (rule) => steerAll(series, outlook, rule, span)[0].serving,
  );
  return [bestServer(series, 0, span), ...tracked];
}

/** Figure 10: who serves along the path. */
export const figure10 = (series: HetnetSeries, serving: readonly number[][]): Figure[] =>
  servingFigures(series, serving, { id: "10", of: "Figure 10", method: METHOD });

/** Three panels of a path: best, soft, hysteresis N = 3. */
export function servingFigures(
  series: HetnetSeries,
  serving: readonly number[][],
  { id, of, method }: { id: string; of: string | null; method: string },
): Figure[] {
  const titles = ["best SINR", "soft P-CHO", "hysteresis P-CHO, N = 3"];
  return serving.map((nodes, panel) => ({
    id: `${id}${"abc"[panel]}`,
    of: of && `${of}(${"abc"[panel]})`,
    title: `Serving node along the unseen path: ${titles[panel]}, ${changes(nodes)} changes`,
    kind: "track" as const,
    x: { title: "x", unit: "m" },
    y: { title: "y", unit: "m" },
    series: trackOf(series, nodes),
    note:
      panel === 0
        ? "The node with the greatest SINR of each report."
        : `δ = ${CHOSEN_DELTA} dB. ${method} The UE starts at the best node.`,
  }));
}

/** One series for each node that ever serves; null where another does. A stretch ends where the next one begins. */
export function trackOf({ nodes, paths }: HetnetSeries, serving: readonly number[]): Series[] {
  const { x, y } = paths[0];
  const place = (i: number) => SPAN.from + i;
  return nodes.flatMap(({ name }, node) => {
    if (!serving.includes(node)) return [];
    const here = (i: number) => serving[i] === node || (i > 0 && serving[i - 1] === node);
    return [
      {
        name,
        x: serving.map((_, i) => x[place(i)]),
        y: serving.map((_, i) => (here(i) ? y[place(i)] : null)),
      },
    ];
  });
}
