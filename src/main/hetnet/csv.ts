import type { HetnetSeries, Rat } from "./series.ts";

const METRICS = ["rssi_dbm", "sinr_db", "throughput_mbps"] as const;

/**
 * Lines of the data set of one kind of node: path, step and node, the metrics of the last `window` reports, oldest first,
 * and those of the next one, which is the target. A row stands where all of them lie on one path.
 */
export function* hetnetCsv(series: HetnetSeries, rat: Rat, window: number): Generator<string> {
  const lags = Array.from({ length: window }, (_, i) => i - window + 1);
  const names = [...lags, 1].flatMap((lag) => METRICS.map((name) => `${name}_k${sign(lag)}`));
  yield ["path", "step", "node", ...names].join(",");
  const { nodes, paths, firstStep, rssiDbm, sinrDb, throughputMbps } = series;
  const columns = [rssiDbm, sinrDb, throughputMbps];
  const chosen = nodes.flatMap((node, i) => (node.rat === rat ? [i] : []));
  for (let path = 0; path < paths.length; path++)
    for (const node of chosen)
      for (let step = window - 1; step < paths[path].steps - 1; step++) {
        const row: (string | number)[] = [paths[path].id, step, nodes[node].name];
        for (let k = step - window + 1; k <= step + 1; k++) {
          const at = (firstStep[path] + k) * nodes.length + node;
          for (const column of columns) row.push(column[at].toFixed(3));
        }
        yield row.join(",");
      }
}

const sign = (lag: number) => (lag === 0 ? "" : lag > 0 ? `+${lag}` : String(lag));
