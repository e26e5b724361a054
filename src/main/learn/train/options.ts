import { BadInput, type Problem } from "../../../shared/errors.ts";
import type { Epoch } from "./checkpoint.ts";
import { networkProblems, planNetwork, type Network, type Plan } from "./network.ts";
import { MOST_WEIGHTS, type Optimiser } from "./optimiser.ts";
import { fingerprint, sampleProblems, type Samples } from "./samples.ts";

export type Data = Samples & { validation?: Samples };

/** Learning rate by epoch: the same, times `factor` after every `every` epochs, or half a cosine down to 0. */
export type Schedule =
  | { kind: "constant" }
  | { kind: "step"; every: number; factor: number }
  | { kind: "cosine" };

export interface Progress extends Epoch {
  /** epochs done, of `epochs` */
  epoch: number;
  epochs: number;
  seconds: number;
  /** seconds left, at the pace so far */
  etaS: number;
  /** bytes that `resume` takes, as of this epoch: to be called at once */
  checkpoint(): Uint8Array<ArrayBuffer>;
}

export interface Options {
  seed: number;
  epochs: number;
  batch: number;
  optimiser: Optimiser;
  /** s from any start */
  clock: () => number;
  schedule?: Schedule;
  /** greatest Euclidean norm of a batch's gradient */
  clipNorm?: number;
  /** ends after so many epochs without a lower validation loss, and keeps the weights of the lowest */
  patience?: number;
  /** asked before every step, and within long ones; true ends the training with `Cancelled` */
  shouldStop?: () => boolean;
  onEpoch?: (progress: Progress) => void;
  /** weights to begin with, in the order of `planNetwork`; drawn from the seed where not given */
  initial?: Float32Array;
  resume?: Uint8Array;
  threads?: number;
}

/** Share of the full rate that an epoch (from 0) learns at. */
export function rateFactor({ schedule, epochs }: Options, epoch: number): number {
  if (schedule?.kind === "step") return schedule.factor ** Math.floor(epoch / schedule.every);
  if (schedule?.kind === "cosine") return (1 + Math.cos((Math.PI * epoch) / epochs)) / 2;
  return 1;
}

/** What a checkpoint must agree with. */
export function settingsOf(network: Network, data: Data, options: Options) {
  const { seed, epochs, batch, optimiser, schedule, clipNorm, patience, initial } = options;
  const prints = [data, data.validation].map((samples) => samples && fingerprint(samples.x, samples.y));
  const start = initial && fingerprint(initial);
  return { network, prints, start, seed, epochs, batch, optimiser, schedule, clipNorm, patience };
}

/** The plan of a network, where everything about the training is right. */
export function checked(network: Network, data: Data, options: Options): Plan {
  const problems: Problem[] = networkProblems(network);
  const need = (field: string, right: boolean, reason: string, remedy: string) => {
    if (!right) problems.push({ field: `options.${field}`, reason, remedy });
  };
  const { epochs, batch, patience, clipNorm, threads, optimiser, schedule, initial } = options;
  const whole = (value: number) => Number.isInteger(value) && value > 0;
  need("epochs", whole(epochs), `${epochs} epochs`, "Give a whole number from 1 up");
  need("batch", whole(batch), `${batch} rows in a batch`, "Give a whole number from 1 up");
  need(
    "threads",
    threads === undefined || whole(threads),
    `${threads} threads`,
    "Give a whole number from 1 up",
  );
  need("clipNorm", clipNorm === undefined || clipNorm > 0, `${clipNorm}`, "Give a positive norm");
  need("patience", patience === undefined || whole(patience), `${patience}`, "Give a whole number from 1 up");
  need("patience", !patience || !!data.validation, "there are no validation rows", "Give data.validation");
  need("optimiser.rate", optimiser.rate > 0, `${optimiser.rate}`, "Give a positive rate");
  if (optimiser.kind === "adam") {
    need("optimiser.epsilon", optimiser.epsilon > 0, `${optimiser.epsilon}`, "Give a small positive number");
    for (const name of ["beta1", "beta2"] as const)
      need(
        `optimiser.${name}`,
        optimiser[name] >= 0 && optimiser[name] < 1,
        `${optimiser[name]}`,
        "Give 0 ≤ β < 1",
      );
  }
  if (schedule?.kind === "step")
    need(
      "schedule.every",
      whole(schedule.every),
      `${schedule.every} epochs`,
      "Give a whole number from 1 up",
    );
  if (problems.length > 0) throw new BadInput(problems);
  const plan = planNetwork(network);
  if (plan.size > MOST_WEIGHTS)
    problems.push({
      field: "network.layers",
      reason: `${plan.size} weights`,
      remedy: `Give layers of up to ${MOST_WEIGHTS} weights together`,
    });
  problems.push(...sampleProblems(plan, data, "data"));
  need(
    "initial",
    initial === undefined || initial.length === plan.size,
    `${initial?.length} weights, not ${plan.size}`,
    "Give the weights of the same network",
  );
  if (data.validation) problems.push(...sampleProblems(plan, data.validation, "data.validation"));
  if (problems.length > 0) throw new BadInput(problems);
  return plan;
}
