import { existsSync } from "node:fs";
import {
  CLASSIFIER_MODELS,
  FORECASTER_MODELS,
  type ClassifierModel,
  type ForecasterModel,
  type StudyAsk,
} from "../../../shared/study.ts";
import { BadInput } from "../../../shared/errors.ts";
import { Arguments } from "./arguments.ts";
import { prepareFolder, writePictures } from "./paper.ts";
import { study, tell, type StudyOptions } from "./study.ts";
import type { World } from "./world.ts";

interface Kept extends StudyOptions {
  name?: string;
  output?: string;
}

export interface TrainOptions extends Kept {
  model?: string;
  label: string;
  testShare: string;
  folds: string;
  without?: string;
}

const SEQUENCES = ["lstm", "bilstm"] as const;

/** Trains a classifier on a run's data set or a CSV; a sequence model forecasts the run's SINR instead. */
export async function train(world: World, source: string, options: TrainOptions): Promise<number> {
  const given = new Arguments();
  const model = given.oneOf("--model", options.model, [...CLASSIFIER_MODELS, ...SEQUENCES]);
  const sequence = (SEQUENCES as readonly string[]).includes(model);
  if (sequence && isTable(source)) {
    const reason = `${model} forecasts what UEs of a run measured, and "${source}" is a file`;
    throw new BadInput([{ field: "dataset", reason, remedy: "Name a run, or choose a classifier" }]);
  }
  if (sequence) return forecast(world, source, { ...options, model, window: "9", horizon: "3", ues: "200" });
  const testShare = given.number("--test-share", options.testShare, 0.05, 0.95) ?? 0.2;
  const folds = given.whole("--folds", options.folds, 0, 20) ?? 0;
  if (folds === 1) given.refuse("--folds", "1 fold holds nothing back", "Give 0 for none, or 2 … 20");
  const table = isTable(source) ? given.file("dataset", source) : null;
  const ask: StudyAsk = {
    kind: "train",
    data: table ? { table, label: options.label } : { run: source },
    model: model as ClassifierModel,
    name: options.name ?? null,
    testShare,
    folds,
    without: options.without?.split(",").map((key) => key.trim()) ?? [],
  };
  return done(world, given, ask, options);
}

const isTable = (source: string) => existsSync(source) || /\.csv$/i.test(source);

export interface ForecastOptions extends Kept {
  model?: string;
  window: string;
  horizon: string;
  ues: string;
}

/** Forecasts the SINR of a run's UEs. */
export async function forecast(world: World, run: string, options: ForecastOptions): Promise<number> {
  const given = new Arguments();
  const model = given.oneOf<ForecasterModel>("--model", options.model, FORECASTER_MODELS);
  const window = given.whole("--window", options.window, 1, 100) ?? 9;
  const horizon = given.whole("--horizon", options.horizon, 1, 20) ?? 3;
  const ues = given.whole("--ues", options.ues, 5, 5000) ?? 200;
  const ask: StudyAsk = { kind: "forecast", run, model, name: options.name ?? null, window, horizon, ues };
  return done(world, given, ask, options);
}

export interface TuneOptions extends Kept {
  world: string;
  alpha: string;
  beta: string;
}

/** Searches hyper-parameters for accuracy against energy. */
export async function tune(world: World, options: TuneOptions): Promise<number> {
  const given = new Arguments();
  const alpha = given.number("--alpha", options.alpha, 0, 1) ?? 0.5;
  const beta = given.number("--beta", options.beta, 0, 1) ?? 0.5;
  const where = given.oneOf("--world", options.world, ["terrestrial", "satellite"] as const);
  return done(world, given, { kind: "tune", world: where, alpha, beta }, options);
}

async function done(world: World, given: Arguments, ask: StudyAsk, options: Kept): Promise<number> {
  given.name("--name", options.name);
  prepareFolder(given, options.output);
  const report = await study(world, given, ask, options);
  if (options.output !== undefined) writePictures(world, report, options.output);
  return tell(world, report, options);
}
