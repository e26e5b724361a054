/** Bars and matrices of a picture. */
import { interval, whisker } from "./figure-curves.ts";
import { categoriesOf, spreadName } from "./figure-data.ts";
import { axisFor, colourOf, rampAt, scaleFor, type Frame } from "./figure-frame.ts";
import { paperMark } from "./figure-legend.ts";
import { canStand } from "./figure-scale.ts";
import { markAt, textOn } from "./figure-ink.ts";
import { textAt, escapeXml, numberText, px, quantityText, widthOf } from "./figure-text.ts";
import type { Series } from "./study.ts";

const isNumber = (value: number | null | undefined): value is number => canStand({ log: false }, value);

/** Bars of one category stand side by side in the order of the legend, each with its series' mark. */
export function bars(frame: Frame): string {
  const { figure, slot } = frame;
  const names = categoriesOf(figure);
  const wide = (0.82 * slot) / Math.max(1, figure.series.length);
  return figure.series
    .flatMap((series, n) =>
      series.y.map((y, i) => {
        const category = series.x[i] ?? i;
        const middle = frame.x.place(category) + (n - (figure.series.length - 1) / 2) * wide;
        return bar(frame, series, n, i, { y, middle, wide, name: names[category] ?? String(category) });
      }),
    )
    .join("");
}

interface Bar {
  y: number | null;
  middle: number;
  wide: number;
  name: string;
}

function bar(frame: Frame, series: Series, n: number, i: number, { y, middle, wide, name }: Bar): string {
  const { figure, ink } = frame;
  const scale = scaleFor(frame, series);
  const axis = axisFor(frame, series);
  const base = scale.log ? frame.bottom : scale.place(0);
  const spread = series.spread?.[i];
  const paper = series.paper?.[i];
  const colour = colourOf(frame, n);
  const said = [
    `${name}, ${series.name}: ${axis.title} ${quantityText(y, axis.unit)}`,
    isNumber(spread) ? ` ± ${quantityText(spread, axis.unit)}, ${spreadName(figure)}` : "",
    isNumber(paper) ? `; paper ${quantityText(paper, axis.unit)}` : "",
  ].join("");
  const title = `<title>${escapeXml(said)}</title>`;
  const out: string[] = [];
  if (!canStand(scale, y)) {
    const text = y === null ? "none" : numberText(y);
    const fits = widthOf(text, 10) <= wide;
    out.push(
      textAt(fits ? text : "–", middle, base - 4, ink.quiet, { anchor: "middle", size: 10, inside: title }),
    );
  } else {
    const [top, bottom] = [Math.min(base, scale.place(y)), Math.max(base, scale.place(y))];
    const shown = Math.max(0.5, wide - Math.min(2, wide * 0.15));
    out.push(
      `<rect x="${px(middle - shown / 2)}" y="${px(top)}" width="${px(shown)}" height="${px(Math.max(0.5, bottom - top))}" fill="${colour}">${title}</rect>`,
    );
    if (wide >= 11 && bottom - top >= 22)
      out.push(markAt(n, middle, base - (y < 0 ? -11 : 11), `fill="${ink.ground}"`, "", 0.8));
    const ends = interval(frame, scale, y, spread);
    if (ends) out.push(whisker(ink.text, middle, ends.low, ends.high));
    else if (!isNumber(paper) && widthOf(numberText(y, 3), 10) + 2 <= wide) {
      const at = y < 0 ? Math.min(bottom + 10, frame.bottom - 1) : top - 3;
      out.push(textAt(numberText(y, 3), middle, at, ink.quiet, { anchor: "middle", size: 10 }));
    }
  }
  if (canStand(scale, paper))
    out.push(
      paperMark(n, middle, scale.place(paper), ink.text, `<title>${escapeXml(`paper, ${said}`)}</title>`),
    );
  return out.join("");
}

/** The same places after the point in all cells, so many digits in the greatest; null where there is no room for all. */
function cellTexts(series: readonly Series[], width: number): ((value: number | null) => string) | null {
  const values = series.flatMap(({ y }) => y.filter(isNumber));
  const most = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  for (const digits of [4, 3, 2]) {
    const places = Math.max(0, Math.min(12, digits - 1 - Math.floor(Math.log10(most || 1))));
    const text = (value: number | null) =>
      isNumber(value) ? numberText(Number(value.toFixed(places))) : "–";
    if (values.every((value) => widthOf(text(value), 11) <= width)) return text;
  }
  return null;
}

/** Rows are series, columns categories; the numbers stand in their cells where there is room for all. */
export function matrix(frame: Frame): string {
  const { figure, slot, ink } = frame;
  const names = categoriesOf(figure);
  const tall = (frame.bottom - frame.top) / Math.max(1, figure.series.length);
  const unit = figure.right?.unit ?? "1";
  const textOf = tall >= 14 ? cellTexts(figure.series, slot - 4) : null;
  return figure.series
    .flatMap((series, row) =>
      series.y.map((value, column) => {
        const [x, y] = [frame.left + slot * column, frame.top + tall * row];
        const said = `${series.name}, ${names[column]}: ${quantityText(value, unit)}`;
        const colour = isNumber(value) ? rampAt(frame, value) : ink.ground;
        const cell = `<rect x="${px(x + 0.5)}" y="${px(y + 0.5)}" width="${px(Math.max(0.5, slot - 1))}" height="${px(Math.max(0.5, tall - 1))}" fill="${colour}"><title>${escapeXml(said)}</title></rect>`;
        if (!textOf) return cell;
        const text = textOf(value);
        const fill = isNumber(value) ? textOn(colour) : ink.quiet;
        const more = ' pointer-events="none"';
        return cell + textAt(text, x + slot / 2, y + tall / 2 + 4, fill, { anchor: "middle", more });
      }),
    )
    .join("");
}
