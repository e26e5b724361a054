/**
 * Classifiers and clusters beside scikit-learn and xgboost: the data set of dahouda-2023, the same rows to train and to test on.
 * Prints seconds of training, ratios (of the clock's and of the processor's time) and accuracies, and how long ONNX Runtime takes
 * to answer for every UE; never fails. One thread on either side unless the row says otherwise. Run through `npm run bench`;
 * `learn.bench.ts 15` trains the network for 15 epochs instead of 75.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MODELS, trainClassifier, type ModelName } from "../../src/main/learn/classifier.ts";
import { openModel } from "../../src/main/learn/inference.ts";
import { wcssCurve } from "../../src/main/learn/kmeans.ts";
import { classificationMetrics } from "../../src/main/learn/metrics.ts";
import { split } from "../../src/main/learn/split.ts";
import { loadBundled } from "../../src/main/scenario/bundled.ts";
import { compileMission } from "../../src/main/scenario/compile.ts";
import { simulateToMark } from "../../src/main/studies/at-mark.ts";
import { pickRows, readiness } from "../../src/main/studies/readiness.ts";
import { bytesOf, type Column } from "../../src/shared/columns.ts";
import { FEATURE_COLUMNS } from "../../src/shared/dataset.ts";

const EPOCHS = Number(process.argv[2] ?? 75);
const SVM_ROWS = 4000;
const WIDTH = FEATURE_COLUMNS.length;
const REPEATS: Partial<Record<ModelName, number>> = { ann: 1, svm: 3 };

const mission = compileMission(loadBundled("dahouda-2023").scenario, null);
const { track, dataset, cell, leaveS } = simulateToMark(mission, null);
const ready = readiness(mission, track, dataset, cell, leaveS)!;
const { train, test } = split(ready.label.length, mission.testShare, mission.seed);
const points = new Float64Array(3 * ready.ues.length);
ready.ues.forEach((ue, row) =>
  points.set([dataset.cellType[ue], dataset.latitudeDeg[ue], dataset.longitudeDeg[ue]], 3 * row),
);

interface Ours {
  seconds: number;
  /** of the processor: what neighbours on the machine change least */
  processorS: number;
  accuracy: number;
  answersS: number;
}

function processorSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function ours(model: ModelName): Promise<Ours> {
  const input = {
    x: pickRows(ready.features, WIDTH, train),
    y: Uint8Array.from(train, (row) => ready.label[row]),
    rows: train.length,
    features: FEATURE_COLUMNS.map(({ key }) => key),
  };
  let seconds = Infinity;
  let processorS = Infinity;
  let onnx = new Uint8Array(0);
  for (let i = 0; i < (REPEATS[model] ?? 5); i++) {
    const options = { seed: mission.seed, annEpochs: EPOCHS, svmRows: SVM_ROWS };
    const before = process.cpuUsage();
    // oxlint-disable-next-line no-await-in-loop
    const trained = await trainClassifier(model, input, options);
    processorS = Math.min(processorS, processorSince(before));
    seconds = Math.min(seconds, trained.trainS);
    onnx = trained.onnx as Uint8Array<ArrayBuffer>;
  }
  const predictor = await openModel(onnx);
  let answersS = Infinity;
  let probability = new Float32Array(0);
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    // oxlint-disable-next-line no-await-in-loop
    probability = await predictor.probability(ready.features, ready.label.length, WIDTH);
    answersS = Math.min(answersS, (performance.now() - started) / 1000);
  }
  await predictor.close();
  const { accuracy } = classificationMetrics(
    Uint8Array.from(test, (row) => ready.label[row]),
    Float32Array.from(test, (row) => probability[row]),
  );
  return { seconds, processorS, accuracy, answersS };
}

function clusterSeconds(): number {
  let least = Infinity;
  for (let i = 0; i < 5; i++) {
    const before = process.cpuUsage();
    wcssCurve(points, ready.ues.length, 3, 10, { seed: mission.seed });
    least = Math.min(least, processorSince(before));
  }
  return least;
}

