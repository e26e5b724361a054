import { spent, type Bench } from "../bench.ts";
import type { Energy } from "../../../shared/study.ts";
import { learn, networkOf, type Hyper, type Mark } from "./classifier.ts";
import { drive, type Driven } from "./drive.ts";
import { satelliteWorld } from "./satellite.ts";
import type { WorldAsk } from "./settings.ts";
import { terrestrialWorld } from "./terrestrial.ts";
import { splitUes, windowsOf, type WindowSettings } from "./windows.ts";
import type { World } from "./world.ts";

/** Everything that a training is of. */
export interface TrainAsk {
  world: WorldAsk;
  window: WindowSettings;
  stride: number;
  /** share of the UEs to learn from */
  share: number;
  hyper: Hyper;
  /** of initial weights and the order of batches */
  seed: number;
  /** epochs at which accuracy and energy are wanted too */
  marks?: number[];
}

export interface TrainAnswer {
  rows: number;
  unseen: number;
  persistence: number;
  covered: number;
  marks: Mark[];
  training: Energy | null;
  evaluation: Energy | null;
}

export interface AcquireAnswer {
  rows: number;
  about: string;
  acquisition: Energy | null;
}

function build({ kind, seed, ues, seconds, periodS }: WorldAsk): World {
  const make = kind === "terrestrial" ? terrestrialWorld : satelliteWorld;
  return make(seed, ues, seconds, periodS);
}

const worldOf = (ask: WorldAsk, bench: Bench) =>
  bench.memo(`paper-c world ${JSON.stringify(ask)}`, () => build(ask));

function dataOf({ world: ask, window, stride, share }: TrainAsk, bench: Bench) {
  const world = worldOf(ask, bench);
  const key = `paper-c windows ${JSON.stringify([ask, window, stride, share])}`;
  return bench.memo(key, () => {
    const { train, test } = splitUes(world.ues, share, ask.seed);
    return {
      classes: world.classes,
      unseen: test,
      train: windowsOf(world, train, window, stride),
      test: windowsOf(world, test, window, stride),
    };
  });
}

const labelOf = ({ hyper: { hidden, batch, rate } }: TrainAsk) =>
  `LSTM, hidden ${hidden}, batch ${batch}, rate ${rate}`;

export const paperCTrials = {
  /** Data acquisition by itself: the simulation, its reports, windows and labels. */
  acquireC: async (
    ask: { world: WorldAsk; window: WindowSettings; stride: number },
    bench: Bench,
  ): Promise<AcquireAnswer> => {
    const before = bench.energy();
    const world = build(ask.world);
    const ues = Uint32Array.from({ length: world.ues }, (_, ue) => ue);
    const { rows } = windowsOf(world, ues, ask.window, ask.stride);
    return { rows, about: world.about, acquisition: spent(before, bench.energy()) };
  },

  trainC: async (ask: TrainAsk, bench: Bench): Promise<TrainAnswer> => {
    const { classes, train, test } = dataOf(ask, bench);
    const { window, hyper, seed, marks } = ask;
    const network = networkOf(window, classes, hyper.hidden);
    const options = { seed, epochs: marks, label: labelOf(ask) };
    const learned = await learn(network, train, test, hyper, options, bench);
    return {
      rows: train.rows,
      unseen: test.rows,
      persistence: test.persistence,
      covered: test.covered,
      marks: learned.marks,
      training: learned.training,
      evaluation: learned.evaluation,
    };
  },

  /** Trains, then lets the unseen UEs drive under each way to decide. */
  driveC: async (
    ask: TrainAsk,
    bench: Bench,
  ): Promise<Driven & { accuracy: number; persistence: number }> => {
    const { classes, train, test, unseen } = dataOf(ask, bench);
    const network = networkOf(ask.window, classes, ask.hyper.hidden);
    const options = { seed: ask.seed, label: labelOf(ask), threads: 1 };
    const { onnx, marks } = await learn(network, train, test, ask.hyper, options, bench);
    const world = worldOf(ask.world, bench);
    const driven = await drive(world, unseen, ask.window, network, onnx, bench.shouldStop);
    return { ...driven, accuracy: marks[marks.length - 1].accuracy, persistence: test.persistence };
  },
};
