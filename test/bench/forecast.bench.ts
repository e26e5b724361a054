/**
 * Forecasters beside PyTorch (LSTM, BiLSTM), xgboost and statsmodels (ARIMA): same windows of the hybrid network, same split; for the
 * networks same first weights and order of batches, no dropout. One thread each. Prints the RMSE of both and the ratio of their times.
 * Boosted trees: means over five seeds of the network, since where a library cuts a column of more than 256 values moves the RMSE of
 * one split by some per cent (xgboost's own, too, between its `hist` with 256 bins, with 1024, and `exact`); and one split whose
 * columns hold fewer values, where there is one way to cut and both must find the same trees.
 * Never fails. Run through `npm run bench`; `forecast.bench.ts bilstm` runs that part only.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fitValues } from "../../src/main/learn/forecast/arima-fit.ts";
import {
  fitForecaster,
  ORDER,
  TREE_DEFAULTS,
  type FittedForecaster,
  type ForecasterKind,
  type ForecastSettings,
} from "../../src/main/learn/forecast/fit.ts";
import { NETWORK_DEFAULTS, networkOf } from "../../src/main/learn/forecast/network.ts";
import { targetOf, type Tracks } from "../../src/main/learn/forecast/tracks.ts";
import type { Windows } from "../../src/main/learn/forecast/windows.ts";
import { initialWeights, planNetwork } from "../../src/main/learn/train/network.ts";
import { hetnetSeries } from "../../src/main/hetnet/series.ts";
import { Random } from "../../src/main/math/random.ts";
import { hetnetTracks } from "../../src/main/studies/paper-b/forecast-tracks.ts";

const AHEAD = 3;
const EPOCHS = 10;
const BATCH = 64;
/** All rows for every tree: which ones a tree leaves out is each library's own. */
const TREES = { ...TREE_DEFAULTS, subsample: 1 };

interface Part {
  kind: ForecasterKind;
  rat: "cellular" | "wifi";
  steps: number;
  hidden: number;
  /** each a network of its own, with its own first weights and order of batches */
  seeds: number[];
  /** measurements on a grid of about a hundred values, so that no column has more values than bins */
  coarse?: boolean;
}

const PARTS: Part[] = [
  { kind: "arima", rat: "cellular", steps: 9, hidden: 0, seeds: [1] },
  { kind: "arima", rat: "wifi", steps: 7, hidden: 0, seeds: [1] },
  { kind: "boosted", rat: "cellular", steps: 9, hidden: 0, seeds: [1, 2, 3, 4, 5] },
  { kind: "boosted", rat: "wifi", steps: 7, hidden: 0, seeds: [1, 2, 3, 4, 5] },
  { kind: "boosted", rat: "cellular", steps: 9, hidden: 0, seeds: [1], coarse: true },
  { kind: "boosted", rat: "wifi", steps: 7, hidden: 0, seeds: [1], coarse: true },
  { kind: "lstm", rat: "wifi", steps: 7, hidden: 64, seeds: [1] },
  { kind: "bilstm", rat: "cellular", steps: 9, hidden: 32, seeds: [1] },
];

interface Result {
  rmse: number[];
  fitS: number;
  predictS: number;
}

const settingsOf = ({ steps, hidden }: Part, seed: number): ForecastSettings => ({
  steps,
  ahead: AHEAD,
  inputs: "all",
  split: { kind: "path" },
  mostRows: 4000,
  seed,
  trees: TREES,
  network: { hidden, epochs: EPOCHS, batch: BATCH, dropout: 0, patienceShare: 1 },
});

/** The plan of the network that a part trains. */
const planOf = ({ kind, steps, hidden }: Part, features: number) =>
  planNetwork(
    networkOf(
      { ...NETWORK_DEFAULTS, kind: kind as "lstm" | "bilstm", hidden, dropout: 0 },
      steps,
      features,
      AHEAD,
    ),
  );

/** The rows of a part, and what stands behind one run of the peer. */
interface Case {
  part: Part;
  seed: number;
  tracks: Tracks;
  fitted: FittedForecaster;
}