interface Peer {
  seconds: Record<string, number>;
  processorS: Record<string, number>;
  accuracy: Record<string, number>;
  wcss: number[];
}

function peer(): Peer | string {
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-learn-"));
  const files: Record<string, Column> = {
    "x.f32": ready.features,
    "y.u8": ready.label,
    "train.u32": train,
    "test.u32": test,
    "points.f64": points,
  };
  for (const [name, column] of Object.entries(files)) writeFileSync(join(folder, name), bytesOf(column));
  const script = join(import.meta.dirname, "peers/learn_peer.py");
  const settings = [folder, `${EPOCHS}`, `${SVM_ROWS}`, `${WIDTH}`];
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const run = spawnSync("/usr/bin/python3", [script, ...settings], { encoding: "utf8", env });
  rmSync(folder, { recursive: true });
  if (run.status !== 0) return (run.error?.message ?? run.stderr.trim().split("\n").at(-1)) || "no answer";
  return JSON.parse(run.stdout) as Peer;
}

const found = new Map<ModelName, Ours>();
// oxlint-disable-next-line no-await-in-loop
for (const model of MODELS) found.set(model, await ours(model));
const clusterS = clusterSeconds();
const other = peer();
// after the peer once more, so that a busy neighbour cannot favour one side
for (const model of MODELS) {
  if (model === "ann") continue;
  // oxlint-disable-next-line no-await-in-loop
  const again = await ours(model);
  const first = found.get(model)!;
  found.set(model, {
    ...first,
    seconds: Math.min(first.seconds, again.seconds),
    processorS: Math.min(first.processorS, again.processorS),
    answersS: Math.min(first.answersS, again.answersS),
  });
}
const clustersAgainS = clusterSeconds();

console.log(
  `learning on dahouda-2023: ${train.length} of ${ready.label.length} UEs × ${WIDTH} features to train on, ${test.length} to test on`,
);
if (typeof other === "string")
  console.log(`no peer: ${other} (Debian packages python3-sklearn python3-xgboost)`);
const theirs = typeof other === "string" ? null : other;
const cell8 = (value: number | undefined, digits: number, unit = "") =>
  (value === undefined ? "–" : `${value.toFixed(digits)}${unit}`).padStart(11);
console.log(
  `${"".padEnd(22)}${"Beamwalk".padStart(11)}${"peer".padStart(11)}${"ratio".padStart(11)}${"processor".padStart(11)}${"accuracy".padStart(11)}${"peer".padStart(11)}${"points".padStart(11)}${"answers".padStart(11)}`,
);
function line(title: string, own: Ours, name: string): void {
  const seconds = theirs?.seconds[name];
  const accuracy = theirs?.accuracy[name];
  const points100 = accuracy === undefined ? undefined : 100 * (own.accuracy - accuracy);
  console.log(
    title.padEnd(22) +
      cell8(own.seconds, 3, " s") +
      cell8(seconds, 3, " s") +
      cell8(seconds === undefined ? undefined : seconds / own.seconds, 2, "×") +
      cell8(theirs ? theirs.processorS[name] / own.processorS : undefined, 2, "×") +
      cell8(own.accuracy, 4) +
      cell8(accuracy, 4) +
      cell8(points100, 2) +
      cell8(own.answersS * 1000, 1, " ms"),
  );
}
for (const [model, own] of found) {
  line(model, own, model);
  if (theirs?.seconds[`${model}, 2 threads`] !== undefined)
    line(`  peer on 2 threads`, own, `${model}, 2 threads`);
  if (theirs?.seconds[`${model}, unscaled`] !== undefined)
    line(`  peer on raw columns`, own, `${model}, unscaled`);
}
const clusters = Math.min(clusterS, clustersAgainS);
console.log(
  `k-means, k = 1 … 10: ${clusters.toFixed(3)} s of the processor${theirs ? `, peer ${theirs.processorS.kmeans.toFixed(3)} s, ${(theirs.processorS.kmeans / clusters).toFixed(2)}×` : ""}; network of ${EPOCHS} epochs, SVM of ${SVM_ROWS} rows`,
);
