/**
 * Training beside PyTorch: same samples, same first weights, same order of batches, no dropout, on one thread and on two. Prints the
 * quickest epoch of both, the processor time of the whole (which neighbours on the machine change least), and the error or accuracy
 * that both reach on rows kept apart; then memory over fifty trainings in a row. Prints figures; never fails. Run through
 * `npm run bench`; `train.bench.ts lstm-64 memory` runs those parts only.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  initialWeights,
  outputWidth,
  planNetwork,
  type Network,
} from "../../src/main/learn/train/network.ts";
import { predictNetwork } from "../../src/main/learn/train/predict.ts";
import type { Samples } from "../../src/main/learn/train/samples.ts";
import { trainNetwork } from "../../src/main/learn/train/train.ts";
import { Random } from "../../src/main/math/random.ts";

const CELLS = 24;
const AHEAD = 5;
const SEED = 1;
const ADAM = { kind: "adam", rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

interface Run {
  name: string;
  network: Network;
  rows: number;
  batch: number;
  epochs: number;
}

/** Which of the cells is best some steps on (one LSTM), and the level of the first one (two bidirectional ones). */
function sequenceRuns(units: number, rows: number, epochs: number): Run[] {
  const input = { steps: 9, features: CELLS };
  const lstm = (bidirectional: boolean, sequences: boolean) =>
    ({ kind: "lstm", units, bidirectional, sequences }) as const;
  const dense = (width: number, activation: "linear" | "relu") =>
    ({ kind: "dense", units: width, activation }) as const;
  return [
    {
      name: `lstm-${units}`,
      network: { input, layers: [lstm(false, false), dense(CELLS, "linear")], loss: "cross-entropy" },
      rows,
      batch: 50,
      epochs,
    },
    {
      name: `bilstm-${units}`,
      network: {
        input,
        layers: [lstm(true, true), lstm(true, false), dense(32, "relu"), dense(AHEAD, "linear")],
        loss: "mse",
      },
      rows: Math.ceil(rows / 2),
      batch: 64,
      epochs,
    },
  ];
}

const RUNS: Run[] = [
  {
    name: "dense-17-64-32-1",
    network: {
      input: { steps: 1, features: 17 },
      layers: [
        { kind: "dense", units: 64, activation: "relu" },
        { kind: "dense", units: 32, activation: "relu" },
        { kind: "dense", units: 1, activation: "linear" },
      ],
      loss: "bce",
    },
    rows: 4000,
    batch: 32,
    epochs: 12,
  },
  ...sequenceRuns(64, 1000, 12),
  ...sequenceRuns(256, 250, 12),
  ...sequenceRuns(1024, 100, 5),
];

/** Levels of the cells that wander and return, [instant × cell]. */
function wander(instants: number): Float32Array {
  const random = new Random(SEED, "wander");
  const levels = new Float32Array(instants * CELLS);
  for (let i = CELLS; i < levels.length; i++) levels[i] = 0.97 * levels[i - CELLS] + 0.25 * random.normal();
  return levels;
}

/** Rows from..from + rows: windows of the levels, or points on either side of a curved border. */
function samplesOf({ network }: Run, from: number, rows: number): Samples {
  const { steps, features } = network.input;
  const width = outputWidth(planNetwork(network));
  const x = new Float32Array(rows * steps * features);
  const random = new Random(SEED, "points");
  if (network.loss === "bce") {
    const y = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      random.at(from + row);
      const point = x.subarray(row * features, (row + 1) * features);
      for (let i = 0; i < features; i++) point[i] = random.normal();
      y[row] = point[0] * point[1] + point[2] > 0.3 * random.normal() ? 1 : 0;
    }
    return { x, y, rows };
  }
  const levels = wander(from + rows + steps + AHEAD);
  const classes = network.loss === "cross-entropy";
  const y = classes ? new Int32Array(rows) : new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = (from + row) * CELLS;
    x.set(levels.subarray(start, start + steps * CELLS), row * steps * CELLS);
    const next = start + steps * CELLS;
    const then = levels.subarray(next + (AHEAD - 1) * CELLS, next + AHEAD * CELLS);
    if (classes) y[row] = then.indexOf(Math.max(...then));
    else for (let i = 0; i < width; i++) y[row * width + i] = levels[next + i * CELLS];
  }
  return { x, y, rows };
}

/** Root of the mean square error, or per cent of right answers, of a trained network on rows kept apart. */
async function figure({ network }: Run, onnx: Uint8Array, { x, y, rows }: Samples): Promise<number> {
  const width = outputWidth(planNetwork(network));
  const out = await predictNetwork(network, onnx, x, rows);
  if (network.loss === "mse")
    return Math.sqrt(out.reduce((sum, z, i) => sum + (z - y[i]) ** 2, 0) / out.length);
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const part = out.subarray(row * width, (row + 1) * width);
    const answer = width === 1 ? Number(part[0] > 0.5) : part.indexOf(Math.max(...part));
    if (answer === y[row]) right++;
  }
  return (100 * right) / rows;
}

