import { MODEL_TITLES } from "../../learn/classifier.ts";
import { FEATURE_COLUMNS } from "../../../shared/dataset.ts";
import type { Figure, Series } from "../../../shared/study.ts";
import {
  calibrationFigure,
  confusionFigure,
  precisionRecallFigure,
  rocFigure,
} from "../classifier-pictures.ts";
import type { Answer } from "../lab.ts";
import { answerOf, modelsOf, type Found } from "./found.ts";
import { CENTROIDS } from "./printed.ts";

const seconds = { title: "time", unit: "s" };
const epoch = { title: "epoch", unit: "1" };
const LATITUDE = { title: "latitude", unit: "deg" };
const LONGITUDE = { title: "longitude", unit: "deg" };

export function paperFigures(found: Found): Figure[] {
  const { clusters, second, population } = found;
  const ues = (n: number) => n.toLocaleString("en-US");
  return [
    track(found),
    elbowFigure(found),
    map("9", `UEs of ${ues(population.ues)} by the type of their cell`, clusters, byCell(clusters)),
    map("10", `UEs of ${ues(clusters.rows)} by cluster`, clusters, byCluster(clusters)),
    map("11", `UEs of ${ues(second.rows)} by cluster`, second, byCluster(second)),
    importance(found),
    allImportances(found),
    ...epochFigures(found),
  ];
}

function track({ trace }: Found): Figure {
  const x = trace.satellite.map((_, t) => t);
  const of = (
    name: string,
    pick: (at: (typeof trace.satellite)[number]) => number,
    right = false,
  ): Series => ({
    name,
    x,
    y: trace.satellite.map(pick),
    ...(right ? { right } : {}),
  });
  return {
    id: "4",
    of: "Figure 4",
    title: "Latitude, longitude and altitude of the satellite",
    kind: "line",
    x: seconds,
    y: { title: "latitude, longitude", unit: "deg" },
    right: { title: "altitude", unit: "km" },
    series: [
      of("latitude", (at) => at.latitudeDeg),
      of("longitude", (at) => at.longitudeDeg),
      of("altitude", (at) => at.altitudeKm, true),
    ],
    note: "Every second from 0 to the mark at 120 s; geodetic (WGS 84), circular Keplerian orbit over the equatorial radius.",
  };
}

function elbowFigure({ clusters }: Found): Figure {
  return {
    id: "6",
    of: "Figure 6",
    title: "Within-cluster sum of squares, and its elbow",
    kind: "line",
    x: { title: "clusters k", unit: "1" },
    y: { title: "WCSS of cell type, latitude, longitude", unit: "deg²" },
    series: [{ name: "WCSS", x: clusters.wcss.map((_, i) => i + 1), y: clusters.wcss }],
    marks: [{ axis: "x", at: clusters.k, label: `elbow, k = ${clusters.k}` }],
    note: `k-means (greedy k-means++, Lloyd) on raw cell type 0/1/2, latitude and longitude of ${clusters.rows} UEs. The elbow is the k farthest below the chord of the curve (Kneedle). Silhouette of these clusters in latitude and longitude: ${clusters.silhouette.mean.toFixed(3)} on a sample of ${clusters.silhouette.sample}.`,
  };
}

type Clusters = Answer<"paper-a clusters">;
const pointsOf = (name: string, at: { latitudeDeg: number; longitudeDeg: number }[]): Series => ({
  name,
  x: at.map((p) => p.longitudeDeg),
  y: at.map((p) => p.latitudeDeg),
});

const byCell = ({ map: at }: Clusters) =>
  [0, 1, 2].map((type) =>
    pointsOf(
      `cell type ${type}`,
      at.filter((p) => p.cellType === type),
    ),
  );

const byCluster = ({ map: at, centroids }: Clusters) => [
  ...centroids.map((_, c) =>
    pointsOf(
      `cluster ${c + 1}`,
      at.filter((p) => p.cluster === c),
    ),
  ),
  pointsOf("our centroids", centroids),
  pointsOf("centroids of Table 2", CENTROIDS),
];

const map = (id: string, title: string, { rows, map: at }: Clusters, series: Series[]): Figure => ({
  id,
  of: `Figure ${id}`,
  title,
  kind: "points",
  x: LONGITUDE,
  y: LATITUDE,
  series,
  note: `At 120 s; ${at.length} of ${rows} UEs are drawn, every ${Math.round(rows / at.length)}th.`,
});

