import { calibration, confusion, precisionRecallCurve, rocCurve } from "../../learn/curves.ts";
import { classificationMetrics } from "../../learn/metrics.ts";
import { applyModel, checkModel } from "../../learn/own-model.ts";
import { BadInput } from "../../../shared/errors.ts";
import type { LibraryCard } from "../../../shared/study.ts";
import type { Bench } from "../bench.ts";

export const ownModelTrials = {
  /** Tries a model out on typical rows. */
  check: async ({ data, card }: { data: string; card: unknown }, bench: Bench) =>
    checkModel(bench.columns(data).onnx as Uint8Array, card),

  /** A model of the library on the UEs of a run's mark, held against the run's own label. */
  apply: async ({ data, card }: { data: string; card: LibraryCard }, bench: Bench) => {
    const { onnx, label, ...columns } = bench.columns(data);
    const began = bench.clock();
    const probability = await applyModel(onnx as Uint8Array, card, columns, label.length, bench.shouldStop);
    const seconds = bench.clock() - began;
    const known = [...probability.keys()].filter((row) => Number.isFinite(probability[row]));
    if (known.length === 0) {
      const reason = `${card.title} answers no number for any of ${label.length} UEs`;
      const remedy = "Choose a run whose features are finite, or another model";
      throw new BadInput([{ field: "model", reason, remedy }]);
    }
    const threshold = card.threshold ?? 0.5;
    const y = Uint8Array.from(known, (row) => label[row]);
    const p = Float32Array.from(known, (row) => probability[row]);
    return {
      rows: label.length,
      known: known.length,
      ready: known.filter((row) => probability[row] > threshold).length,
      seconds,
      judged: {
        metrics: classificationMetrics(y, p),
        roc: rocCurve(y, p),
        precisionRecall: precisionRecallCurve(y, p),
        calibration: calibration(y, p),
        confusion: confusion(y, p),
      },
    };
  },
};
