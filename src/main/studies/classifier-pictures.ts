import type { Figure, StudyTable } from "../../shared/study.ts";
import type { Classified } from "./classify.ts";

/** What tests of a classifier found. */
export type Judged = Pick<Classified, "roc" | "precisionRecall" | "calibration" | "confusion"> & {
  metrics: Pick<Classified["metrics"], "accuracy" | "f1" | "recall" | "precision" | "rocAuc" | "brier">;
};

export interface Shown {
  name: string;
  judged: Judged;
}

const chance = { name: "by chance", x: [0, 1], y: [0, 1] };

/** Receiver operating characteristics, one line a classifier. */
export const rocFigure = (shown: Shown[], note: string): Figure => ({
  id: "roc",
  of: null,
  title: "Receiver operating characteristic",
  kind: "line",
  x: { title: "false alarms: share of the UEs that are not ready", unit: "1" },
  y: { title: "recall: share of the ready UEs found", unit: "1" },
  series: [
    ...shown.flatMap(({ name, judged: { roc } }) =>
      roc ? [{ name: `${name}, area ${roc.area.toFixed(4)}`, x: roc.x, y: roc.y }] : [],
    ),
    chance,
  ],
  note,
});

export const precisionRecallFigure = (shown: Shown[], note: string): Figure => ({
  id: "precision-recall",
  of: null,
  title: "Precision over recall",
  kind: "line",
  x: { title: "recall", unit: "1" },
  y: { title: "precision", unit: "1" },
  series: shown.flatMap(({ name, judged: { precisionRecall: curve } }) =>
    curve ? [{ name: `${name}, average precision ${curve.area.toFixed(4)}`, x: curve.x, y: curve.y }] : [],
  ),
  note,
});

export const calibrationFigure = (shown: Shown[], note: string): Figure => ({
  id: "calibration",
  of: null,
  title: "Calibration: what a stated probability is worth",
  kind: "line",
  x: { title: "mean probability in the bin", unit: "1" },
  y: { title: "share of ready UEs in the bin", unit: "1" },
  series: [
    ...shown.flatMap(({ name, judged: { calibration: found } }) =>
      found
        ? [
            {
              name: `${name}, expected error ${found.error.toFixed(4)}`,
              x: found.probability,
              y: found.share,
            },
          ]
        : [],
    ),
    { ...chance, name: "perfect" },
  ],
  note,
});

export function confusionFigure({ name, judged: { confusion } }: Shown, who: string): Figure {
  const { truePositive, falsePositive, trueNegative, falseNegative } = confusion;
  const row = (title: string, y: number[]) => ({ name: title, x: [0, 1], y });
  return {
    id: "confusion",
    of: null,
    title: `Confusion matrix, ${name}`,
    kind: "matrix",
    x: { title: "predicted", unit: "1" },
    y: { title: "true", unit: "1" },
    right: { title: "UEs", unit: "1" },
    categories: ["not ready", "ready"],
    series: [row("not ready", [trueNegative, falsePositive]), row("ready", [falseNegative, truePositive])],
    note: `${who}; ready where the probability exceeds 0.5.`,
  };
}

/** Importances by feature, most important first by the first series. */
export function importanceFigure(
  name: string,
  kinds: { name: string; of: Record<string, number> }[],
  note: string,
): Figure {
  const features = Object.keys(kinds[0].of).sort((a, b) => kinds[0].of[b] - kinds[0].of[a]);
  return {
    id: "importance",
    of: null,
    title: `Importance of the features, ${name}`,
    kind: "bars",
    x: { title: "feature", unit: "1" },
    y: { title: "importance", unit: "1" },
    categories: features,
    series: kinds.map((kind) => ({
      name: kind.name,
      x: features.map((_, i) => i),
      y: features.map((feature) => kind.of[feature] ?? 0),
    })),
    note,
  };
}

export const metricsTable = (
  shown: (Shown & { trainS: number | null; joules: number | null })[],
  who: string,
): StudyTable => ({
  id: "metrics",
  of: null,
  title: `Quality on ${who}`,
  columns: [
    { title: "classifier", unit: "1" },
    ...["accuracy", "F1", "recall", "precision", "ROC AUC", "Brier score"].map((title) => ({
      title,
      unit: "1",
      digits: 4,
    })),
    { title: "training", unit: "s", digits: 3 },
    { title: "training energy", unit: "J", digits: 1 },
  ],
  rows: shown.map(({ name, judged: { metrics: m }, trainS, joules }) => [
    name,
    m.accuracy,
    m.f1,
    m.recall,
    m.precision,
    m.rocAuc,
    m.brier,
    trainS,
    joules,
  ]),
  note: "",
});
