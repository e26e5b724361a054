import type { Energy, Findings, StudyTable } from "../../../shared/study.ts";
import type { Answer, Lab } from "../lab.ts";
import { sizesOf, trainAsk, worldAsk } from "./asks.ts";
import { claimsOf } from "./claims.ts";
import { gainFigures, gainTable, gainTitle, runGain, WORLDS, type Gain } from "./gain.ts";
import { runSweeps, sweepFigures, SWEEP_TITLES } from "./sweeps.ts";
import {
  choiceTable,
  PAPER_PICK,
  PAPER_WEIGHTS,
  runTune,
  TUNE_TITLE,
  tuneAsk,
  tuneFigures,
  tuneSeconds,
  type Choice,
  type Tuned,
} from "./tune.ts";

const PHASES = "Energy of the phases";
const PICK = "The paper's picks";

/** Expected seconds on two cores, full and quick. */
const SECONDS: [title: string, full: number, quick: number][] = [
  [PHASES, 10, 3],
  [SWEEP_TITLES.batch, 60, 8],
  [SWEEP_TITLES.epochs, 65, 9],
  [SWEEP_TITLES.share, 33, 3],
  [SWEEP_TITLES.hidden, 260, 22],
  [SWEEP_TITLES.adam, 30, 3],
  [SWEEP_TITLES.sgd, 33, 4],
  [gainTitle("terrestrial"), 14, 2],
  [gainTitle("satellite"), 12, 2],
];

/** Paper C: what accuracy of a predictive handover costs in energy, and what the prediction buys. */
export async function paperC(lab: Lab): Promise<Findings> {
  lab.plan([
    ...SECONDS.map(([title, full, quick]) => ({ title, seconds: lab.quick ? quick : full })),
    { title: TUNE_TITLE, seconds: tuneSeconds(lab) },
    { title: PICK, seconds: lab.quick ? 6 : 75 },
  ]);
  const phases = await runPhases(lab);
  const method = phases[0].trained.training?.method ?? "Energy was not measured.";
  const sweeps = await runSweeps(lab);
  const gains: Gain[] = [];
  // oxlint-disable-next-line no-await-in-loop
  for (const kind of WORLDS) gains.push(await runGain(lab, kind));
  const settings = { world: "terrestrial" as const, ...PAPER_WEIGHTS };
  const measured = phases[0].trained.training !== null;
  const tuned = measured ? await runTune(lab, settings) : null;
  const pick = tuned && (await paperPick(lab, tuned));
  return {
    title: "Paper C: energy and accuracy of neural predictive handover",
    figures: [
      ...sweepFigures(lab, sweeps, method),
      ...(tuned ? tuneFigures(tuned, settings, method) : []),
      ...gainFigures(lab, gains),
    ],
    tables: [
      phaseTable(phases, method),
      ...(tuned && pick ? [choiceTable(tuned, [{ name: "the paper's picks", choice: pick }], method)] : []),
      gainTable(gains),
    ],
    claims: tuned && pick ? claimsOf(sweeps, gains, tuned, pick) : [],
    notes: [
      ...notesOf(lab, phases),
      ...(measured ? [] : ["Energy was not measured: no search, and no claims."]),
    ],
  };
}

interface Phases {
  kind: (typeof WORLDS)[number];
  acquired: Answer<"acquireC">;
  trained: Answer<"trainC">;
}

/** Acquisition, training and evaluation of one model in each world. */
async function runPhases(lab: Lab): Promise<Phases[]> {
  const { window, stride } = sizesOf(lab);
  const options = { title: PHASES, alone: true };
  const acquired = await lab.run(
    "acquireC",
    WORLDS.map((kind) => ({ world: worldAsk(lab, kind), window, stride })),
    options,
  );
  const trained = await lab.run(
    "trainC",
    WORLDS.map((kind) => trainAsk(lab, { kind })),
    options,
  );
  return WORLDS.map((kind, i) => ({ kind, acquired: acquired[i], trained: trained[i] }));
}

function phaseTable(phases: readonly Phases[], method: string): StudyTable {
  const row = (kind: string, phase: string, energy: Energy | null) => [
    kind,
    phase,
    energy?.joules ?? null,
    energy ? energy.joules / 3600 : null,
    energy ? energy.joules / energy.seconds : null,
    energy?.seconds ?? null,
    energy ? 1000 * energy.co2G : null,
  ];
  return {
    id: "phases",
    of: null,
    title: "Energy of data acquisition, training and evaluation",
    columns: [
      { title: "world", unit: "" },
      { title: "phase", unit: "" },
      { title: "energy", unit: "J", digits: 2 },
      { title: "energy", unit: "Wh", digits: 5 },
      { title: "mean power", unit: "W", digits: 1 },
      { title: "time", unit: "s", digits: 2 },
      { title: "CO₂", unit: "mg", digits: 2 },
    ],
    rows: phases.flatMap(({ kind, acquired, trained }) => [
      row(kind, "acquisition", acquired.acquisition),
      row(kind, "training", trained.training),
      row(kind, "evaluation", trained.evaluation),
    ]),
    note: `Acquisition: simulation, reports, windows and labels. ${phases.map(({ kind, trained: { rows, unseen } }) => `${kind}: ${rows} windows to learn from, ${unseen} to evaluate`).join("; ")}. ${method}`,
  };
}

/** What the paper picks, trained on the data of the search. */
async function paperPick(lab: Lab, tuned: Tuned): Promise<Choice> {
  const { hidden, batch, rate } = PAPER_PICK;
  const epochs = lab.quick ? PAPER_PICK.epochs / 10 : PAPER_PICK.epochs;
  const ask = tuneAsk(lab, "terrestrial", [hidden, batch, rate]);
  const asks = [{ ...ask, hyper: { ...ask.hyper, epochs }, marks: [] }];
  const [{ marks }] = await lab.run("trainC", asks, { title: PICK, alone: true });
  const { accuracy, joules } = marks[marks.length - 1];
  const { alpha, beta } = PAPER_WEIGHTS;
  const score = alpha * accuracy - (beta * joules!) / tuned.unitJ;
  return { hidden, batch, rate, epochs, accuracy, joules: joules!, score };
}

function notesOf(lab: Lab, phases: readonly Phases[]): string[] {
  const { window, world } = sizesOf(lab);
  const seconds = (steps: number) => `${(steps * world.periodS).toFixed(1)} s`;
  return [
    ...phases.map(({ kind, acquired, trained }) => {
      const { accuracy } = trained.marks[trained.marks.length - 1];
      const better =
        accuracy > trained.persistence ? "" : ": it has learnt from too few windows to do better";
      return `${kind}: ${acquired.about}. Staying with the strongest cell is right for ${(100 * trained.persistence).toFixed(1)} % of the windows of unseen UEs, the network for ${(100 * accuracy).toFixed(1)} %${better}. The best cell of all is among the classes for ${(100 * trained.covered).toFixed(1)} %.`;
    }),
    `Windows of ${window.steps} reports (${seconds(window.steps)}), one every ${world.periodS} s with an error of 0.5 dB; the label is the cell with the best RSRP ${seconds(window.ahead)} after the window's end, without the error.`,
    "UEs, not windows, are split between learning and testing: no window of a test UE shares a report with one that was learnt from.",
    "Energies are measured and differ from run to run; accuracies do not. Of a training that is repeated after an interruption the kept figures stand.",
    "The paper gives neither its data, window, horizon nor optimiser; its absolute figures cannot be compared, only their course.",
  ];
}
