/** The axes of a picture with their ticks and titles. */
import { hasCategories, isMatrix } from "./figure-data.ts";
import type { Ink } from "./figure-ink.ts";
import { categoryLabels, marksOf, rowLabels, tickLabels, type Plot } from "./figure-labels.ts";
import { scaleOf, type Domain, type Scale } from "./figure-scale.ts";
import { escapeXml, LINE, PAD, px, SIZE, textAt, widthOf, withUnit, wrap } from "./figure-text.ts";
import type { Figure } from "./study.ts";

const axisTitle = ({ title, unit, log }: Figure["x"]) => withUnit(title, unit) + (log ? " (log)" : "");

/** Equal scale: the narrower of the two domains is widened. */
function equalised(x: Domain, y: Domain, wide: number, tall: number): [Domain, Domain] {
  const perPx = Math.max((x.high - x.low) / wide, (y.high - y.low) / tall);
  const grow = (d: Domain, room: number) => {
    const middle = d.low / 2 + d.high / 2;
    return { ...d, low: middle - (perPx * room) / 2, high: middle + (perPx * room) / 2 };
  };
  return [grow(x, wide), grow(y, tall)];
}

export function axesOf(
  figure: Figure,
  ink: Ink,
  domains: { x: Domain; y: Domain; other: Domain },
  plot: Plot,
  W: number,
  usesRight: boolean,
) {
  const [wide, tall] = [plot.right - plot.left, plot.bottom - plot.top];
  const [dx, dy] =
    figure.kind === "track" ? equalised(domains.x, domains.y, wide, tall) : [domains.x, domains.y];
  const mostY = Math.max(3, Math.floor(tall / 24));
  const y = scaleOf(dy, plot.bottom, plot.top, mostY);
  const other = scaleOf(domains.other, plot.bottom, plot.top, mostY);
  const x = fittingScale(dx, plot.left, plot.right);
  const slot = hasCategories(figure) ? wide / (dx.high - dx.low) : 0;

  const yTitle = wrap(axisTitle(figure.y), tall, SIZE);
  const rowNames = isMatrix(figure) ? figure.series.map(({ name }) => name) : null;
  const rowWidth = Math.min(
    0.3 * W,
    Math.max(0, ...(rowNames ?? y.ticks.map(y.label)).map((t) => widthOf(t, SIZE))),
  );
  const labels = hasCategories(figure)
    ? categoryLabels(figure, ink, plot, slot, W)
    : tickLabels(x, ink, plot, W);
  const leftRoom = Math.min(
    0.45 * W,
    Math.max(PAD + yTitle.length * LINE + 6 + rowWidth + 8, labels.overLeft),
  );
  const rightTitle = usesRight ? wrap(axisTitle(figure.right!), tall, SIZE) : [];
  const rightRoom = usesRight
    ? PAD +
      rightTitle.length * LINE +
      14 +
      Math.max(0, ...other.ticks.map((t) => widthOf(other.label(t), SIZE)))
    : 16;
  const marks = marksOf(figure, ink, plot, x, y, W);
  const xTitle = wrap(axisTitle(figure.x), wide, SIZE);
  const middle = (plot.top + plot.bottom) / 2;
  const turned = (lines: string[], at: number, by: number) =>
    lines.map((line, i) => {
      const place = `${px(at + by * i * LINE)} ${px(middle)}`;
      return `<text transform="translate(${place}) rotate(-90)" fill="${ink.quiet}" font-size="${SIZE}" text-anchor="middle">${escapeXml(line)}</text>`;
    });
  const grid = [
    ...(hasCategories(figure)
      ? []
      : x.ticks.map((t) => `M${px(x.place(t))} ${px(plot.top)}V${px(plot.bottom)}`)),
    ...(isMatrix(figure) ? [] : y.ticks.map((t) => `M${px(plot.left)} ${px(y.place(t))}H${px(plot.right)}`)),
  ].join("");
  const frameLine = `M${px(plot.left)} ${px(plot.top)}V${px(plot.bottom)}H${px(plot.right)}${usesRight ? `V${px(plot.top)}` : ""}`;
  const svg = [
    `<path d="${grid}" stroke="${ink.line}" fill="none"/>`,
    `<path d="${frameLine}" stroke="${ink.quiet}" fill="none"/>`,
    ...(rowNames
      ? rowLabels(rowNames, ink, plot, leftRoom - PAD - yTitle.length * LINE - 14)
      : y.ticks.map((t) => textAt(y.label(t), plot.left - 6, y.place(t) + 4, ink.quiet, { anchor: "end" }))),
    ...(usesRight
      ? other.ticks.map((t) => textAt(other.label(t), plot.right + 6, other.place(t) + 4, ink.quiet))
      : []),
    labels.svg,
    ...turned(yTitle, PAD + 9, 1),
    ...turned(rightTitle, W - PAD - 3 - (rightTitle.length - 1) * LINE, 1),
    ...xTitle.map((line, i) =>
      textAt(line, (plot.left + plot.right) / 2, plot.bottom + labels.height + 12 + LINE * i, ink.quiet, {
        anchor: "middle",
      }),
    ),
  ].join("");
  const below = labels.height + xTitle.length * LINE + 6;
  return { x, y, other, slot, svg, over: marks.svg, below, leftRoom, rightRoom, markRows: marks.rows };
}

/** As many ticks as have room beside each other. */
function fittingScale(domain: Domain, from: number, to: number): Scale {
  for (let most = 12; ; most--) {
    const scale = scaleOf(domain, from, to, most);
    const widest = Math.max(0, ...scale.ticks.map((t) => widthOf(scale.label(t), SIZE)));
    const places = scale.ticks.map(scale.place);
    const close = places.some((place, i) => i > 0 && place - places[i - 1] < widest + 14);
    if (!close) return scale;
    if (most <= 1) return { ...scale, ticks: scale.ticks.slice(0, 1) };
  }
}
