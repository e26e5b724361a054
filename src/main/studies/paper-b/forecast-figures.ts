import { deviation, mean } from "../../math/statistics.ts";
import type { Figure, Series, StudyTable } from "../../../shared/study.ts";
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
  type Forecasts,
  type Part,
} from "./forecast-asks.ts";
import { ALL_PATHS, ROOM, TEST_PATHS, type ForecastRat } from "./forecast-trials.ts";

const RMSE = { title: "RMSE of the SINR", unit: "dB" };
const LETTER: Record<ForecastRat, string> = { cellular: "a", wifi: "b" };

/** What is behind every figure. */
export interface Setting {
  forecasts: Forecasts;
  seeds: number[];
  /** [seed] dB: see the trial `surprise` */
  surprise: { fading: number; shadows: number }[];
}

/** One line or row of bars: [x][seed]. */
function series(name: string, x: readonly number[], values: number[][]): Series {
  return { name, x: [...x], y: values.map(mean), spread: values.map(deviation) };
}

const frame = (rat: ForecastRat, number: number, title: string, seeds: number[]) => ({
  id: `${number}${LETTER[rat]}`,
  of: `Figure ${number}(${LETTER[rat]})`,
  title: `${title}, ${RAT_TITLE[rat]} (mean and standard deviation over ${seeds.length} seeds)`,
  y: RMSE,
});

const TEST = `Tested on ${TEST_PATHS} paths that no forecaster has seen, the same for every point, at the same instants (room for W = ${ROOM.steps} and ${ROOM.ahead} steps ahead).`;

/** Base stations are looked at with shadows and without. */
export interface WorldKind {
  shadows: boolean;
  /** behind a series' name */
  suffix: string;
}
const WITH: WorldKind = { shadows: true, suffix: "" };
export const worldsOf = (rat: ForecastRat): WorldKind[] =>
  rat === "wifi" ? [WITH] : [WITH, { shadows: false, suffix: ", no shadows" }];

/** Only base stations have shadows and fade. */
const surpriseMark = (rat: ForecastRat, { surprise }: Setting): Pick<Figure, "marks"> => {
  if (rat === "wifi") return {};
  const at = mean(surprise.map(({ shadows }) => shadows));
  return { marks: [{ axis: "y", at, label: "change of shadows and fading in one step" }] };
};

function windowFigure(rat: ForecastRat, setting: Setting): Figure {
  const { forecasts, seeds } = setting;
  const paths = BASELINE_PATHS[1];
  return {
    ...frame(rat, 4, "RMSE against the look-back window", seeds),
    kind: "line",
    x: { title: "W", unit: "reports" },
    series: worldsOf(rat).flatMap(({ shadows, suffix }) => [
      series(
        NETWORK_TITLE[rat] + suffix,
        WINDOWS,
        WINDOWS.map((steps) => forecasts.rmse(rat, { shadows, steps, paths })),
      ),
      series(
        `persistence${suffix}`,
        WINDOWS,
        WINDOWS.map(() => forecasts.rmse(rat, { shadows, kind: "persistence", paths })),
      ),
    ]),
    ...surpriseMark(rat, setting),
    note: `One step ahead, N_T = ${paths}, 80 % of them learnt from. ${TEST}`,
  };
}

function pathsFigure(rat: ForecastRat, setting: Setting): Figure {
  const { forecasts, seeds } = setting;
  const line = (name: string, part: Part) =>
    series(
      name,
      PATH_COUNTS,
      PATH_COUNTS.map((paths) => forecasts.rmse(rat, { paths, ...part })),
    );
  return {
    ...frame(rat, 5, "RMSE against the number of paths", seeds),
    kind: "line",
    x: { title: "N_T", unit: "paths" },
    series: [
      ...worldsOf(rat).map(({ shadows, suffix }) => line(`unseen paths${suffix}`, { shadows })),
      line("unseen last fifth of the same paths", { split: "time" }),
    ],
    ...surpriseMark(rat, setting),
    note: `One step ahead, W = ${WINDOW[rat]}, ${NETWORK_TITLE[rat]}. ${TEST} The last line is tested on the last fifth of the N_T paths themselves, so that its test set changes from point to point.`,
  };
}

