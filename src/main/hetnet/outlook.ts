import type { HetnetSeries } from "./series.ts";

/** SINR of every node for the reports to come, as seen at each report. */
export interface Outlook {
  /** reports ahead */
  horizon: number;
  /** [((firstStep[path] + step) · nodes + node) · horizon + ahead − 1] dB; NaN where there is no forecast */
  sinrDb: Float32Array;
}

export function emptyOutlook({ sinrDb }: HetnetSeries, horizon: number): Outlook {
  return { horizon, sinrDb: new Float32Array(sinrDb.length * horizon).fill(NaN) };
}

/** The last report again: what a scheme without forecasts goes by. */
export function persistenceOutlook(series: HetnetSeries, horizon: number): Outlook {
  const outlook = emptyOutlook(series, horizon);
  series.sinrDb.forEach((value, at) => outlook.sinrDb.fill(value, at * horizon, (at + 1) * horizon));
  return outlook;
}

/** The straight line through the last two reports. */
export function trendOutlook(series: HetnetSeries, horizon: number): Outlook {
  const outlook = emptyOutlook(series, horizon);
  const count = series.nodes.length;
  series.paths.forEach(({ steps }, path) => {
    const first = series.firstStep[path] * count;
    for (let at = first + count; at < first + steps * count; at++)
      for (let h = 1; h <= horizon; h++)
        outlook.sinrDb[at * horizon + h - 1] =
          series.sinrDb[at] + h * (series.sinrDb[at] - series.sinrDb[at - count]);
  });
  return outlook;
}

/** The reports as they will be: what no predictor can beat. NaN beyond the end of a path. */
export function perfectOutlook(series: HetnetSeries, horizon: number): Outlook {
  const outlook = emptyOutlook(series, horizon);
  const count = series.nodes.length;
  series.paths.forEach(({ steps }, path) => {
    for (let step = 0; step < steps; step++)
      for (let ahead = 1; ahead <= horizon && step + ahead < steps; ahead++)
        for (let node = 0; node < count; node++) {
          const at = (series.firstStep[path] + step) * count + node;
          outlook.sinrDb[at * horizon + ahead - 1] = series.sinrDb[at + ahead * count];
        }
  });
  return outlook;
}

/**
 * Root mean square error [dB] at so many reports ahead, over the nodes named, where there is a forecast, and a report of at
 * least `leastDb`.
 */
export function outlookRmse(
  series: HetnetSeries,
  { horizon, sinrDb }: Outlook,
  ahead: number,
  nodes: readonly number[],
  leastDb = -Infinity,
): number {
  const count = series.nodes.length;
  let sum = 0;
  let values = 0;
  series.paths.forEach(({ steps }, path) => {
    for (let step = 0; step < steps - ahead; step++)
      for (const node of nodes) {
        const at = (series.firstStep[path] + step) * count + node;
        const actual = series.sinrDb[at + ahead * count];
        const error = sinrDb[at * horizon + ahead - 1] - actual;
        if (Number.isNaN(error) || actual < leastDb) continue;
        sum += error * error;
        values++;
      }
  });
  return Math.sqrt(sum / values);
}
