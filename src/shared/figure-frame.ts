/** The frame of a picture: title, legend, axes, note; and where in it the data stand. */
import { axesOf } from "./figure-axes.ts";
import { categoriesOf, endsOf, hasCategories, isMatrix, placesOf, valuesOf } from "./figure-data.ts";
import { INKS, rampColour, rampFor, type Ink, type PictureTheme } from "./figure-ink.ts";
import type { Plot } from "./figure-labels.ts";
import { legend, legendItems, rampLegend } from "./figure-legend.ts";
import { domainOf, type Scale } from "./figure-scale.ts";
import { PAD, SIZE, textAt, wrap } from "./figure-text.ts";
import type { Figure, Series } from "./study.ts";

const TITLE = 13;

export interface PictureOptions {
  width: number;
  /** at least: where title, legend and note need more, the picture grows rather than lose text */
  height: number;
  theme: PictureTheme;
}

export interface Frame extends Plot {
  figure: Figure;
  ink: Ink;
  x: Scale;
  y: Scale;
  /** the right-hand axis */
  other: Scale;
  /** px that one category takes; 0 without categories */
  slot: number;
  /** ends of a matrix's colours */
  ends: [number, number];
}

/** Makes the frame: what is drawn of it, and the height the picture came to. */
export function frameOf(figure: Figure, { width, height, theme }: PictureOptions) {
  const ink = INKS[theme];
  const W = Math.max(200, width);
  const ends = endsOf(figure);
  // bold letters are a tenth wider
  const title = wrap(figure.title, W - 2 * PAD, 1.1 * TITLE);
  const note = wrap(figure.note, W - 2 * PAD, SIZE - 1);
  const legendTop = PAD + title.length * 17 + 2;
  const key = isMatrix(figure)
    ? rampLegend(figure, ends, ink, W, legendTop)
    : legend(legendItems(figure, ink, W - 2 * PAD), W, legendTop, ink);
  const head = legendTop + key.height + 12;
  const noteHeight = note.length === 0 ? 0 : note.length * 13 + 6;

  // an equal scale is a linear one
  const isLog = (axis: Figure["x"] | undefined) => axis?.log === true && figure.kind !== "track";
  const domains = {
    x: hasCategories(figure)
      ? { low: -0.5, high: categoriesOf(figure).length - 0.5, log: false }
      : {
          ...domainOf(placesOf(figure), isLog(figure.x), false),
          whole: placesOf(figure).every(Number.isInteger),
        },
    y: domainOf(valuesOf(figure, false), isLog(figure.y), figure.kind === "bars"),
    other: domainOf(valuesOf(figure, true), isLog(figure.right), figure.kind === "bars"),
  };
  const usesRight = figure.right !== undefined && !isMatrix(figure);
  const least = Math.max(120, 0.38 * height);
  let plot = { left: 60, right: W - 20, top: head, bottom: Math.max(head + least, height - 60) };
  let drawn = axesOf(figure, ink, domains, plot, W, usesRight);
  // widths of labels depend on the ticks, and these on the room that is left
  for (let pass = 0; pass < 3; pass++) {
    const top = head + drawn.markRows * 13;
    const bottom = Math.max(top + least, height - PAD - noteHeight - drawn.below);
    plot = { left: drawn.leftRoom, right: W - drawn.rightRoom, top, bottom };
    drawn = axesOf(figure, ink, domains, plot, W, usesRight);
  }
  const full = plot.bottom + drawn.below + noteHeight + PAD;
  const svg = [
    ...title.map((line, i) =>
      textAt(line, PAD, PAD + 12 + 17 * i, ink.text, { size: TITLE, more: ' font-weight="600"' }),
    ),
    key.svg,
    drawn.svg,
    ...note.map((line, i) =>
      textAt(line, PAD, plot.bottom + drawn.below + 14 + 13 * i, ink.quiet, { size: SIZE - 1 }),
    ),
  ].join("");
  const frame: Frame = {
    figure,
    ink,
    ...plot,
    x: drawn.x,
    y: drawn.y,
    other: drawn.other,
    slot: drawn.slot,
    ends,
  };
  return { frame, svg, over: drawn.over, width: W, height: full };
}

export const colourOf = ({ ink }: Frame, series: number) => ink.colours[series % ink.colours.length];

export const scaleFor = (frame: Frame, series: Series) =>
  series.right && frame.figure.right ? frame.other : frame.y;

export const rampAt = ({ ends: [low, high] }: Frame, value: number) =>
  rampColour(rampFor(low, high), (value - low) / (high - low));
export const axisFor = ({ figure }: Frame, series: Series) =>
  series.right && figure.right ? figure.right : figure.y;