function aheadFigure(rat: ForecastRat, { forecasts, seeds }: Setting): Figure {
  const steps = Array.from({ length: AHEAD }, (_, i) => i + 1);
  const kinds = [NETWORK[rat], "boosted", "arima", "persistence"] as const;
  return {
    ...frame(rat, 6, "RMSE against the look-ahead horizon", seeds),
    kind: "line",
    x: { title: "τ", unit: "reports" },
    series: worldsOf(rat).flatMap(({ shadows, suffix }) =>
      kinds.map((kind) =>
        series(
          titleOf(kind) + suffix,
          steps,
          steps.map((step) => forecasts.rmse(rat, { shadows, kind, ahead: AHEAD }, step)),
        ),
      ),
    ),
    note: `Direct: ${NETWORK_TITLE[rat]} gives all ${AHEAD} steps at once, boosted trees have one model a step; ARIMA rolls. W = ${WINDOW[rat]}, N_T = 20. ${TEST}`,
  };
}

export const RECURSIVE = {
  direct: { ahead: AHEAD },
  recursive: { ahead: AHEAD, way: "recursive" },
  recursiveSinr: { ahead: AHEAD, way: "recursive", inputs: "target" },
} as const;

function recursiveFigure(rat: ForecastRat, { forecasts, seeds }: Setting): Figure {
  const bars = (name: string, part: Part) =>
    series(
      name,
      HORIZONS.map((_, i) => i),
      HORIZONS.map((step) => forecasts.rmse(rat, part, step)),
    );
  return {
    ...frame(rat, 7, "Direct against recursive forecasts", seeds),
    kind: "bars",
    x: { title: "τ", unit: "reports" },
    categories: HORIZONS.map((step) => `τ = ${step}`),
    series: [
      ...worldsOf(rat).flatMap(({ shadows, suffix }) => [
        bars(`direct${suffix}`, { ...RECURSIVE.direct, shadows }),
        bars(`recursive${suffix}`, { ...RECURSIVE.recursive, shadows }),
        bars(`persistence${suffix}`, { kind: "persistence", ahead: AHEAD, shadows }),
      ]),
      bars("recursive, SINR alone", RECURSIVE.recursiveSinr),
    ],
    note: `Recursive: a one-step ${NETWORK_TITLE[rat]} forecasts the next report whole (SINR, RSSI, throughput) and takes it into its window; or it knows the SINR only. W = ${WINDOW[rat]}, N_T = 20. ${TEST}`,
  };
}

export type BarKind = "persistence" | "arima" | "boosted" | "bilstm" | "lstm";
const TITLES: Record<BarKind, string> = {
  persistence: "persistence",
  arima: "ARIMA(2, 1, 1)",
  boosted: "boosted trees",
  bilstm: "BiLSTM",
  lstm: "LSTM",
};
const titleOf = (kind: BarKind) => TITLES[kind];

function baselineFigure(rat: ForecastRat, setting: Setting): Figure {
  const { forecasts, seeds } = setting;
  return {
    ...frame(rat, 8, "Forecasters compared", seeds),
    kind: "bars",
    x: { title: "N_T", unit: "paths" },
    categories: BASELINE_PATHS.map((paths) => `N_T = ${paths}`),
    series: worldsOf(rat).flatMap(({ shadows, suffix }) =>
      (["arima", "boosted", NETWORK[rat], "persistence"] as const).map((kind) =>
        series(
          titleOf(kind) + suffix,
          BASELINE_PATHS.map((_, i) => i),
          BASELINE_PATHS.map((paths) => forecasts.rmse(rat, { shadows, kind, paths })),
        ),
      ),
    ),
    ...surpriseMark(rat, setting),
    note: `One step ahead, W = ${WINDOW[rat]}; ARIMA sees the whole past of its path. ${TEST}`,
  };
}

export const forecastFigures = (setting: Setting): Figure[] =>
  [windowFigure, pathsFigure, aheadFigure, recursiveFigure, baselineFigure].flatMap((figure) =>
    RATS.map((rat) => figure(rat, setting)),
  );

