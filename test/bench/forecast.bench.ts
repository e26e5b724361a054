/**
 * Forecasters beside PyTorch (LSTM, BiLSTM), xgboost and statsmodels (ARIMA): same windows of the hybrid network, same split; for the
 * networks same first weights and order of batches, no dropout. One thread each. Prints the RMSE of both and the ratio of their times.
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

const SEED = 1;
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
}

const PARTS: Part[] = [
  { kind: "arima", rat: "cellular", steps: 9, hidden: 0 },
  { kind: "arima", rat: "wifi", steps: 7, hidden: 0 },
  { kind: "boosted", rat: "cellular", steps: 9, hidden: 0 },
  { kind: "boosted", rat: "wifi", steps: 7, hidden: 0 },
  { kind: "lstm", rat: "wifi", steps: 7, hidden: 64 },
  { kind: "bilstm", rat: "cellular", steps: 9, hidden: 32 },
];

interface Result {
  rmse: number[];
  fitS: number;
  predictS: number;
}

const settingsOf = ({ steps, hidden }: Part): ForecastSettings => ({
  steps,
  ahead: AHEAD,
  inputs: "all",
  split: { kind: "path" },
  mostRows: 4000,
  seed: SEED,
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

function write(folder: string, part: Part, tracks: Tracks, fitted: FittedForecaster): void {
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
    put("weights", initialWeights(plan, SEED));
    const order = Array.from({ length: EPOCHS }, (_, epoch) =>
      new Random(SEED, "network-batches").at(epoch).permutation(fitted.train.rows),
    );
    put("order", Uint32Array.from(order.flatMap((rows) => [...rows])));
  }
  const ask = {
    kind: part.kind,
    seed: SEED,
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
function peer(part: Part, tracks: Tracks, fitted: FittedForecaster): Result | string {
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-forecast-"));
  try {
    write(folder, part, tracks, fitted);
    const script = join(import.meta.dirname, "peers/forecast_peer.py");
    const answer = spawnSync("/usr/bin/python3", [script, folder], {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
    if (answer.status !== 0) return answer.error?.message ?? answer.stderr.trim().split("\n").at(-1)!;
    return JSON.parse(answer.stdout)[part.kind];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const text = (values: number[]) => values.map((value) => value.toFixed(3)).join(" ");

async function compare(part: Part): Promise<void> {
  const tracks = hetnetTracks(hetnetSeries({ seed: SEED, paths: 20 }), part.rat);
  const clock = () => performance.now() / 1000;
  const fitted = await fitForecaster(part.kind, tracks, settingsOf(part), { clock });
  const { errors, fitS, predictS, train, test } = fitted;
  const title = `${part.kind}, ${part.rat}, ${train.rows} rows, W ${part.steps}, tested on ${test.rows}: RMSE ${text(errors.rmseAhead)} dB, fit ${fitS.toFixed(2)} s, forecast ${predictS.toFixed(3)} s`;
  const theirs = peer(part, tracks, fitted);
  if (typeof theirs === "string") return console.log(`${title}; no peer: ${theirs}`);
  const apart = Math.max(...theirs.rmse.map((rmse, h) => Math.abs(errors.rmseAhead[h] / rmse - 1)));
  console.log(
    `${title}; peer RMSE ${text(theirs.rmse)} dB, fit ${theirs.fitS.toFixed(2)} s, forecast ${theirs.predictS.toFixed(3)} s: RMSE within ${(100 * apart).toFixed(1)} %, fit ${(theirs.fitS / fitS).toFixed(2)}×, forecast ${(theirs.predictS / predictS).toFixed(2)}× as fast`,
  );
}

const asked = process.argv.slice(2);
for (const part of PARTS)
  if (asked.length === 0 || asked.includes(part.kind))
    // oxlint-disable-next-line no-await-in-loop
    await compare(part);
