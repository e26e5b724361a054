import { BadInput } from "../../../shared/errors.ts";
import { Random } from "../../math/random.ts";
import { readCheckpoint, writeCheckpoint, type Epoch, type State } from "./checkpoint.ts";
import { inferenceGraph } from "./export.ts";
import { scoreRows } from "./loss.ts";
import { initialWeights, outputWidth, rowsOfCall, type Network, type Plan } from "./network.ts";
import { checked, rateFactor, settingsOf, type Data, type Options, type Progress } from "./options.ts";
import { fillBatch, type Samples } from "./samples.ts";
import { openEvaluator, openStepper, type Evaluator, type Stepper } from "./stepper.ts";

export interface TrainedNetwork {
  /** all weights as one vector, in the order of `planNetwork` */
  weights: Float32Array<ArrayBuffer>;
  onnx: Uint8Array<ArrayBuffer>;
  history: Epoch[];
  checkpoint: Uint8Array<ArrayBuffer>;
  seconds: number;
}

/** Rows of one evaluation, which is done in pieces as well. */
const LEAST_ROWS = 64;
const MOST_ROWS = 256;
/** Up to so many units in its widest LSTM layer a network is trained on one thread, which is faster there. */
const ONE_THREAD_UNITS = 64;

/** Trains a network. The same seed, data and options give the same bytes, whether interrupted or not. */
export async function trainNetwork(network: Network, data: Data, options: Options): Promise<TrainedNetwork> {
  const plan = checked(network, data, options);
  const settings = JSON.stringify(settingsOf(network, data, options));
  const threads = options.threads ?? defaultThreads(network);
  const batch = Math.min(options.batch, data.rows);
  const stepper = await openStepper(plan, options.optimiser, { ...options, batch, threads });
  const [weights] = stepper.vectors;
  const rows = rowsOfCall(plan, LEAST_ROWS, MOST_ROWS);
  const evaluator = data.validation && (await openEvaluator(plan, weights, rows, threads));
  try {
    const best = options.patience ? [new Float32Array(plan.size)] : [];
    const vectors = [...stepper.vectors, ...best];
    const fresh: State = { history: [], step: 0, seconds: 0, bestEpoch: -1, vectors };
    const state = options.resume ? readCheckpoint(options.resume, settings, fresh) : fresh;
    if (!options.resume)
      weights.set(options.initial ?? initialWeights(plan, options.seed, options.shouldStop));
    const training = { plan, data, options, state, stepper, evaluator };
    const bytes = () => writeCheckpoint(settings, state);
    while (!finished(state, options)) {
      const began = options.clock();
      // oxlint-disable-next-line no-await-in-loop
      const epoch = await runEpoch(training);
      state.history.push(epoch);
      keepBest(state, weights, best);
      state.seconds += options.clock() - began;
      report(state, options, bytes);
    }
    const final = best[0] ?? weights.slice();
    const { history, seconds } = state;
    return { weights: final, onnx: inferenceGraph(plan, final), history, checkpoint: bytes(), seconds };
  } finally {
    await stepper.close();
    await evaluator?.close();
  }
}

interface Training {
  plan: Plan;
  data: Data;
  options: Options;
  state: State;
  stepper: Stepper;
  evaluator?: Evaluator;
}

/** Every row once, in a new order. */
async function runEpoch({ plan, data, options, state, stepper, evaluator }: Training): Promise<Epoch> {
  const { seed, batch, optimiser } = options;
  const width = outputWidth(plan);
  const epoch = state.history.length;
  const order = new Random(seed, "network-batches").at(epoch).permutation(data.rows);
  const dropout = new Random(seed, "network-dropout");
  const rate = optimiser.rate * rateFactor(options, epoch);
  let loss = 0;
  let right = 0;
  for (let from = 0; from < data.rows; from += batch) {
    const to = Math.min(from + batch, data.rows);
    fillBatch(stepper.batch, plan, data, order, from, to);
    // oxlint-disable-next-line no-await-in-loop
    loss += (to - from) * (await stepper.step(rate, ++state.step, dropout, options.shouldStop));
    if (!evaluator)
      right += scoreRows(plan.network.loss, stepper.output, stepper.batch.y, to - from, width).right;
  }
  if (!Number.isFinite(loss)) throw diverged(epoch);
  const seen = evaluator
    ? await evaluate(plan, data.validation!, evaluator, options)
    : { loss: null, right: right / data.rows };
  const accuracy = plan.network.loss === "mse" ? null : seen.right;
  return { loss: loss / data.rows, validationLoss: seen.loss, accuracy };
}

/** Mean loss and share of right answers. */
async function evaluate(
  plan: Plan,
  samples: Samples,
  { batch, output, run }: Evaluator,
  { shouldStop }: Options,
): Promise<{ loss: number; right: number }> {
  const order = Uint32Array.from({ length: samples.rows }, (_, i) => i);
  const sum = { loss: 0, right: 0 };
  for (let from = 0; from < samples.rows; from += batch.rows) {
    const to = Math.min(from + batch.rows, samples.rows);
    fillBatch(batch, plan, samples, order, from, to);
    // oxlint-disable-next-line no-await-in-loop
    await run(shouldStop);
    const part = scoreRows(plan.network.loss, output, batch.y, to - from, outputWidth(plan));
    sum.loss += part.loss;
    sum.right += part.right;
  }
  return { loss: sum.loss / samples.rows, right: sum.right / samples.rows };
}

function finished({ history, bestEpoch }: State, { epochs, patience }: Options): boolean {
  return history.length >= epochs || (!!patience && history.length - 1 - bestEpoch >= patience);
}

function keepBest(state: State, weights: Float32Array, [best]: Float32Array[]): void {
  const { history, bestEpoch } = state;
  const loss = history[history.length - 1].validationLoss;
  if (loss === null || (bestEpoch >= 0 && loss >= history[bestEpoch].validationLoss!)) return;
  state.bestEpoch = history.length - 1;
  best?.set(weights);
}

function report(
  { history, seconds }: State,
  { epochs, onEpoch }: Options,
  checkpoint: Progress["checkpoint"],
): void {
  const epoch = history.length;
  const etaS = (seconds / epoch) * (epochs - epoch);
  onEpoch?.({ ...history[epoch - 1], epoch, epochs, seconds, etaS, checkpoint });
}

function defaultThreads({ layers }: Network): number {
  const widest = Math.max(0, ...layers.map((layer) => (layer.kind === "lstm" ? layer.units : 0)));
  return widest > ONE_THREAD_UNITS ? 2 : 1;
}

const diverged = (epoch: number) =>
  new BadInput([
    {
      field: "options.optimiser.rate",
      reason: `the loss became infinite in epoch ${epoch + 1}`,
      remedy: "Give a lower rate, a clipNorm, or inputs of a smaller range",
    },
  ]);
