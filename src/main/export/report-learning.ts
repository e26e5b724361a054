import { FEATURE_COLUMNS } from "../../shared/dataset.ts";
import { CLASSIFIER_TITLES, type ClassifierName } from "../../shared/mission.ts";
import type { ClassifierMetrics, PlanSummary } from "../../shared/run.ts";
import type { Figure } from "../../shared/study.ts";
import { paperBeside, type PaperRow } from "./report-paper.ts";
import {
  count,
  dataTable,
  facts,
  figureHtml,
  figureText,
  markup,
  pair,
  type Content,
  type Markup,
} from "./report-markup.ts";
import type { Source } from "./source.ts";

const titleOf = (name: string) => CLASSIFIER_TITLES[name as ClassifierName] ?? name;

/** Clusters of the UEs, with the elbow that chose their number. */
export function clustersPart({ record }: Source): Markup {
  const summary = record.summary;
  if (!summary || summary.clusters.centroids.length === 0)
    return markup`<p>None: no UE was served at the marked instant, or the run has not passed it.</p> `;
  const { k, centroids, wcss } = summary.clusters;
  const paper = paperBeside(summary.scenario)?.centroids ?? null;
  const elbow: Figure = {
    id: "elbow",
    of: null,
    title: "Within-cluster sum of squares by number of clusters",
    kind: "line",
    x: { title: "clusters k", unit: "1" },
    y: { title: "WCSS of cell type, latitude, longitude", unit: "deg²" },
    series: [{ name: "WCSS", x: wcss.map((_, i) => i + 1), y: wcss }],
    marks: [{ axis: "x", at: k, label: `elbow, k = ${k}` }],
    note: "The elbow is the k farthest below the chord of the curve.",
  };
  const table = dataTable({
    caption: `Clusters: elbow at k = ${k}; ${figureText(100 * summary.readyShare, 1)} % of the UEs are handover-ready`,
    head: [
      { title: "cluster" },
      { title: "UEs" },
      { title: "latitude", unit: "deg" },
      { title: "longitude", unit: "deg" },
      ...(paper
        ? [
            { title: "paper: lat.", unit: "deg" },
            { title: "paper: lon.", unit: "deg" },
          ]
        : []),
    ],
    rows: centroids.map((c, i) => {
      const theirs = paper?.reduce((best, p) => (off(p, c) < off(best, c) ? p : best));
      return [
        i + 1,
        count(c.ues),
        figureText(c.latitudeDeg, 4),
        figureText(c.longitudeDeg, 4),
        ...(theirs ? [figureText(theirs.latitudeDeg, 4), figureText(theirs.longitudeDeg, 4)] : []),
      ];
    }),
    note: paper ? "Paper: the nearest centroid of its Table 2." : "",
  });
  return pair(markup`<div>${table}</div>`, figureHtml(elbow, "half"));
}

interface Place {
  latitudeDeg: number;
  longitudeDeg: number;
}
const off = (a: Place, b: Place) =>
  Math.hypot(a.latitudeDeg - b.latitudeDeg, a.longitudeDeg - b.longitudeDeg);

const METRICS = [
  ["accuracy", "accuracy", 4],
  ["mse", "MSE", 4],
  ["f1", "F1", 4],
  ["auc", "AUC", 4],
  ["recall", "recall", 4],
  ["precision", "precision", 4],
  ["brier", "Brier", 4],
  ["rocAuc", "ROC AUC", 4],
  ["trainS", "training", 2],
] as const;

/** Metrics on held-out UEs, for every choice of features; importances. */
export function classifiersPart({ record }: Source): Markup {
  const summary = record.summary;
  if (!summary || summary.classifiers.length === 0)
    return markup`<p>
      None: classifiers are trained after the marked instant, and need UEs that are ready and UEs that are
      not.
    </p> `;
  const paper = paperBeside(summary.scenario)?.classifiers ?? null;
  const others = summary.ablations.filter(({ key }) => key !== "none");
  const [{ trainRows, testRows }] = summary.classifiers;
  return markup`${metricsTable(
    `All ${FEATURE_COLUMNS.length} features, on ${count(testRows)} held-out UEs; trained on up to ${count(trainRows)}`,
    summary.classifiers,
    paper,
  )}
    <p class="note">
      MSE and AUC are those of the hard answers, as in the paper; Brier and ROC AUC those of the stated
      probability. Handover-ready is what the scenario's label calls
      so.${paper && " Paper: Tables 3 and 4 of doi 10.3390/electronics12081759."}
    </p>
    ${others.map(({ title, features, classifiers }) => metricsTable(`${title} (${features.length} features)`, classifiers, null))}${importance(summary)}${epochs(summary)}`;
}

