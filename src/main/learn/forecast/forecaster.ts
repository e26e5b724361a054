import type { Network } from "../train/network.ts";
import type { Progress } from "../train/options.ts";
import { sampleAt } from "./tracks.ts";
import type { Windows } from "./windows.ts";

export interface FitOptions {
  seed: number;
  /** s from any start */
  clock: () => number;
  /** rows by which the epoch is chosen; needed where epochs are made */
  validation?: Windows;
  shouldStop?: () => boolean;
  onEpoch?: (progress: Progress) => void;
  /** bytes of `Progress.checkpoint`, to go on from */
  resume?: Uint8Array;
}

/** One way to forecast. `fit` comes first; `predict` takes windows of the same W, features and H, of any paths. */
export interface Forecaster {
  name: string;
  fit(train: Windows, options: FitOptions): Promise<void>;
  /** Target [row × H] at k + 1 … k + H. */
  predict(windows: Windows): Promise<Float32Array<ArrayBuffer>>;
  /** Where it is one graph: takes raw windows `x` [N × W × feature], gives `forecast` [N × H] in the target's unit. */
  model?(): { onnx: Uint8Array<ArrayBuffer>; network: Network };
}

/** Everything stays as it is. */
export function persistence(): Forecaster {
  return {
    name: "persistence",
    fit: async () => {},
    predict: async ({ tracks, rows, ahead, path, node, at }) => {
      const out = new Float32Array(rows * ahead);
      for (let row = 0; row < rows; row++)
        out.fill(
          tracks.values[sampleAt(tracks, path[row], node[row], at[row]) + tracks.target],
          row * ahead,
          (row + 1) * ahead,
        );
      return out;
    },
  };
}
