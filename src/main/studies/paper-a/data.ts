import { threeWaySplit } from "../../learn/folds.ts";
import { loadBundled } from "../../scenario/bundled.ts";
import { compileMission } from "../../scenario/compile.ts";
import { ABLATIONS, FEATURE_COLUMNS, type DatasetColumn } from "../../../shared/dataset.ts";
import type { Mission, ReadyLabel } from "../../../shared/mission.ts";
import { simulateToMark, type AtMark } from "../at-mark.ts";
import type { Bench } from "../bench.ts";
import type { ClassifyData } from "../classify.ts";
import { pickColumns, readiness, type Readiness } from "../readiness.ts";

export const LABELS = ["distance", "time-to-leave"] as const;
export type LabelKind = (typeof LABELS)[number];
/** Handover-ready when the UE leaves its cell this soon: a cell of 250 km passes in some 34 s. */
export const LEAVE_S = 10;
/** Rows kept apart: those that nothing learns from, and those that the neural network is watched on. */
const SHARES = { validation: 0.1, test: 0.2 };

/**
 * Those of a plan, and the one column that a UE measures by itself: the others without geometry still name each term of the link
 * budget apart, and their differences give the place away whatever the fading.
 */
export const PAPER_ABLATIONS: typeof ABLATIONS = [
  ...ABLATIONS,
  {
    key: "measured",
    title: "Carrier power alone",
    without: ({ key }: DatasetColumn) => key !== "carrierPowerDbw",
  },
];

/** Which UEs, from which seed. */
export interface Population {
  ues: number;
  seed: number;
  /** with shadow fading of TR 38.811, urban, in line of sight; the paper's data have none */
  shadowed: boolean;
}

export function missionOf({ ues, seed, shadowed }: Population, label: LabelKind = "distance"): Mission {
  const { scenario } = loadBundled("dahouda-2023");
  const clear = compileMission({ ...scenario, users: { ...scenario.users, count: ues } }, null, seed);
  const channel = { ...clear.channel, surroundings: "urban", shadowing: true } as const;
  const mission = shadowed ? { ...clear, channel } : clear;
  const timed: ReadyLabel = { kind: "time-to-leave", seconds: LEAVE_S };
  return label === "distance" ? mission : { ...mission, label: timed };
}

const keyOf = ({ ues, seed, shadowed }: Population) => `${ues} ${seed} ${shadowed}`;

/** The data set at the mark, simulated once a thread. */
export function markOf(population: Population, bench: Bench): AtMark {
  return bench.memo(`paper A mark ${keyOf(population)}`, () =>
    simulateToMark(missionOf(population), null, bench.shouldStop),
  );
}

export function readyOf(population: Population, label: LabelKind, bench: Bench): Readiness {
  return bench.memo(`paper A ready ${keyOf(population)} ${label}`, () => {
    const { track, dataset, cell, leaveS } = markOf(population, bench);
    const ready = readiness(missionOf(population, label), track, dataset, cell, leaveS);
    if (!ready) throw new Error(`of ${population.ues} UEs fewer than ten are served`);
    return ready;
  });
}

/** Features of an ablation, and the rows for training, watching and testing. */
export function classifyData(
  { features, label }: Readiness,
  ablation: string,
  seed: number,
): { data: ClassifyData; names: string[] } {
  const { without } = PAPER_ABLATIONS.find(({ key }) => key === ablation)!;
  const columns = [...FEATURE_COLUMNS.keys()].filter((i) => !without(FEATURE_COLUMNS[i]));
  const x =
    columns.length === FEATURE_COLUMNS.length
      ? features
      : pickColumns(features, FEATURE_COLUMNS.length, columns);
  const rows = threeWaySplit(label.length, SHARES.validation, SHARES.test, seed);
  return { data: { x, y: label, ...rows }, names: columns.map((i) => FEATURE_COLUMNS[i].key) };
}
