import { MODEL_TITLES } from "../../learn/classifier.ts";
import { DEG } from "../../math/constants.ts";
import { deviation, mean } from "../../math/statistics.ts";
import { haversine } from "../../math/wgs84.ts";
import { DATASET_COLUMNS } from "../../../shared/dataset.ts";
import type { StudyTable } from "../../../shared/study.ts";
import { LEAVE_S, PAPER_ABLATIONS, type LabelKind } from "./data.ts";
import { modelsOf, type Found } from "./found.ts";
import { CENTROIDS, printedOf } from "./printed.ts";

type Column = StudyTable["columns"][number];
const text = (title: string): Column => ({ title, unit: "1" });
const number = (title: string, digits: number, unit = "1"): Column => ({ title, unit, digits });

export const paperTables = (found: Found): StudyTable[] => [
  headTable(found),
  spreadTable(found),
  centroidTable(found),
  accuracyTable(found),
  qualityTable(found),
  ...(["distance", "time-to-leave"] as const).map((label) => ablationTable(found, label)),
  shadowTable(found),
  foldTable(found),
  groupTable(found),
  timeTable(found),
];

function headTable({ trace }: Found): StudyTable {
  return {
    id: "5",
    of: "Figure 5",
    title: "First ten rows of the data set",
    columns: [text("UE"), ...DATASET_COLUMNS.map(({ title, unit }) => number(title, 4, unit))],
    rows: trace.head.map(({ ue, values }) => [`${ue}`, ...values]),
    note: `After 120 s: ${trace.served} served UEs × 20 columns (Table 1's 19 and the UE).`,
  };
}

function spreadTable({ trace }: Found): StudyTable {
  return {
    id: "1",
    of: "Table 1",
    title: "Features of the UEs, and how they spread",
    columns: [
      text("feature"),
      text("unit"),
      ...["least", "median", "greatest", "mean", "standard deviation"].map((title) => number(title, 4)),
    ],
    rows: DATASET_COLUMNS.map(({ title, unit }, i) => {
      const spread = trace.spread[i];
      return [title, unit, spread.least, spread.median, spread.most, spread.mean, spread.deviation];
    }),
    note: `${trace.served} UEs at 120 s. The paper prints no spread.`,
  };
}

/** Ours beside the nearest of Table 2. */
export function centroidGaps({ clusters }: Found) {
  return CENTROIDS.map((paper) => {
    const gaps = clusters.centroids.map((own) => ({
      own,
      km:
        haversine(
          paper.latitudeDeg * DEG,
          paper.longitudeDeg * DEG,
          own.latitudeDeg * DEG,
          own.longitudeDeg * DEG,
        ) / 1000,
    }));
    return { paper, ...gaps.reduce((a, b) => (b.km < a.km ? b : a)) };
  });
}

function centroidTable(found: Found): StudyTable {
  return {
    id: "2",
    of: "Table 2",
    title: "Centroid of each cluster",
    columns: [
      text("cluster"),
      number("latitude, paper", 4, "deg"),
      number("latitude", 4, "deg"),
      number("longitude, paper", 4, "deg"),
      number("longitude", 4, "deg"),
      number("apart", 1, "km"),
      number("UEs", 0),
    ],
    rows: centroidGaps(found).map(({ paper, own, km }) => [
      paper.name,
      paper.latitudeDeg,
      own.latitudeDeg,
      paper.longitudeDeg,
      own.longitudeDeg,
      km,
      own.ues,
    ]),
    note: `Each centroid of the paper beside our nearest. The scenario's orbit is fitted to Table 2, so these agree by construction but for its residuals. ${(100 * found.clusters.purity).toFixed(1)} % of the UEs are in the cluster of their cell.`,
  };
}

function accuracyTable(found: Found): StudyTable {
  return {
    id: "3",
    of: "Table 3",
    title: "Accuracy and mean squared error",
    columns: [
      text("model"),
      number("accuracy, paper", 2),
      number("accuracy", 4),
      number("accuracy, leave label", 4),
      number("MSE, paper", 4),
      number("MSE", 4),
      number("Brier score", 4),
    ],
    rows: modelsOf(found, "distance", "none").map(({ model, answer: { metrics } }) => {
      const paper = printedOf(model);
      const leave = modelsOf(found, "time-to-leave", "none").find((m) => m.model === model)!;
      return [
        MODEL_TITLES[model],
        paper?.accuracy ?? null,
        metrics.accuracy,
        leave.answer.metrics.accuracy,
        paper?.mse ?? null,
        metrics.mse,
        metrics.brier,
      ];
    }),
    note: `${splitNote(found)} The leave label is "leaves its cell within ${LEAVE_S} s". MSE is that of the hard answers, 1 − accuracy, as the paper's rows but the last have it; the Brier score is that of the probability.`,
  };
}

const splitNote = (found: Found) => {
  const { metrics } = modelsOf(found, "distance", "none")[0].answer;
  const svm = modelsOf(found, "distance", "none").find(({ model }) => model === "svm")!.answer.metrics;
  return `Trained on ${metrics.trainRows} UEs (the SVM on ${svm.trainRows} of them), tested on ${metrics.testRows} others; seed ${found.population.seed}.`;
};

