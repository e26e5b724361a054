import { INKS } from "../../shared/figure-ink.ts";
import { domainOf, scaleOf } from "../../shared/figure-scale.ts";
import { escapeXml } from "../../shared/figure-text.ts";
import { sweepLabels } from "./sweep-labels.ts";
import type { SweepPoint } from "./sweep.ts";

const WIDTH = 720;
const HEIGHT = 480;
const LEFT = 80;
const RIGHT = 700;
const TOP = 40;
const BOTTOM = 420;
const { colours: COLOURS } = INKS.light;
const MOST_TICKS = 6;

/** Counts: no axis goes below zero. */
function axis(values: number[], from: number, to: number) {
  const zero = values.every((value) => value === 0);
  const { low, ...domain } = domainOf(values, false, zero);
  return scaleOf({ ...domain, low: Math.max(0, low) }, from, to, MOST_TICKS);
}

/** The points of a sweep as a picture: messages to the right, failures upwards, the front as a line. */
export function sweepSvg(title: string, points: readonly SweepPoint[]): string {
  const x = axis(
    points.map(({ messages }) => messages.mean!),
    LEFT,
    RIGHT,
  );
  const y = axis(
    points.map(({ failures }) => failures.mean!),
    BOTTOM,
    TOP,
  );
  const strategies = [...new Set(points.map(({ strategy }) => strategy))];
  const at = (point: SweepPoint) =>
    [x.place(point.messages.mean!), y.place(point.failures.mean!)].map((v) => v.toFixed(1));
  const colour = (strategy: string) => COLOURS[strategies.indexOf(strategy) % COLOURS.length];
  const grid = [
    ...x.ticks.map((t) => {
      const px = x.place(t).toFixed(1);
      return `<path d="M${px} ${TOP}V${BOTTOM}"/><text x="${px}" y="${BOTTOM + 18}" text-anchor="middle">${x.label(t)}</text>`;
    }),
    ...y.ticks.map((t) => {
      const py = y.place(t).toFixed(1);
      return `<path d="M${LEFT} ${py}H${RIGHT}"/><text x="${LEFT - 8}" y="${py}" dy="4" text-anchor="end">${y.label(t)}</text>`;
    }),
  ];
  const front = points
    .filter(({ pareto }) => pareto)
    .sort((a, b) => a.messages.mean! - b.messages.mean!)
    .map((point) => at(point).join(" "));
  const dots = points.map((point) => {
    const [px, py] = at(point);
    const fill = point.pareto ? colour(point.strategy) : "#fff";
    return `<circle cx="${px}" cy="${py}" r="5" fill="${fill}" stroke="${colour(point.strategy)}" stroke-width="2"/>`;
  });
  const labels = sweepLabels(
    points.map((point) => {
      const [px, py] = at(point).map(Number);
      return { x: px, y: py, strategy: point.strategy, value: point.value };
    }),
    { left: LEFT, right: WIDTH, top: 24, bottom: BOTTOM },
  ).map(
    ({ x: px, y: py, text }) => `<text x="${px.toFixed(1)}" y="${py.toFixed(1)}">${escapeXml(text)}</text>`,
  );
  const legend = strategies.map(
    (name, i) =>
      `<circle cx="${LEFT + 10 + 110 * i}" cy="466" r="5" fill="${colour(name)}"/><text x="${LEFT + 20 + 110 * i}" y="470">${escapeXml(name)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="15">${escapeXml(title)}</text>`,
    `<g stroke="#ddd" fill="#333"><g style="stroke-width:1">${grid.join("").replaceAll("<text", '<text stroke="none"')}</g></g>`,
    `<path d="M${front.join("L")}" fill="none" stroke="#999" stroke-width="1.5" stroke-dasharray="5 4"/>`,
    `<g fill="#333">${dots.join("")}${labels.join("")}${legend.join("")}</g>`,
    `<text x="${(LEFT + RIGHT) / 2}" y="450" text-anchor="middle" fill="#333">messages</text>`,
    `<text x="${RIGHT}" y="470" text-anchor="end" fill="#333">filled: on the front</text>`,
    `<text transform="translate(18 ${(TOP + BOTTOM) / 2}) rotate(-90)" text-anchor="middle" fill="#333">failures</text>`,
    "</svg>",
    "",
  ].join("\n");
}
