import type { Figure, Findings, StudyTable } from "../../../shared/study.ts";
import type { Lab } from "../lab.ts";
import { sizesOf, trainAsk } from "./asks.ts";
import { paretoFront, search, type Axis, type Search, type Trial } from "./search.ts";
import type { WorldAsk } from "./settings.ts";
import type { TrainAnswer, TrainAsk } from "./trials.ts";

export interface TuneSettings {
  world: WorldAsk["kind"];
  /** weights of accuracy and of energy in f = α·A − β·E */
  alpha: number;
  beta: number;
}

export const PAPER_WEIGHTS = { alpha: 0.5, beta: 0.5 };
/** What the paper picks; of its 50 to 150 epochs the middle. */
export const PAPER_PICK = { hidden: 512, batch: 50, rate: 0.1, epochs: 100 };

export const TUNE_TITLE = "Grid search";
export const tuneSeconds = (lab: Lab) => (lab.quick ? 9 : 200);

/** Where a search ended, with the epochs read off. */
export interface Choice {
  hidden: number;
  batch: number;
  rate: number;
  epochs: number;
  accuracy: number;
  joules: number;
  score: number;
}

export interface Tuned {
  search: Search<TrainAnswer>;
  /** energy that counts 1 [J]: the greatest of the first grid */
  unitJ: number;
  chosen: Choice;
  /** the most accurate of all that was tried */
  mostAccurate: Choice;
  all: Choice[];
  epochs: number[];
}

const axesOf = (hidden: readonly [number, number]): Axis[] => [
  { low: hidden[0], high: hidden[1], whole: true },
  { low: 20, high: 300, whole: true },
  { low: 0.001, high: 0.1, whole: false },
];

/** The asks of the search; epochs are not an axis, since every training is read off at several. */
export function tuneAsk(lab: Lab, world: TuneSettings["world"], values: readonly number[]): TrainAsk {
  const { share, stride, epochs } = sizesOf(lab).tune;
  const [hidden, batch, rate] = values;
  const hyper = { hidden, batch, rate, epochs: epochs[epochs.length - 1] };
  return trainAsk(lab, { kind: world, share, stride, hyper, marks: epochs });
}

const lastJoules = ({ marks }: TrainAnswer): number => {
  const { joules } = marks[marks.length - 1];
  if (joules === null) throw new Error("the search weighs energy, and nothing measures it");
  return joules;
};

/** Searches batch, hidden size and rate; each training is one trial, alone, so that its energy is its own. */
export async function runTune(lab: Lab, { world, alpha, beta }: TuneSettings): Promise<Tuned> {
  const { coarse, levels, hidden, epochs } = sizesOf(lab).tune;
  let unitJ = 1;
  const score = (accuracy: number, joules: number) => alpha * accuracy - (beta * joules) / unitJ;
  const result = await search<TrainAnswer>(
    axesOf(hidden),
    { coarse, levels },
    {
      evaluate: (values) =>
        lab.run(
          "trainC",
          values.map((one) => tuneAsk(lab, world, one)),
          { title: TUNE_TITLE, alone: true },
        ),
      scoreOf: (grid) => {
        unitJ = Math.max(...grid.map(lastJoules));
        return ({ marks }) => Math.max(...marks.map((mark) => score(mark.accuracy, mark.joules!)));
      },
    },
  );
  const all = result.trials.flatMap((trial) => choicesOf(trial, score));
  const best = (of: (choice: Choice) => number) => all.reduce((a, b) => (of(b) > of(a) ? b : a));
  const mostAccurate = best(({ accuracy }) => accuracy);
  return { search: result, unitJ, chosen: best((choice) => choice.score), mostAccurate, all, epochs };
}

/** One choice for each epoch at which a training was read off. */
function choicesOf(
  { values: [hidden, batch, rate], answer }: Trial<TrainAnswer>,
  score: (accuracy: number, joules: number) => number,
): Choice[] {
  return answer.marks.map(({ epoch, accuracy, joules }) => ({
    hidden,
    batch,
    rate,
    epochs: epoch,
    accuracy,
    joules: joules!,
    score: score(accuracy, joules!),
  }));
}

