import type { ClassifierMetrics, PlanSummary } from "../../src/shared/run.ts";
import { CLASSIFIERS } from "../../src/shared/mission.ts";

export const metricsOf = (name: string, accuracy = 0.9): ClassifierMetrics => ({
  name,
  accuracy,
  mse: 1 - accuracy,
  f1: accuracy,
  auc: accuracy,
  recall: accuracy,
  precision: accuracy,
  brier: 0.05,
  rocAuc: 0.95,
  trainS: 0.25,
  predictS: 0.01,
  trainRows: 80,
  testRows: 20,
  importance: { distanceKm: 0.4, latitudeDeg: 0.1, longitudeDeg: 0.05, rangeKm: 0.01 },
});

/** A complete summary of a plan; the test says what is different. */
export const summaryOf = (overrides: Partial<PlanSummary> = {}): PlanSummary => ({
  run: "small-abc123",
  scenario: "small",
  seed: 7,
  db: "/tmp/beamwalk.db",
  elapsedS: 6.5,
  stagesS: { prepare: 0.5, simulate: 4, learn: 2 },
  satellites: 1,
  lostSatellites: [],
  cells: 3,
  ues: 62_908,
  steps: 181,
  linkEvaluations: 170_000_000,
  uncovered: 12,
  uncoveredShare: 0.125,
  clusters: {
    k: 3,
    wcss: [9, 5, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3],
    centroids: [
      { latitudeDeg: -0.46, longitudeDeg: -117.64, ues: 20_000 },
      { latitudeDeg: 1.22, longitudeDeg: -114.66, ues: 21_000 },
      { latitudeDeg: 0.51, longitudeDeg: -116.18, ues: 21_908 },
    ],
  },
  readyShare: 0.5,
  classifiers: CLASSIFIERS.map((name) => metricsOf(name)),
  ablations: [
    {
      key: "no-location",
      title: "Without distance, latitude, longitude",
      features: ["rangeKm"],
      classifiers: CLASSIFIERS.map((name) => metricsOf(name, 0.8)),
    },
    {
      key: "no-geometry",
      title: "Without any geometric column, time and cluster",
      features: ["cOverNDb"],
      classifiers: CLASSIFIERS.map((name) => metricsOf(name, 0.7)),
    },
  ],
  handovers: {
    total: 41_234,
    peakPerS: 987,
    peakCell: 2,
    peakAtS: 64,
    pingPong: 3,
    interSatellite: 0,
    reselections: 5,
  },
  predicted: { total: 60_000, ready: 30_000, scored: 50_000, hits: 49_000, meanAbsoluteErrorS: 0.42 },
  notes: [
    "The label follows from the distance to the cluster's centroid alone: near-perfect scores are by construction, so look at the other tables as well.",
  ],
  ...overrides,
});
