import { MODELS, type ModelName } from "../../learn/classifier.ts";
import type { Classified } from "../classify.ts";
import type { Answer, Lab } from "../lab.ts";
import { LABELS, PAPER_ABLATIONS, type LabelKind, type Population } from "./data.ts";
import type { PaperAModelAsk } from "./trials.ts";

/** All answers that the findings are written from. */
export interface Found {
  lab: Lab;
  population: Population;
  trace: Answer<"paper-a trace">;
  clusters: Answer<"paper-a clusters">;
  /** of the paper's second, smaller data set */
  second: Answer<"paper-a clusters">;
  groups: (Answer<"paper-a groups"> & { most: number })[];
  models: { label: LabelKind; ablation: string; model: ModelName; answer: Classified }[];
  /** the same UEs with shadow fading, label "near the edge" */
  shadowed: { ablation: string; model: ModelName; answer: Classified }[];
  /** [model][fold] */
  folds: { model: ModelName; held: Answer<"paper-a fold">[] }[];
}

const UES = 62_908;
const SECOND = 49_000;
const QUICK = 10;
const EPOCHS = 75;
const GROUPS = [64, 256, 1024];

const STAGES = {
  simulate: "Simulating 120 s, clustering",
  models: "Training and testing the classifiers",
  shadowed: "The same UEs with shadow fading",
  folds: "Cross-validation",
};

/** Asks for every trial; seconds are those of two cores. */
export async function findAll(lab: Lab): Promise<Found> {
  const { seed, quick } = lab;
  const share = quick ? QUICK : 1;
  const population = { ues: Math.round(UES / share), seed, shadowed: false };
  const other = { ...population, ues: Math.round(SECOND / share) };
  const folds = quick ? 3 : 5;
  lab.plan([
    { title: STAGES.simulate, seconds: quick ? 2 : 14 },
    { title: STAGES.models, seconds: quick ? 3 : 12 },
    { title: STAGES.shadowed, seconds: quick ? 2 : 10 },
    { title: STAGES.folds, seconds: quick ? 1 : 9 },
  ]);
  const simulate = { title: STAGES.simulate };
  const [clusters, second] = await lab.run("paper-a clusters", [population, other], simulate);
  const [trace] = await lab.run("paper-a trace", [population], simulate);
  const groupAsks = GROUPS.map((most) => ({ ...population, most: Math.round(most / share) }));
  const groups = await lab.run("paper-a groups", groupAsks, simulate);
  const asks = modelAsks(population);
  const answers = await lab.run("paper-a model", asks, { title: STAGES.models });
  const shadowedAsks = SHADOWED.flatMap((model) =>
    PAPER_ABLATIONS.map(({ key }) => modelAsk({ ...population, shadowed: true }, "distance", key, model)),
  );
  const shadowed = await lab.run("paper-a model", shadowedAsks, { title: STAGES.shadowed });
  const foldAsks = MODELS.flatMap((model) =>
    Array.from({ length: folds }, (_, held) => ({
      ...modelAsk(population, "distance", "none", model),
      full: false,
      folds,
      held,
    })),
  );
  const held = await lab.run("paper-a fold", foldAsks, { title: STAGES.folds });
  return {
    lab,
    population,
    trace,
    clusters,
    second,
    groups: groups.map((group, i) => ({ ...group, most: groupAsks[i].most })),
    shadowed: shadowedAsks.map(({ ablation, model }, i) => ({ ablation, model, answer: shadowed[i] })),
    models: asks.map(({ label, ablation, model }, i) => ({ label, ablation, model, answer: answers[i] })),
    folds: MODELS.map((model, m) => ({ model, held: held.slice(m * folds, (m + 1) * folds) })),
  };
}

/** Longest first within a label, so that threads end together and a thread needs few data sets at a time. */
const BY_COST: readonly ModelName[] = ["ann", "svm", "boosted", "forest", "logistic", "bayes"];

const SHADOWED: readonly ModelName[] = ["ann", "forest", "boosted", "logistic"];

const modelAsk = (
  population: Population,
  label: LabelKind,
  ablation: string,
  model: ModelName,
): PaperAModelAsk => ({
  ...population,
  label,
  ablation,
  model,
  annEpochs: EPOCHS,
  full: ablation === "none" && !population.shadowed,
});

const modelAsks = (population: Population): PaperAModelAsk[] =>
  LABELS.flatMap((label) =>
    PAPER_ABLATIONS.flatMap(({ key }) => BY_COST.map((model) => modelAsk(population, label, key, model))),
  );

/** Answers in the order of the paper's tables, then those it does not have. */
export const modelsOf = (found: Found, label: LabelKind, ablation: string) =>
  MODELS.map((model) =>
    found.models.find((m) => m.label === label && m.ablation === ablation && m.model === model)!,
  );

export const answerOf = (found: Found, model: ModelName) =>
  modelsOf(found, "distance", "none").find((m) => m.model === model)!.answer;
