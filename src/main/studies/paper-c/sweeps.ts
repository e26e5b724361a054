import type { Figure, Series } from "../../../shared/study.ts";
import type { Lab } from "../lab.ts";
import { meanOf, sizesOf, trainAsk } from "./asks.ts";
import type { Hyper } from "./classifier.ts";
import type { TrainAnswer, TrainAsk } from "./trials.ts";

/** One value of a hyper-parameter, with what its repeated trainings came to. */
export interface SweepPoint {
  x: number;
  /** shares, J and g */
  accuracy: number | null;
  accuracyDeviation: number;
  joules: number | null;
  joulesDeviation: number;
  co2G: number | null;
}

export interface Sweep {
  points: SweepPoint[];
  /** accuracy of staying with the strongest cell, by point */
  persistence: (number | null)[];
  rows: number[];
  unseen: number[];
}

export interface Sweeps {
  batch: Sweep;
  epochs: Sweep;
  share: Sweep;
  hidden: Sweep;
  adam: Sweep;
  sgd: Sweep;
}

export const SWEEP_TITLES = {
  batch: "Batch sizes",
  epochs: "Epochs",
  share: "Split ratios",
  hidden: "Hidden sizes",
  adam: "Learning rates, Adam",
  sgd: "Learning rates, SGD",
} as const;

/** Runs the five sweeps of the paper, one training at a time so that its energy is its own. */
export async function runSweeps(lab: Lab): Promise<Sweeps> {
  const { batches, epochs, shares, hiddens, hiddenEpochs, hiddenStride, rates } = sizesOf(lab);
  const of = (hyper: Partial<Hyper>) => trainAsk(lab, { hyper });
  const sgd = (rate: number) => of({ rate, optimiser: "sgd" });
  return {
    batch: await sweep(lab, "batch", batches, (batch) => of({ batch })),
    epochs: await epochSweep(lab, epochs),
    share: await sweep(lab, "share", shares, (share) => trainAsk(lab, { share })),
    hidden: await sweep(lab, "hidden", hiddens, (hidden) =>
      trainAsk(lab, { stride: hiddenStride, hyper: { hidden, epochs: hiddenEpochs } }),
    ),
    adam: await sweep(lab, "adam", rates, (rate) => of({ rate })),
    sgd: await sweep(lab, "sgd", rates, sgd),
  };
}

const repeated = (lab: Lab, ask: TrainAsk): TrainAsk[] =>
  Array.from({ length: sizesOf(lab).repeats }, (_, i) => ({ ...ask, seed: lab.seed + i }));

async function sweep(
  lab: Lab,
  name: keyof Sweeps,
  xs: readonly number[],
  askOf: (x: number) => TrainAsk,
): Promise<Sweep> {
  const asks = xs.flatMap((x) => repeated(lab, askOf(x)));
  const answers = await lab.run("trainC", asks, { title: SWEEP_TITLES[name], alone: true });
  const each = sizesOf(lab).repeats;
  const groups = xs.map((_, i) => answers.slice(i * each, (i + 1) * each));
  return {
    points: xs.map((x, i) => pointOf(x, groups[i], (answer) => answer.marks[answer.marks.length - 1])),
    persistence: groups.map(([first]) => first.persistence),
    rows: groups.map(([first]) => first.rows),
    unseen: groups.map(([first]) => first.unseen),
  };
}

/** One training to the last epoch, read off on its way. */
async function epochSweep(lab: Lab, epochs: readonly number[]): Promise<Sweep> {
  const ask = trainAsk(lab, { hyper: { epochs: epochs[epochs.length - 1] }, marks: [...epochs] });
  const options = { title: SWEEP_TITLES.epochs, alone: true };
  const answers = await lab.run("trainC", repeated(lab, ask), options);
  const [first] = answers;
  const at = (epoch: number) => (answer: TrainAnswer) => answer.marks.find((mark) => mark.epoch === epoch)!;
  return {
    points: epochs.map((epoch) => pointOf(epoch, answers, at(epoch))),
    persistence: epochs.map(() => first.persistence),
    rows: epochs.map(() => first.rows),
    unseen: epochs.map(() => first.unseen),
  };
}

function pointOf(
  x: number,
  answers: readonly TrainAnswer[],
  markOf: (answer: TrainAnswer) => TrainAnswer["marks"][number],
): SweepPoint {
  const accuracy = meanOf(answers.map((answer) => markOf(answer).accuracy));
  const joules = meanOf(answers.map((answer) => markOf(answer).joules));
  // CO₂ goes with the energy, whatever the country
  const grams = meanOf(answers.map(({ training }) => (training ? training.co2G / training.joules : null)));
  return {
    x,
    accuracy: accuracy.mean,
    accuracyDeviation: accuracy.deviation,
    joules: joules.mean,
    joulesDeviation: joules.deviation,
    co2G: joules.mean !== null && grams.mean !== null ? joules.mean * grams.mean : null,
  };
}

const percent = (share: number | null) => (share === null ? null : 100 * share);

function accuracySeries({ points }: Sweep, name = "accuracy"): Series {
  return {
    name,
    x: points.map(({ x }) => x),
    y: points.map(({ accuracy }) => percent(accuracy)),
    spread: points.map(({ accuracyDeviation }) => 100 * accuracyDeviation),
  };
}

