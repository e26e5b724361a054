import { boundedClusters } from "../../learn/bounded.ts";
import type { ModelName } from "../../learn/classifier.ts";
import { foldRows, stratifiedFolds } from "../../learn/folds.ts";
import { silhouette } from "../../learn/silhouette.ts";
import { stateAt } from "../../orbit/track.ts";
import { DEG, EARTH_RATE } from "../../math/constants.ts";
import { ecefToGeodetic } from "../../math/wgs84.ts";
import { DATASET_COLUMNS } from "../../../shared/dataset.ts";
import type { Bench } from "../bench.ts";
import { classify, type Classified } from "../classify.ts";
import type { Readiness } from "../readiness.ts";
import { classifyData, markOf, missionOf, readyOf, type LabelKind, type Population } from "./data.ts";

/** UEs drawn in the maps. */
const DRAWN = 1200;
const HEAD = 10;
const SVM_ROWS = 4000;

/** The satellite every second up to the mark, the first rows of the data set, and each column's spread. */
async function trace(ask: Population, bench: Bench) {
  const { mark } = missionOf(ask);
  const { track, dataset, cell } = markOf(ask, bench);
  const state = new Float64Array(6);
  const place = new Float64Array(3);
  const satellite = Array.from({ length: mark + 1 }, (_, t) => {
    stateAt(state, 0, track, 0, t);
    const [x, y, z, vx, vy, vz] = state;
    ecefToGeodetic(place, 0, x, y, z);
    const inertial = Math.hypot(vx - EARTH_RATE * y, vy + EARTH_RATE * x, vz);
    return {
      latitudeDeg: place[0] / DEG,
      longitudeDeg: place[1] / DEG,
      altitudeKm: place[2] / 1000,
      earthFixedKmS: Math.hypot(vx, vy, vz) / 1000,
      inertialKmS: inertial / 1000,
    };
  });
  const served = Uint32Array.from(cell.keys()).filter((ue) => cell[ue] !== 0);
  const head = [...served.subarray(0, HEAD)].map((ue) => ({
    ue,
    values: DATASET_COLUMNS.map(({ key }) => dataset[key][ue]),
  }));
  const spread = DATASET_COLUMNS.map(({ key }) =>
    spreadOf(Float64Array.from(served, (ue) => dataset[key][ue])),
  );
  return { satellite, head, spread, served: served.length };
}

function spreadOf(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const sorted = values.sort();
  return {
    least: sorted[0],
    median: sorted[Math.floor(sorted.length / 2)],
    most: sorted.at(-1)!,
    mean,
    deviation: Math.sqrt(square),
  };
}

/** Positions in degrees [row × 2] of the UEs at the mark. */
function positions({ ues }: Readiness, population: Population, bench: Bench): Float64Array {
  const { dataset } = markOf(population, bench);
  const points = new Float64Array(2 * ues.length);
  ues.forEach((ue, row) => points.set([dataset.latitudeDeg[ue], dataset.longitudeDeg[ue]], 2 * row));
  return points;
}

/** Clusters, and the UEs of a map: every n-th of them. */
async function clusters(ask: Population, bench: Bench) {
  const ready = readyOf(ask, "distance", bench);
  const points = positions(ready, ask, bench);
  const { dataset } = markOf(ask, bench);
  const rows = ready.ues.length;
  const every = Math.max(1, Math.floor(rows / DRAWN));
  const drawn = Array.from({ length: Math.floor(rows / every) }, (_, i) => i * every);
  const cellType = Uint8Array.from(ready.ues, (ue) => dataset.cellType[ue]);
  let agree = 0;
  const pairs = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const pair = `${cellType[row]} ${ready.cluster[row]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  for (let c = 0; c < ready.k; c++)
    agree += Math.max(...[0, 1, 2].map((type) => pairs.get(`${type} ${c}`) ?? 0));
  return {
    rows,
    k: ready.k,
    wcss: ready.wcss,
    centroids: ready.centroids,
    readyShare: ready.label.reduce((sum, value) => sum + value, 0) / rows,
    /** share of the UEs whose cluster is that of most UEs of their cell */
    purity: agree / rows,
    silhouette: silhouette(points, rows, 2, ready.cluster, ask.seed),
    map: drawn.map((row) => ({
      latitudeDeg: points[2 * row],
      longitudeDeg: points[2 * row + 1],
      cellType: cellType[row],
      cluster: ready.cluster[row],
    })),
  };
}

/** Groups of at most `most` handover-ready UEs that stand together, for group handover. */
async function groups(ask: Population & { most: number }, bench: Bench) {
  const ready = readyOf(ask, "distance", bench);
  const points = positions(ready, ask, bench);
  const chosen = Uint32Array.from(ready.label.keys()).filter((row) => ready.label[row] === 1);
  const own = new Float64Array(2 * chosen.length);
  chosen.forEach((row, i) => own.set(points.subarray(2 * row, 2 * row + 2), 2 * i));
  const { k, sizes, wcss, freeWcss } = boundedClusters(own, chosen.length, 2, ask.most, bench.shouldStop);
  return {
    ues: chosen.length,
    groups: k,
    largest: Math.max(...sizes),
    smallest: Math.min(...sizes),
    wcss,
    freeWcss,
  };
}

interface ModelAsk extends Population {
  label: LabelKind;
  ablation: string;
  model: ModelName;
  annEpochs: number;
  /** curves and importance are wanted */
  full: boolean;
}

async function model(ask: ModelAsk, bench: Bench): Promise<Classified> {
  const { data, names } = classifyData(readyOf(ask, ask.label, bench), ask.ablation, ask.seed);
  const { model: name, seed, annEpochs, full } = ask;
  return classify(data, { model: name, features: names, seed, annEpochs, svmRows: SVM_ROWS, full }, bench);
}

/** One fold of cross-validation over all rows. */
async function fold(ask: ModelAsk & { folds: number; held: number }, bench: Bench) {
  const ready = readyOf(ask, ask.label, bench);
  const { data, names } = classifyData(ready, ask.ablation, ask.seed);
  const rows = foldRows(stratifiedFolds(ready.label, ask.folds, ask.seed), ask.held);
  const { model: name, seed, annEpochs } = ask;
  const task = { model: name, features: names, seed, annEpochs, svmRows: SVM_ROWS, full: false };
  return (await classify({ x: data.x, y: data.y, ...rows }, task, bench)).metrics;
}

/** Trials of paper A, by name. */
export const paperATrials = {
  "paper-a trace": trace,
  "paper-a clusters": clusters,
  "paper-a groups": groups,
  "paper-a model": model,
  "paper-a fold": fold,
};
export type PaperAModelAsk = ModelAsk;