const TITLES = new Map(FEATURE_COLUMNS.map(({ key, title }) => [key, title]));

function importance(found: Found): Figure {
  const forest = answerOf(found, "forest");
  const boosted = answerOf(found, "boosted");
  const kinds = [
    { name: "random forest, splits", of: forest.gain! },
    { name: "random forest, permutation", of: forest.importance! },
    { name: "boosted trees, splits", of: boosted.gain! },
  ];
  const features = Object.keys(forest.gain!).sort((a, b) => forest.gain![b] - forest.gain![a]);
  return {
    id: "12",
    of: "Figure 12",
    title: "Importance of the features",
    kind: "bars",
    x: { title: "feature", unit: "1" },
    y: { title: "importance", unit: "1" },
    categories: features.map((key) => TITLES.get(key)!),
    series: kinds.map(({ name, of }) => ({
      name,
      x: features.map((_, i) => i),
      y: features.map((feature) => of[feature]),
    })),
    note: "Splits: share of the fall in Gini impurity (forest) or loss (boosted trees) by splits on the feature; permutation: fall of the held-out accuracy when the column is shuffled, 2,000 rows. The paper names distance first, then latitude and longitude, and prints no figures. Columns that say the same share their importance.",
  };
}

function allImportances(found: Found): Figure {
  const models = modelsOf(found, "distance", "none");
  const keys = FEATURE_COLUMNS.map(({ key }) => key);
  return {
    id: "12-all",
    of: null,
    title: "Permutation importance, every classifier",
    kind: "matrix",
    x: { title: "feature", unit: "1" },
    y: { title: "classifier", unit: "1" },
    categories: keys.map((key) => TITLES.get(key)!),
    series: models.map(({ model, answer }) => ({
      name: MODEL_TITLES[model],
      x: keys.map((_, i) => i),
      y: keys.map((key) => answer.importance![key]),
    })),
    note: "Fall of the held-out accuracy when one column is shuffled, on 2,000 of the test rows.",
  };
}

function epochFigures(found: Found): Figure[] {
  const { loss, accuracy, validationLoss, validationAccuracy } = answerOf(found, "ann").epochs!;
  const x = loss.map((_, i) => i + 1);
  const note =
    "Training: means while the network learns, as Keras prints them; validation: 10 % of the UEs, after each epoch. 21–4–4–1, ReLU, sigmoid, Adam, batches of 32.";
  return [
    {
      id: "13",
      of: "Figure 13",
      title: "Accuracy of the neural network",
      kind: "line",
      x: epoch,
      y: { title: "accuracy", unit: "1" },
      series: [
        { name: "training", x, y: accuracy },
        { name: "validation", x, y: validationAccuracy! },
      ],
      marks: [{ axis: "y", at: 0.98, label: "paper, 75 epochs: 0.98" }],
      note,
    },
    {
      id: "14",
      of: "Figure 14",
      title: "Loss of the neural network",
      kind: "line",
      x: epoch,
      y: { title: "binary cross-entropy", unit: "1", log: true },
      series: [
        { name: "training", x, y: loss },
        { name: "validation", x, y: validationLoss! },
      ],
      marks: [{ axis: "y", at: 0.0017, label: "paper's lowest: 0.0017" }],
      note,
    },
  ];
}

/** What the paper does not draw: curves of the six classifiers, for both labels. */
export function extraFigures(found: Found): Figure[] {
  const shownOf = (label: "distance" | "time-to-leave") =>
    modelsOf(found, label, "none").map(({ model, answer }) => ({
      name: MODEL_TITLES[model],
      judged: { ...answer, metrics: answer.metrics },
    }));
  const rows = answerOf(found, "forest").metrics.testRows;
  return (["distance", "time-to-leave"] as const).flatMap((label) => {
    const shown = shownOf(label);
    const words = label === "distance" ? "near the edge" : "leaves within 10 s";
    const note = `Label: ${words}; ${rows} held-out UEs, all 21 features; at most 200 points a curve, areas from all of them.`;
    const named = (figure: Figure): Figure => ({
      ...figure,
      id: `${figure.id}-${label}`,
      title: `${figure.title}, label "${words}"`,
    });
    return [
      rocFigure(shown, note),
      precisionRecallFigure(shown, note),
      calibrationFigure(shown, note),
      confusionFigure(
        shown.find(({ name }) => name === MODEL_TITLES.forest)!,
        "Held-out UEs",
      ),
    ].map(named);
  });
}
