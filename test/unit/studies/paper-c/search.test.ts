import { describe, expect, it } from "vitest";
import { Random } from "../../../../src/main/math/random.ts";
import { paretoFront, search, type Axis } from "../../../../src/main/studies/paper-c/search.ts";

const AXES: Axis[] = [
  { low: 16, high: 1024, whole: true },
  { low: 0.001, high: 0.1, whole: false },
];

/** A hill in the logarithms of both values. */
const hill = ([size, rate]: number[], top = [130, 0.02]) =>
  -(Math.log(size / top[0]) ** 2) - 2 * Math.log(rate / top[1]) ** 2;

async function climb(
  settings: { coarse: number; levels: number },
  surface = (values: number[]) => hill(values),
) {
  const asked: string[] = [];
  const found = await search<number>(AXES, settings, {
    evaluate: async (values) => {
      asked.push(...values.map((one) => one.join(" ")));
      return values.map((one) => surface(one));
    },
    scoreOf: () => (answer) => answer,
  });
  return { found, asked };
}

describe("the grid search", () => {
  it("ends where trying every place of the finest lattice ends", async () => {
    const { found } = await climb({ coarse: 2, levels: 3 });
    const places = Array.from({ length: 17 }, (_, i) => i / 16);
    const all = places.flatMap((a) =>
      places.map((b) => hill([Math.round(16 * 64 ** a), Number((0.001 * 100 ** b).toPrecision(6))])),
    );
    expect(found.best.score).toBe(Math.max(...all));
    expect(found.trials.length).toBeLessThan(all.length / 5);
  });

  it("halves its step where nothing gets better, and stops when nothing does at the least step", async () => {
    const { found } = await climb({ coarse: 2, levels: 3 });
    const strides = found.rounds.map(({ stride }) => stride);
    expect(strides[0]).toBe(8);
    expect(strides.at(-1)).toBe(1);
    strides.forEach((stride, i) => {
      if (i < 2) return;
      const moved = found.rounds[i - 1].best > found.rounds[i - 2].best;
      expect(stride).toBe(moved ? strides[i - 1] : strides[i - 1] / 2);
    });
    expect(found.rounds.at(-1)!.best).toBe(found.rounds.at(-2)!.best);
  });

  it("tries nothing twice and stays within the bounds", async () => {
    const { asked, found } = await climb({ coarse: 2, levels: 2 }, (values) => hill(values, [2000, 1]));
    expect(new Set(asked).size).toBe(asked.length);
    expect(found.best.values).toEqual([1024, 0.1]);
    for (const { values } of found.trials) {
      expect(values[0]).toBeGreaterThanOrEqual(16);
      expect(values[0]).toBeLessThanOrEqual(1024);
    }
  });

  it("is the plain grid without levels", async () => {
    const { found } = await climb({ coarse: 2, levels: 0 });
    expect(found.trials.map(({ values }) => values)).toEqual(
      [16, 128, 1024].flatMap((size) => [0.001, 0.01, 0.1].map((rate) => [size, rate])),
    );
  });

  it("scores by what the first grid came to", async () => {
    const grids: number[] = [];
    await search<number>(
      AXES,
      { coarse: 1, levels: 1 },
      {
        evaluate: async (values) => values.map((_, i) => i),
        scoreOf: (grid) => {
          grids.push(grid.length);
          return (answer) => answer;
        },
      },
    );
    expect(grids).toEqual([4]);
  });
});

describe("the Pareto front", () => {
  it("has the points that no other beats in both, as trying all pairs has", () => {
    const random = new Random(3, "points");
    const points = Array.from({ length: 300 }, () => ({ cost: random.below(60), gain: random.below(60) }));
    const beats = (a: (typeof points)[0], b: (typeof points)[0]) =>
      a.cost <= b.cost && a.gain >= b.gain && (a.cost < b.cost || a.gain > b.gain);
    const naive = points.filter((point) => !points.some((other) => beats(other, point)));
    const text = (some: typeof points) =>
      [...new Set(some.map(({ cost, gain }) => `${cost} ${gain}`))].sort();
    expect(text(paretoFront(points))).toEqual(text(naive));
  });
});
