import { Random } from "../../../../src/main/math/random.ts";
import type { Tracks } from "../../../../src/main/learn/forecast/tracks.ts";

/** Tracks of paths of the given lengths, each value by a function. */
export function tracksOf(
  lengths: number[],
  nodes: number,
  features: number,
  value: (path: number, step: number, node: number, feature: number) => number,
): Tracks {
  const firstStep = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, path) => (firstStep[path + 1] = firstStep[path] + length));
  const values: number[] = [];
  lengths.forEach((length, path) => {
    for (let step = 0; step < length; step++)
      for (let node = 0; node < nodes; node++)
        for (let f = 0; f < features; f++) values.push(value(path, step, node, f));
  });
  return {
    features: Array.from({ length: features }, (_, f) => ({ name: `feature ${f}`, unit: "dB" })),
    target: 0,
    nodes: Array.from({ length: nodes }, (_, node) => `node ${node}`),
    values: Float32Array.from(values),
    firstStep,
  };
}

/** A number that tells path, step, node and feature. */
export const coded = (path: number, step: number, node: number, feature: number) =>
  10_000 * path + 100 * step + 10 * node + feature;

/** Sines of one period and any phase about 20 dB, with a second feature a quarter period later. */
export function waves(paths: number, steps: number, nodes = 2): Tracks {
  const random = new Random(3, "forecast-waves");
  const phase = Array.from({ length: paths * nodes }, () => 2 * Math.PI * random.next());
  return tracksOf(
    Array(paths).fill(steps),
    nodes,
    2,
    (path, step, node, f) =>
      20 + 5 * Math.sin(phase[path * nodes + node] + 0.6 * step + (f * Math.PI) / 2) + 0.05 * random.normal(),
  );
}
