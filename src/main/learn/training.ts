import type { ClassifierName } from "../../shared/mission.ts";

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
  onProgress?: (fraction: number) => void;
  /** asked between pieces of work; true ends the training with `Cancelled` */
  shouldStop?: () => boolean;
}

/** What a reader of the stored model must know. */
export interface ModelCard {
  name: ClassifierName;
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
  name: ClassifierName;
  onnx: Uint8Array;
  card: ModelCard;
  trainS: number;
  /** the neural network's mean loss and accuracy in each epoch, taken while it learns */
  epochs?: { loss: number[]; accuracy: number[] };
}

/** What one kind of model hands back: all that is not the same for every kind. */
export type Trained = Pick<TrainedModel, "onnx" | "epochs"> &
  Pick<ModelCard, "trainRows" | "hyperparameters" | "notes">;

export const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
