import { split } from "../learn/split.ts";
import { joinStates } from "../simulation/state.ts";
import { predictHandovers, scorePredictions } from "../studies/handovers.ts";
import type { Readiness } from "../studies/readiness.ts";
import type { Learned } from "../studies/strategies.ts";
import type { Columns } from "../../shared/columns.ts";
import { ABLATIONS, FEATURE_COLUMNS } from "../../shared/dataset.ts";
import { CLASSIFIERS, type ClassifierName, type Mission } from "../../shared/mission.ts";
import type { PlanSummary } from "../../shared/run.ts";
import { ABLATION_SVM_ROWS, type PlanContext } from "./context.ts";
import type { Crew } from "./crew.ts";
import type { TrainResult, TrainTask } from "./tasks.ts";
import { URGENCY } from "./urgency.ts";

export interface Found {
  uncovered: number;
  clusters: PlanSummary["clusters"];
  readyShare: number;
  classifiers: PlanSummary["classifiers"];
  ablations: PlanSummary["ablations"];
  predicted: PlanSummary["predicted"];
  notes: string[];
}

/** Every classifier with all features, then with those of each ablation. */
function tasks(): TrainTask[] {
  return CLASSIFIERS.flatMap((classifier) =>
    ABLATIONS.map(({ key, without }, i) => ({
      classifier,
      ablation: key,
      columns: [...FEATURE_COLUMNS.keys()].filter((column) => !without(FEATURE_COLUMNS[column])),
      full: i === 0,
    })),
  );
}

/** The UEs at the mark. */
export interface Marked {
  dataset: Columns;
  /** [ue] */
  leaveS: Float32Array<ArrayBuffer>;
  cell: Uint32Array<ArrayBuffer>;
  leftMs: Int32Array<ArrayBuffer>;
  /** null where fewer than ten are served */
  ready: Readiness | null;
}

/** Data set and clusters of the UEs at the mark. */
export async function cluster({ progress }: PlanContext, crew: Crew): Promise<Marked> {
  progress.enter("cluster");
  const marks = await crew.all("mark", () => [], URGENCY.first);
  const dataset = joinStates(marks.map((m) => m.dataset));
  const { leaveS, cell, leftMs } = joinStates(
    marks.map(({ leaveS: leave, cell: at, leftMs: left }) => ({ leaveS: leave, cell: at, leftMs: left })),
  ) as Pick<Marked, "leaveS" | "cell" | "leftMs">;
  const ready = await crew.call("cluster", [dataset, cell, leaveS], URGENCY.first);
  return { dataset, leaveS, cell, leftMs, ready };
}

/** [ue] cluster at the mark, 255 none; null where there are none. */
export const clusterOf = ({ ready, cell }: Marked): Uint8Array<ArrayBuffer> | null =>
  ready ? byUe(cell.length, ready, ready.cluster) : null;

function byUe(ues: number, ready: Readiness, column: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(ues).fill(255);
  ready.ues.forEach((ue, row) => (all[ue] = column[row]));
  return all;
}

export interface Training {
  task: TrainTask;
  result: Promise<TrainResult>;
}

/** Begins to train every classifier; none where all UEs carry the same label. */
export function train({ mission, progress }: PlanContext, crew: Crew, { ready }: Marked): Training[] {
  progress.enter("learn");
  if (!isUsable(ready)) return [];
  const { train: rows, test } = split(ready.label.length, mission.testShare, mission.seed);
  const data = { features: ready.features, label: ready.label, train: rows, test };
  const given = crew.all("learn", () => [data], URGENCY.first);
  const list = tasks();
  let done = 0;
  return list.map((task) => {
    const first = task.full && task.classifier === mission.primary;
    const result = crew.call("train", [task], first ? URGENCY.primary : URGENCY[task.classifier]);
    const counted = Promise.all([result, given]).then(([found]) => {
      progress.at(++done / list.length, `${done} of ${list.length} models`);
      return found;
    });
    return { task, result: counted };
  });
}

const isUsable = (ready: Readiness | null): ready is Readiness =>
  ready !== null && new Set(ready.label).size === 2;

/** Whom the primary classifier calls ready at the mark, and when they are predicted to leave; null where nothing was learned. */
export async function readyOf(
  { mission }: PlanContext,
  { ready, cell, leaveS }: Marked,
  training: Training[],
): Promise<Learned["ready"]> {
  const primary = training.find(({ task }) => task.full && task.classifier === mission.primary);
  if (!primary || !ready) return null;
  const { probability } = await primary.result;
  return {
    ready: byUe(
      cell.length,
      ready,
      Uint8Array.from(probability!, (p) => (p > 0.5 ? 1 : 0)),
    ),
    leaveS,
  };
}

