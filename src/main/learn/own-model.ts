import { BadInput, type Problem } from "../../shared/errors.ts";
import type { Columns } from "../../shared/columns.ts";
import { FEATURE_COLUMNS } from "../../shared/dataset.ts";
import { issueReason, valueAt } from "../../shared/issues.ts";
import { modelCardSchema, type LibraryCard } from "../../shared/study.ts";
import { answerRows, openOwn, portProblems } from "./model-session.ts";
import { typicalRows } from "./typical-rows.ts";

export interface CheckedModel {
  card: LibraryCard;
  /** columns of the output: 1 or 2 of a classifier, steps ahead of a forecaster */
  columns: number;
  /** answers to the trial rows: probabilities of class 1, or all columns of a forecaster */
  trial: number[];
}

const problem = (field: string, reason: string, remedy: string): Problem => ({ field, reason, remedy });

/** Rounding of a converter's own sums may leave a probability this far outside 0 … 1. */
const SLACK = 1e-3;

/**
 * Checks that a graph and its card fit one another and the data set, opens the graph and runs a few typical rows.
 * `BadInput` lists all that is wrong.
 */
export async function checkModel(onnx: Uint8Array, text: unknown): Promise<CheckedModel> {
  const { card, problems } = checkCard(text);
  const session = await openOwn(onnx).catch((error: unknown) => {
    if (error instanceof BadInput) throw new BadInput([...problems, ...error.problems]);
    throw error;
  });
  try {
    if (card) problems.push(...portProblems(session, card));
    if (!card || problems.length > 0) throw new BadInput(problems);
    const { x, rows } = typicalRows(card);
    const answer = await answerRows(session, card, x, rows);
    const wrong = answerProblems(card, answer.columns, answer.values);
    if (wrong.length > 0) throw new BadInput(wrong);
    const trial = card.task === "classifier" ? classOne(answer.columns, answer.values, rows) : answer.values;
    return { card, columns: answer.columns, trial: Array.from(trial) };
  } finally {
    await session.release();
  }
}

/** The card, and what is wrong with it by itself; null where it is not even a card. */
function checkCard(text: unknown): { card: LibraryCard | null; problems: Problem[] } {
  const parsed = modelCardSchema.safeParse(text);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) =>
      problem(
        issue.path.join(".") || "card",
        issueReason(issue, valueAt(text, issue.path)),
        "Write the card as `beamwalk models --json` prints one",
      ),
    );
    return { card: null, problems };
  }
  const card = parsed.data;
  const problems = card.task === "classifier" ? classifierProblems(card) : forecasterProblems(card);
  if (card.features.length === 0)
    problems.push(problem("features", "there are none", "List the columns of the graph's input in order"));
  return { card, problems };
}

function classifierProblems(card: LibraryCard): Problem[] {
  const problems: Problem[] = [];
  if (card.steps !== 1)
    problems.push(problem("steps", `a classifier sees one row, not ${card.steps}`, "Give 1"));
  if (card.threshold === null || !(card.threshold >= 0 && card.threshold < 1))
    problems.push(problem("threshold", `${card.threshold} is none`, "Give a probability from 0 to below 1"));
  const seen = new Set<string>();
  card.features.forEach(({ name, unit }, i) => {
    const field = `features.${i}`;
    const column = FEATURE_COLUMNS.find(({ key }) => key === name);
    if (!column) {
      const known = FEATURE_COLUMNS.map(({ key }) => key).join(", ");
      problems.push(problem(`${field}.name`, `the data set has no column "${name}"`, `Name one of ${known}`));
    } else if (column.unit !== unit)
      problems.push(
        problem(
          `${field}.unit`,
          `${name} is in ${column.unit}, not ${unit}`,
          `Train the model on ${column.unit}, or scale inside the graph, and write ${column.unit}`,
        ),
      );
    if (seen.has(name)) problems.push(problem(`${field}.name`, `${name} is listed twice`, "List it once"));
    seen.add(name);
  });
  return problems;
}

function forecasterProblems(card: LibraryCard): Problem[] {
  const problems: Problem[] = [];
  if (!(card.steps >= 1))
    problems.push(problem("steps", `${card.steps} is none`, "Give the rows of its window"));
  if (card.threshold !== null)
    problems.push(problem("threshold", "a forecaster answers levels, not probabilities", "Give null"));
  card.features.forEach(({ unit }, i) => {
    if (unit !== "dB" && unit !== "dBm")
      problems.push(problem(`features.${i}.unit`, `${unit} is no level`, "Forecasters see dB or dBm"));
  });
  return problems;
}

function answerProblems(card: LibraryCard, columns: number, values: Float32Array): Problem[] {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined)
    return [
      problem(
        "output",
        `the graph answers ${wrong} to typical rows`,
        "Train it on the raw columns in these units, without values that are not finite",
      ),
    ];
  if (card.task === "forecaster") return [];
  if (columns !== 1 && columns !== 2)
    return [
      problem("output", `it has ${columns} columns`, "Export probabilities of two classes, or of class 1"),
    ];
  const outside = values.find((value) => value < -SLACK || value > 1 + SLACK);
  if (outside !== undefined)
    return [
      problem(
        "output",
        `the graph answers ${outside} to typical rows, which is no probability`,
        "Export probabilities, not decision values or log odds",
      ),
    ];
  return [];
}

/** Column of class 1, held within 0 … 1. */
function classOne(columns: number, values: Float32Array, rows: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows);
  for (let row = 0; row < rows; row++)
    out[row] = Math.min(1, Math.max(0, values[row * columns + columns - 1]));
  return out;
}

/**
 * Probability [row] of being handover-ready by any classifier of the library; NaN where a feature of the row is not finite.
 * @param columns the data set by key; @param rows how many of its rows
 */
export async function applyModel(
  onnx: Uint8Array,
  card: LibraryCard,
  columns: Columns,
  rows: number,
  shouldStop?: () => boolean,
): Promise<Float32Array<ArrayBuffer>> {
  const problems = card.features.flatMap(({ name }, i) => {
    const length = Object.hasOwn(columns, name) ? columns[name].length : 0;
    if (length >= rows) return [];
    const reason =
      length === 0 ? `the run has no column "${name}"` : `"${name}" has ${length} of ${rows} rows`;
    return [problem(`features.${i}`, reason, "Choose a run whose data set was kept, or another model")];
  });
  if (card.task !== "classifier")
    problems.push(problem("task", `${card.title} is a ${card.task}`, "Choose a classifier"));
  if (problems.length > 0) throw new BadInput(problems);
  const { x, usable } = gather(card, columns, rows);
  const out = new Float32Array(rows).fill(Number.NaN);
  if (usable.length === 0) return out;
  const session = await openOwn(onnx);
  try {
    const answer = await answerRows(session, card, x, usable.length, shouldStop);
    if (answer.columns > 2) throw new BadInput(answerProblems(card, answer.columns, new Float32Array(0)));
    const probability = classOne(answer.columns, answer.values, usable.length);
    usable.forEach((row, i) => (out[row] = probability[i]));
    return out;
  } finally {
    await session.release();
  }
}

/** Rows with every feature finite, and their matrix [row × feature]. */
function gather(card: LibraryCard, columns: Columns, rows: number) {
  const own = card.features.map(({ name }) => columns[name]);
  const usable = Uint32Array.from({ length: rows }, (_, row) => row).filter((row) =>
    own.every((column) => Number.isFinite(column[row])),
  );
  const x = new Float32Array(usable.length * own.length);
  usable.forEach((row, i) => own.forEach((column, f) => (x[i * own.length + f] = column[row])));
  return { x, usable };
}
