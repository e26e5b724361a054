import { BadInput, Cancelled, type Problem } from "../../shared/errors.ts";
import type { LibraryCard } from "../../shared/study.ts";
import { openSession, tensor, tensorOfDoubles, type Session } from "./inference.ts";

/** Rows of one call. */
const BATCH_ROWS = 4096;

const problem = (field: string, reason: string, remedy: string): Problem => ({ field, reason, remedy });

/** Opens somebody's graph; `BadInput` where it is none, or one that cannot run here. */
export async function openOwn(onnx: Uint8Array): Promise<Session> {
  try {
    return await openSession(onnx, 1);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new BadInput([
      problem(
        "onnx",
        `onnxruntime does not open it: ${reason}`,
        "Give an ONNX file with its weights inside, of operations that onnxruntime knows",
      ),
    ]);
  }
}

/** Problems of the graph's ports against the card, before anything is run. */
export function portProblems(session: Session, card: LibraryCard): Problem[] {
  return [...inputProblems(session, card), ...outputProblems(session, card)];
}

function inputProblems(session: Session, card: LibraryCard): Problem[] {
  const inputs = session.inputMetadata;
  const names = inputs.map(({ name }) => name).join(", ");
  const port = inputs.find(({ name }) => name === card.input);
  if (!port) return [problem("input", `the graph has no input "${card.input}"`, `Name its input: ${names}`)];
  const problems: Problem[] = [];
  if (inputs.length > 1)
    problems.push(
      problem(
        "input",
        `the graph has ${inputs.length} inputs (${names})`,
        "Export it with one matrix as input",
      ),
    );
  if (!port.isTensor || (port.type !== "float32" && port.type !== "float64")) {
    const type = port.isTensor ? port.type : "not a tensor";
    problems.push(problem("input", `"${card.input}" is ${type}`, "Export it with float32 or float64 input"));
    return problems;
  }
  const inner = card.steps > 1 ? [card.steps, card.features.length] : [card.features.length];
  const shape = port.shape;
  const text = `[${shape.join(" × ")}]`;
  if (shape.length > 0 && shape.length !== inner.length + 1) {
    const wanted = card.steps > 1 ? "[N × steps × features]" : "[N × features]";
    problems.push(
      problem("input", `"${card.input}" has the shape ${text}`, `Export it with input ${wanted}`),
    );
    return problems;
  }
  if (typeof shape[0] === "number" && shape[0] > 0)
    problems.push(
      problem(
        "input",
        `"${card.input}" takes exactly ${shape[0]} rows`,
        "Export it with a free number of rows",
      ),
    );
  inner.forEach((wanted, i) => {
    const width = shape[i + 1];
    if (typeof width !== "number" || width <= 0 || width === wanted) return;
    const what = i === inner.length - 1 ? "features" : "steps";
    problems.push(
      problem(
        what,
        `the card has ${wanted} ${what}, the graph takes ${width}`,
        `List the graph's ${width} ${what}`,
      ),
    );
  });
  return problems;
}

function outputProblems(session: Session, card: LibraryCard): Problem[] {
  const outputs = session.outputMetadata;
  const port = outputs.find(({ name }) => name === card.output);
  if (!port) {
    const names = outputs.map(({ name }) => name).join(", ");
    return [
      problem("output", `the graph has no output "${card.output}"`, `Name one of its outputs: ${names}`),
    ];
  }
  if (!port.isTensor)
    return [
      problem(
        "output",
        `"${card.output}" is a list of dictionaries, as scikit-learn's converter writes by default`,
        "Export it again with zipmap=False: convert_sklearn(model, options={id(model): {'zipmap': False}})",
      ),
    ];
  if (port.type !== "float32" && port.type !== "float64")
    return [
      problem(
        "output",
        `"${card.output}" is ${port.type}: the label, not the probability`,
        "Name the output that holds the probabilities",
      ),
    ];
  const { shape } = port;
  if (card.task === "classifier" && (shape.length > 2 || (typeof shape[1] === "number" && shape[1] > 2)))
    return [
      problem(
        "output",
        `"${card.output}" has the shape [${shape.join(" × ")}]`,
        "Export probabilities of two classes [N × 2], or of class 1 [N × 1] or [N]",
      ),
    ];
  return [];
}

/** Answers of one batch of rows: how many columns each has, and the values [row × column]. */
interface Answer {
  columns: number;
  values: Float32Array | Float64Array;
}

async function runRows(session: Session, card: LibraryCard, x: Float32Array, rows: number): Promise<Answer> {
  const port = session.inputMetadata.find(({ name }) => name === card.input);
  const width = card.features.length;
  const dims = card.steps > 1 ? [rows, card.steps, width] : [rows, width];
  const feed =
    port?.isTensor && port.type === "float64" ? tensorOfDoubles(Float64Array.from(x), dims) : tensor(x, dims);
  const answer = (await session.run({ [card.input]: feed }, [card.output]))[card.output];
  const { dims: shape } = answer;
  if (shape[0] !== rows || shape.length > 2)
    throw new BadInput([
      problem(
        "output",
        `"${card.output}" answered ${rows} rows with the shape [${shape.join(" × ")}]`,
        "Export it so that it gives one row of answers for every row of input",
      ),
    ]);
  return { columns: shape[1] ?? 1, values: answer.data as Float32Array | Float64Array };
}

/** Answers [row × column] for `x` [row × step × feature]; `BadInput` where the graph fails on the rows. */
export async function answerRows(
  session: Session,
  card: LibraryCard,
  x: Float32Array,
  rows: number,
  shouldStop: () => boolean = () => false,
): Promise<{ columns: number; values: Float32Array<ArrayBuffer> }> {
  const width = card.steps * card.features.length;
  let values = new Float32Array(0);
  let columns = 0;
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    if (shouldStop()) throw new Cancelled();
    const count = Math.min(BATCH_ROWS, rows - from);
    const part = x.subarray(from * width, (from + count) * width);
    // one call at a time on purpose: the flag must be seen between them
    // oxlint-disable-next-line no-await-in-loop
    const answer = await runRows(session, card, part, count).catch(asBadInput);
    if (from === 0) {
      columns = answer.columns;
      values = new Float32Array(rows * columns);
    }
    values.set(answer.values, from * columns);
  }
  return { columns, values };
}

function asBadInput(error: unknown): never {
  if (error instanceof BadInput) throw error;
  const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
  throw new BadInput([
    problem("onnx", `the graph fails on its input: ${reason}`, "Check the order and number of features"),
  ]);
}
