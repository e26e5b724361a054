import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { Random } from "../math/random.ts";
import { RunReader } from "../store/reader.ts";
import type { Columns } from "../../shared/columns.ts";
import { datasetHeading, FEATURE_COLUMNS } from "../../shared/dataset.ts";
import { BadInput, type Problem } from "../../shared/errors.ts";
import { NO_SIGNAL } from "../../shared/frame.ts";
import type { AskOf, LibraryCard, StudyAsk } from "../../shared/study.ts";

export interface StudyData {
  /** columns that the study works on, by name */
  columns: Columns;
  /** the ask with its run's whole name */
  ask: StudyAsk;
  /** what tells this data from other data: part of the study's settings */
  identity: unknown;
  /** of the model that is applied */
  card: LibraryCard | null;
  /** records that were left out: line and reason */
  rejected: { line: number; reason: string }[];
}

/** What a study works on, from the database or from a file; null for those that make their own. */
export function studyData(db: string, ask: StudyAsk, seed: number): StudyData | null {
  if (ask.kind === "train" && "table" in ask.data) return tableData(ask.data.table, ask.data.label, ask);
  if (ask.kind === "import") {
    const onnx = createHash("sha256").update(ask.onnx).digest("hex");
    return { columns: {}, card: null, rejected: [], ask, identity: { ...ask, onnx } };
  }
  if (ask.kind !== "train" && ask.kind !== "forecast" && ask.kind !== "apply") return null;
  const reader = new RunReader(db);
  try {
    const named = ask.kind === "train" ? (ask.data as { run: string }).run : ask.run;
    const { run } = reader.run(named);
    if (ask.kind === "forecast") {
      const whole = { ...ask, run };
      return {
        ask: whole,
        columns: seriesOf(reader, whole, seed),
        card: null,
        rejected: [],
        identity: whole,
      };
    }
    const columns = markOf(reader, run);
    if (ask.kind === "train") {
      const whole = { ...ask, data: { run } };
      return { ask: whole, columns, card: null, rejected: [], identity: whole };
    }
    columns.onnx = reader.modelFile(ask.model);
    const { card } = reader.library().find(({ model }) => model === ask.model)!;
    const whole = { ...ask, run };
    return { ask: whole, columns, card, rejected: [], identity: whole };
  } finally {
    reader.close();
  }
}

/** Features and label of the UEs that are served at a run's mark. */
function markOf(reader: RunReader, run: string): Columns {
  const all = reader.dataset(run);
  const served = all.cluster ? [...all.cluster.keys()].filter((ue) => all.cluster[ue] !== 255) : [];
  if (served.length === 0) {
    const reason = `${reader.run(run).run} has no data set: it has not passed its mark, or serves nobody there`;
    throw new BadInput([{ field: "run", reason, remedy: "Plan it to its end, or name another run" }]);
  }
  const columns: Columns = { label: Uint8Array.from(served, (ue) => all.label[ue]) };
  for (const { key } of FEATURE_COLUMNS) columns[key] = Float32Array.from(served, (ue) => all[key][ue]);
  return columns;
}

/** Headings of an exported data set, back to the keys of its columns. */
const KEYS = new Map(FEATURE_COLUMNS.map((column) => [datasetHeading(column), column.key]));

/** A CSV with a header: numbers, and one column of 0 and 1. Rows that are not so are left out and listed. */
function tableData(
  { name, text }: { name: string; text: string },
  label: string,
  ask: AskOf<"train">,
): StudyData {
  const { rows, lines } = parseRows(name, text);
  const head = (rows[0] ?? []).map((title) => KEYS.get(title.trim()) ?? title.trim());
  checkHead(name, head, label);
  const rejected: StudyData["rejected"] = [];
  const kept: number[][] = [];
  rows.slice(1).forEach((row, i) => {
    const reason = faultOf(row, head, label);
    if (reason) rejected.push({ line: lines[i + 1], reason });
    else kept.push(row.map(Number));
  });
  const at = head.indexOf(label);
  const features = head.flatMap((key, c): [string, Float32Array][] =>
    c === at || key === "ue" ? [] : [[key, Float32Array.from(kept, (row) => row[c])]],
  );
  const columns: Columns = Object.fromEntries([
    ["label", Uint8Array.from(kept, (row) => row[at])],
    ...features,
  ]);
  const hash = createHash("sha256").update(text).digest("hex");
  return { ask, columns, card: null, rejected, identity: { ...ask, data: { table: name, hash, label } } };
}

