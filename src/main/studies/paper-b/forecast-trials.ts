import { hetnetSeries, type HetnetSeries } from "../../hetnet/series.ts";
import { DEFAULT_WORLD, type CellularRadio } from "../../hetnet/world.ts";
import { fitForecaster, type ForecasterKind, type ForecastSettings } from "../../learn/forecast/fit.ts";
import type { Learns } from "../../learn/forecast/network.ts";
import type { SplitKind } from "../../learn/forecast/split.ts";
import { targetOf } from "../../learn/forecast/tracks.ts";
import type { LibraryCard } from "../../../shared/study.ts";
import { spent, type Bench } from "../bench.ts";
import { hetnetTracks } from "./forecast-tracks.ts";

export type ForecastRat = "cellular" | "wifi";

export interface ForecastAsk {
  /** of the world, its paths, and the first weights */
  seed: number;
  rat: ForecastRat;
  kind: ForecasterKind;
  /** false: base stations without shadows, as (1) and (2) have them */
  shadows: boolean;
  /** W */
  steps: number;
  /** H */
  ahead: number;
  way: "direct" | "recursive";
  inputs: ForecastSettings["inputs"];
  learns: Learns;
  /** N_T, of which 80 % are learnt from */
  paths: number;
  split: SplitKind;
  effort: Effort;
  /** the answer carries the model */
  keep: boolean;
}

/** What a training may cost. */
export interface Effort {
  /** most training rows */
  rows: number;
  /** rows seen in all epochs together, so that many paths get no more gradient steps than few */
  visits: number;
  /** units of the LSTM, and of each of the four parts of the BiLSTM */
  lstm: number;
  bilstm: number;
  /** of boosting */
  rounds: number;
}

export interface ForecastAnswer {
  rmseDb: number;
  maeDb: number;
  /** [step ahead] */
  rmseAheadDb: number[];
  trainRows: number;
  testRows: number;
  /** epochs made; 0 where none are */
  epochs: number;
  fitS: number;
  predictS: number;
  /** of fit and forecast; null where it is not measured */
  energyJ: number | null;
  model: { onnx: Uint8Array; card: LibraryCard } | null;
}

/** The paper's: "35 available UE paths". */
export const ALL_PATHS = 35;
/** Of every world the last fifth of the paths: the same test for every N_T. */
export const TEST_PATHS = 7;
/** Room that every row leaves, so that all W and H are tested at the same instants. */
export const ROOM = { steps: 15, ahead: 5 };

const seriesOf = (seed: number, over: Partial<CellularRadio> = {}): HetnetSeries =>
  hetnetSeries({ seed, paths: ALL_PATHS, world: { cellular: { ...DEFAULT_WORLD.cellular, ...over } } });
const world = (bench: Bench, seed: number, shadows = true): HetnetSeries =>
  bench.memo(`paper-b world ${seed} ${shadows}`, () => seriesOf(seed, shadows ? {} : { shadowDb: 0 }));

/** Trials of the forecasting half of paper B, by name. */
export const forecastTrials = {
  /** One forecaster, fitted and tested. */
  forecast: async (ask: ForecastAsk, bench: Bench): Promise<ForecastAnswer> => {
    const { seed, rat, kind } = ask;
    const series = world(bench, seed, ask.shadows);
    const tracks = hetnetTracks(series, rat, ask.split === "path" ? ALL_PATHS : ask.paths);
    let epochs = 0;
    const before = bench.energy();
    const fitted = await fitForecaster(kind, tracks, settingsOf(ask), {
      clock: bench.clock,
      shouldStop: bench.shouldStop,
      onEpoch: (progress) => {
        ({ epoch: epochs } = progress);
        bench.epoch({ ...pointOf(progress), label: labelOf(ask) });
      },
    });
    const { errors, train, test, fitS, predictS, model } = fitted;
    return {
      rmseDb: errors.rmse,
      maeDb: errors.mae,
      rmseAheadDb: errors.rmseAhead,
      trainRows: train.rows,
      testRows: test.rows,
      epochs,
      fitS,
      predictS,
      energyJ: spent(before, bench.energy())?.joules ?? null,
      model: ask.keep && model ? { onnx: model.onnx, card: model.card } : null,
    };
  },

  /**
   * What comes unannounced to a base station's SINR [dB], roots of the mean square on the test paths. fading: what is left of
   * it in one report, new each time. shadows: how much fading and shadows together change from report to report, against the
   * same world without them.
   */
  surprise: async (
    { seed }: { seed: number },
    bench: Bench,
  ): Promise<{ fading: number; shadows: number }> => {
    const real = testSinr(world(bench, seed));
    const calm = testSinr(seriesOf(seed, { ricianKDb: 60 }));
    const bare = testSinr(seriesOf(seed, { ricianKDb: 60, shadowDb: 0 }));
    return {
      fading: rootMeanSquare(real.flatMap((line, i) => Array.from(line, (value, k) => value - calm[i][k]))),
      shadows: rootMeanSquare(
        real.flatMap((line, i) => {
          const beside = line.map((value, k) => value - bare[i][k]);
          return Array.from(beside.subarray(1), (value, k) => value - beside[k]);
        }),
      ),
    };
  },
};

/** SINR of every base station along every test path [path and node][step]. */
function testSinr(series: HetnetSeries): Float64Array[] {
  const tracks = hetnetTracks(series, "cellular");
  return Array.from({ length: TEST_PATHS }, (_, i) => ALL_PATHS - TEST_PATHS + i).flatMap((path) =>
    tracks.nodes.map((__, node) => targetOf(tracks, path, node)),
  );
}

const rootMeanSquare = (values: number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

function settingsOf(ask: ForecastAsk): ForecastSettings {
  const { seed, kind, steps, ahead, way, inputs, learns, paths, split, effort } = ask;
  const train = Array.from({ length: Math.round(0.8 * paths) }, (_, path) => path);
  const test = Array.from({ length: TEST_PATHS }, (_, i) => ALL_PATHS - TEST_PATHS + i);
  return {
    steps,
    ahead,
    room: ROOM,
    inputs,
    learns,
    split: { kind: split, ...(split === "path" && { paths: { train, test } }) },
    mostRows: effort.rows,
    seed,
    network: {
      ahead: way,
      hidden: kind === "bilstm" ? effort.bilstm : effort.lstm,
      epochs: { visits: effort.visits },
    },
    trees: { rounds: effort.rounds, depth: 5, rate: 0.1, subsample: 0.8 },
  };
}

const labelOf = ({ kind, steps, ahead, paths, way }: ForecastAsk) =>
  `${kind === "bilstm" ? "BiLSTM" : "LSTM"}, W = ${steps}, ${ahead > 1 ? `${ahead} steps ${way}` : "1 step"}, ${paths} paths`;

function pointOf({ epoch, epochs, loss, validationLoss, accuracy, etaS }: PointLike) {
  return { epoch, epochs, loss, validationLoss, accuracy, etaS };
}
type PointLike = Omit<Parameters<Bench["epoch"]>[0], "label">;