export function tuneFigures(tuned: Tuned, { alpha, beta }: TuneSettings, method: string): Figure[] {
  const { all, search: found, chosen } = tuned;
  const points = all.map((choice) => ({ cost: choice.joules, gain: choice.accuracy }));
  const front = paretoFront(points);
  const axes = {
    x: { title: "Energy of the training", unit: "J", log: true },
    y: { title: "Accuracy on unseen UEs", unit: "%" },
  };
  const series = (name: string, some: typeof points) => ({
    name,
    x: some.map(({ cost }) => cost),
    y: some.map(({ gain }) => 100 * gain),
  });
  const sizes = `${found.trials.length} trainings, each read off at epochs ${tuned.epochs.join(", ")}`;
  return [
    {
      id: "pareto",
      of: null,
      title: "Accuracy against energy: what no other choice beats in both",
      kind: "points",
      ...axes,
      series: [
        series("tried", points),
        series("Pareto front", front),
        series("chosen by f", [{ cost: chosen.joules, gain: chosen.accuracy }]),
      ],
      note: `${sizes}, on ${found.best.answer.rows} windows. ${method}`,
    },
    {
      id: "search",
      of: null,
      title: "The best score of each round of the search",
      kind: "line",
      x: { title: "Round (0: the first grid)", unit: "1" },
      y: { title: "f = α·A − β·E", unit: "1" },
      series: [
        { name: "best so far", x: found.rounds.map((_, i) => i), y: found.rounds.map(({ best }) => best) },
      ],
      note: `α = ${alpha}, β = ${beta}; A as a share, E in units of the first grid's greatest energy, ${tuned.unitJ.toFixed(1)} J. Trainings by round: ${found.rounds.map(({ tried }) => tried).join(", ")}.`,
    },
  ];
}

const COLUMNS = [
  { title: "choice", unit: "" },
  { title: "hidden size", unit: "1", digits: 0 },
  { title: "batch", unit: "1", digits: 0 },
  { title: "epochs", unit: "1", digits: 0 },
  { title: "rate", unit: "1", digits: 4 },
  { title: "accuracy", unit: "%", digits: 1 },
  { title: "energy", unit: "J", digits: 1 },
  { title: "f", unit: "1", digits: 3 },
];

export const choiceRow = (name: string, { hidden, batch, epochs, rate, accuracy, joules, score }: Choice) => [
  name,
  hidden,
  batch,
  epochs,
  rate,
  100 * accuracy,
  joules,
  score,
];

/** Chosen hyper-parameters, the most accurate ones, and others that the caller puts beside them. */
export function choiceTable(
  tuned: Tuned,
  others: { name: string; choice: Choice }[],
  method: string,
): StudyTable {
  return {
    id: "chosen",
    of: null,
    title: "Chosen hyper-parameters",
    columns: COLUMNS,
    rows: [
      choiceRow("best f", tuned.chosen),
      choiceRow("most accurate", tuned.mostAccurate),
      ...others.map(({ name, choice }) => choiceRow(name, choice)),
    ],
    note: `${savedText(tuned.chosen, tuned.mostAccurate, "the most accurate choice")} Judged on the UEs by which the choice was made, which flatters what was chosen. ${method}`,
  };
}

/** Energy saved against accuracy lost. */
export function savedText(chosen: Choice, other: Choice, name: string): string {
  const saved = 100 * (1 - chosen.joules / other.joules);
  const lost = 100 * (other.accuracy - chosen.accuracy);
  const points = lost >= 0 ? `${lost.toFixed(1)} points less` : `${(-lost).toFixed(1)} points more`;
  return `Against ${name}: ${saved.toFixed(0)} % less energy, ${points} accuracy.`;
}

/** The search by itself. */
export async function tune(lab: Lab, settings: TuneSettings): Promise<Findings> {
  lab.plan([{ title: TUNE_TITLE, seconds: tuneSeconds(lab) }]);
  const tuned = await runTune(lab, settings);
  const method = tuned.search.best.answer.training?.method ?? "";
  return {
    title: `Search of hyper-parameters: accuracy against energy, ${settings.world}`,
    figures: tuneFigures(tuned, settings, method),
    tables: [choiceTable(tuned, [], method), triedTable(tuned)],
    claims: [],
    notes: [
      "Epochs are read off each training on its way; batch, hidden size and rate are searched, in steps that are equal in the logarithm.",
      "A search that goes on after an interruption takes the energies that were measured before it.",
    ],
  };
}

function triedTable({ all }: Tuned): StudyTable {
  const sorted = [...all].sort((a, b) => b.score - a.score);
  return {
    id: "tried",
    of: null,
    title: "All that was tried, by score",
    columns: COLUMNS,
    rows: sorted.map((choice, i) => choiceRow(String(i + 1), choice)),
    note: "One row for each training and epoch.",
  };
}