/** Columns go by their names, and the label is called so whatever it was. */
function checkHead(name: string, head: readonly string[], label: string): void {
  const problems: Problem[] = [];
  const say = (reason: string, remedy: string) => problems.push({ field: name, reason, remedy });
  if (!head.includes(label))
    say(
      `has no column "${label}" for the label`,
      head.length > 0
        ? `Name one of ${head.slice(0, 30).join(", ")} with --label`
        : "Give a header line and rows",
    );
  const twice = new Set(head.filter((key, c) => head.indexOf(key) !== c));
  if (twice.size > 0)
    say(
      `has several columns called ${[...twice].map((key) => `"${key}"`).join(", ")}`,
      "Give each a name of its own",
    );
  if (label !== "label" && head.includes("label"))
    say(`has a column "label" beside the label "${label}"`, "Leave it out, or call it something else");
  if (problems.length > 0) throw new BadInput(problems);
}

/** Rows, and the line on which each ends. */
function parseRows(name: string, text: string): { rows: string[][]; lines: number[] } {
  const lines: number[] = [];
  try {
    const rows = parse(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (row: string[], context) => {
        lines.push(context.lines);
        return row;
      },
    });
    return { rows, lines };
  } catch (error) {
    const reason = `is not a CSV file: ${(error as Error).message}`;
    throw new BadInput([{ field: name, reason, remedy: "Give a CSV with a header line" }]);
  }
}

function faultOf(row: string[], head: string[], label: string): string | null {
  if (row.length !== head.length) return `${row.length} fields, not ${head.length}`;
  const bad = row.findIndex((value) => value.trim() === "" || !Number.isFinite(Math.fround(Number(value))));
  if (bad >= 0) {
    const none = row[bad].trim() === "" || Number.isNaN(Number(row[bad]));
    return `${head[bad]}: "${row[bad]}" is ${none ? "not a number" : "too large"}`;
  }
  const answer = row[head.indexOf(label)].trim();
  return Number(answer) === 0 || Number(answer) === 1 ? null : `${label}: "${answer}" is neither 0 nor 1`;
}

/** RSRP and SINR of UEs, drawn by the seed, each along its longest time under service. */
function seriesOf(reader: RunReader, ask: AskOf<"forecast">, seed: number): Columns {
  const { run, ues, stepsDone, stepS } = reader.run(ask.run);
  const each = (work: (ue: number, step: number, rsrp: number, sinr: number) => void) => {
    for (let first = 0; first < stepsDone; first += BLOCK_STEPS) {
      const { rsrp, sinr, steps } = reader.frames(run, first, Math.min(stepsDone, first + BLOCK_STEPS) - 1);
      for (let i = 0; i < steps * ues; i++) work(i % ues, first + Math.floor(i / ues), rsrp[i], sinr[i]);
    }
  };
  const { from, length } = longestService(ues, each);
  const served = [...length.keys()].filter((ue) => length[ue] >= ask.window + ask.horizon + 1);
  const order = new Random(seed, "forecast-ues").permutation(served.length);
  const ue = Uint32Array.from(order.subarray(0, ask.ues), (i) => served[i]).sort();
  if (ue.length < LEAST_UES) {
    const reason = `${run} serves ${ue.length} UEs for longer than window and horizon without a break`;
    const remedy = `It takes ${LEAST_UES}: name another run, or a shorter window`;
    throw new BadInput([{ field: "run", reason, remedy }]);
  }
  const firstStep = new Uint32Array(ue.length + 1);
  ue.forEach((one, path) => (firstStep[path + 1] = firstStep[path] + length[one]));
  const place = new Int32Array(ues).fill(-1);
  ue.forEach((one, path) => (place[one] = path));
  const values = new Float32Array(firstStep[ue.length] * 2);
  each((one, step, rsrp, sinr) => {
    const offset = step - from[one];
    if (place[one] < 0 || offset < 0 || offset >= length[one]) return;
    values[2 * (firstStep[place[one]] + offset)] = rsrp / 100;
    values[2 * (firstStep[place[one]] + offset) + 1] = sinr / 100;
  });
  return {
    values,
    firstStep,
    ue,
    fromS: Float64Array.from(ue, (one) => from[one] * stepS),
    stepS: Float64Array.of(stepS),
  };
}

const BLOCK_STEPS = 50;
const LEAST_UES = 5;

/** First step and length [ue] of the longest time without a step out of service. */
function longestService(
  ues: number,
  each: (work: (ue: number, step: number, rsrp: number, sinr: number) => void) => void,
) {
  const from = new Uint32Array(ues);
  const length = new Uint32Array(ues);
  const going = new Uint32Array(ues);
  each((ue, step, rsrp, sinr) => {
    going[ue] = rsrp === NO_SIGNAL || sinr === NO_SIGNAL ? 0 : going[ue] + 1;
    if (going[ue] <= length[ue]) return;
    length[ue] = going[ue];
    from[ue] = step - going[ue] + 1;
  });
  return { from, length };
}