/** Waits for the classifiers, predicts who will leave, and keeps all of it. */
export async function learn(
  { mission, writer, run }: PlanContext,
  { dataset, leaveS, cell, leftMs, ready }: Marked,
  training: Training[],
): Promise<Found> {
  const ues = cell.length;
  const usable = isUsable(ready) ? ready : null;
  const results = await Promise.all(training.map(({ result }) => result));
  const done = training.map(({ task }, i) => ({ task, result: results[i] }));
  const probability = spreadOut(
    ues,
    usable,
    done.find((d) => d.task.full && d.task.classifier === mission.primary)?.result.probability ?? null,
  );
  const predicted = predictHandovers(mission.mark, cell, leaveS, probability);
  const clusters = ready
    ? { k: ready.k, wcss: ready.wcss, centroids: ready.centroids }
    : { k: 0, wcss: [], centroids: [] };
  writer.saveLearning(run, {
    ueColumns: ueColumns(ues, dataset, ready, done, mission.primary, leaveS),
    ...clusters,
    models: done.map(({ task, result }) => ({
      name: task.classifier,
      ablation: task.ablation,
      onnx: result.onnx,
      card: result.card,
      metrics: result.metrics,
    })),
    predicted,
  });
  const table = (key: string) =>
    CLASSIFIERS.flatMap((name) =>
      done.filter((d) => d.task.ablation === key && d.task.classifier === name).map((d) => d.result.metrics),
    );
  return {
    uncovered: cell.reduce((n, c) => n + (c === 0 ? 1 : 0), 0),
    clusters,
    readyShare: ready ? ready.label.reduce((sum, value) => sum + value, 0) / ready.label.length : 0,
    classifiers: table("none"),
    ablations: ABLATIONS.slice(1).map(({ key, title, without }) => ({
      key,
      title,
      features: FEATURE_COLUMNS.filter((column) => !without(column)).map((column) => column.key),
      classifiers: table(key),
    })),
    predicted: scorePredictions(predicted, leftMs),
    notes: notes(mission, ready, usable),
  };
}

/** Probabilities of the served UEs as a column of all; NaN for the others. */
function spreadOut(
  ues: number,
  ready: Readiness | null,
  probability: Float32Array | null,
): Float32Array<ArrayBuffer> {
  const all = new Float32Array(ues).fill(Number.NaN);
  if (ready && probability) ready.ues.forEach((ue, row) => (all[ue] = probability[row]));
  return all;
}

function ueColumns(
  ues: number,
  dataset: Columns,
  ready: Readiness | null,
  done: { task: TrainTask; result: TrainResult }[],
  primary: ClassifierName,
  leaveS: Float32Array,
): Columns {
  const none = (): Uint8Array<ArrayBuffer> => new Uint8Array(ues).fill(255);
  const columns: Columns = {
    ...dataset,
    leaveS,
    cluster: none(),
    label: none(),
    ready: none(),
    distanceKm: new Float64Array(ues).fill(Number.NaN),
  };
  if (!ready) return columns;
  ready.ues.forEach((ue, row) => {
    columns.cluster[ue] = ready.cluster[row];
    columns.label[ue] = ready.label[row];
    columns.distanceKm[ue] = ready.distanceKm[row];
  });
  for (const { task, result } of done) {
    if (!task.full) continue;
    const probability = spreadOut(ues, ready, result.probability);
    columns[`probability.${task.classifier}`] = probability;
    if (task.classifier === primary)
      for (const ue of ready.ues) columns.ready[ue] = probability[ue] > 0.5 ? 1 : 0;
  }
  return columns;
}

function notes(mission: Mission, ready: Readiness | null, usable: Readiness | null): string[] {
  const synthetic =
    mission.placement.kind === "places"
      ? [
          "The UEs are synthetic: drawn by the inhabitants of places (GeoNames) with a spread around them, on land.",
        ]
      : [];
  return [...synthetic, ...learningNotes(mission, ready, usable)];
}

function learningNotes(mission: Mission, ready: Readiness | null, usable: Readiness | null): string[] {
  if (!ready) return ["Fewer than ten UEs are served at the marked instant: no clusters, no classifiers."];
  if (!usable)
    return [
      "All UEs carry the same label at the marked instant: there is nothing for a classifier to learn.",
    ];
  const label =
    mission.label.kind === "distance"
      ? "The label follows from the distance to the cluster's centroid alone, and that distance is a feature: near-perfect scores are by construction. The tables without the location features, and without any geometry, say what the radio columns alone can tell."
      : "The label is the time until geometry says the UE leaves its cell; the features do not contain it.";
  return [
    label,
    `The SVM is trained on at most ${mission.svmRows} rows (${Math.min(ABLATION_SVM_ROWS, mission.svmRows)} in the ablations), the others on every training row.`,
    "MSE and AUC are those of the hard 0/1 answers, as the paper prints them; Brier score and ROC AUC use the probability.",
    "The paper's MSE of 0.0017 for its ANN contradicts its accuracy of 98 %: the MSE of hard answers is 1 − accuracy, 0.02.",
  ];
}
