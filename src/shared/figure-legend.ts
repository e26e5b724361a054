/** The legend of a picture: every colour, the intervals, the paper, or the colours of a matrix. */
import { spreadName } from "./figure-data.ts";
import { dashOf, markAt, rampFor, type Ink } from "./figure-ink.ts";
import { LINE, numberText, PAD, px, SIZE, textAt, widthOf, withUnit, wrap } from "./figure-text.ts";
import type { Figure } from "./study.ts";

const SWATCH = 22;

interface LegendItem {
  lines: string[];
  swatch: (x: number, y: number) => string;
}

export function legendItems(figure: Figure, ink: Ink, width: number): LegendItem[] {
  const item = (name: string, swatch: LegendItem["swatch"]) => ({
    lines: wrap(name, width - SWATCH - 4, SIZE),
    swatch,
  });
  const items = figure.series.map((series, i) =>
    item((series.name || figure.y.title) + (series.right ? " (right axis)" : ""), (x, y) =>
      swatchOf(figure, i, ink, x, y),
    ),
  );
  const has = (key: "spread" | "paper") =>
    figure.series.some((series) =>
      series[key]?.some((value, i) => value !== null && series.y[i] !== undefined),
    );
  if (has("spread"))
    items.push(
      item(
        `± ${spreadName(figure)}`,
        (x, y) =>
          `<path d="M${px(x + 8)} ${px(y - 5)}v10M${px(x + 5)} ${px(y - 5)}h6M${px(x + 5)} ${px(y + 5)}h6" stroke="${ink.quiet}" fill="none"/>`,
      ),
    );
  if (has("paper")) items.push(item("paper", (x, y) => paperMark(0, x + 8, y, ink.text, "")));
  return items;
}

/** The paper's values: hollow, dashed outline, larger than ours. */
export const paperMark = (series: number, x: number, y: number, colour: string, inside: string) =>
  markAt(
    series,
    x,
    y,
    `fill="none" stroke="${colour}" stroke-width="1.4" stroke-dasharray="2 1.2"`,
    inside,
    1.5,
  );

function swatchOf(figure: Figure, i: number, ink: Ink, x: number, y: number): string {
  const colour = ink.colours[i % ink.colours.length];
  if (figure.kind === "bars")
    return (
      `<rect x="${px(x)}" y="${px(y - 6)}" width="16" height="12" fill="${colour}"/>` +
      markAt(i, x + 8, y, `fill="${ink.ground}"`, "", 0.8)
    );
  const mark = markAt(i, x + 8, y, `fill="${colour}"`);
  if (figure.kind === "points") return mark;
  return `<path d="M${px(x)} ${px(y)}h16" stroke="${colour}" stroke-width="1.8" stroke-dasharray="${dashOf(i)}" fill="none"/>${mark}`;
}

/** Items one after another, a new row where the width ends. */
export function legend(
  items: LegendItem[],
  width: number,
  top: number,
  ink: Ink,
): { svg: string; height: number } {
  let [x, y, rowLines] = [PAD, top, 0];
  const out: string[] = [];
  for (const { lines, swatch } of items) {
    const wide = SWATCH + Math.max(0, ...lines.map((line) => widthOf(line, SIZE)));
    if (x > PAD && x + wide > width - PAD) [x, y, rowLines] = [PAD, y + rowLines * LINE + 2, 0];
    rowLines = Math.max(rowLines, lines.length);
    out.push(swatch(x, y + LINE / 2));
    lines.forEach((line, i) => out.push(textAt(line, x + SWATCH, y + LINE * i + 11, ink.text)));
    x += wide + 14;
  }
  return { svg: out.join(""), height: items.length === 0 ? 0 : y + rowLines * LINE + 6 - top };
}

export function rampLegend(
  figure: Figure,
  [low, high]: [number, number],
  ink: Ink,
  width: number,
  top: number,
) {
  const ramp = rampFor(low, high);
  const unit = figure.right ? withUnit(figure.right.title, figure.right.unit) : "";
  const wide = Math.min(160, width / 3);
  const lowText = numberText(low, 3);
  const from = PAD + widthOf(lowText, SIZE) + 6;
  const cells = ramp.map(
    (colour, i) =>
      `<rect x="${px(from + (i * wide) / ramp.length)}" y="${px(top + 2)}" width="${px(wide / ramp.length + 0.5)}" height="9" fill="${colour}"/>`,
  );
  const lines = wrap(unit, width - from - wide - 24 - widthOf(numberText(high, 3), SIZE), SIZE);
  const end = from + wide + 6;
  const beside = end + widthOf(numberText(high, 3), SIZE) + 12;
  return {
    svg: [
      textAt(lowText, PAD, top + 11, ink.text),
      ...cells,
      textAt(numberText(high, 3), end, top + 11, ink.text),
      ...lines.map((line, i) => textAt(line, beside, top + 11 + LINE * i, ink.quiet)),
    ].join(""),
    height: LINE * Math.max(1, lines.length) + 6,
  };
}
