import { INKS } from "../../shared/figure-ink.ts";
import { numberText, px, shortened, textAt, widthOf } from "../../shared/figure-text.ts";

/** One quantity by row and second; `rows` name them from the top. */
export interface Heat {
  title: string;
  unit: string;
  rows: string[];
  seconds: number;
  /** [entry] row, second, value */
  row: ArrayLike<number>;
  second: ArrayLike<number>;
  value: ArrayLike<number>;
}

const WIDTH = 776;
const LEFT = 84;
const RIGHT = 12;
const { text: INK, quiet: QUIET } = INKS.light;
/** viridis from light to dark: white is nothing. */
const RAMP = ["#fde725", "#a5db36", "#54c568", "#22a884", "#23888e", "#31688e", "#414487", "#440154"];

/**
 * A map of rows × time. Seconds that share a column show the greatest of them, so that no peak is lost; colours go by
 * classes whose lower ends the legend names.
 */
export function heatSvg({ title, unit, rows, seconds, row, second, value }: Heat): string {
  const columns = Math.min(seconds, 300);
  const perColumn = Math.ceil(seconds / columns);
  const grid = new Float64Array(rows.length * columns);
  let most = 0;
  for (let i = 0; i < row.length; i++) {
    const at = row[i] * columns + Math.floor(second[i] / perColumn);
    grid[at] = Math.max(grid[at], value[i]);
    most = Math.max(most, value[i]);
  }
  const classes = classesOf(most);
  const tall = rows.length > 30 ? 10 : rows.length > 12 ? 14 : 20;
  const used = Math.ceil(seconds / perColumn);
  const wide = (WIDTH - LEFT - RIGHT) / used;
  const key = legend(classes, most);
  const top = key.height + 12;
  const bottom = top + rows.length * tall;
  const height = bottom + 40;
  const paths = classes.map(() => "");
  for (let r = 0; r < rows.length; r++) {
    let from = 0;
    for (let c = 1; c <= used; c++) {
      const kind = classOf(classes, grid[r * columns + from]);
      if (c < used && classOf(classes, grid[r * columns + c]) === kind) continue;
      if (kind >= 0)
        paths[kind] +=
          `M${(LEFT + from * wide).toFixed(2)} ${top + r * tall}h${((c - from) * wide).toFixed(2)}v${tall}h-${((c - from) * wide).toFixed(2)}z`;
      from = c;
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${px(height)}" width="${WIDTH}" height="${px(height)}" role="img" aria-label="${title}" font-family="system-ui, sans-serif">`,
    textAt(`${title}, ${unit}`, 0, 14, INK, { size: 13, more: ' font-weight="600"' }),
    key.svg,
    ...paths.map((d, i) => (d === "" ? "" : `<path d="${d}" fill="${colourOf(i, classes.length)}"/>`)),
    ...rows.map((name, r) =>
      textAt(shortened(name, LEFT - 10, 10), LEFT - 6, top + (r + 0.5) * tall + 3.5, QUIET, {
        anchor: "end",
        size: 10,
      }),
    ),
    `<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - RIGHT}" height="${bottom - top}" fill="none" stroke="#8fa1b3"/>`,
    axis(seconds, bottom, wide / perColumn),
    "</svg>",
  ].join("");
}

/** How many seconds the greatest of a column stands for. */
export const secondsPerColumn = (seconds: number): number => Math.ceil(seconds / Math.min(seconds, 300));

/** Lower ends of at most eight equal classes of round width; the first begins at 1, for 0 is none. */
export function classesOf(most: number): number[] {
  let step = 1;
  for (let power = 1; most >= step * RAMP.length; power *= 10)
    for (const mantissa of [1, 2, 2.5, 5])
      if (most >= step * RAMP.length && Number.isInteger(mantissa * power)) step = mantissa * power;
  const ends = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step).filter(
    (end) => end > 0,
  );
  return step === 1 && ends.length > 0 ? ends : [1, ...ends];
}

const classOf = (classes: number[], value: number) => {
  let kind = -1;
  while (kind + 1 < classes.length && value >= classes[kind + 1]) kind++;
  return kind;
};
const colourOf = (kind: number, kinds: number) =>
  RAMP[kinds === 1 ? RAMP.length - 1 : Math.round((kind * (RAMP.length - 1)) / (kinds - 1))];

/** Every class by its colour, in as many lines as it takes. */
function legend(classes: number[], most: number): { svg: string; height: number } {
  const names = classes.map((low, i) => {
    const high = (classes[i + 1] ?? most + 1) - 1;
    return high <= low ? numberText(low) : `${numberText(low)} – ${numberText(high)}`;
  });
  let [x, y] = [0, 24];
  const svg = ["0", ...names].map((name, i) => {
    const wide = 22 + widthOf(name, 11) + 8;
    if (x > 0 && x + wide > WIDTH) [x, y] = [0, y + 17];
    const at = x;
    x += wide;
    const fill = i === 0 ? "#ffffff" : colourOf(i - 1, classes.length);
    return `<rect x="${px(at)}" y="${px(y)}" width="16" height="12" fill="${fill}" stroke="#8fa1b3" stroke-width="0.6"/>${textAt(name, at + 21, y + 10, INK)}`;
  });
  return { svg: svg.join(""), height: y + 12 };
}

const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];

function axis(seconds: number, bottom: number, pxPerS: number): string {
  const step = TICKS.find((one) => seconds / one <= 10) ?? 86_400;
  const out: string[] = [];
  for (let at = 0; at <= seconds; at += step) {
    const x = LEFT + at * pxPerS;
    if (x > WIDTH - RIGHT + 0.5) break;
    out.push(
      `<path d="M${px(x)} ${px(bottom)}v4" stroke="#8fa1b3"/>`,
      textAt(numberText(at), x, bottom + 15, QUIET, { anchor: "middle" }),
    );
  }
  return `${out.join("")}${textAt("time since the start, s", LEFT + (WIDTH - LEFT - RIGHT) / 2, bottom + 32, QUIET, { anchor: "middle" })}`;
}
