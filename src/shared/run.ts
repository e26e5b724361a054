import { z } from "zod";
import { signallingSummarySchema } from "./storm.ts";

/** What one plan found. `beamwalk plan --json` prints exactly this. Units stand in the names. */
export const classifierMetricsSchema = z.object({
  name: z.string(),
  accuracy: z.number(),
  /** mean squared error of the hard 0/1 answers, as in the paper's Table 3 */
  mse: z.number(),
  f1: z.number(),
  /** area under the ROC curve of the hard answers, as in the paper's Table 4 */
  auc: z.number(),
  recall: z.number(),
  precision: z.number(),
  /** mean squared error of the predicted probability */
  brier: z.number(),
  /** area under the ROC curve of the score */
  rocAuc: z.number(),
  trainS: z.number(),
  predictS: z.number(),
  trainRows: z.int(),
  testRows: z.int(),
  /** permutation importance: loss of held-out accuracy when one feature is shuffled, by feature key */
  importance: z.record(z.string(), z.number()),
  /** mean loss and accuracy of each epoch, for the neural network only */
  epochs: z.object({ loss: z.array(z.number()), accuracy: z.array(z.number()) }).optional(),
});
export type ClassifierMetrics = z.output<typeof classifierMetricsSchema>;

/** Levels of the served UEs: percentiles and mean over the values in dB, and the level of the mean power. */
const levelsSchema = z.object({
  p5: z.number(),
  median: z.number(),
  p95: z.number(),
  meanOfDb: z.number(),
  dbOfMeanLinear: z.number(),
});
const radioSummarySchema = z.object({
  ues: z.int(),
  rsrpDbm: levelsSchema,
  cOverNDb: levelsSchema,
  /** null where no UE hears interference */
  cOverIDb: levelsSchema.nullable(),
  sinrDb: levelsSchema,
  /** of one UE that has its beam for itself, means and percentiles over the UEs */
  throughputMbps: z.object({ mean: z.number(), p5: z.number(), median: z.number(), p95: z.number() }),
  bandwidthMHz: z.number(),
  implementationMarginDb: z.number(),
});
export type RadioSummary = z.output<typeof radioSummarySchema>;

export const planSummarySchema = z.object({
  run: z.string(),
  scenario: z.string(),
  seed: z.number(),
  db: z.string(),
  elapsedS: z.number(),
  stagesS: z.record(z.string(), z.number()),
  satellites: z.int(),
  /** satellites the propagator gave up on, with its reason */
  lostSatellites: z.array(z.object({ id: z.string(), reason: z.string() })),
  cells: z.int(),
  ues: z.int(),
  steps: z.int(),
  linkEvaluations: z.number(),
  /** UEs without service at the marked instant */
  uncovered: z.int(),
  /** share of all UE-steps without service */
  uncoveredShare: z.number(),
  /** at the marked instant; null where nobody is served, absent in runs of the first version */
  radio: radioSummarySchema.nullable().optional(),
  /** changes of gateway during the run; absent where satellites need none */
  feederSwitches: z.int().optional(),
  clusters: z.object({
    k: z.int(),
    wcss: z.array(z.number()),
    centroids: z.array(z.object({ latitudeDeg: z.number(), longitudeDeg: z.number(), ues: z.int() })),
  }),
  /** share of the UEs labelled handover-ready */
  readyShare: z.number(),
  classifiers: z.array(classifierMetricsSchema),
  ablations: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      features: z.array(z.string()),
      classifiers: z.array(classifierMetricsSchema),
    }),
  ),
  /** all but `reselections` count handovers alone */
  handovers: z.object({
    total: z.int(),
    /** greatest number of handovers out of one cell in one second */
    peakPerS: z.int(),
    peakCell: z.int(),
    peakAtS: z.number(),
    pingPong: z.int(),
    interSatellite: z.int(),
    /** changes of cell without a handover, as the serving cell was no longer heard */
    reselections: z.int(),
    /** at a feeder-link switch, to the gNB of another gateway; absent where there are none */
    feeder: z.int().optional(),
    /** between satellites and sites on the ground; absent without sites */
    toGround: z.int().optional(),
    toSatellite: z.int().optional(),
  }),
  /** the run's own strategy first, then its handovers moved in other ways; absent in runs of earlier versions */
  signalling: z.array(signallingSummarySchema).optional(),
  predicted: z.object({
    /** UEs that geometry says will leave their cell before the run ends */
    total: z.int(),
    /** of these, the primary classifier called handover-ready */
    ready: z.int(),
    /** predictions held against what happened, and those whose UE had changed or lost its cell by then, or 1 s later */
    scored: z.int(),
    hits: z.int(),
    meanAbsoluteErrorS: z.number().nullable(),
  }),
  /** what a reader must know to judge the figures */
  notes: z.array(z.string()),
});
export type PlanSummary = z.output<typeof planSummarySchema>;

export const runStatusSchema = z.enum(["running", "finished", "interrupted", "cancelled", "failed"]);
export type RunStatus = z.output<typeof runStatusSchema>;

/** A run as listed. */
export const runRecordSchema = z.object({
  run: z.string(),
  scenario: z.string(),
  title: z.string(),
  scenarioHash: z.string(),
  seed: z.number(),
  version: z.string(),
  status: runStatusSchema,
  createdMs: z.number(),
  startMs: z.number(),
  durationS: z.number(),
  stepS: z.number(),
  markS: z.number(),
  ues: z.int(),
  satellites: z.int(),
  beams: z.int(),
  stepsDone: z.int(),
  stepsTotal: z.int(),
  summary: planSummarySchema.nullable(),
});
export type RunRecord = z.output<typeof runRecordSchema>;

export interface EpochPoint {
  /** names the training for the reader, e.g. "BiLSTM, W = 9" */
  label: string;
  /** from 1 */
  epoch: number;
  epochs: number;
  loss: number;
  validationLoss: number | null;
  accuracy: number | null;
  etaS: number;
}

/** One line of a job's event stream; `done`, `report` and `error` are the last. */
export type JobEvent =
  | { kind: "queued"; job: string }
  | { kind: "progress"; job: string; stage: string; fraction: number; etaS: number | null; detail?: string }
  | { kind: "warning"; job: string; message: string }
  /** a study, before its first trial: what will be done, and about how long it takes on two cores */
  | { kind: "planned"; job: string; study: string; seconds: number }
  /** one epoch of a training */
  | ({ kind: "epoch"; job: string } & EpochPoint)
  | { kind: "done"; job: string; run: string; summary: PlanSummary }
  | { kind: "report"; job: string; study: string }
  | { kind: "error"; job: string; run: string | null; error: import("./errors.ts").ErrorReport };
