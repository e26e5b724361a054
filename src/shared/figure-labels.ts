/** Words along the axes of a picture: ticks, categories, rows, straight marks. */
import { categoriesOf, isMatrix } from "./figure-data.ts";
import type { Ink } from "./figure-ink.ts";
import { canStand, type Scale } from "./figure-scale.ts";
import {
  escapeXml,
  LINE,
  PAD,
  px,
  shortened,
  SIZE,
  textAt,
  titleElement,
  widthOf,
  wrap,
} from "./figure-text.ts";
import type { Figure } from "./study.ts";

/** Where the data stand, px. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function tickLabels(x: Scale, ink: Ink, plot: Plot, W: number) {
  const svg = x.ticks
    .map((t) => {
      const half = widthOf(x.label(t), SIZE) / 2;
      const at = Math.max(half + 1, Math.min(W - half - 1, x.place(t)));
      return textAt(x.label(t), at, plot.bottom + 15, ink.quiet, { anchor: "middle" });
    })
    .join("");
  return { svg, height: 20, overLeft: 0 };
}

const TURN = (40 * Math.PI) / 180;

/** Names of categories: side by side in a few lines, else slanted, else upright and thinned. */
export function categoryLabels(figure: Figure, ink: Ink, plot: Plot, slot: number, W: number) {
  const names = categoriesOf(figure);
  const at = (i: number) => plot.left + slot * (i + 0.5);
  const fit = names.every((name) => name.split(/\s+/).every((word) => widthOf(word, SIZE) <= slot - 6));
  const lines = fit ? names.map((name) => wrap(name, slot - 6, SIZE)) : [];
  const most = Math.max(1, ...lines.map(({ length }) => length));
  if (fit && most <= 3) {
    const svg = lines.flatMap((name, i) =>
      name.map((line, k) =>
        textAt(line, at(i), plot.bottom + 15 + LINE * k, ink.quiet, { anchor: "middle" }),
      ),
    );
    return { svg: svg.join(""), height: 6 + LINE * most, overLeft: 0 };
  }
  // by the width of the whole picture, for slanted names make the slots narrower themselves
  const upright = (W - 80) / names.length < 26;
  const every = Math.max(1, Math.ceil(13 / slot));
  const longest = 150;
  const shown = names.map((name) => shortened(name, longest, SIZE));
  const widest = Math.max(...shown.map((name) => widthOf(name, SIZE)));
  const svg = shown.map((name, i) => {
    if (i % every !== 0) return "";
    const [x, y] = upright ? [at(i) + 4, plot.bottom + 7] : [at(i) + 4, plot.bottom + 13];
    return `<text transform="translate(${px(x)} ${px(y)}) rotate(${upright ? -90 : -40})" fill="${ink.quiet}" font-size="${SIZE}" text-anchor="end">${escapeXml(name)}${name === names[i] ? "" : titleElement(names[i])}</text>`;
  });
  const height = upright ? widest + 12 : widest * Math.sin(TURN) + 20;
  const overLeft = upright
    ? 0
    : Math.max(...shown.map((name, i) => widthOf(name, SIZE) * Math.cos(TURN) - slot * (i + 0.5) + 2));
  return { svg: svg.join(""), height, overLeft };
}

export function rowLabels(names: string[], ink: Ink, plot: Plot, room: number): string[] {
  const tall = (plot.bottom - plot.top) / Math.max(1, names.length);
  const every = Math.max(1, Math.ceil(13 / tall));
  return names.map((name, i) => {
    if (i % every !== 0) return "";
    const text = shortened(name, Math.max(20, room), SIZE);
    return textAt(text, plot.left - 6, plot.top + tall * (i + 0.5) + 4, ink.quiet, {
      anchor: "end",
      inside: text === name ? "" : titleElement(name),
    });
  });
}

interface XMark {
  place: number;
  text: string;
  from: number;
  to: number;
  row: number;
}

/** Words at their lines, in rows above the plot, such that neither words nor lines meet. */
function rowsOf(figure: Figure, x: Scale, W: number): XMark[] {
  const placed: XMark[] = [];
  const marks = (figure.marks ?? [])
    .filter(({ axis, at }) => axis === "x" && canStand(x, at) && at >= x.low && at <= x.high)
    .toSorted((a, b) => b.at - a.at);
  for (const { at, label } of marks) {
    const text = shortened(label, W - 2 * PAD, SIZE);
    const wide = widthOf(text, SIZE);
    const place = x.place(at);
    // to the right of its line; to the left near the edge, and where the words of another on the right do so too
    const crowded = placed.some((other) => covers(other, place) && other.place < place + wide + 2);
    const left = place + wide > W - PAD || (crowded && place - wide >= PAD);
    const from = left ? Math.max(PAD, place + 2 - wide) : place - 2;
    placed.push({ place, text, from, to: from + wide, row: 0 });
  }
  for (let pass = 0; pass < 4 * placed.length; pass++)
    for (const mark of placed)
      for (const other of placed) if (mustRise(mark, other)) mark.row = other.row + 1;
  return placed;
}

const covers = ({ from, to }: XMark, place: number) => place > from - 2 && place < to + 2;

/** Whether the words of a mark meet those of another, or its line, in the row where they are. */
function mustRise(mark: XMark, other: XMark): boolean {
  if (mark === other || mark.row > other.row) return false;
  if (covers(mark, other.place) && !covers(other, mark.place)) return true;
  return mark.row === other.row && mark.from < other.to + 8 && other.from < mark.to + 8;
}

/** Straight marks with their words: those of x stand in rows above the plot, those of y on their lines. */
export function marksOf(figure: Figure, ink: Ink, plot: Plot, x: Scale, y: Scale, W: number) {
  const out: string[] = [];
  const line = (d: string) => `<path d="${d}" stroke="${ink.text}" stroke-dasharray="5 4" fill="none"/>`;
  const ofX = rowsOf(figure, x, W);
  for (const { place, text, from, row } of ofX) {
    const top = plot.top - 5 - 13 * row;
    out.push(line(`M${px(place)} ${px(top + 2)}V${px(plot.bottom)}`), textAt(text, from, top, ink.text));
  }
  let above = Number.POSITIVE_INFINITY;
  const ofY = (figure.marks ?? [])
    .filter(({ axis, at }) => axis === "y" && !isMatrix(figure) && canStand(y, at))
    .toSorted((a, b) => a.at - b.at);
  for (const { at, label } of ofY) {
    const place = y.place(at);
    above = Math.min(place - 4, above - 13);
    const text = shortened(label, plot.right - plot.left - 8, SIZE);
    const halo = ` stroke="${ink.ground}" stroke-width="3" paint-order="stroke"`;
    out.push(line(`M${px(plot.left)} ${px(place)}H${px(plot.right)}`));
    out.push(
      textAt(text, plot.right - 4, Math.max(plot.top + 9, above), ink.text, { anchor: "end", more: halo }),
    );
  }
  return { svg: out.join(""), rows: Math.max(0, ...ofX.map(({ row }) => row + 1)) };
}
