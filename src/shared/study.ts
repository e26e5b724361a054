import { z } from "zod";
import { runStatusSchema } from "./run.ts";

/**
 * What a study answers: figures and tables as data, from which the terminal's text, the page's pictures, SVG and CSV are
 * drawn, and the claims of a paper beside our figures. `beamwalk paper a --json` prints exactly this.
 */
const axisSchema = z.object({
  title: z.string(),
  /** "1" for a number without unit */
  unit: z.string(),
  log: z.boolean().optional(),
});
const numbers = z.array(z.number().nullable());

export const seriesSchema = z.object({
  name: z.string(),
  /** as many as `y`; for bars the index of the category */
  x: z.array(z.number()),
  /** null: none */
  y: numbers,
  /** half width of the 95 % confidence interval of y, or the standard deviation the title names */
  spread: numbers.optional(),
  /** what the paper prints for these x, where it does */
  paper: numbers.optional(),
  /** on the right-hand axis `right` */
  right: z.boolean().optional(),
});

export const figureSchema = z.object({
  /** within the study, e.g. "4a" */
  id: z.string(),
  /** number in the paper that it stands beside, e.g. "Figure 4(a)"; null where the paper has none */
  of: z.string().nullable(),
  title: z.string(),
  /**
   * line, points: y over x. bars: series side by side over `categories`. steps: y holds until the next x. track: y over x
   * to equal scale, coloured by `colour`. matrix: series[i].y[j] is row i, column j of `categories`.
   */
  kind: z.enum(["line", "points", "bars", "steps", "track", "matrix"]),
  x: axisSchema,
  y: axisSchema,
  right: axisSchema.optional(),
  categories: z.array(z.string()).optional(),
  series: z.array(seriesSchema),
  /** straight marks: a threshold, the chosen value */
  marks: z.array(z.object({ axis: z.enum(["x", "y"]), at: z.number(), label: z.string() })).optional(),
  /** what a reader must know: method, sample sizes, seeds */
  note: z.string(),
});
export type Figure = z.output<typeof figureSchema>;
export type Series = z.output<typeof seriesSchema>;

export const studyTableSchema = z.object({
  id: z.string(),
  of: z.string().nullable(),
  title: z.string(),
  columns: z.array(z.object({ title: z.string(), unit: z.string(), digits: z.int().optional() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  note: z.string(),
});
export type StudyTable = z.output<typeof studyTableSchema>;

export const claimSchema = z.object({
  /** the paper's sentence, shortened */
  claim: z.string(),
  holds: z.enum(["yes", "no", "in part"]),
  /** our figures with units */
  ours: z.string(),
  /** why, where it does not hold; what it was judged by */
  reason: z.string(),
});
export type Claim = z.output<typeof claimSchema>;

/** Energy of a piece of work, with how it was found. */
export const energySchema = z.object({
  /** J, processor and memory together */
  joules: z.number(),
  processorJ: z.number(),
  memoryJ: z.number(),
  seconds: z.number(),
  /** g CO₂-equivalent */
  co2G: z.number(),
  /** e.g. "processor: TDP 280 W × (0.1 + 0.9 · load³), whole machine; memory: 0.375 W/GB; CO₂: France, 56 g/kWh" */
  method: z.string(),
});
export type Energy = z.output<typeof energySchema>;

export const STUDIES = [
  "paper-a",
  "paper-b",
  "paper-c",
  "train",
  "tune",
  "forecast",
  "apply",
  "import",
] as const;
export const studyKindSchema = z.enum(STUDIES);
export type StudyKind = z.output<typeof studyKindSchema>;

export const CLASSIFIER_MODELS = ["forest", "boosted", "logistic", "bayes", "svm", "ann"] as const;
export type ClassifierModel = (typeof CLASSIFIER_MODELS)[number];
export const FORECASTER_MODELS = ["lstm", "bilstm", "boosted", "arima", "persistence"] as const;
export type ForecasterModel = (typeof FORECASTER_MODELS)[number];

const runOrTable = z.union([
  z.object({ run: z.string() }),
  /** a CSV with a header; `label` holds 0 or 1 */
  z.object({ table: z.object({ name: z.string(), text: z.string().max(256_000_000) }), label: z.string() }),
]);

/** Of a model in the library. */
const nameSchema = z.string().trim().min(1).max(80);

/** What a study is asked beside seed and size. */
export const studyAskSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("paper-a") }),
  z.object({ kind: z.literal("paper-b") }),
  z.object({ kind: z.literal("paper-c") }),
  z.object({
    kind: z.literal("train"),
    data: runOrTable,
    model: z.enum(CLASSIFIER_MODELS),
    /** of the library; null: made from model and data */
    name: nameSchema.nullable(),
    testShare: z.number().min(0.05).max(0.95),
    /** folds of the cross-validation; 0: none */
    folds: z.int().min(0).max(20),
    without: z.array(z.string()),
  }),
  z.object({
    kind: z.literal("forecast"),
    run: z.string(),
    model: z.enum(FORECASTER_MODELS),
    name: nameSchema.nullable(),
    window: z.int().min(1).max(100),
    horizon: z.int().min(1).max(20),
    ues: z.int().min(5).max(5000),
  }),
  z.object({
    kind: z.literal("tune"),
    world: z.enum(["terrestrial", "satellite"]),
    alpha: z.number().min(0).max(1),
    beta: z.number().min(0).max(1),
  }),
  z.object({ kind: z.literal("apply"), model: z.string(), run: z.string() }),
  z.object({
    kind: z.literal("import"),
    name: nameSchema,
    onnx: z.base64().max(64_000_000),
    card: z.unknown(),
    /** the file's name */
    from: z.string(),
  }),
]);
export type StudyAsk = z.output<typeof studyAskSchema>;
export type AskOf<K extends StudyKind> = Extract<StudyAsk, { kind: K }>;