/** Writes what the peer reads and returns what it answers, or why it does not. */
function peer(run: Run, data: Samples, test: Samples, threads: number): Result | string {
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-train-"));
  try {
    const plan = planNetwork(run.network);
    const order = Array.from({ length: run.epochs }, (_, epoch) =>
      new Random(SEED, "network-batches").at(epoch).permutation(run.rows),
    );
    const files = { x: data.x, y: data.y, testX: test.x, testY: test.y, weights: initialWeights(plan, SEED) };
    for (const [name, values] of Object.entries(files))
      writeFileSync(join(folder, name), new Uint8Array(values.buffer));
    writeFileSync(join(folder, "order"), Buffer.concat(order.map(({ buffer }) => Buffer.from(buffer))));
    const { network, batch, epochs, rows } = run;
    const ask = {
      network,
      parameters: plan.parameters,
      batch,
      epochs,
      rows,
      testRows: test.rows,
      adam: ADAM,
      threads,
    };
    writeFileSync(join(folder, "ask.json"), JSON.stringify(ask));
    const script = join(import.meta.dirname, "peers/train_peer.py");
    const answer = spawnSync("/usr/bin/python3", [script, folder], {
      encoding: "utf8",
      // threads that wait actively lose their turn to one another where cores are shared
      env: { ...process.env, OMP_WAIT_POLICY: "PASSIVE" },
    });
    if (answer.status !== 0) return answer.error?.message ?? answer.stderr.trim().split("\n").at(-1)!;
    return JSON.parse(answer.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Quickest epoch (s), processor time of a whole training (s), and what the network is worth afterwards. */
interface Result {
  seconds: number[];
  cpuS: number;
  figure: number;
}

async function own(run: Run, data: Samples, test: Samples, threads: number): Promise<Result> {
  const seconds: number[] = [];
  let last = 0;
  const began = process.cpuUsage();
  const { onnx } = await trainNetwork(run.network, data, {
    seed: SEED,
    epochs: run.epochs,
    batch: run.batch,
    optimiser: ADAM,
    threads,
    clock: () => performance.now() / 1000,
    onEpoch: (progress) => {
      seconds.push(progress.seconds - last);
      last = progress.seconds;
    },
  });
  const { user, system } = process.cpuUsage(began);
  return { seconds, cpuS: (user + system) / 1e6, figure: await figure(run, onnx, test) };
}

async function compare(run: Run): Promise<void> {
  const data = samplesOf(run, 0, run.rows);
  const test = samplesOf(run, run.rows, 500);
  const steps = Math.ceil(run.rows / run.batch);
  const stepMs = ({ seconds }: Result) => (1000 * Math.min(...seconds)) / steps;
  const cpuMs = ({ cpuS }: Result) => (1000 * cpuS) / steps / run.epochs;
  const unit = run.network.loss === "mse" ? "RMSE" : "% right";
  const text = (one: Result) =>
    `${stepMs(one).toFixed(2)} ms a step (processor ${cpuMs(one).toFixed(2)}), ${one.figure.toFixed(4)} ${unit}`;
  for (const threads of [1, 2]) {
    // oxlint-disable-next-line no-await-in-loop
    const ours = await own(run, data, test, threads);
    const theirs = peer(run, data, test, threads);
    const title = `${run.name}, threads ${threads}: ${text(ours)}`;
    if (typeof theirs === "string") console.log(`${title}; no peer: ${theirs}`);
    else {
      const ratio = (stepMs(theirs) / stepMs(ours)).toFixed(2);
      const cpuRatio = (cpuMs(theirs) / cpuMs(ours)).toFixed(2);
      console.log(`${title}; PyTorch ${text(theirs)}: ours ${ratio}× as fast (processor ${cpuRatio}×)`);
    }
  }
}

async function memory(): Promise<void> {
  const run = sequenceRuns(256, 200, 1)[1];
  const data = samplesOf(run, 0, run.rows);
  const clock = () => performance.now() / 1000;
  const sizes: string[] = [];
  for (let i = 1; i <= 50; i++) {
    // oxlint-disable-next-line no-await-in-loop
    await trainNetwork(run.network, data, { seed: i, epochs: 1, batch: run.batch, optimiser: ADAM, clock });
    if (i % 10 === 0) sizes.push(`${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB after ${i}`);
  }
  console.log(`resident memory over trainings of bilstm-256: ${sizes.join(", ")}`);
}

const asked = process.argv.slice(2);
for (const run of RUNS)
  if (asked.length === 0 || asked.includes(run.name))
    // oxlint-disable-next-line no-await-in-loop
    await compare(run);
if (asked.length === 0 || asked.includes("memory")) await memory();
