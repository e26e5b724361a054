/** A hyper-parameter on a lattice of equal steps in its logarithm, from `low` to `high`. */
export interface Axis {
  low: number;
  high: number;
  /** the values are whole numbers */
  whole: boolean;
}

export interface Trial<R> {
  /** place on the lattice, by axis */
  at: number[];
  values: number[];
  answer: R;
  score: number;
  /** 0: the first grid */
  round: number;
}

export interface Round {
  /** lattice steps between neighbours */
  stride: number;
  /** values tried for the first time */
  tried: number;
  best: number;
}

export interface Search<R> {
  trials: Trial<R>[];
  best: Trial<R>;
  rounds: Round[];
}

/** What the search is told: values to try together, and the score of an answer, once the first grid is known. */
export interface Surface<R> {
  evaluate: (values: number[][]) => Promise<R[]>;
  scoreOf: (grid: readonly R[]) => (answer: R) => number;
}

/**
 * Grid search that refines around its best (the paper's Algorithm 1 leaves open how the grid changes). The first grid has
 * `coarse` + 1 values on each axis. Then the best's neighbours on every axis are tried; the best moves there as long as the
 * score grows, and the distance is halved where it does not, `levels` times, until no neighbour at the least distance is
 * better. Every value is tried once.
 */
export async function search<R>(
  axes: readonly Axis[],
  { coarse, levels }: { coarse: number; levels: number },
  { evaluate, scoreOf }: Surface<R>,
): Promise<Search<R>> {
  const most = coarse * 2 ** levels;
  const valueAt = ({ low, high, whole }: Axis, i: number) => {
    const value = low * (high / low) ** (i / most);
    return whole ? Math.round(value) : Number(value.toPrecision(6));
  };
  const trials: Trial<R>[] = [];
  const rounds: Round[] = [];
  let score: (answer: R) => number = () => 0;
  const tryAll = async (places: number[][], stride: number) => {
    const fresh = places.filter(
      (place) => !trials.some(({ at }) => at.every((i, axis) => i === place[axis])),
    );
    const values = fresh.map((place) => place.map((i, axis) => valueAt(axes[axis], i)));
    const answers = fresh.length > 0 ? await evaluate(values) : [];
    if (rounds.length === 0) score = scoreOf(answers);
    fresh.forEach((at, i) => {
      const answer = answers[i];
      trials.push({ at, values: values[i], answer, score: score(answer), round: rounds.length });
    });
    rounds.push({ stride, tried: fresh.length, best: bestOf(trials).score });
  };
  const widest = 2 ** levels;
  await tryAll(lattice(axes.length, coarse, widest), widest);
  for (let stride = widest / 2; stride >= 1;) {
    const centre = bestOf(trials);
    // oxlint-disable-next-line no-await-in-loop
    await tryAll(neighbours(centre.at, stride, most), stride);
    if (bestOf(trials) === centre) stride /= 2;
  }
  return { trials, best: bestOf(trials), rounds };
}

/** The first of the best. */
const bestOf = <R>(trials: readonly Trial<R>[]) => trials.reduce((a, b) => (b.score > a.score ? b : a));

/** All places of the first grid. */
function lattice(axes: number, coarse: number, stride: number): number[][] {
  if (axes === 0) return [[]];
  const rest = lattice(axes - 1, coarse, stride);
  return Array.from({ length: coarse + 1 }, (_, i) => rest.map((place) => [i * stride, ...place])).flat();
}

/** One step up and down on every axis, inside the lattice. */
const neighbours = (at: number[], stride: number, most: number): number[][] =>
  at.flatMap((_, axis) =>
    [-stride, stride]
      .map((step) => at.map((i, a) => (a === axis ? i + step : i)))
      .filter((place) => place[axis] >= 0 && place[axis] <= most),
  );

export interface Point {
  cost: number;
  gain: number;
}

/** The points that no other beats in both: cost ascending, gain ascending. */
export function paretoFront<P extends Point>(points: readonly P[]): P[] {
  const sorted = [...points].sort((a, b) => a.cost - b.cost || b.gain - a.gain);
  const front: P[] = [];
  for (const point of sorted)
    if (front.length === 0 || point.gain > front[front.length - 1].gain) front.push(point);
  return front;
}
