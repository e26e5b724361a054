/** Lines, steps, tracks and points of a picture. */
import { spreadName } from "./figure-data.ts";
import { axisFor, colourOf, scaleFor, type Frame } from "./figure-frame.ts";
import { paperMark } from "./figure-legend.ts";
import { dashOf, markAt } from "./figure-ink.ts";
import { canStand, type Scale } from "./figure-scale.ts";
import { escapeXml, px, quantityText } from "./figure-text.ts";
import type { Series } from "./study.ts";

/** Points of a line that get a mark of their own; beyond that every so many-th does. */
const MARKED = 60;
/** Points that can be pointed at. */
const POINTED = 600;

interface Point {
  i: number;
  x: number;
  y: number;
  /** px */
  at: [number, number];
}

function pointsOf(frame: Frame, series: Series, values = series.y): (Point | null)[] {
  const y = scaleFor(frame, series);
  return series.x.map((x, i) => {
    const value = values[i];
    if (!canStand(frame.x, x) || !canStand(y, value)) return null;
    return { i, x, y: value, at: [frame.x.place(x), y.place(value)] };
  });
}

/** Stretches without a gap. */
function runsOf(points: (Point | null)[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point) runs.at(-1)!.push(point);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs.filter(({ length }) => length > 0);
}

/** Of very many points only those that change the picture: per px the first, the ends and the last. */
function thinned(run: Point[], most: number): Point[] {
  if (run.length <= most) return run;
  const out: Point[] = [];
  for (let i = 0; i < run.length;) {
    const column = Math.floor(run[i].at[0] * 2);
    let [end, low, high] = [i, i, i];
    for (; end < run.length && Math.floor(run[end].at[0] * 2) === column; end++) {
      if (run[end].at[1] < run[low].at[1]) low = end;
      if (run[end].at[1] > run[high].at[1]) high = end;
    }
    const kept = [...new Set([i, low, high, end - 1])].sort((a, b) => a - b);
    out.push(...kept.map((k) => run[k]));
    i = end;
  }
  return out;
}

const path = (points: readonly (readonly [number, number])[]) =>
  `M${points.map(([x, y]) => `${px(x)} ${px(y)}`).join("L")}`;

const stairs = (run: Point[]) =>
  `M${px(run[0].at[0])} ${px(run[0].at[1])}${run
    .slice(1)
    .map(({ at }) => `H${px(at[0])}V${px(at[1])}`)
    .join("")}`;

/** What a point says when it is pointed at. */
function saying(frame: Frame, series: Series, { i, x, y }: Point): string {
  const { figure } = frame;
  const axis = axisFor(frame, series);
  const where = figure.categories?.[x] ?? `${figure.x.title} ${quantityText(x, figure.x.unit)}`;
  const spread = series.spread?.[i];
  const paper = series.paper?.[i];
  const beside = [
    spread === null || spread === undefined
      ? ""
      : ` ± ${quantityText(spread, axis.unit)}, ${spreadName(figure)}`,
    paper === null || paper === undefined ? "" : `; paper ${quantityText(paper, axis.unit)}`,
  ];
  return `<title>${escapeXml(`${series.name}: ${where}, ${axis.title} ${quantityText(y, axis.unit)}${beside.join("")}`)}</title>`;
}

/** Ends of the interval of a value, px; what cannot stand on a log axis ends at the frame. */
export function interval(frame: Frame, scale: Scale, y: number, spread: number | null | undefined) {
  if (!canStand({ log: false }, spread) || spread < 0 || !canStand(scale, y + spread)) return null;
  const low = canStand(scale, y - spread) ? scale.place(y - spread) : frame.bottom;
  return { low, high: scale.place(y + spread) };
}

function intervalOf(frame: Frame, series: Series, { i, y, at: [x] }: Point) {
  const ends = interval(frame, scaleFor(frame, series), y, series.spread?.[i]);
  return ends && { x, ...ends };
}

export function whisker(colour: string, x: number, low: number, high: number): string {
  const d = `M${px(x)} ${px(low)}V${px(high)}M${px(x - 3)} ${px(low)}h6M${px(x - 3)} ${px(high)}h6`;
  return `<path d="${d}" stroke="${colour}" fill="none"/>`;
}

