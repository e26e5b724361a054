import { trainClassifier } from "../learn/classifier.ts";
import { openModel } from "../learn/inference.ts";
import { permutationImportance } from "../learn/importance.ts";
import { classificationMetrics } from "../learn/metrics.ts";
import { datasetAt } from "../simulation/mark.ts";
import { timeToLeave } from "../simulation/leave.ts";
import type { LeastChanges } from "../simulation/least-changes.ts";
import type { CellChanges } from "../simulation/link-windows.ts";
import { Shard, type ShardBlock, type ShardOptions } from "../simulation/shard.ts";
import { pickColumns, pickRows, readiness, type Readiness } from "../studies/readiness.ts";
import {
  commonOf,
  linksOf,
  movingOf,
  stormBy,
  type Common,
  type Learned,
  type Moving,
  type SignallingTask,
} from "../studies/strategies.ts";
import type { Storm } from "../studies/storm.ts";
import { leastOf, type Sample } from "../studies/unavoidable.ts";
import type { Columns } from "../../shared/columns.ts";
import { FEATURE_COLUMNS } from "../../shared/dataset.ts";
import type { ClassifierName } from "../../shared/mission.ts";
import type { ClassifierMetrics } from "../../shared/run.ts";
import { ABLATION_SVM_ROWS } from "./context.ts";

/** What a worker thread is told first. */
export interface WorkerSetup extends ShardOptions {
  /** set to 1 to make the worker stop between calls */
  cancel: Int32Array;
}

export interface TrainTask {
  classifier: ClassifierName;
  ablation: string;
  /** columns of FEATURE_COLUMNS that the model sees */
  columns: number[];
  /** probabilities of every row are wanted, and the importance of each feature */
  full: boolean;
}

export interface LearningData {
  features: Float32Array;
  label: Uint8Array;
  train: Uint32Array;
  test: Uint32Array;
}

export interface TrainResult {
  onnx: Uint8Array;
  card: unknown;
  metrics: ClassifierMetrics;
  /** [row], only of a full task */
  probability: Float32Array | null;
}

/** The work of one thread: a range of UEs in the time loop, then models to train. */
export class WorkerTasks {
  readonly #setup: WorkerSetup;
  readonly #shard: Shard;
  #data: LearningData | null = null;
  #common: Common | null = null;

  constructor(setup: WorkerSetup) {
    this.#setup = setup;
    this.#shard = new Shard(setup);
  }

  restore(state: Columns): void {
    this.#shard.restore(state);
  }

  run(first: number, steps: number): ShardBlock {
    return this.#shard.run(first, steps);
  }

  /** Data set and times to leave of this thread's UEs, and when they really left. */
  mark(): { dataset: Columns; leaveS: Float32Array; cell: Uint32Array; leftMs: Int32Array } {
    const { mission, track, users, firstUe } = this.#setup;
    const { cellAtMark, enteredAtMarkMs, leftMs } = this.#shard.departures;
    return {
      dataset: datasetAt(mission, track, users, firstUe, cellAtMark, enteredAtMarkMs),
      leaveS: timeToLeave(mission, track, users, cellAtMark),
      cell: cellAtMark,
      leftMs,
    };
  }

  /** How long the links of this thread's UEs last at their cell changes. */
  links(changes: CellChanges): ReturnType<typeof linksOf> {
    return linksOf(this.#setup, changes, movingOf(this.#setup.mission));
  }

  /** The fewest changes of cell of some UEs, of whichever thread. */
  least(sample: Sample): LeastChanges {
    return leastOf(this.#setup, sample);
  }

  /** Takes in the handovers of all UEs. */
  handovers(task: SignallingTask): void {
    const { mission, track, feeders } = this.#setup;
    this.#common = commonOf({ mission, track, feeders, ...task });
  }

  signal(moving: Moving | null, learned: Learned): Storm {
    if (!this.#common) throw new Error("signal before handovers");
    return stormBy(this.#common, moving, learned);
  }

  cluster(dataset: Columns, serving: Uint32Array, leaveS: Float32Array): Readiness | null {
    return readiness(this.#setup.mission, this.#setup.track, dataset, serving, leaveS);
  }

  learn(data: LearningData): void {
    this.#data = data;
  }

  async train(task: TrainTask): Promise<TrainResult> {
    if (!this.#data) throw new Error("train before learn");
    const { features, label, train, test } = this.#data;
    const { mission, cancel } = this.#setup;
    const shouldStop = () => Atomics.load(cancel, 0) !== 0;
    const width = task.columns.length;
    const names = task.columns.map((column) => FEATURE_COLUMNS[column].key);
    const x =
      width === FEATURE_COLUMNS.length
        ? features
        : pickColumns(features, FEATURE_COLUMNS.length, task.columns);
    const input = {
      x: pickRows(x, width, train),
      y: label8(label, train),
      rows: train.length,
      features: names,
    };
    const model = await trainClassifier(task.classifier, input, {
      seed: mission.seed,
      annEpochs: mission.annEpochs,
      svmRows: task.full ? mission.svmRows : Math.min(mission.svmRows, ABLATION_SVM_ROWS),
      shouldStop,
    });
    const predictor = await openModel(model.onnx);
    const testX = pickRows(x, width, test);
    const testY = label8(label, test);
    const started = performance.now();
    const probability = task.full
      ? await predictor.probability(x as Float32Array, label.length, width, shouldStop)
      : null;
    const held = probability
      ? Float32Array.from(test, (row) => probability[row])
      : await predictor.probability(testX, test.length, width, shouldStop);
    const predictS = (performance.now() - started) / 1000;
    const importance = task.full
      ? await permutationImportance(predictor, testX, testY, test.length, names, mission.seed)
      : {};
    await predictor.close();
    const metrics: ClassifierMetrics = {
      name: task.classifier,
      ...classificationMetrics(testY, held),
      trainS: model.trainS,
      predictS,
      trainRows: model.card.trainRows,
      testRows: test.length,
      importance,
    };
    if (model.epochs) metrics.epochs = model.epochs;
    return { onnx: model.onnx, card: model.card, metrics, probability };
  }
}

const label8 = (label: Uint8Array, rows: Uint32Array) => Uint8Array.from(rows, (row) => label[row]);