function metricsTable(caption: string, ours: ClassifierMetrics[], paper: PaperRow[] | null): Markup {
  const rows = ours.flatMap((metrics): Content[][] => {
    const own = [
      titleOf(metrics.name),
      ...METRICS.map(([key, , digits]) => figureText(metrics[key], digits)),
    ];
    const theirs = paper?.find(({ name }) => name === metrics.name);
    if (!theirs) return [own];
    const beside = METRICS.map(([key]) => {
      const value = theirs[key as keyof PaperRow];
      return typeof value === "number" ? String(value) : "";
    });
    return [own, [markup`<span class="quiet"> paper</span>`, ...beside]];
  });
  const head = METRICS.map(([key, title]) => ({ title, unit: key === "trainS" ? "s" : "1" }));
  return dataTable({ caption, head: [{ title: "classifier", words: true }, ...head], rows });
}

/** Features shown. */
const SHOWN = 8;

function importance({ classifiers }: PlanSummary): Content {
  const having = classifiers.filter((one) => Object.keys(one.importance).length > 0);
  if (having.length === 0) return null;
  const total = (key: string) => having.reduce((all, one) => all + (one.importance[key] ?? 0), 0);
  const order = Object.keys(having[0].importance)
    .sort((a, b) => total(b) - total(a))
    .slice(0, SHOWN);
  const x = order.map((_, i) => i);
  return figureHtml({
    id: "importance",
    of: null,
    title: `Permutation importance of the ${order.length} features that matter most, by the mean over the classifiers`,
    kind: "bars",
    x: { title: "feature", unit: "1" },
    y: { title: "held-out accuracy lost when the feature is shuffled", unit: "1" },
    categories: order.map((key) => FEATURE_COLUMNS.find((column) => column.key === key)?.title ?? key),
    series: having.map((one) => ({
      name: titleOf(one.name),
      x,
      y: order.map((key) => one.importance[key] ?? null),
    })),
    note: "Features that say the same share their importance: one stands in for the other when it is shuffled.",
  });
}

function epochs({ classifiers }: PlanSummary): Content {
  const found = classifiers.find((one) => one.epochs)?.epochs;
  if (!found) return null;
  const x = found.loss.map((_, i) => i + 1);
  return figureHtml({
    id: "epochs",
    of: null,
    title: "Training of the neural network",
    kind: "line",
    x: { title: "epoch", unit: "1" },
    y: { title: "mean loss (cross-entropy)", unit: "1" },
    right: { title: "accuracy on the training rows", unit: "1" },
    series: [
      { name: "loss", x, y: found.loss },
      { name: "accuracy", x, y: found.accuracy, right: true },
    ],
    note: "",
  });
}

/** What was predicted at the mark, held against what happened. */
export function predictedPart({ record }: Source): Markup {
  const p = record.summary?.predicted;
  if (!p) return markup`<p>None: the run has not finished.</p> `;
  return facts([
    ["UEs that leave their cell after the mark", count(p.total)],
    ["called handover-ready", count(p.ready)],
    ["scored", `${count(p.hits)} of ${count(p.scored)} had left by the predicted time`],
    [
      "mean error of the time",
      p.meanAbsoluteErrorS === null ? "none" : `${figureText(p.meanAbsoluteErrorS, 2)} s`,
    ],
  ]);
}

/** The models kept with the run, each an ONNX file of its own in the database. */
export function modelsPart({ reader, record }: Source): Markup {
  const models = reader.models(record.run);
  if (models.length === 0) return markup`<p>None were trained in this run.</p> `;
  const ablations = new Map(record.summary?.ablations.map(({ key, title }) => [key, title]));
  return dataTable({
    caption: `${models.length} classifiers as ONNX graphs`,
    head: [
      { title: "model", words: true },
      { title: "features", words: true },
      { title: "rows trained on" },
      { title: "rows held out" },
      { title: "accuracy" },
      { title: "ROC AUC" },
      { title: "training", unit: "s" },
      { title: "prediction", unit: "s" },
      { title: "file", unit: "bytes" },
    ],
    rows: models.map(({ name, ablation, metrics: m, onnx }) => [
      titleOf(name),
      ablations.get(ablation) ?? (ablation === "none" ? `All ${FEATURE_COLUMNS.length} features` : ablation),
      count(m.trainRows),
      count(m.testRows),
      figureText(m.accuracy, 4),
      figureText(m.rocAuc, 4),
      figureText(m.trainS, 2),
      figureText(m.predictS, 3),
      count(onnx.length),
    ]),
    note: "Times are those of the machine that trained them.",
  });
}
