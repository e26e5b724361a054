import { MODEL_TITLES, trainClassifier, type ModelName } from "../learn/classifier.ts";
import { calibration, confusion, precisionRecallCurve, rocCurve } from "../learn/curves.ts";
import type { Calibration, Confusion, Curve } from "../learn/curves.ts";
import { permutationImportance } from "../learn/importance.ts";
import { openModel } from "../learn/inference.ts";
import { libraryCard } from "../learn/library-card.ts";
import { classificationMetrics, type Metrics } from "../learn/metrics.ts";
import type { Epochs } from "../learn/training.ts";
import type { Energy, LibraryCard } from "../../shared/study.ts";
import { spent, type Bench } from "./bench.ts";
import { pickRows } from "./readiness.ts";

/** What classifiers are trained and tested on. */
export interface ClassifyData {
  /** [row × feature] */
  x: Float32Array;
  /** [row] 0 or 1 */
  y: Uint8Array;
  train: Uint32Array;
  test: Uint32Array;
  /** rows that a neural network is measured on after each epoch; absent: none */
  validation?: Uint32Array;
}

export interface ClassifyTask {
  model: ModelName;
  features: string[];
  seed: number;
  annEpochs: number;
  svmRows: number;
  /** false: quality figures only */
  full: boolean;
}

export interface Classified {
  /** on the test rows */
  metrics: Metrics & { trainS: number; predictS: number; trainRows: number; testRows: number };
  confusion: Confusion;
  onnx: Uint8Array;
  card: LibraryCard;
  /** of the training */
  energy: Energy | null;
  /** null in a task that is not full, and where the test rows are of one class */
  roc: Curve | null;
  precisionRecall: Curve | null;
  calibration: Calibration | null;
  /** fall of the held-out accuracy when one feature is shuffled, by feature */
  importance: Record<string, number> | null;
  /** of models of trees: share of the gain by feature */
  gain: Record<string, number> | null;
  /** of the neural network */
  epochs: Epochs | null;
}

/** Trains one classifier and tests it on the rows kept apart. */
export async function classify(data: ClassifyData, task: ClassifyTask, bench: Bench): Promise<Classified> {
  const { shouldStop } = bench;
  const { features, full } = task;
  const width = features.length;
  const rowsOf = (rows: Uint32Array) => ({
    x: pickRows(data.x, width, rows),
    y: Uint8Array.from(rows, (row) => data.y[row]),
    rows: rows.length,
  });
  const before = bench.energy();
  const model = await trainClassifier(
    task.model,
    { ...rowsOf(data.train), features },
    {
      seed: task.seed,
      annEpochs: task.annEpochs,
      svmRows: task.svmRows,
      validation: data.validation ? rowsOf(data.validation) : undefined,
      shouldStop,
      onEpoch: tellEpochs(bench, task),
    },
  );
  const energy = spent(before, bench.energy());
  const { x, y, rows } = rowsOf(data.test);
  const predictor = await openModel(model.onnx);
  const started = bench.clock();
  const probability = await predictor.probability(x, rows, width, shouldStop);
  const predictS = bench.clock() - started;
  const importance = full
    ? await permutationImportance(predictor, x, y, rows, features, task.seed, 2000, shouldStop)
    : null;
  await predictor.close();
  return {
    metrics: {
      ...classificationMetrics(y, probability),
      trainS: model.trainS,
      predictS,
      trainRows: model.card.trainRows,
      testRows: rows,
    },
    confusion: confusion(y, probability),
    onnx: model.onnx,
    card: libraryCard(model.card),
    energy,
    roc: full ? rocCurve(y, probability) : null,
    precisionRecall: full ? precisionRecallCurve(y, probability) : null,
    calibration: full ? calibration(y, probability) : null,
    importance,
    gain: model.gain ?? null,
    epochs: model.epochs ?? null,
  };
}

function tellEpochs(bench: Bench, { model, annEpochs }: ClassifyTask) {
  const started = bench.clock();
  return (epoch: number, { loss, accuracy, validationLoss }: Epochs) =>
    bench.epoch({
      label: MODEL_TITLES[model],
      epoch,
      epochs: annEpochs,
      loss: loss.at(-1)!,
      validationLoss: validationLoss?.at(-1) ?? null,
      accuracy: accuracy.at(-1)!,
      etaS: ((bench.clock() - started) / epoch) * (annEpochs - epoch),
    });
}
