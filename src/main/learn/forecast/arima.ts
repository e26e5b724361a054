import { Cancelled } from "../../../shared/errors.ts";
import { differenced, fitNode, surprises, type Arima, type Order } from "./arima-fit.ts";
import type { Forecaster } from "./forecaster.ts";
import { targetOf } from "./tracks.ts";
import type { Windows } from "./windows.ts";

/**
 * Autoregressive integrated moving average of the target alone (Box and Jenkins). One fit per node; the forecasts roll
 * along each path with these parameters and, unlike the other forecasters, see its whole past and not only W samples.
 */
export function arima(order: Order): Forecaster & { models(): Map<number, Arima> } {
  const models = new Map<number, Arima>();
  return {
    name: `ARIMA(${order.p}, ${order.d}, ${order.q})`,
    models: () => models,
    async fit(train, { shouldStop }) {
      models.clear();
      for (const node of new Set(train.node)) {
        if (shouldStop?.()) throw new Cancelled();
        // oxlint-disable-next-line no-await-in-loop
        models.set(node, await fitNode(train, node, order));
      }
    },
    predict: async (windows) => rollAll(models, windows),
  };
}

function rollAll(models: Map<number, Arima>, windows: Windows): Float32Array<ArrayBuffer> {
  const { rows, path, node, at, ahead, tracks } = windows;
  const out = new Float32Array(rows * ahead);
  let past: Past | null = null;
  for (let row = 0; row < rows; row++) {
    if (!past || past.path !== path[row] || past.node !== node[row]) {
      const model = models.get(node[row]);
      if (!model) throw new Error(`no ARIMA was fitted for node ${tracks.nodes[node[row]]}`);
      past = { path: path[row], node: node[row], ...remember(model, targetOf(tracks, path[row], node[row])) };
    }
    forecastFrom(past, at[row], out.subarray(row * ahead, (row + 1) * ahead));
  }
  return out;
}

interface Memory {
  model: Arima;
  /** [times differenced] the series */
  levels: Float64Array[];
  /** one-step errors of the last of them */
  errors: Float64Array;
}
type Past = Memory & { path: number; node: number };

export function remember(model: Arima, series: Float64Array): Memory {
  const levels = Array.from({ length: model.d + 1 }, (_, times) => differenced(series, times));
  return { model, levels, errors: surprises(model, levels[model.d]) };
}

/** Forecasts at k + 1, k + 2, … from what was known at k. */
export function forecastFrom({ model, levels, errors }: Memory, k: number, out: Float32Array): void {
  const { ar, ma, mean, d } = model;
  const series = levels[d];
  const now = k - d;
  const ahead: number[] = [];
  const deviation = (t: number) => (t < 0 ? 0 : (t <= now ? series[t] : ahead[t - now - 1]) - mean);
  for (let h = 1; h <= out.length; h++) {
    let next = mean;
    for (let i = 0; i < ar.length; i++) next += ar[i] * deviation(now + h - 1 - i);
    for (let i = h - 1; i < ma.length; i++) next += ma[i] * (errors[now + h - 1 - i] ?? 0);
    ahead.push(next);
  }
  // back to the level: each integration starts from the last known value
  for (let times = d - 1; times >= 0; times--) {
    let level = levels[times][k - times];
    for (let h = 0; h < ahead.length; h++) ahead[h] = level += ahead[h];
  }
  out.set(ahead);
}
