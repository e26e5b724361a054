/**
 * Training beside PyTorch: same samples, same first weights, same order of batches, no dropout. Both take turns, three
 * rounds: ours with the threads that it chooses itself, PyTorch on one thread and on two, of which the faster counts.
 * Prints the median step (the first epoch of each turn, which fetches memory, left out), the processor time of a step,
 * the memory that the program held, and the error or accuracy that both reach on rows kept apart; then memory over fifty
 * trainings in a row. Prints figures; never fails. Run through `npm run bench`; `train.bench.ts lstm-64 memory` runs
 * those parts only.
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
      // whole batches on both sides: ours fills up the last one, PyTorch's is shorter
      rows: Math.ceil(rows / 128) * 64,
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
    epochs: 6,
  },
  ...sequenceRuns(64, 1000, 6),
  ...sequenceRuns(256, 250, 6),
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
      env: { ...process.env, OMP_WAIT_POLICY: "PASSIVE", OPENBLAS_NUM_THREADS: `${threads}` },
    });
    if (answer.status !== 0) return answer.error?.message ?? answer.stderr.trim().split("\n").at(-1)!;
    return JSON.parse(answer.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Seconds of every epoch, processor seconds of all but the first, memory, and what the network is worth afterwards. */
interface Result {
  seconds: number[];
  cpuS: number;
  /** resident at the end of the last epoch */
  memoryMiB: number;
  figure: number;
}

async function own(run: Run, data: Samples, test: Samples): Promise<Result> {
  const seconds: number[] = [];
  let last = 0;
  let began = process.cpuUsage();
  let used = began;
  let memoryMiB = 0;
  const { onnx } = await trainNetwork(run.network, data, {
    seed: SEED,
    epochs: run.epochs,
    batch: run.batch,
    optimiser: ADAM,
    clock: () => performance.now() / 1000,
    onEpoch: ({ epoch, seconds: sum }) => {
      seconds.push(sum - last);
      last = sum;
      if (epoch === 1) began = process.cpuUsage();
      used = process.cpuUsage(began);
      memoryMiB = process.memoryUsage().rss / 2 ** 20;
    },
  });
  return { seconds, cpuS: (used.user + used.system) / 1e6, memoryMiB, figure: await figure(run, onnx, test) };
}

const ROUNDS = 3;

async function compare(run: Run): Promise<void> {
  const data = samplesOf(run, 0, run.rows);
  const test = samplesOf(run, run.rows, 500);
  const rivals: { name: string; results: Result[]; turn: () => Promise<Result> | Result | string }[] = [
    { name: "ours", results: [], turn: () => own(run, data, test) },
    { name: "PyTorch, 1 thread", results: [], turn: () => peer(run, data, test, 1) },
    { name: "PyTorch, 2 threads", results: [], turn: () => peer(run, data, test, 2) },
  ];
  for (let round = 0; round < ROUNDS; round++)
    for (const { results, turn } of rivals) {
      // oxlint-disable-next-line no-await-in-loop
      const result = await turn();
      if (typeof result !== "string") results.push(result);
      else if (round === 0) console.log(`${run.name}: no peer: ${result}`);
    }
  const steps = Math.ceil(run.rows / run.batch);
  const unit = run.network.loss === "mse" ? "RMSE" : "% right";
  const found = rivals
    .filter(({ results }) => results.length > 0)
    .map(({ name, results }) => {
      const stepMs = (1000 * median(results.flatMap(({ seconds }) => seconds.slice(1)))) / steps;
      const cpuMs = (1000 * median(results.map(({ cpuS }) => cpuS))) / steps / (run.epochs - 1);
      const text = `${stepMs.toFixed(2)} ms a step (processor ${cpuMs.toFixed(2)}), ${Math.round(results[0].memoryMiB)} MiB, ${results[0].figure.toFixed(4)} ${unit}`;
      return { stepMs, text: `${name} ${text}` };
    });
  const best = Math.min(...found.slice(1).map(({ stepMs }) => stepMs));
  const ratio = Number.isFinite(best) ? `: ${(best / found[0].stepMs).toFixed(2)}× as fast` : "";
  console.log(`${run.name}: ${found.map(({ text }) => text).join("; ")}${ratio}`);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

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