function energySeries({ points }: Sweep, suffix = ""): Series[] {
  const x = points.map((point) => point.x);
  return [
    {
      name: `energy [J]${suffix}`,
      x,
      y: points.map(({ joules }) => joules),
      spread: points.map(({ joulesDeviation }) => joulesDeviation),
      right: true,
    },
    {
      name: `CO₂ [mg]${suffix}`,
      x,
      y: points.map(({ co2G }) => (co2G === null ? null : 1000 * co2G)),
      right: true,
    },
  ];
}

function staying({ points, persistence }: Sweep): Series {
  return {
    name: "staying with the strongest cell",
    x: points.map(({ x }) => x),
    y: persistence.map(percent),
  };
}

interface Part {
  id: string;
  title: string;
  x: Figure["x"];
  series: Series[];
  pick: Figure["marks"];
  note: string;
  right?: boolean;
}

const figure = ({ id, title, x, series, pick, note, right = true }: Part): Figure => ({
  id,
  of: `Figure ${id}`,
  title,
  kind: "line",
  x,
  y: { title: "Accuracy on unseen UEs", unit: "%" },
  ...(right && { right: { title: "Energy and CO₂ of the training", unit: "J, mg" } }),
  series,
  marks: pick,
  note,
});

/** Figures 2 to 8 of the paper. Where its text has lost a caption, the number follows from the order. */
export function sweepFigures(lab: Lab, sweeps: Sweeps, method: string): Figure[] {
  const { base, repeats, share, hiddenEpochs } = sizesOf(lab);
  const { batch, epochs, share: split, hidden, adam, sgd } = sweeps;
  const fixed = (left: keyof Hyper | "none") =>
    (["hidden", "batch", "epochs", "rate"] as const)
      .filter((name) => name !== left)
      .map((name) => `${name} ${name === "epochs" && left === "hidden" ? hiddenEpochs : base[name]}`)
      .join(", ");
  const about = (left: keyof Hyper | "none", { rows, unseen }: Sweep) =>
    `LSTM and softmax, ${fixed(left)}, Adam unless said; ${rows[0]} windows to learn from, ${unseen[0]} of unseen UEs; mean and standard deviation of ${repeats} training${repeats > 1 ? "s" : ""}. Energy of the training alone. ${method}`;
  const at = (x: number, label = "paper's pick") => [{ axis: "x" as const, at: x, label }];
  const between = [...at(50, "paper: from 50"), ...at(150, "to 150")];
  const epochAxis = { title: "Epochs", unit: "1" };
  const hiddenAxis = { title: "Hidden size", unit: "1" };
  const lost = "The caption is lost in the paper's text; the number follows from the order.";
  return [
    figure({
      id: "2",
      title: "Energy and accuracy against batch size",
      x: { title: "Batch size", unit: "1", log: true },
      series: [accuracySeries(batch), staying(batch), ...energySeries(batch)],
      pick: at(50),
      note: about("batch", batch),
    }),
    figure({
      id: "3",
      title: "Energy and accuracy against epochs",
      x: epochAxis,
      series: [accuracySeries(epochs), ...energySeries(epochs)],
      pick: between,
      note: `One training read off on its way: energy up to the epoch, accuracy with the weights of then. ${about("epochs", epochs)} ${lost}`,
    }),
    figure({
      id: "4",
      title: "Accuracy against epochs",
      x: epochAxis,
      series: [accuracySeries(epochs), staying(epochs)],
      pick: between,
      note: about("epochs", epochs),
      right: false,
    }),
    figure({
      id: "5",
      title: "Energy and accuracy against split ratio",
      x: { title: "Share of the UEs to learn from", unit: "1" },
      series: [accuracySeries(split), staying(split), ...energySeries(split)],
      pick: at(0.7),
      note: `UEs, not windows, are split, and the rest is tested on: ${split.unseen.join(", ")} windows. ${about("none", split)} ${lost}`,
    }),
    figure({
      id: "6",
      title: "Energy and accuracy against hidden size",
      x: hiddenAxis,
      series: [accuracySeries(hidden), ...energySeries(hidden)],
      pick: at(512),
      note: `${about("hidden", hidden)} ${lost}`,
    }),
    figure({
      id: "7",
      title: "Accuracy against hidden size",
      x: hiddenAxis,
      series: [accuracySeries(hidden), staying(hidden)],
      pick: at(512),
      note: `${about("hidden", hidden)} ${lost}`,
      right: false,
    }),
    figure({
      id: "8",
      title: "CO₂, energy and accuracy against learning rate",
      x: { title: "Learning rate", unit: "1", log: true },
      series: [
        accuracySeries(adam, "accuracy, Adam"),
        accuracySeries(sgd, "accuracy, SGD with momentum 0.9"),
        staying(adam),
        ...energySeries(adam, ", Adam"),
        ...energySeries(sgd, ", SGD"),
      ],
      pick: at(0.1),
      note: `The paper does not say which optimiser it uses. Split ${share}. ${about("rate", adam)}`,
    }),
  ];
}