function write(folder: string, { part, seed, tracks, fitted }: Case): void {
  const put = (name: string, values: Float32Array | Float64Array | Uint32Array | Uint16Array) =>
    writeFileSync(join(folder, name), Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  const sets: Record<string, Windows> = {
    train: fitted.train,
    validation: fitted.validation,
    test: fitted.test,
  };
  for (const [name, { x, y, path, node, at }] of Object.entries(sets)) {
    put(`${name}.x`, x);
    put(`${name}.y`, y);
    put(`${name}.path`, path);
    put(`${name}.node`, Uint32Array.from(node));
    put(`${name}.at`, at);
  }
  if (part.kind === "arima") {
    tracks.nodes.forEach((_, node) => put(`node${node}`, fitValues(fitted.train, node, ORDER)));
    for (const path of new Set(fitted.test.path))
      tracks.nodes.forEach((_, node) => put(`path${path}.${node}`, targetOf(tracks, path, node)));
  }
  const recurrent = part.kind === "lstm" || part.kind === "bilstm";
  const plan = recurrent ? planOf(part, tracks.features.length) : null;
  if (plan) {
    put("weights", initialWeights(plan, seed));
    const order = Array.from({ length: EPOCHS }, (_, epoch) =>
      new Random(seed, "network-batches").at(epoch).permutation(fitted.train.rows),
    );
    put("order", Uint32Array.from(order.flatMap((rows) => [...rows])));
  }
  const ask = {
    kind: part.kind,
    seed,
    steps: part.steps,
    features: tracks.features.length,
    target: tracks.target,
    ahead: AHEAD,
    nodes: tracks.nodes.length,
    rows: Object.fromEntries(Object.entries(sets).map(([name, { rows }]) => [name, rows])),
    order: ORDER,
    trees: TREES,
    network: plan?.network,
    parameters: plan?.parameters,
    adam: { rate: NETWORK_DEFAULTS.rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    clipNorm: NETWORK_DEFAULTS.clipNorm,
    epochs: EPOCHS,
    batch: BATCH,
  };
  writeFileSync(join(folder, "ask.json"), JSON.stringify(ask));
}

/** What the peer answers, or why it does not. */
function peer(asked: Case): Result | string {
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-forecast-"));
  try {
    write(folder, asked);
    const script = join(import.meta.dirname, "peers/forecast_peer.py");
    const answer = spawnSync("/usr/bin/python3", [script, folder], {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
    if (answer.status !== 0) return answer.error?.message ?? answer.stderr.trim().split("\n").at(-1)!;
    return JSON.parse(answer.stdout)[asked.part.kind];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every feature rounded to a grid of 50 to 100 steps over its range, a power of two: its differences are exact. */
function coarse(tracks: Tracks): Tracks {
  const width = tracks.features.length;
  const grid = tracks.features.map((_, f) => {
    const column = tracks.values.filter((__, i) => i % width === f);
    const low = column.reduce((a, b) => Math.min(a, b));
    const high = column.reduce((a, b) => Math.max(a, b));
    return 2 ** Math.ceil(Math.log2((high - low) / 100));
  });
  const rounded = (value: number, step: number) => Math.round(value / step) * step;
  return { ...tracks, values: tracks.values.map((value, i) => rounded(value, grid[i % width])) };
}

async function run(part: Part, seed: number) {
  const measured = hetnetTracks(hetnetSeries({ seed, paths: 20 }), part.rat);
  const tracks = part.coarse ? coarse(measured) : measured;
  const clock = () => performance.now() / 1000;
  const fitted = await fitForecaster(part.kind, tracks, settingsOf(part, seed), { clock });
  const { errors, fitS, predictS } = fitted;
  const ours: Result = { rmse: errors.rmseAhead, fitS, predictS };
  return {
    ours,
    theirs: peer({ part, seed, tracks, fitted }),
    rows: fitted.train.rows,
    tests: fitted.test.rows,
  };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (results: Result[]): Result => ({
  rmse: results[0].rmse.map((_, h) => mean(results.map(({ rmse }) => rmse[h]))),
  fitS: mean(results.map(({ fitS }) => fitS)),
  predictS: mean(results.map(({ predictS }) => predictS)),
});
const text = ({ rmse, fitS, predictS }: Result) =>
  `RMSE ${rmse.map((value) => value.toFixed(3)).join(" ")} dB, fit ${fitS.toFixed(2)} s, forecast ${predictS.toFixed(3)} s`;
/** Greatest share by which two lists of errors differ. */
const apart = (ours: Result, theirs: Result) =>
  Math.max(...theirs.rmse.map((rmse, h) => Math.abs(ours.rmse[h] / rmse - 1)));
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

async function compare(part: Part): Promise<void> {
  const runs: Awaited<ReturnType<typeof run>>[] = [];
  // oxlint-disable-next-line no-await-in-loop
  for (const seed of part.seeds) runs.push(await run(part, seed));
  const ours = meanOf(runs.map((one) => one.ours));
  const name = `${part.kind}, ${part.rat}${part.coarse ? " on a grid" : ""}`;
  const means = part.seeds.length > 1 ? `means over ${part.seeds.length} seeds: ` : "";
  const title = `${name}, ${runs[0].rows} rows, W ${part.steps}, tested on ${runs[0].tests}: ${means}${text(ours)}`;
  const pairs = runs.flatMap((one) =>
    typeof one.theirs === "string" ? [] : [{ ...one, theirs: one.theirs }],
  );
  if (pairs.length < runs.length) return console.log(`${title}; no peer: ${runs[0].theirs as string}`);
  const theirs = meanOf(pairs.map((one) => one.theirs));
  const single = means
    ? ` (one seed by itself within ${percent(Math.max(...pairs.map((one) => apart(one.ours, one.theirs))))})`
    : "";
  console.log(
    `${title}; peer ${text(theirs)}: RMSE within ${percent(apart(ours, theirs))}${single}, fit ${(theirs.fitS / ours.fitS).toFixed(2)}×, forecast ${(theirs.predictS / ours.predictS).toFixed(2)}× as fast`,
  );
}

const asked = process.argv.slice(2);
for (const part of PARTS)
  if (asked.length === 0 || asked.includes(part.kind))
    // oxlint-disable-next-line no-await-in-loop
    await compare(part);
