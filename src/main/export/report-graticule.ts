import { INKS } from "../../shared/figure-ink.ts";
import { px, textAt } from "../../shared/figure-text.ts";
import type { Position } from "./dateline.ts";
import { count } from "./report-markup.ts";
import type { View } from "./report-view.ts";

const { text: INK, quiet: QUIET } = INKS.light;
export const GRID = "#c9d3dd";
/** Around letters, so that they can be read on anything. */
export const HALO = ' stroke="#fff" stroke-width="3" paint-order="stroke" font-weight="600"';

const STEPS_DEG = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30];

/** Meridians and parallels at round degrees, with their names at the left and below. */
export function graticule(view: View): string {
  const [west, south, east, north] = view.bounds;
  const across = (view.width * view.kmPerPx) / 111.195;
  const step = STEPS_DEG.find((one) => across / one <= 7) ?? 30;
  const out: string[] = [];
  for (let latitude = Math.ceil(south / step) * step; latitude <= north; latitude += step) {
    const parallel = steps(west, east, 60).map((longitude): Position => [longitude, latitude]);
    out.push(gridLine(view, parallel), nameAt(view, parallel, degrees(latitude, "N", "S"), "left"));
  }
  const wide = stepsOfMeridians(view.centre[1], step);
  for (let longitude = Math.ceil(west / wide) * wide; longitude < east; longitude += wide) {
    const meridian = steps(south, north, 40).map((latitude): Position => [longitude, latitude]);
    const name = ((((longitude + 180) % 360) + 360) % 360) - 180;
    out.push(gridLine(view, meridian), nameAt(view, meridian, degrees(name, "E", "W"), "bottom"));
  }
  return out.join("");
}

const stepsOfMeridians = (latitude: number, step: number) => {
  const least = step / Math.max(0.1, Math.cos((latitude * Math.PI) / 180));
  return STEPS_DEG.find((one) => one >= least * 0.99) ?? 30;
};
const steps = (from: number, to: number, n: number) =>
  Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n);

function gridLine(view: View, places: Position[]): string {
  const inside = view.kind === "world" ? places.filter(([longitude]) => Math.abs(longitude) <= 180) : places;
  return `<path d="${view.line(inside)}" stroke="${GRID}" stroke-width="0.6" fill="none"/>`;
}

/** At the edge of the map, where the line first comes in. */
function nameAt(view: View, places: Position[], name: string, edge: "left" | "bottom"): string {
  const points = places.map((place) => view.at(place));
  const meets = points.slice(1).flatMap((b, i) => {
    const a = points[i];
    const [axis, at] = edge === "left" ? [0, 4] : [1, view.height - 5];
    if (a[axis] > at === b[axis] > at) return [];
    const u = (at - a[axis]) / (b[axis] - a[axis]);
    const other = a[1 - axis] + u * (b[1 - axis] - a[1 - axis]);
    return other > 12 && other < (edge === "left" ? view.height - 22 : view.width - 30) ? [other] : [];
  });
  if (meets.length === 0) return "";
  const more = ' stroke="#fff" stroke-width="2.5" paint-order="stroke"';
  return edge === "left"
    ? textAt(name, 4, meets[0] - 3, QUIET, { size: 10, more })
    : textAt(name, meets[0] + 3, view.height - 5, QUIET, { size: 10, more });
}

/** A round number of km, at most a quarter of the map, at the lower right. */
export function scaleBar(view: View): string {
  const most = (view.width * view.kmPerPx) / 4;
  const power = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((n) => n * power).find((n) => n <= most)!;
  const wide = km / view.kmPerPx;
  const [x, y] = [view.width - wide - 14, view.height - 14];
  const name = view.kind === "world" ? `${count(km)} km at the equator` : `${count(km)} km`;
  return `<path d="M${px(x)} ${px(y - 5)}v5h${px(wide)}v-5" stroke="${INK}" stroke-width="1.5" fill="none"/>${textAt(name, x + wide / 2, y - 7, INK, { anchor: "middle", more: HALO })}`;
}

export function degrees(value: number, positive: string, negative: string): string {
  const size = Number(Math.abs(value).toFixed(2));
  return `${size}°${size === 0 ? "" : ` ${value > 0 ? positive : negative}`}`;
}
