/** What a figure holds: its categories, the values that must have room, the ends of its colours. */
import type { Figure } from "./study.ts";

export const isMatrix = ({ kind }: Figure) => kind === "matrix";

/** Whether x counts categories: always of bars and matrices, else where names are given for all there are. */
export function hasCategories({ kind, categories, series }: Figure): boolean {
  if (kind === "bars" || kind === "matrix") return true;
  if (!categories || kind === "track") return false;
  return series.every(({ x }) => x.every((at) => at in categories));
}

/** Names of the categories; their numbers where the figure gives none. */
export function categoriesOf({ kind, categories, series }: Figure): string[] {
  const most =
    kind === "matrix"
      ? Math.max(0, ...series.map(({ y }) => y.length))
      : 1 + series.reduce((top, { x }) => x.reduce((a, b) => Math.max(a, Math.floor(b)), top), -1);
  const count = Math.max(1, most, categories?.length ?? 0);
  return Array.from({ length: Math.min(count, 10_000) }, (_, i) => categories?.[i] ?? String(i + 1));
}

/** Values that the picture must hold, of the series on one axis. */
export function* valuesOf(figure: Figure, right: boolean): Generator<number> {
  for (const series of figure.series) {
    if (Boolean(series.right && figure.right) !== right) continue;
    for (let i = 0; i < series.y.length; i++) {
      const [y, spread] = [series.y[i], series.spread?.[i] ?? 0];
      if (y !== null) yield* [y - spread, y, y + spread];
      const paper = series.paper?.[i];
      if (paper !== null && paper !== undefined) yield paper;
    }
  }
  if (!right) yield* (figure.marks ?? []).filter(({ axis }) => axis === "y").map(({ at }) => at);
}

export function* placesOf(figure: Figure): Generator<number> {
  for (const { x } of figure.series) yield* x;
  yield* (figure.marks ?? []).filter(({ axis }) => axis === "x").map(({ at }) => at);
}

/** Range of the colours of a matrix: around zero where there are both signs. */
export function endsOf(figure: Figure): [number, number] {
  const values = figure.series.flatMap(({ y }) =>
    y.filter((v): v is number => v !== null && Math.abs(v) <= 1e300),
  );
  if (values.length === 0) return [0, 1];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (low < 0 && high > 0) return [-Math.max(-low, high), Math.max(-low, high)];
  return low === high ? (low === 0 ? [0, 1] : low < 0 ? [low, 0] : [0, high]) : [low, high];
}

/** The schema's spread is the 95 % confidence interval unless the figure says otherwise. */
export const spreadName = ({ title, note, y }: Figure) =>
  /standard deviation|σ/i.test(`${title} ${y.title} ${note}`)
    ? "standard deviation"
    : "95 % confidence interval";
