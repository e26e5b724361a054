import { predictBoosted, trainBoosted, type BoostedTrees, type BoostOptions } from "../boosted.ts";
import type { Forecaster } from "./forecaster.ts";
import type { Learns } from "./network.ts";
import { besideLast, shiftByLast } from "./relative.ts";
import type { Windows } from "./windows.ts";

export type TreeSettings = Omit<BoostOptions, "loss" | "seed" | "shouldStop" | "onProgress"> & {
  learns: Learns;
};

/** Gradient-boosted trees on the flat window (with the differences from its last sample), one model for each step ahead. */
export function boostedTrees({ learns, ...settings }: TreeSettings): Forecaster {
  let models: BoostedTrees[] = [];
  const shapeOf = ({ rows, steps, tracks }: Windows) => ({ rows, steps, features: tracks.features.length });
  const inputs = (windows: Windows) =>
    learns === "level" ? windows.x : besideLast(windows.x, shapeOf(windows));
  return {
    name: "boosted trees",
    async fit(train, { seed, shouldStop }) {
      const { rows, ahead, tracks } = train;
      const x = inputs(train);
      const y =
        learns === "level" ? train.y : shiftByLast(train.y, train.x, shapeOf(train), tracks.target, -1);
      models = Array.from({ length: ahead }, (_, h) => {
        const target = Float32Array.from({ length: rows }, (__, row) => y[row * ahead + h]);
        const options = { ...settings, loss: "squared", seed, shouldStop } as const;
        return trainBoosted(x, target, rows, x.length / rows, options);
      });
    },
    async predict(windows) {
      const { rows, ahead, tracks } = windows;
      const x = inputs(windows);
      const out = new Float32Array(rows * ahead);
      models.forEach((model, h) =>
        predictBoosted(model, x, rows).forEach((value, row) => (out[row * ahead + h] = value)),
      );
      return learns === "level" ? out : shiftByLast(out, windows.x, shapeOf(windows), tracks.target, 1);
    },
  };
}
