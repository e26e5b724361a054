import { CLASSIFIERS, CLASSIFIER_TITLES } from "../../shared/mission.ts";

/** The paper's five, which a plan trains, and those that only studies train. */
export const MODELS = [...CLASSIFIERS, "boosted"] as const;
export type ModelName = (typeof MODELS)[number];
export const MODEL_TITLES: Record<ModelName, string> = {
  ...CLASSIFIER_TITLES,
  boosted: "Gradient-boosted trees",
};

export interface TrainInput {
  /** [row × feature], row-major, raw: every model standardises inside its graph */
  x: Float32Array;
  /** [row] 0 or 1 */
  y: Uint8Array;
  rows: number;
  features: string[];
}

export interface TrainOptions {
  seed: number;
  annEpochs: number;
  svmRows: number;
  /** rows that the neural network is only measured on, after each epoch */
  validation?: Pick<TrainInput, "x" | "y" | "rows">;
  onProgress?: (fraction: number) => void;
  onEpoch?: (epoch: number, epochs: Epochs) => void;
  /** asked between pieces of work; true ends the training with `Cancelled` */
  shouldStop?: () => boolean;
}

/** [epoch] mean loss and accuracy of the neural network while it learns, and after the epoch on rows that it never sees. */
export interface Epochs {
  loss: number[];
  accuracy: number[];
  validationLoss?: number[];
  validationAccuracy?: number[];
}

/** What a reader of the stored model must know. */
export interface ModelCard {
  name: ModelName;
  title: string;
  /** columns of the graph's input `x`, in order */
  features: string[];
  /** handover-ready where the probability is greater */
  threshold: number;
  /** name of the graph's output [N × 1] */
  output: string;
  trainRows: number;
  hyperparameters: Record<string, number | string>;
  notes: string[];
}

export interface TrainedModel {
  name: ModelName;
  onnx: Uint8Array;
  card: ModelCard;
  trainS: number;
  epochs?: Epochs;
  /** of models of trees: share of the fall in impurity or loss that splits on each feature brought */
  gain?: Record<string, number>;
}

/** What one kind of model hands back: all that is not the same for every kind. */
export type Trained = Pick<TrainedModel, "onnx" | "epochs" | "gain"> &
  Pick<ModelCard, "trainRows" | "hyperparameters" | "notes">;

export const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