function qualityTable(found: Found): StudyTable {
  const kinds = ["f1", "auc", "recall", "precision"] as const;
  const titles = { f1: "F1", auc: "AUC of the answers", recall: "recall", precision: "precision" };
  return {
    id: "4t",
    of: "Table 4",
    title: "F1 score, AUC, recall and precision",
    columns: [
      text("model"),
      ...kinds.flatMap((kind) => [number(`${titles[kind]}, paper`, 4), number(titles[kind], 4)]),
      number("ROC AUC", 4),
      number("average precision", 4),
      number("calibration error", 4),
    ],
    rows: modelsOf(found, "distance", "none").map(({ model, answer }) => {
      const paper = printedOf(model);
      return [
        MODEL_TITLES[model],
        ...kinds.flatMap((kind) => [paper?.[kind] ?? null, answer.metrics[kind]]),
        answer.metrics.rocAuc,
        answer.precisionRecall?.area ?? null,
        answer.calibration?.error ?? null,
      ];
    }),
    note: `${splitNote(found)} AUC of the answers: of the hard 0/1 answers, as the paper's figures show it was taken (LR: F1 = AUC = 0.8849); ROC AUC: of the probability. Calibration error: expected, in ten bins of equally many rows.`,
  };
}

function ablationTable(found: Found, label: LabelKind): StudyTable {
  const words = label === "distance" ? "near the edge" : `leaves within ${LEAVE_S} s`;
  return {
    id: `ablation-${label}`,
    of: null,
    title: `Held-out quality without some features, label "${words}"`,
    columns: [
      text("model"),
      ...PAPER_ABLATIONS.flatMap(({ title }) => [
        number(`accuracy, ${title.toLowerCase()}`, 4),
        number("ROC AUC", 4),
      ]),
    ],
    rows: modelsOf(found, label, "none").map(({ model }) => [
      MODEL_TITLES[model],
      ...PAPER_ABLATIONS.flatMap(({ key }) => {
        const { metrics } = modelsOf(found, label, key).find((m) => m.model === model)!.answer;
        return [metrics.accuracy, metrics.rocAuc];
      }),
    ]),
    note:
      label === "distance"
        ? "The label is a threshold on the distance, which is one of the features: only the other pairs of columns ask the radio for anything."
        : "The label is found by geometry from the orbit; no feature holds it.",
  };
}

/** What the radio columns still tell of the place when shadow fading is drawn. */
function shadowTable(found: Found): StudyTable {
  const models = [...new Set(found.shadowed.map(({ model }) => model))];
  const clear = (model: string, key: string) =>
    modelsOf(found, "distance", key).find((m) => m.model === model)!.answer.metrics.accuracy;
  const shadowed = (model: string, key: string) =>
    found.shadowed.find((m) => m.model === model && m.ablation === key)!.answer.metrics.accuracy;
  return {
    id: "shadowed",
    of: null,
    title: "Held-out accuracy with and without shadow fading",
    columns: [
      text("model"),
      ...PAPER_ABLATIONS.flatMap(({ title }) => [
        number(`${title.toLowerCase()}, clear`, 4),
        number("shadowed", 4),
      ]),
    ],
    rows: models.map((model) => [
      MODEL_TITLES[model],
      ...PAPER_ABLATIONS.flatMap(({ key }) => [clear(model, key), shadowed(model, key)]),
    ]),
    note: 'Label "near the edge". Shadowed: log-normal fading of TR 38.811 §6.6.2, urban, in line of sight (σ = 4 dB), one draw a UE; clear, as in the paper, the levels follow from the place exactly. The columns of Table 1 without geometry hold free-space loss, total loss and power apart, whose differences are the gain of the antenna, hence the place: fading hides nothing there, only in the power alone.',
  };
}

function foldTable({ folds }: Found): StudyTable {
  const kinds = ["accuracy", "f1", "rocAuc"] as const;
  const titles = { accuracy: "accuracy", f1: "F1", rocAuc: "ROC AUC" };
  return {
    id: "folds",
    of: null,
    title: `Stratified ${folds[0].held.length}-fold cross-validation`,
    columns: [
      text("model"),
      ...kinds.flatMap((kind) => [number(titles[kind], 4), number(`± ${titles[kind]}`, 4)]),
    ],
    rows: folds.map(({ model, held }) => [
      MODEL_TITLES[model],
      ...kinds.flatMap((kind) => {
        const values = held.map((metrics) => metrics[kind]);
        return [mean(values), deviation(values)];
      }),
    ]),
    note: 'Mean and standard deviation over the folds; label "near the edge", all features, every UE tested once.',
  };
}

function groupTable({ groups }: Found): StudyTable {
  return {
    id: "groups",
    of: null,
    title: "Groups for group handover: clusters of bounded size among the handover-ready UEs",
    columns: [
      number("UEs in a group at most", 0),
      number("UEs", 0),
      number("groups", 0),
      number("smallest", 0),
      number("largest", 0),
      number("mean distance² to the centroid", 5, "deg²"),
      number("beyond free k-means", 1, "%"),
    ],
    rows: groups.map((g) => [
      g.most,
      g.ues,
      g.groups,
      g.smallest,
      g.largest,
      g.wcss / g.ues,
      100 * (g.wcss / g.freeWcss - 1),
    ]),
    note: "As few groups as the bound allows, by halving and exchange between neighbours on latitude and longitude; free k-means starts from the same centroids.",
  };
}

function timeTable(found: Found): StudyTable {
  return {
    id: "times",
    of: null,
    title: "Time and energy of training, time of answering",
    columns: [
      text("model"),
      number("training", 3, "s"),
      number("training energy", 1, "J"),
      number("answers", 3, "s"),
      number("size of the ONNX file", 1, "kB"),
    ],
    rows: modelsOf(found, "distance", "none").map(({ model, answer }) => [
      MODEL_TITLES[model],
      answer.metrics.trainS,
      answer.energy?.joules ?? null,
      answer.metrics.predictS,
      answer.onnx.length / 1000,
    ]),
    note: `${splitNote(found)} One thread a model, others at work beside it; the energy is the whole process's over that time, theirs too.`,
  };
}
