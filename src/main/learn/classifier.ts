import { BadInput, type Problem } from "../../shared/errors.ts";
import { trainAnn } from "./ann.ts";
import { trainBayes } from "./bayes.ts";
import { trainBoostedClassifier } from "./boosted.ts";
import { trainForest } from "./forest.ts";
import { modelBytes, node, weights } from "./graph.ts";
import { trainLogistic } from "./logistic.ts";
import { trainSvm } from "./svm.ts";
import {
  MODEL_TITLES,
  type ModelName,
  type Trained,
  type TrainedModel,
  type TrainInput,
  type TrainOptions,
} from "./training.ts";

export { MODELS, MODEL_TITLES } from "./training.ts";
export type { ModelCard, ModelName, TrainedModel, TrainInput, TrainOptions } from "./training.ts";

const TRAINERS: Record<ModelName, (input: TrainInput, options: TrainOptions) => Trained> = {
  logistic: trainLogistic,
  bayes: trainBayes,
  svm: trainSvm,
  forest: trainForest,
  ann: trainAnn,
  boosted: trainBoostedClassifier,
};

/**
 * Trains one classifier and writes it as ONNX: raw features in, probability of class 1 out. The same seed gives
 * the same bytes. Rows of one class only make a model that always answers with that class.
 */
export async function trainClassifier(
  name: ModelName,
  input: TrainInput,
  options: TrainOptions,
): Promise<TrainedModel> {
  check(input);
  const start = performance.now();
  const ones = input.y.indexOf(1) >= 0;
  const zeros = input.y.indexOf(0) >= 0;
  const { onnx, epochs, gain, ...about } =
    ones && zeros ? TRAINERS[name](input, options) : trainConstant(input, ones ? 1 : 0);
  options.onProgress?.(1);
  return {
    name,
    onnx,
    card: {
      name,
      title: MODEL_TITLES[name],
      features: input.features,
      threshold: 0.5,
      output: "probability",
      ...about,
    },
    trainS: (performance.now() - start) / 1000,
    epochs,
    gain,
  };
}

function trainConstant({ rows, features }: TrainInput, answer: number): Trained {
  const width = features.length;
  const nothing = new Float32Array(width);
  return {
    onnx: modelBytes(
      "constant",
      width,
      [node("Gemm", ["x", "nothing", "answer"], "probability")],
      [weights("nothing", [width, 1], nothing), weights("answer", [1], [answer])],
    ),
    trainRows: rows,
    hyperparameters: {},
    notes: [`All training rows are of class ${answer}: the model always answers ${answer}.`],
  };
}

/** Refuses shapes that do not fit, labels other than 0 and 1, and each feature with a value that is not finite. */
function check({ x, y, rows, features }: TrainInput): void {
  const width = features.length;
  const problems: Problem[] = [];
  const report = (field: string, reason: string, remedy: string) => problems.push({ field, reason, remedy });
  if (width === 0) report("features", "there are none", "Keep at least one feature");
  if (rows < 1) report("rows", `there are ${rows}`, "Give at least one row");
  if (x.length !== rows * width)
    report("x", `${x.length} values are not ${rows} × ${width}`, "Give every feature of every row");
  if (y.length !== rows) report("y", `${y.length} labels for ${rows} rows`, "Give one label a row");
  const wrong = y.findIndex((label) => label > 1);
  if (wrong >= 0) report(`y[${wrong}]`, `${y[wrong]} is not 0 or 1`, "Label rows 0 or 1");
  const seen = new Set<number>();
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i]) || seen.has(i % width)) continue;
    seen.add(i % width);
    const row = Math.floor(i / width);
    report(
      features[i % width],
      `${x[i]} in row ${row} is not a finite number`,
      "Leave out the rows without service",
    );
  }
  if (problems.length > 0) throw new BadInput(problems);
}