function whiskers(frame: Frame, series: Series, points: Point[], colour: string): string {
  return points
    .map((point) => intervalOf(frame, series, point))
    .filter((found) => found !== null)
    .map(({ x, low, high }) => whisker(colour, x, low, high))
    .join("");
}

/** A band where the points make a line; whiskers where they stand alone. */
function bands(frame: Frame, series: Series, points: (Point | null)[], colour: string): string {
  const withSpread = points.map((point) => point && intervalOf(frame, series, point) && point);
  return runsOf(withSpread)
    .map((run) => {
      if (run.length === 1) return whiskers(frame, series, run, colour);
      const ends = run.map((point) => intervalOf(frame, series, point)!);
      const around = [
        ...ends.map(({ x, high }) => [x, high] as const),
        ...ends.toReversed().map(({ x, low }) => [x, low] as const),
      ];
      return `<path d="${path(around)}Z" fill="${colour}" fill-opacity="0.16"/>`;
    })
    .join("");
}

function marks(frame: Frame, series: Series, n: number, points: Point[], colour: string): string {
  const alone = frame.figure.kind === "points";
  const every = alone ? 1 : Math.ceil(points.length / MARKED);
  const pointed = points.length <= POINTED;
  const size = alone && points.length > 300 ? 0.6 : !alone && points.length > 30 ? 0.75 : 1;
  const look = `fill="${colour}"${alone && points.length > 100 ? ' fill-opacity="0.7"' : ""}`;
  return points
    .map((point, k) => {
      const [x, y] = point.at;
      const said = pointed ? saying(frame, series, point) : "";
      if (k % every === 0) return markAt(n, x, y, look, said, size);
      return pointed ? `<circle cx="${px(x)}" cy="${px(y)}" r="4" fill-opacity="0">${said}</circle>` : "";
    })
    .join("");
}

/** The paper's values: hollow marks, joined by a dotted line where ours are joined. */
function paperLine(frame: Frame, series: Series, n: number, colour: string): string {
  if (!series.paper) return "";
  const points = pointsOf(frame, series, series.paper);
  const lines =
    frame.figure.kind === "points"
      ? []
      : runsOf(points)
          .filter(({ length }) => length > 1)
          .map((run) => {
            const d = frame.figure.kind === "steps" ? stairs(run) : path(run.map(({ at }) => at));
            return `<path d="${d}" stroke="${colour}" stroke-opacity="0.7" stroke-dasharray="1.5 3" fill="none"/>`;
          });
  const all = points.filter((point) => point !== null);
  const every = Math.ceil(all.length / MARKED);
  const hollow = all
    .filter((_, k) => k % every === 0)
    .map((point) => {
      const { unit } = axisFor(frame, series);
      const said = `<title>${escapeXml(`paper, ${series.name}: ${quantityText(point.y, unit)}`)}</title>`;
      return paperMark(n, ...point.at, colour, said);
    });
  return lines.join("") + hollow.join("");
}

export function curves(frame: Frame): string {
  const { figure } = frame;
  const drawn = figure.series.map((series, n) => ({
    series,
    n,
    colour: colourOf(frame, n),
    points: pointsOf(frame, series),
  }));
  const joined = figure.kind !== "points";
  const most = 6 * (frame.right - frame.left);
  return [
    ...drawn.map(({ series, points, colour }) =>
      joined && figure.kind !== "steps"
        ? bands(frame, series, points, colour)
        : whiskers(
            frame,
            series,
            points.filter((p) => p !== null),
            colour,
          ),
    ),
    ...drawn.flatMap(({ points, colour, n }) =>
      joined
        ? runsOf(points).map((run) => {
            const kept = figure.kind === "track" ? run : thinned(run, most);
            const d = figure.kind === "steps" ? stairs(kept) : path(kept.map(({ at }) => at));
            const dash = dashOf(n);
            return `<path d="${d}" stroke="${colour}" stroke-width="1.8" stroke-linejoin="round"${dash === "" ? "" : ` stroke-dasharray="${dash}"`} fill="none"/>`;
          })
        : [],
    ),
    ...drawn.map(({ series, n, colour }) => paperLine(frame, series, n, colour)),
    ...drawn.map(({ series, n, points, colour }) =>
      marks(
        frame,
        series,
        n,
        points.filter((p) => p !== null),
        colour,
      ),
    ),
  ].join("");
}
