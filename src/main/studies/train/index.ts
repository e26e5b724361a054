import { deviation, mean } from "../../math/statistics.ts";
import type { Column, Columns } from "../../../shared/columns.ts";
import { BadInput } from "../../../shared/errors.ts";
import type { AskOf, Figure, Findings, StudyTable } from "../../../shared/study.ts";
import {
  calibrationFigure,
  confusionFigure,
  importanceFigure,
  metricsTable,
  precisionRecallFigure,
  rocFigure,
} from "../classifier-pictures.ts";
import type { Classified } from "../classify.ts";
import type { Lab } from "../lab.ts";

const QUICK_ROWS = 10_000;
const TRAINING = "Training";
const FOLDS = "Cross-validation";

/** Trains one classifier on the columns of a run or a table and puts it into the library. */
export async function trainStudy(lab: Lab, ask: AskOf<"train">, columns: Columns): Promise<Findings> {
  const features = featuresOf(columns, ask.without);
  const source = "run" in ask.data ? `run ${ask.data.run}` : ask.data.table.name;
  const used = lab.quick ? evenRows(columns, QUICK_ROWS) : columns;
  checkLabels(used.label as Uint8Array);
  lab.plan([
    { title: TRAINING, seconds: 3 },
    ...(ask.folds > 0 ? [{ title: FOLDS, seconds: 1.5 * ask.folds }] : []),
  ]);
  const data = await lab.share(used);
  const common = {
    data,
    model: ask.model,
    features,
    seed: lab.seed,
    testShare: ask.testShare,
    annEpochs: 75,
    svmRows: 10_000,
  };
  const [own] = await lab.run("fit", [{ ...common, fold: null }], { title: TRAINING, alone: true });
  const { folds } = ask;
  const asks = Array.from({ length: folds }, (_, i) => ({ ...common, fold: { folds, held: i } }));
  const held = folds > 0 ? await lab.run("fit", asks, { title: FOLDS }) : [];
  const name = ask.name ?? `${ask.model}-${"run" in ask.data ? ask.data.run : source.replace(/\.csv$/i, "")}`;
  const { title } = own.card;
  lab.keep({
    model: name,
    card: { ...own.card, title: `${title} on ${source}` },
    metrics: { ...own.metrics },
    energyJ: own.energy?.joules ?? null,
    lineage: `${title} on ${own.metrics.trainRows} rows of ${source}`,
    onnx: own.onnx,
  });
  const shown = { name: title, judged: own, trainS: own.metrics.trainS, joules: own.energy?.joules ?? null };
  const note = `${source}: ${own.metrics.trainRows} rows learnt from, ${own.metrics.testRows} held out; seed ${lab.seed}.`;
  return {
    title: `${title} on ${source}`,
    figures: [
      confusionFigure(shown, "Held-out rows"),
      rocFigure([shown], note),
      precisionRecallFigure([shown], note),
      calibrationFigure([shown], note),
      importanceFigure(
        title,
        importances(own),
        "Permutation: fall of the held-out accuracy when the column is shuffled, 2,000 rows. Splits: share of the gain.",
      ),
      ...(own.epochs ? [epochsFigure(own.epochs)] : []),
    ],
    tables: [metricsTable([shown], "held-out rows"), ...(folds > 0 ? [foldTable(held)] : [])],
    claims: [],
    notes: [
      `Kept in the library as "${name}".`,
      ...own.card.notes,
      ...(own.energy ? [`Energy: ${own.energy.method}.`] : []),
    ],
  };
}

function featuresOf(columns: Columns, without: string[]): string[] {
  const all = Object.keys(columns).filter((key) => key !== "label");
  const unknown = without.filter((key) => !all.includes(key));
  const features = all.filter((key) => !without.includes(key));
  const problems = unknown.map((key) => ({
    field: "--without",
    reason: `there is no feature "${key}"`,
    remedy: `Use some of ${all.join(", ")}`,
  }));
  if (features.length === 0)
    problems.push({ field: "--without", reason: "leaves no feature", remedy: "Leave out fewer" });
  if (problems.length > 0) throw new BadInput(problems);
  return features;
}

/** So many rows, evenly spaced: a table may be sorted, and the UEs of a run stand cell by cell. */
function evenRows(columns: Columns, most: number): Columns {
  const rows = columns.label.length;
  if (rows <= most) return columns;
  const chosen = (data: Column) => {
    const out = data.slice(0, most);
    for (let i = 0; i < most; i++) out[i] = data[Math.floor((i * rows) / most)];
    return out;
  };
  return Object.fromEntries(Object.entries(columns).map(([key, data]) => [key, chosen(data)]));
}

function checkLabels(label: Uint8Array): void {
  const ones = label.reduce((sum, value) => sum + value, 0);
  if (label.length >= 20 && ones > 0 && ones < label.length) return;
  const reason = `${label.length} rows, ${ones} of them with label 1`;
  throw new BadInput([{ field: "label", reason, remedy: "Give at least 20 rows with both labels" }]);
}

const importances = ({ importance, gain }: Classified) => [
  { name: "permutation", of: importance! },
  ...(gain ? [{ name: "splits", of: gain }] : []),
];

function epochsFigure({ loss, accuracy }: NonNullable<Classified["epochs"]>): Figure {
  const x = loss.map((_, i) => i + 1);
  return {
    id: "epochs",
    of: null,
    title: "Loss and accuracy by epoch",
    kind: "line",
    x: { title: "epoch", unit: "1" },
    y: { title: "binary cross-entropy", unit: "1" },
    right: { title: "accuracy", unit: "1" },
    series: [
      { name: "loss", x, y: loss },
      { name: "accuracy", x, y: accuracy, right: true },
    ],
    note: "Means over the training rows while they are learnt from.",
  };
}

function foldTable(held: Classified[]): StudyTable {
  const accuracy = held.map(({ metrics }) => metrics.accuracy);
  return {
    id: "folds",
    of: null,
    title: `Stratified ${held.length}-fold cross-validation`,
    columns: [
      { title: "fold", unit: "1" },
      ...["accuracy", "F1", "ROC AUC"].map((title) => ({ title, unit: "1", digits: 4 })),
    ],
    rows: held.map(({ metrics }, i) => [`${i + 1}`, metrics.accuracy, metrics.f1, metrics.rocAuc]),
    note: `Accuracy ${mean(accuracy).toFixed(4)}, standard deviation ${deviation(accuracy).toFixed(4)} over the folds.`,
  };
}