/** How the energy is found, instead of what the machine and the world say. */
export const meterOptionsSchema = z.object({
  watts: z.number().positive().optional(),
  country: z.string().optional(),
  gramsPerKwh: z.number().nonnegative().optional(),
});
export type MeterOptions = z.output<typeof meterOptionsSchema>;

export const studyRequestSchema = z.object({
  ask: studyAskSchema,
  quick: z.boolean(),
  seed: z.int().min(0).max(4_294_967_295),
  /** begin anew where an unfinished one with the same settings could be gone on with */
  fresh: z.boolean(),
  meter: meterOptionsSchema,
});
export type StudyRequest = z.output<typeof studyRequestSchema>;

export const reportSchema = z.object({
  kind: studyKindSchema,
  title: z.string(),
  /** the same shapes on less data */
  quick: z.boolean(),
  seed: z.number(),
  seconds: z.number(),
  /** trials that were run, and those whose kept answer stood in */
  trials: z.int(),
  replayed: z.int(),
  figures: z.array(figureSchema),
  tables: z.array(studyTableSchema),
  claims: z.array(claimSchema),
  notes: z.array(z.string()),
});
export type StudyReport = z.output<typeof reportSchema>;
/** What the study itself writes; the rest is the lab's. */
export type Findings = Pick<StudyReport, "title" | "figures" | "tables" | "claims" | "notes">;

/** A model in the library: what a user must know to run it. */
export const modelCardSchema = z.object({
  title: z.string(),
  /** classifier: probability [N × 1] of being handover-ready; forecaster: dB, one column per step ahead */
  task: z.enum(["classifier", "forecaster"]),
  /** columns of the graph's input, in order, with units */
  features: z.array(z.object({ name: z.string(), unit: z.string() })).max(1000),
  /** rows of the input's window, 1 for classifiers */
  steps: z.int().max(1000),
  /** name of the graph's input and output */
  input: z.string(),
  output: z.string(),
  /** handover-ready where the probability is greater; null for forecasters */
  threshold: z.number().nullable(),
  notes: z.array(z.string()),
});
export type LibraryCard = z.output<typeof modelCardSchema>;

/** A study as listed. */
export const keptStudySchema = z.object({
  study: z.string(),
  kind: studyKindSchema,
  title: z.string(),
  quick: z.boolean(),
  seed: z.number(),
  status: runStatusSchema,
  createdMs: z.number(),
  /** of all its sittings */
  seconds: z.number(),
  trialsDone: z.int(),
});
export type KeptStudy = z.output<typeof keptStudySchema>;

/** A model of the library as listed. */
export const libraryModelSchema = z.object({
  model: z.string(),
  card: modelCardSchema,
  metrics: z.record(z.string(), z.number()),
  /** J, of its training; null where it was not measured */
  energyJ: z.number().nullable(),
  /** what it was trained on and by which version, or the file it came from */
  lineage: z.string(),
  createdMs: z.number(),
  bytes: z.int(),
});
export type LibraryModel = z.output<typeof libraryModelSchema>;
