import { limitsOf } from "../../src/main/hetnet/steer.ts";
import type { Limits } from "../../src/main/hetnet/attachment.ts";
import type { HetnetSeries } from "../../src/main/hetnet/series.ts";

/** A series of one path from SINR [step][node]: cells and access points by `wifi`, the first so many being cells. */
export function seriesOf(sinr: readonly (readonly number[])[], cells = sinr[0].length): HetnetSeries {
  const count = sinr[0].length;
  const flat = Float32Array.from(sinr.flat());
  return {
    nodes: Array.from({ length: count }, (_, i) => ({
      name: `node ${i}`,
      rat: i < cells ? ("cellular" as const) : ("wifi" as const),
    })),
    paths: [
      { id: 1, steps: sinr.length, x: new Float64Array(sinr.length), y: new Float64Array(sinr.length) },
    ],
    sinrDb: flat,
    rssiDbm: flat.map((value) => value - 90),
    throughputMbps: flat.map((value) => Math.max(0, value)),
    firstStep: Uint32Array.of(0, sinr.length),
    stepS: 1,
  };
}

/** No link is ever out. */
export const NEVER_OUT = (series: HetnetSeries): Limits => ({
  ...limitsOf(series),
  qOutDb: series.nodes.map(() => -Infinity),
});