/** How much a split that leaks flatters. */
export function splitTable({ forecasts, seeds }: Setting): StudyTable {
  const splits = { path: "whole paths", time: "last fifth of each path", random: "random windows (leaks)" };
  return {
    id: "splits",
    of: null,
    title: "What the 80/20 split makes of the same forecasters",
    columns: [
      { title: "nodes", unit: "1" },
      { title: "test set", unit: "1" },
      ...["persistence", "network", "boosted trees", "gain of the network on persistence"].map(
        (title, i) => ({
          title,
          unit: i < 3 ? "dB" : "%",
          digits: i < 3 ? 3 : 1,
        }),
      ),
    ],
    rows: RATS.flatMap((rat) =>
      (["path", "time", "random"] as const).map((split) => {
        const of = (kind: BarKind) => mean(forecasts.rmse(rat, { kind, split }));
        const [still, network, trees] = [of("persistence"), of(NETWORK[rat]), of("boosted")];
        return [RAT_TITLE[rat], splits[split], still, network, trees, 100 * (1 - network / still)];
      }),
    ),
    note: `RMSE one step ahead, N_T = 20, mean over ${seeds.length} seeds. Neighbouring windows share all samples but one: where rows are drawn at random, the target of a test row stands inside the windows of training rows. The paper does not say how it splits.`,
  };
}

/** What the learners are given and asked for. */
export function variantTable({ forecasts, seeds }: Setting): StudyTable {
  const variants = {
    "whole reports in, change out": {},
    "SINR alone in, change out": { inputs: "target" },
    "whole reports in, level out": { learns: "level" },
  } as const;
  return {
    id: "variants",
    of: null,
    title: "What the window holds and what is learnt",
    columns: [
      { title: "nodes", unit: "1" },
      { title: "variant", unit: "1" },
      { title: "network", unit: "dB", digits: 3 },
      { title: "boosted trees", unit: "dB", digits: 3 },
    ],
    rows: RATS.flatMap((rat) =>
      Object.entries(variants).map(([name, part]) => [
        RAT_TITLE[rat],
        name,
        mean(forecasts.rmse(rat, { ...part })),
        mean(forecasts.rmse(rat, { kind: "boosted", ...part })),
      ]),
    ),
    note: `RMSE one step ahead, N_T = 20, unseen paths, mean over ${seeds.length} seeds. The paper does not say whether its networks give the level or its change; all figures here are with whole reports in and changes out. Where changes are learnt, the window also holds every sample's difference from its last one.`,
  };
}

/** What the forecasters cost. */
export function costTable({ forecasts, seeds }: Setting): StudyTable {
  return {
    id: "forecasters",
    of: null,
    title: `Forecasters at N_T = ${ALL_PATHS}, one step ahead, with shadows`,
    columns: [
      { title: "nodes", unit: "1" },
      { title: "forecaster", unit: "1" },
      { title: "RMSE", unit: "dB", digits: 3 },
      { title: "MAE", unit: "dB", digits: 3 },
      { title: "training rows", unit: "1", digits: 0 },
      { title: "epochs", unit: "1", digits: 0 },
      { title: "training", unit: "s", digits: 2 },
      { title: "forecast of one row", unit: "µs", digits: 1 },
    ],
    rows: RATS.flatMap((rat) =>
      (["persistence", "arima", "boosted", NETWORK[rat]] as const).map((kind) => {
        const answers = forecasts.answers(rat, { kind, paths: ALL_PATHS });
        const of = (pick: (answer: (typeof answers)[0]) => number) => mean(answers.map(pick));
        return [
          RAT_TITLE[rat],
          titleOf(kind),
          of((answer) => answer.rmseDb),
          of((answer) => answer.maeDb),
          of((answer) => answer.trainRows),
          of((answer) => answer.epochs),
          of((answer) => answer.fitS),
          of((answer) => (1e6 * answer.predictS) / answer.testRows),
        ];
      }),
    ),
    note: `Means over ${seeds.length} seeds; times on one thread.`,
  };
}
