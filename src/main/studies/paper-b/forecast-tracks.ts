import type { HetnetSeries, Rat } from "../../hetnet/series.ts";
import type { Tracks } from "../../learn/forecast/tracks.ts";

/** Reports of one kind of node on the first `count` paths (all when absent): SINR first, which is what is forecast. */
export function hetnetTracks(series: HetnetSeries, rat: Rat, count = series.paths.length): Tracks {
  const nodes = series.nodes.flatMap((node, i) => (node.rat === rat ? [i] : []));
  const all = series.nodes.length;
  const lengths = series.paths.slice(0, count).map(({ steps }) => steps);
  const firstStep = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, path) => (firstStep[path + 1] = firstStep[path] + length));
  const columns = [series.sinrDb, series.rssiDbm, series.throughputMbps];
  const values = new Float32Array(firstStep[lengths.length] * nodes.length * columns.length);
  let at = 0;
  lengths.forEach((length, path) => {
    for (let step = 0; step < length; step++)
      for (const node of nodes)
        for (const column of columns) values[at++] = column[(series.firstStep[path] + step) * all + node];
  });
  return {
    features: [
      { name: "SINR", unit: "dB" },
      { name: "RSSI", unit: "dBm" },
      { name: "throughput", unit: "Mbit/s" },
    ],
    target: 0,
    nodes: nodes.map((node) => series.nodes[node].name),
    values,
    firstStep,
  };
}
